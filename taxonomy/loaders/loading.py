"""Loaders run one after the other, with the account that each gives of its rows."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from taxonomy.law import Parameter
from taxonomy.loaders.board import BoardFileError, load_board_file
from taxonomy.loaders.board_words import load_board_words
from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.source import Delivery
from taxonomy.local_words import LocalWord
from taxonomy.release import LoadReport, Problem, Release, TableCount

T = TypeVar("T")


@dataclass(slots=True)
class Loading:
    """Runs loaders and keeps their releases and problems."""

    deliveries: Mapping[str, Delivery]
    retrieved_on: str | None
    releases: list[Release] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: list[tuple[str, TableCount]] = field(default_factory=list)  # by release

    def load(self, source: str, loader: Callable[[Delivery], tuple[T, LoadReport]]) -> T | None:
        """What the loader reads of a source; None where no file of it was given."""
        delivery = self.deliveries.get(source)
        if delivery is None:
            return None
        records, report = loader(delivery)
        self.releases.append(delivery.release(report, retrieved_on=self.retrieved_on))
        self.problems += report.problems
        self.counts += [(delivery.release_id, count) for count in report.counts]
        return records

    def load_board(self, file: SourceFile) -> tuple[list[Parameter], list[LocalWord]]:
        """The dated amounts and the words of one board's local file, as a release of its own."""
        try:
            parameters, report = load_board_file(file.path)
            words, of_words = load_board_words(file.path)
        except BoardFileError as error:
            raise SourceError(str(error)) from error
        if report.release in {release.id for release in self.releases}:
            raise SourceError(f"{file.name}: another file is for the same board; put both into one")
        report.problems += of_words.problems
        left_out = len({p.line for p in report.problems if p.action == "row_rejected"})
        digest = hashlib.sha256(file.read()).hexdigest()
        self.problems += report.problems
        self.releases.append(
            Release(
                id=report.release,
                title=f"Local rules, {file.name}",
                publisher=report.release.removeprefix("board-"),
                edition=digest[:12],
                licence="The board's own",
                attribution="Given by the local workforce development board.",
                link="",
                retrieved_on=self.retrieved_on,
                sha256=digest,
                rows_read=len(parameters) + len(words) + left_out,
                rows_kept=len(parameters) + len(words),
                rows_reported=left_out,
                expected_every_days=None,
            )
        )
        return parameters, words
