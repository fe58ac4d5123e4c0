"""Names that begin as somebody types: for boxes that complete a title, skill, credential, program or provider.

Every name is listed once for each of its words, in alphabetical order from that word on, so that "driver" finds
"forklift driver" by two bisections. Names that begin so come before those with a later word that does, and the ones
more people bear before rarer ones.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from math import log1p
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.resolve.postings import Arrays, ArraySource
from matching.resolve.text import fold, normalise
from matching.resolve.word_lists import spanish_titles
from taxonomy.frozen import frozen
from taxonomy.snapshot import Contents

PREFIX_KINDS = ("titles", "skills", "credentials", "programs", "providers")
MOST_LETTERS = 80  # typed; a longer text is no beginning of a name
_FIRST_WORD = 1_000.0  # added to the weight of a name that itself begins so
_OWN_NAME = 3.0  # added to the weight of an occupation's own name: it outranks a title of one twenty times its size
_AFTER_ANY = "\U0010ffff"
INSIDE_FROM = 3  # letters; fewer stand inside most names
SLIP_FROM = 4  # letters of a word; a shorter one is near too many
SECOND_SLIP_FROM = 8  # letters of a word in which two may be wrong
MOST_INSIDE = 400  # names looked at

Rows = npt.NDArray[Any]
Firsts = npt.NDArray[np.bool_]


@frozen
class Suggestion:
    """A name as it is listed, the code it stands for, and that code's own name."""

    text: str
    code: str
    title: str


@frozen
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
    named_so: dict[str, _Entry] = {}
    for title in contents.tables["titles"]:
        if occupation := named.get(title.onet_code):
            own = _OWN_NAME if title.kind == "occupation" else 0.0
            entry = _Entry(title.text, title.onet_code, occupation.title, log1p(occupation.employment or 0) + own)
            plain = normalise(title.text)
            if plain not in named_so or entry.weight > named_so[plain].weight:
                named_so[plain] = entry
            yield entry
    for spanish, english in spanish_titles().items():
        if meant := named_so.get(normalise(english)):
            yield replace(meant, text=spanish)


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

    def _best(self, found: Rows, firsts: Firsts | None, top: int) -> dict[int, None]:
        """The rows to show, each once: those that themselves begin so, then those more people bear."""
        score = self._array("weights")[found] + (0 if firsts is None else _FIRST_WORD * firsts)
        # A name may be found by two of its words: more are looked at than are wanted.
        return dict.fromkeys(int(found[at]) for at in np.lexsort((found, -score))[: 4 * top])

    @cached_property
    def _joined_keys(self) -> tuple[str, Rows]:
        lengths = np.array([len(key) + 1 for key in self._keys], dtype=np.int64)
        return "\n".join(self._keys), np.concatenate(([0], np.cumsum(lengths)))[:-1]

    def _inside(self, sought: str) -> Rows:
        """Rows with what was typed inside a word: "lift" in "forklift operator"."""
        text, starts = self._joined_keys
        places: list[int] = []
        at = text.find(sought)
        while at >= 0 and len(places) < MOST_INSIDE:
            places.append(at)
            at = text.find(sought, at + len(sought))
        return np.unique(np.searchsorted(starts, places, side="right") - 1)

    @cached_property
    def _words_by_letter(self) -> dict[str, Counter[str]]:
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key in self._keys:
            for word in key.split():
                found[word[0]][word] += 1
        return dict(found)

    def _corrected(self, sought: str) -> str:
        """What was typed with each word that no name has put right; its first letter is taken to be right."""
        *before, last = sought.split()
        return " ".join([*(self._nearest(word, whole=True) for word in before), self._nearest(last, whole=False)])

    def _nearest(self, typed: str, *, whole: bool) -> str:
        listed = self._words_by_letter.get(typed[0], Counter())
        known = typed in listed or (not whole and any(word.startswith(typed) for word in listed))
        if known or len(typed) < SLIP_FROM:
            return typed
        # A letter left out makes what was typed one shorter than what it begins.
        lengths = (None,) if whole else (len(typed), len(typed) + 1)
        ends = Counter[str]()
        for word, count in listed.items():
            for length in lengths:
                ends[word[:length]] += count
        slips = 1 + len(typed) // SECOND_SLIP_FROM
        near = process.extract(typed, list(ends), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return min(near, key=lambda found: (found[1], -ends[found[0]], found[0]))[0] if near else typed

    def search(self, beginning: str, top: int) -> tuple[Suggestion, ...]:
        """At most `top` names with a word that begins so; then those with it inside a word; else with a slip in it.

        None for no letters, or more than a name has.
        """
        sought = _plain(beginning[: MOST_LETTERS + 1])
        rows, offsets = self._array("rows"), self._array("offsets")
        if not sought or len(sought) > MOST_LETTERS or not len(rows):
            return ()
        keys = self._keys

        def suffix(at: int) -> str:
            return keys[int(rows[at])][int(offsets[at]) :]

        def beginning_so(typed: str) -> dict[int, None]:
            low = bisect_left(range(len(rows)), typed, key=suffix)
            high = bisect_left(range(len(rows)), typed + _AFTER_ANY, lo=low, key=suffix)
            return self._best(rows[low:high], offsets[low:high] == 0, top)

        best = beginning_so(sought)
        if len(best) < top and len(sought) >= INSIDE_FROM:
            best |= self._best(self._inside(sought), None, top)
        if not best and (corrected := self._corrected(sought)) != sought:
            best = beginning_so(corrected)
        names, codes, titles = self._shown
        return tuple(Suggestion(names[row], codes[row], titles[row]) for row in list(best)[:top])
