"""A list taken apart and sealed before any transaction begins: however long that takes, it holds no connection."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from typing import IO

from app.db.batches import NewPart
from app.jobs.headings import Heading
from app.services.batch_rows import part_id, seal_rows
from app.services.intake import SplitList
from app.services.vault import PersonalKey
from taxonomy.frozen import frozen

_MOST_IN_MEMORY = 1 << 20  # bytes; what is longer lies in a file without a name


@frozen
class TakenApart:
    """A list in sealed parts, to be read once."""

    heading: Heading | None
    first: int  # number of the first part
    row_numbers: tuple[tuple[int, ...], ...]  # of the rows of each part
    _lengths: tuple[int, ...]
    _sealed: IO[bytes]

    @property
    def numbers(self) -> range:
        """The numbers of the parts."""
        return range(self.first, self.first + len(self.row_numbers))

    @property
    def rows(self) -> list[int]:
        """The numbers of all rows."""
        return list(chain.from_iterable(self.row_numbers))

    def parts(self, round_: int) -> Iterator[NewPart]:
        """What to keep, part by part."""
        self._sealed.seek(0)
        for number, rows, length in zip(self.numbers, self.row_numbers, self._lengths, strict=True):
            yield NewPart(number, round_, rows, self._sealed.read(length))


@contextmanager
def take_apart(
    splitting: AbstractContextManager[SplitList], batch: uuid.UUID, key: PersonalKey, *, first: int = 0
) -> Iterator[TakenApart]:
    """Read a list to its end and seal it, each part for its place.

    Raises:
        InvalidListError: the file is no list that is read, or costs too much to read.
        UnavailableError: too many lists are taken apart now.
    """
    row_numbers: list[tuple[int, ...]] = []
    lengths: list[int] = []
    with tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY) as sealed:
        with splitting as split:
            for number, rows in enumerate(split.parts, first):
                row_numbers.append(tuple(row for row, _ in rows))
                lengths.append(sealed.write(seal_rows(key, part_id(batch, number), split.heading, rows)))
        yield TakenApart(split.heading, first, tuple(row_numbers), tuple(lengths), sealed)
