"""Rows of a published table, with line numbers, checked columns and an account of every row."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from operator import itemgetter

from taxonomy.loaders.files import SourceError, SourceFile, read_lines
from taxonomy.loaders.reviewed import find_cell_differences
from taxonomy.loaders.source import Delivery, TableSpec
from taxonomy.release import LoadReport, TableCount

# "1,234.5" or "1234.5". A comma anywhere else is not a thousands separator, and the cell is then not a number.
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")

# Lines of titles and notes that publishers put above a table, at most.
_PREAMBLE = 30


def parse_number(text: str) -> float | None:
    """A number as publishers print it, with or without thousands separators; None when the text is not one."""
    text = text.strip()
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


class Rows:
    """The rows of one table of a delivery: iterate for (line, cells in the manifest's column order).

    The loader says `keep()` for each row that became a record and `leave_out()` for each that did not; `close()`
    checks the expected number of rows and that every row was accounted for.
    """

    def __init__(
        self, delivery: Delivery, table: str, report: LoadReport, asked_by: Mapping[str, str] | None = None
    ) -> None:
        """`asked_by` says per column which entry of a mapping file asks for it."""
        self._asked_by = asked_by or {}
        self.spec: TableSpec = next(t for t in delivery.source.tables if t.name == table)
        self.file: SourceFile = delivery.files[table]
        self.release = delivery.release_id
        self._differences = find_cell_differences(delivery.source.id, delivery.edition, table)
        self._report = report
        self._read = self._kept = self._left_out = 0
        self._aside: Counter[str] = Counter()
        self._title = f"{delivery.source.title} {delivery.edition}, {self.file.name}"

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        lines = (
            (n, cells) for n, cells in read_lines(self.file, self.spec) if n >= self.spec.header_line and any(cells)
        )
        header = self._header(lines)
        pick = itemgetter(*self._positions(header))
        lacks = any(not any(_same(h, c) for h in header) for c in self.spec.optional_columns)
        for line, cells in lines:
            self._read += 1
            if len(cells) != len(header):
                reason = f"{len(cells)} cells where the header has {len(header)}"
                self.leave_out(line, header[0], " | ".join(cells), reason)
                continue
            yield line, self._as_reviewed(line, pick([*cells, ""] if lacks else cells))

    def _as_reviewed(self, line: int, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells, with those that are known to be published wrong read as reviewed."""
        if not self._differences:
            return cells
        pairs = list(zip(self.spec.columns, cells, strict=True))
        for column, value in pairs:
            if (known := self._differences.get((column, value.strip()))) is not None:
                self.note(line, column, value, action="repaired", reason=f"read as {known.reads}: {known.reason}")
        return tuple(d.reads if (d := self._differences.get((c, v.strip()))) else v for c, v in pairs)

    def _header(self, lines: Iterator[tuple[int, list[str]]]) -> list[str]:
        """The names of the columns: of the manifest's line, or where it gives none of the first that has them all."""
        for _, cells in islice(lines, 1 if self.spec.header_line else _PREAMBLE):
            header = [cell.strip() for cell in cells]
            if self.spec.header_line or all(any(_same(h, c) for h in header) for c in self.spec.columns):
                return header
        return []

    def _positions(self, header: list[str]) -> list[int]:
        """Where the columns stand. A table has at least two, so that `itemgetter` gives a tuple."""
        found = {c: next((i for i, h in enumerate(header) if _same(h, c)), None) for c in self.spec.columns}
        missing = [c for c, position in found.items() if position is None and c not in self.spec.optional_columns]
        if missing:
            raise SourceError(f"{self._title}: {self._asked_for(missing)} is missing; has the layout changed?")
        known = (*self.spec.columns, *self.spec.other_columns)
        for name in header:
            if not any(_same(name, k) for k in known):
                self.note(self.spec.header_line, name, "", action="notice", reason="a new column, not read")
        for column in (c for c, position in found.items() if position is None):
            reason = "the file has no such column: unknown throughout"
            self.note(self.spec.header_line, column, "", action="notice", reason=reason)
        return [len(header) if position is None else position for position in found.values()]

    def _asked_for(self, columns: Sequence[str]) -> str:
        return "column " + ", ".join(f"{c} ({self._asked_by[c]})" if c in self._asked_by else c for c in columns)

    def keep(self) -> None:
        """Count a row that became a record."""
        self._kept += 1

    def leave_out(self, line: int, column: str, value: str, reason: str, *, action: str = "row_rejected") -> None:
        """Report a row that becomes no record."""
        self._left_out += 1
        self.note(line, column, value, action=action, reason=reason)

    def set_aside(self, reason: str) -> None:
        """Count a row of a kind that is not read; the report has one line for each kind, with the number of rows."""
        self._aside[reason] += 1

    def note(self, line: int, column: str, value: str, *, action: str, reason: str) -> None:
        """Report a cell of a row that is otherwise kept."""
        self._report.add(self.file.name, line, column, value, action=action, reason=reason)

    def number(self, line: int, column: str, text: str) -> float | None:
        """A number; blank or unreadable is unknown and reported."""
        value = parse_number(text)
        if value is None:
            reason = "not a number" if text.strip() else "blank"
            self.note(line, column, text, action="value_unknown", reason=reason)
        return value

    def close(self) -> None:
        """Check the counts.

        Raises:
            SourceError: fewer rows than the manifest expects, or a row neither kept nor left out.
        """
        if self._read < self.spec.minimum_rows:
            expected = f"at least {self.spec.minimum_rows} expected; is the file cut short?"
            raise SourceError(f"{self._title}: {self._read} rows, {expected}")
        for reason, count in sorted(self._aside.items()):
            self.note(0, "", str(count), action="rows_set_aside", reason=reason)
        accounted = self._kept + self._left_out + self._aside.total()
        if accounted != self._read:
            raise SourceError(f"{self._title}: {self._read} rows read, {accounted} accounted for")
        if self._read < self.spec.least_usual_rows:
            reason = f"{self._read} rows, {self.spec.least_usual_rows} at least are usual; check that none are missing"
            self.note(self.spec.header_line, "", str(self._read), action="notice", reason=reason)
        if self._read > self.spec.usual_rows:
            reason = f"{self._read} rows, {self.spec.usual_rows} at most are usual; read whole"
            self.note(self.spec.header_line, "", str(self._read), action="notice", reason=reason)
        self._report.counts.append(TableCount(self.file.name, self._read, self._kept))


def _same(header: str, column: str) -> bool:
    """Whether a header is the manifest's column, which may give several spellings: "SOC Code|SOCCode"."""
    return header == column or any(fnmatchcase(header, spelling) for spelling in column.split("|"))
