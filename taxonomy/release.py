"""Releases (one edition of one source) and what loading them found wrong."""

from dataclasses import dataclass, field

from taxonomy.frozen import frozen


@frozen
class Release:
    """One edition of one source, as installed."""

    id: str  # "onet-30.1", "oews-us-2025", ...
    title: str
    publisher: str
    edition: str
    licence: str
    attribution: str
    link: str
    retrieved_on: str | None
    sha256: str  # of the files read, in order
    rows_read: int
    rows_kept: int
    rows_reported: int  # rows with at least one line in the load report
    expected_every_days: int | None  # publisher's schedule


@frozen
class Problem:
    """One rejected or repaired cell, or a row left out: file, line, column, value and why."""

    release: str
    file: str
    line: int
    column: str
    value: str
    # row_rejected | value_unknown | repaired | merged | kept_apart | claim_lost | notice | rows_set_aside:
    # there `value` counts the rows of a kind that is not read, and `line` is 0.
    action: str
    reason: str


@frozen
class TableCount:
    """Rows of one file: every row read was kept or left out, and each row left out has a line in the report."""

    file: str
    rows_read: int
    rows_kept: int


@dataclass(slots=True)
class LoadReport:
    """Collects problems while a loader runs; loaders return it, never print."""

    release: str
    problems: list[Problem] = field(default_factory=list)
    counts: list[TableCount] = field(default_factory=list)

    def add(self, file: str, line: int, column: str, value: str, *, action: str, reason: str) -> None:
        """Note one cell. `value` is cut at 120 characters: a report is read by people."""
        self.problems.append(Problem(self.release, file, line, column, value[:120], action, reason))
