"""Names that begin as somebody types: for boxes that complete a title, skill, credential, program or provider.

Every name is listed once for each of its words, in alphabetical order from that word on, so that "driver" finds
"forklift driver" by two bisections. Names that begin so come before those with a later word that does, and the ones
more people bear before rarer ones.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import numpy as np

from matching.resolve.postings import Arrays, ArraySource
from matching.resolve.text import fold
from taxonomy.snapshot import Contents

PREFIX_KINDS = ("titles", "skills", "credentials", "programs", "providers")
MOST_LETTERS = 80  # typed; a longer text is no beginning of a name
_FIRST_WORD = 1_000.0  # added to the weight of a name that itself begins so
_OWN_NAME = 3.0  # added to the weight of an occupation's own name: it outranks a title of one twenty times its size
_AFTER_ANY = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name as it is listed, the code it stands for, and that code's own name."""

    text: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    code: str
    title: str
    weight: float


def derive_prefixes(contents: Contents) -> Arrays:
    """Arrays of the five lists of names."""
    entries = {
        "titles": _titles(contents),
        "skills": _skills(contents),
        "credentials": _credentials(contents),
        "programs": _programs(contents),
        "providers": (_Entry(p.name, p.id, p.name, 0.0) for p in contents.tables["providers"]),
    }
    return {name: a for kind in PREFIX_KINDS for name, a in _derive(f"resolve_prefix_{kind}", entries[kind]).items()}


def _titles(contents: Contents) -> Iterable[_Entry]:
    named = {o.onet_code: o for o in contents.tables["occupations"]}
    for title in contents.tables["titles"]:
        if occupation := named.get(title.onet_code):
            own = _OWN_NAME if title.kind == "occupation" else 0.0
            yield _Entry(title.text, title.onet_code, occupation.title, log1p(occupation.employment or 0) + own)


def _skills(contents: Contents) -> Iterable[_Entry]:
    names = {d.element_id: d.name for d in contents.tables["descriptors"]}
    for descriptor in contents.tables["descriptors"]:
        yield _Entry(descriptor.name, descriptor.element_id, descriptor.name, 2.0)
    for phrase in contents.tables["skill_phrases"]:
        code = phrase.element_id or phrase.technology or ""
        yield _Entry(phrase.text, code, names.get(code, code), 1.0)
    for technology in contents.tables["technologies"]:
        yield _Entry(technology.technology, technology.technology, technology.technology, float(technology.hot))


def _credentials(contents: Contents) -> Iterable[_Entry]:
    for credential in contents.tables["credentials"]:
        for name in (credential.name, *credential.aliases):
            yield _Entry(name, credential.id, credential.name, float(name == credential.name))


def _programs(contents: Contents) -> Iterable[_Entry]:
    for program in contents.tables["programs"]:
        name = f"{program.name}, {program.provider_name}"
        yield _Entry(name, program.id, name, 0.0)


def _derive(prefix: str, entries: Iterable[_Entry]) -> Arrays:
    heaviest: dict[str, _Entry] = {}
    for entry in entries:
        key = _plain(entry.text)
        if key and (key not in heaviest or entry.weight > heaviest[key].weight):
            heaviest[key] = entry
    listed = sorted(heaviest)
    starts = [(key[at:], row, at) for row, key in enumerate(listed) for at in _word_starts(key)]
    starts.sort()
    kept = [heaviest[key] for key in listed]
    return {
        f"{prefix}_keys": _joined(listed),
        f"{prefix}_names": _joined([" ".join(e.text.split()) for e in kept]),
        f"{prefix}_codes": _joined([e.code for e in kept]),
        f"{prefix}_titles": _joined([" ".join(e.title.split()) for e in kept]),
        f"{prefix}_weights": np.array([e.weight for e in kept], dtype=np.float32),
        f"{prefix}_rows": np.array([row for _, row, _ in starts], dtype=np.int32),
        f"{prefix}_offsets": np.array([at for _, _, at in starts], dtype=np.int16),
    }


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _word_starts(key: str) -> list[int]:
    return [at for at in range(len(key)) if key[at].isalnum() and (at == 0 or not key[at - 1].isalnum())]


def _joined(texts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


class PrefixIndex:
    """One derived list, opened over stored arrays and decoded on first use."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._prefix = prefix
        self._source = source

    @cached_property
    def _keys(self) -> list[str]:
        return self._texts("keys")

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the listed names, as `fold` gives it."""
        return frozenset(word for key in self._keys for word in key.split())

    @cached_property
    def _shown(self) -> tuple[list[str], list[str], list[str]]:
        return self._texts("names"), self._texts("codes"), self._texts("titles")

    def _texts(self, name: str) -> list[str]:
        return self._array(name).tobytes().decode().split("\n")

    def _array(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        return np.asarray(self._source.array(f"{self._prefix}_{name}"))

    def search(self, beginning: str, top: int) -> tuple[Suggestion, ...]:
        """At most `top` names with a word that begins so; none for no letters, or more than a name has."""
        sought = _plain(beginning[: MOST_LETTERS + 1])
        rows, offsets = self._array("rows"), self._array("offsets")
        if not sought or len(sought) > MOST_LETTERS or not len(rows):
            return ()
        keys = self._keys

        def suffix(at: int) -> str:
            return keys[int(rows[at])][int(offsets[at]) :]

        low = bisect_left(range(len(rows)), sought, key=suffix)
        high = bisect_left(range(len(rows)), sought + _AFTER_ANY, lo=low, key=suffix)
        found = rows[low:high]
        score = self._array("weights")[found] + _FIRST_WORD * (offsets[low:high] == 0)
        best: dict[int, None] = {}
        # A name may be found by two of its words: twice as many are looked at as are wanted.
        for at in np.lexsort((found, -score))[: 4 * top].tolist():
            best.setdefault(int(found[at]))
        names, codes, titles = self._shown
        return tuple(Suggestion(names[row], codes[row], titles[row]) for row in list(best)[:top])
