"""Which of a snapshot's credentials a name means: exactly, nearly, within other words, or by an acronym of several."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from math import log

from rapidfuzz import fuzz, process

from matching.answer import Candidate
from matching.resolve.certainty import with_probabilities
from matching.resolve.holding import EMPTY_WORDS
from matching.resolve.text import normalise
from matching.resolve.word_lists import word_lists
from taxonomy.credentials import Credential

WITHIN = 0.85  # likeness of a name that stands whole among other words: understood, and to be confirmed
OTHER_WORK = 0.75  # the same where a word beside it makes it another credential ("CNA instructor")
SHORTEST_GUESSED = 5  # characters; a shorter name is an acronym, and one letter makes it another
SAME_WORD_FROM = 85  # rapidfuzz ratio, 0-100: one letter of seven may be wrong
SLIP_FROM = 0.88  # spelling likeness, 0-1: a wrong letter or two
SLIPPED_WORD_FROM = 65  # rapidfuzz ratio, 0-100, of the word with the wrong letters
SUGGESTED_FROM = 0.6  # likeness, 0-1; below it a name is no help

# They say a level of schooling and no subject: alone they name no credential.
SCHOOLING = frozenset(
    [
        "degree",
        "associate",
        "bachelor",
        "bachelors",
        "master",
        "diploma",
        "college",
        "aas",
        "aa",
        "ba",
        "bs",
        "science",
        "art",
        "arts",
        "applied",
    ]
)
_GENERAL = frozenset(
    ["level", "technician", "technology", "training", "national", "state", "professional", "general", "basic"]
)
_ANOTHER = frozenset(
    ["instructor", "teacher", "trainer", "examiner", "evaluator", "inspector", "master", "supervisor", "manager",
     "advanced", "intermediate"]
)  # fmt: skip
_LEVELS = frozenset(["a", "b", "c", "d", "i", "ii", "iii", "iv", "v"])
_APPLIED = re.compile(r"\b(?:associated? (?:in )?applied science(?: degree)?|aas degree)\b")
_JOINED = re.compile(r"(?<=[a-z])(?=\d)")  # "osha10"

_Found = list[tuple[float, str, str]]


def plain(name: str) -> str:
    """A name without what is said of any credential; its "+" is a word, since Security+ is no security licence."""
    return _bare(normalise(name))


def _bare(normal: str) -> str:
    words = _APPLIED.sub("aas", normal.replace("+", " plus "))
    return " ".join(w for w in words.split() if w not in EMPTY_WORDS)


def meanings(name: str) -> list[str]:
    """What an acronym or a word of several meanings may stand for; empty for any other name."""
    bare = " ".join(w for w in re.findall(r"[a-z0-9+]+", name) if w not in EMPTY_WORDS)
    listed: dict[str, list[str]] = word_lists()["ambiguous_credentials"]
    # "license in nursing" and "licencia de enfermería" are the same question as "nursing license".
    return listed.get(bare) or listed.get(plain(name), [])


def left_open(name: str) -> str | None:
    """The other credential a name may stand for, where it mostly stands for the one found."""
    others = word_lists()["open_credentials"]
    return next((other for said, other in others.items() if plain(said) == plain(name)), None)


class CredentialNames:
    """Finds credentials by name, alias, acronym and issuer."""

    def __init__(self, credentials: Iterable[Credential]) -> None:
        self._credentials = {c.id: c for c in credentials}
        named: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._issued: defaultdict[str, set[str]] = defaultdict(set)
        plain_already: set[str] = set()  # as `normalise` gives them, which changes nothing when done twice
        for credential in self._credentials.values():
            for name in (credential.name, *credential.aliases):
                normal = normalise(name)
                plain_already.add(normal)
                for key in {normal, _bare(normal)} - {""}:
                    named[key].setdefault(credential.id, name)
            for issuer in _issuers(credential.issuer):
                self._issued[issuer].add(credential.id)
        for said, name in word_lists()["everyday_credentials"].items():
            normal = normalise(said)
            bare = _bare(normal)
            plain_already.add(normal)
            # "security license" must not make a licence of every name with the word "security".
            for key in {normal, bare if " " in bare else ""} - {""}:
                named[key] = named.get(key) or dict.fromkeys(named.get(normalise(name), ()), said)
        self._named = {key: ids for key, ids in named.items() if ids}
        # A name is compared without the words all have, and with its "+" as a word.
        self._keys = sorted(
            key for key in self._named if key == _bare(key) and (key in plain_already or key == plain(key))
        )
        self._weights = _weights(self._keys)

    def knows(self, text: str) -> bool:
        """Whether a text is the whole name of a credential."""
        return normalise(text) in self._named or plain(text) in self._named

    def is_exact(self, text: str) -> bool:
        """Whether a text with all its words, "license" too, is a listed name."""
        return normalise(text) in self._named

    def of_issuer(self, name: str) -> tuple[Candidate, ...]:
        """The credentials of an issuer, where a name is an issuer's and no more."""
        ids = sorted(self._issued.get(plain(name), ())) if not self.knows(name) else []
        return tuple(Candidate(i, self._credentials[i].name, 0.5, None, self._credentials[i].issuer) for i in ids[:5])

    def candidates(self, name: str, state: str | None, kind: str | None) -> tuple[Candidate, ...]:
        """The likeliest credentials: of equals those of the state, then those of the kind said."""
        found = self._named_exactly(name) or self._by_issuer(name)
        if not found or (kind == "license" and all(self._kind(code) != kind for _, code, _ in found)):
            found = found + self._near(name)
        for meaning in meanings(name):
            found = found + (self._named_exactly(meaning) or self._near(meaning))
        best: dict[str, Candidate] = {}
        order = sorted(found, key=lambda f: (-f[0], self._elsewhere(f[1], state), self._kind(f[1]) != kind, f[1]))
        for score, code, text in order:
            best.setdefault(code, Candidate(code, self._credentials[code].name, round(score, 4), None, text))
        return with_probabilities("credentials", tuple(best.values())[:5])

    def _kind(self, code: str) -> str:
        return self._credentials[code].kind

    def _elsewhere(self, code: str, state: str | None) -> int:
        """0 for a credential of the person's state, 1 for a national one, 2 for another state's."""
        own = self._credentials[code].state
        return 1 if own is None else 0 if own == state else 2

    def _named_exactly(self, text: str) -> _Found:
        for key in (normalise(text), plain(text), plain(_JOINED.sub(" ", text))):
            if key in self._named:
                return [(1.0, code, listed) for code, listed in self._named[key].items()]
        return []

    def _by_issuer(self, name: str) -> _Found:
        """A name with its issuer's before or after it: "CPT NHA", "CompTIA ITF"."""
        words = plain(name).split()
        for width in range(len(words) - 1, 0, -1):
            for issuer, rest in ((words[:width], words[width:]), (words[-width:], words[:-width])):
                ids = self._issued.get(" ".join(issuer), ())
                said = [" ".join(rest), *map(plain, meanings(" ".join(rest)))]
                found = [(1.0, c, t) for s in said for c, t in self._named.get(s, {}).items() if c in ids]
                if found:
                    return found
        return []

    def _near(self, name: str) -> _Found:
        words = plain(name)
        if all(any(_same(word, level) for level in SCHOOLING) for word in words.split()):
            return []
        return self._named_nearly(words) + self._named_within(words)

    def _named_nearly(self, words: str) -> _Found:
        if len(words) < SHORTEST_GUESSED:
            return []
        near = process.extract(words, self._keys, scorer=fuzz.token_sort_ratio, limit=15, score_cutoff=60)
        liked = [(self._likeness(words, key, score / 100), key) for key, score, _ in near]
        return [(s, code, t) for s, key in liked if s >= SUGGESTED_FROM for code, t in self._named[key].items()]

    def _likeness(self, words: str, key: str, spelling: float) -> float:
        """Half the spelling, half the words that each has of the other; spelling alone for a wrong letter or two.

        A number, class or level that differs makes another credential: OSHA 30 is not OSHA 10.
        """
        said, listed = words.split(), key.split()
        marks, wanted = _marks(said), _marks(listed)
        if marks and wanted and marks != wanted:
            return min(spelling, OTHER_WORK)
        shared = (self._covered(said, listed) + self._covered(listed, said)) / 2
        slip = spelling if spelling >= SLIP_FROM and marks == wanted and _spelt_alike(said, listed) else 0.0
        return max((spelling + shared) / 2, slip)

    def _covered(self, words: list[str], by: list[str]) -> float:
        weights = [self._weights.get(word, self._weights[""]) for word in words]
        had = sum(w for w, word in zip(weights, words, strict=True) if any(_same(word, other) for other in by))
        return had / (sum(weights) or 1.0)

    def _named_within(self, words: str) -> _Found:
        """Acronyms and names of several words that stand whole among others: "HVAC EPA 608"."""
        said = words.split()
        spans = {(a, b): " ".join(said[a:b]) for a in range(len(said)) for b in range(a + 1, min(len(said), a + 5) + 1)}
        known = {
            span: key
            for span, key in spans.items()
            if key in self._named and (len(key) >= 3 or any(c.isdigit() for c in key) or key in ("rn", "pca"))
        }
        # "class B CDL" holds "CDL", which alone would be another class.
        widest = [
            key for (a, b), key in known.items() if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in known)
        ]
        beside = {w for w in said if not w.isdigit() and not any(w in key.split() for key in widest)}
        # A word that other credentials are told apart by ("journeyman") makes it another one; "warehouse" does not.
        another = _ANOTHER.intersection(said) or (beside - _GENERAL) & self._weights.keys()
        score = OTHER_WORK if another else WITHIN
        return [(score, code, text) for key in sorted(set(widest)) for code, text in self._named[key].items()]


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    long = min(len(word), len(other)) >= SHORTEST_GUESSED and abs(len(word) - len(other)) <= 2
    return long and fuzz.ratio(word, other) >= SAME_WORD_FROM


def _spelt_alike(words: list[str], others: list[str]) -> bool:
    """Whether each word has one of its own length and most of its letters: a slip adds and drops no word."""
    return len(words) == len(others) and all(
        any(abs(len(w) - len(o)) <= 2 and fuzz.ratio(w, o) >= SLIPPED_WORD_FROM for o in others) for w in words
    )


def _marks(words: list[str]) -> list[str]:
    """Numbers, classes and levels, which tell one credential of a kind from the next."""
    return sorted(w for w in words if w in _LEVELS or any(c.isdigit() for c in w))


def _weights(keys: list[str]) -> dict[str, float]:
    """How much a word tells of a name; "" for one in none. A "+" is said by no other name than its own."""
    rows: defaultdict[str, int] = defaultdict(int)
    for key in keys:
        for word in set(key.split()):
            rows[word] += 1
    most = 1.0 + log(1 + len(keys))
    return {w: 1.0 + log((1 + len(keys)) / (1 + n)) for w, n in rows.items()} | {"": most, "plus": most}


@cache  # many are of one issuer
def _issuers(issuer: str | None) -> frozenset[str]:
    """An issuer's names and initials, as they are compared; an issuer named in general ("college") is none."""
    found: set[str] = set()
    for part in re.split(r"[;,]| or ", issuer or ""):
        words = [w for w in part.split() if w[:1].isupper()]
        if not words or words != part.split()[: len(words)]:
            continue
        found.add(plain(part))
        if len(words) > 2:
            found.add("".join(w[0] for w in words).casefold())
    return frozenset(found - {""})
