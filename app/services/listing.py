"""A list in the order of its keys, read a page at a time. The cursor is the last key seen, so pages never shift."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from app.services.cursors import CODE_BYTES, pack, unpack
from taxonomy.frozen import frozen

T = TypeVar("T")


@frozen
class Page(Generic[T]):
    """Some items, and where the next ones begin; None at the end."""

    items: tuple[T, ...]
    next_cursor: str | None


class Listing(Generic[T]):
    """Records by their unique key."""

    def __init__(self, records: Sequence[T], key: Callable[[T], str]) -> None:
        self._records = sorted(records, key=key)
        self._keys = [key(record) for record in self._records]
        self._row = {key: row for row, key in enumerate(self._keys)}

    def find(self, key: str) -> T | None:
        """The record with this key, or None."""
        row = self._row.get(key)
        return None if row is None else self._records[row]

    def page(self, keep: Callable[[T], bool], *, limit: int, cursor: str | None = None) -> Page[T]:
        """At most `limit` records that `keep` lets through, after `cursor`.

        Raises:
            InvalidInputError: the cursor is not one we gave.
        """
        start = 0 if cursor is None else bisect_right(self._keys, unpack(cursor, _codes))
        found: list[T] = []
        last = ""
        for row in range(start, len(self._records)):
            if keep(self._records[row]):
                if len(found) == limit:
                    return Page(tuple(found), pack(last, _codes))
                found.append(self._records[row])
                last = self._keys[row]
        return Page(tuple(found), None)


def _codes(content: bytes) -> tuple[bytes]:
    """Of a list that everybody may read, a sum is enough: it shows what was altered by mistake."""
    return (hashlib.blake2b(content, digest_size=CODE_BYTES, person=b"stackway/cursor").digest(),)
