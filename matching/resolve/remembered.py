"""Readings a process keeps, of texts that are read several at a time."""

from collections.abc import Callable, Hashable, Sequence
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

REMEMBERED = 4096  # different texts whose reading a process keeps: lists of people name the same jobs again and again
TOGETHER = 64  # texts read at a time: more are no faster, and each takes some 40 kB while it is read

Asked = TypeVar("Asked", bound=Hashable)
Read = TypeVar("Read")


class Remembered(Generic[Asked, Read]):
    """Reads what was not read lately, together, and keeps it; what was asked for longest ago is let go first."""

    def __init__(self, read: Callable[[Sequence[Asked]], Sequence[Read]], most: int = REMEMBERED) -> None:
        self._read = read
        self._most = most
        self._kept: dict[Asked, Read] = {}
        self._changing = Lock()  # a process may read for several threads

    def __call__(self, asked: Sequence[Asked]) -> list[Read]:
        """The reading of each, in order."""
        found: dict[Asked, Read] = {}
        with self._changing:
            for each in asked:
                if each in self._kept:
                    found[each] = self._kept[each] = self._kept.pop(each)
        new = [each for each in dict.fromkeys(asked) if each not in found]
        for start in range(0, len(new), TOGETHER):
            part = new[start : start + TOGETHER]
            found.update(zip(part, self._read(part), strict=True))
        with self._changing:
            self._kept.update((each, found[each]) for each in new[-self._most :])
            for each in list(islice(self._kept, max(0, len(self._kept) - self._most))):
                del self._kept[each]
        return [found[each] for each in asked]
