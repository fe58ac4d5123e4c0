"""Skills in a person's words to descriptors and technologies: several in a sentence, levels, and what they lack.

A part's `code` is a descriptor's element id or a technology's name. A level said in the words is kept in the note as
"level: basic" and read back with `noted_level`. What somebody says they cannot do has no code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from matching.answer import Candidate, Resolved
from matching.resolve.certainty import with_probabilities
from matching.resolve.language import NOT_SUPPORTED, other_language
from matching.resolve.postings import Arrays, ArraySource, TextIndex, derive_index
from matching.resolve.text import MAX_LENGTH, Understanding, fold, normalise, understanding
from matching.wording import say
from taxonomy.occupations import Descriptor, OccupationTechnology, SkillPhrase

NEAR_PHRASES = 30
UNDERSTOOD_FROM = 0.6  # likeness, 0-1; below it a phrase shares only parts of words with what we know
SURE_FROM = 0.8
SLIP_FROM = 0.88  # spelling likeness, 0-1: a wrong letter or two
MAX_PARTS = 20

_PHRASE, _DESCRIPTOR, _TECHNOLOGY = 0, 1, 2
_CLAUSE = re.compile(r"[,;.\n|•]+(?!net\b)|\bbut (?:i )?(?:also|can|know|have)?\b|\bpero\b")
_NO_DENIAL = re.compile(r"\bnot (?:only|just)\b|\bno solo\b|\bno (?:problem|trouble)(?: with)?\b|\bnot afraid of\b")
_PART = re.compile(r"\band\b|\bor\b|&|/|\by\b")
_DENIAL = re.compile(
    r"\b(?:no|not|never|without|cannot|can't|don't|do not|haven't|unable to|sin|nunca)\b"
    r"(?: (?:experience|experiencia|know|know how to|used?|worked|done|able|any|con|with|in|to|se)\b)*"
)
_YEARS = re.compile(r"\b(\d{1,2})\+? ?(?:years?|yrs?|anos?)\b")
_PACE = re.compile(r"\b\d{2,5} ?(?:wpm|kph|ksph|words (?:a|per) minute|palabras por minuto)\b")  # "typing 60 wpm"
_LEVELS = {
    "basic": ("basic", "beginner", "some", "a little", "entry level", "learning", "basico", "poco"),
    "intermediate": ("intermediate", "working knowledge", "moderate", "intermedio"),
    "advanced": ("advanced", "expert", "proficient", "extensive", "strong", "highly skilled", "avanzado", "experto"),
}
_FILLER = re.compile(
    r"\b(?:i am|i'm|i can|i know|i have|i|able to|good at|good with|experienced?|experiencia|knowledge|skills?|skilled"
    r"|how|using|use|with|con|of|in|at|to|en|know|very|level|nivel|se|usar|manejar|manejo|use|used|can|have|done|my|am|a|an|the|also|only)\b"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One skill of a statement: its words, the level said with it, and whether it was denied."""

    words: str
    level: str | None
    denied: bool


def derive_skills(
    phrases: Sequence[SkillPhrase], descriptors: Sequence[Descriptor], technologies: Sequence[OccupationTechnology]
) -> Arrays:
    """Arrays of the skill index: every phrase, descriptor name and different technology, with the row it came from."""
    entries = [(normalise(p.text), _PHRASE, row) for row, p in enumerate(phrases)]
    entries += [(normalise(d.name), _DESCRIPTOR, row) for row, d in enumerate(descriptors)]
    first: dict[str, int] = {}
    for row, technology in enumerate(technologies):
        first.setdefault(technology.technology, row)
    entries += [(normalise(name), _TECHNOLOGY, row) for name, row in sorted(first.items())]
    return derive_index("resolve_skill", [text for text, _, _ in entries]) | {
        "resolve_skill_kind": np.array([kind for _, kind, _ in entries], dtype=np.int8),
        "resolve_skill_source": np.array([row for _, _, row in entries], dtype=np.int32),
    }


def noted_level(resolved: Resolved) -> str | None:
    """The level a part was said with: basic, intermediate, advanced, or None."""
    note = resolved.note or ""
    return note.removeprefix("level: ") if note.startswith("level: ") else None


def _level_of(words: str) -> tuple[str, str | None]:
    years = _YEARS.search(words)
    if years:
        count = int(years.group(1))
        # Our reading: O*NET job zones put two years of practice at the middle and four or more at the top.
        level = "basic" if count < 2 else "intermediate" if count < 4 else "advanced"
        return _YEARS.sub(" ", words), level
    for level, signs in _LEVELS.items():
        for sign in signs:
            if f" {sign} " in f" {words} ":
                return f" {words} ".replace(f" {sign} ", " ").strip(), level
    return words, None


def _parts(text: str) -> Iterator[_Part]:
    for clause in _CLAUSE.split(_NO_DENIAL.sub(" ", fold(text))):
        # A denial reaches to the end of its clause: "welding and no experience with Word or Excel".
        denial = _DENIAL.search(clause)
        said, denied = (clause[: denial.start()], clause[denial.end() :]) if denial else (clause, "")
        yield from _pieces(said, denied=False)
        yield from _pieces(denied, denied=True)


def _pieces(clause: str, *, denied: bool) -> Iterator[_Part]:
    for piece in _PART.split(clause):
        words, level = _level_of(" ".join(piece.split()))
        words = " ".join(_FILLER.sub(" ", _PACE.sub(" ", words)).split())
        if words:
            yield _Part(words, level, denied)


def _likeness(cosine: float, spelling: float) -> float:
    """Half of each; words that differ in a letter or two are as alike as their spelling."""
    return max((cosine + spelling) / 2, spelling if spelling >= SLIP_FROM else 0.0)


def _as_noun(words: str) -> str:
    """The activity of what somebody says they do: "weld" is listed as "welding", "cook" as "cooking"."""
    first, space, rest = words.partition(" ")
    return f"{first.removesuffix('e')}ing{space}{rest}"


class SkillIndex:
    """Finds the descriptors and technologies that words name."""

    def __init__(
        self,
        source: ArraySource,
        phrases: Sequence[SkillPhrase],
        descriptors: Sequence[Descriptor],
        technologies: Sequence[OccupationTechnology],
    ) -> None:
        self._index = TextIndex("resolve_skill", source)
        self._kind = np.asarray(source.array("resolve_skill_kind"))
        self._source = np.asarray(source.array("resolve_skill_source"))
        self._phrases = phrases
        self._descriptors = descriptors
        self._technologies = technologies
        self._names = {d.element_id: d.name for d in descriptors}

    def name_of(self, code: str) -> str:
        """The name of a descriptor; a technology is its own."""
        return self._names.get(code, code)

    def resolve(self, text: str, level: str | None) -> tuple[Resolved, ...]:
        """One result for each skill the words name, in their order; one not understood when they name none."""
        what = understanding(text)
        if what is Understanding.OTHER_SCRIPT:
            return (Resolved(text, None, None, 0.0, note=NOT_SUPPORTED),)
        whole = self._exact(text)
        if whole is not None:
            found = with_probabilities("skills", (whole,))
            return (Resolved(text, whole.code, whole.title, 1.0, found, note=level and f"level: {level}"),)
        parts = list(_parts(text))[:MAX_PARTS] if what is Understanding.WORDS else []
        if not parts:
            return (Resolved(text, None, None, 0.0, note=say("words.no_skill")),)
        return tuple(self._resolve_part(part, text if len(parts) == 1 else part.words, level) for part in parts)

    def _exact(self, text: str) -> Candidate | None:
        rows = self._index.exact(normalise(text)) if len(text) <= MAX_LENGTH else []
        return self._candidate(rows[0], 1.0) if rows else None

    def _resolve_part(self, part: _Part, said: str, level: str | None) -> Resolved:
        words = normalise(part.words)
        exact = self._exact(part.words) or self._exact(_as_noun(words))
        candidates = with_probabilities("skills", (exact,) if exact else self._near(words))
        level = level or part.level
        if part.denied:
            return Resolved(said, None, None, 0.0, candidates, note=say("words.not_had"))
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            if other_language(said):
                return Resolved(said, None, None, 0.0, note=NOT_SUPPORTED)
            return Resolved(
                said, None, None, 0.0, candidates, confirm=bool(candidates), note=say("words.not_understood")
            )
        best = candidates[0]
        note = f"level: {level}" if level else None
        return Resolved(said, best.code, best.title, best.score, candidates, confirm=best.score < SURE_FROM, note=note)

    def _near(self, words: str) -> tuple[Candidate, ...]:
        hits = self._index.search(words, NEAR_PHRASES)
        liked = sorted(
            (-_likeness(c, fuzz.token_sort_ratio(words, self._index.text(r)) / 100), r)
            for r, c in zip(hits.rows.tolist(), hits.cosine.tolist(), strict=True)
        )
        best: dict[str, Candidate] = {}
        for negative, row in liked:
            candidate = self._candidate(row, -negative)
            best.setdefault(candidate.code, candidate)
        return tuple(best.values())[:5]

    def _candidate(self, row: int, score: float) -> Candidate:
        at = int(self._source[row])
        match int(self._kind[row]):
            case 0:
                phrase = self._phrases[at]
                code = phrase.element_id or phrase.technology or ""
                title, matched = self._names.get(code, code), phrase.text
            case 1:
                code, title = self._descriptors[at].element_id, self._descriptors[at].name
                matched = title
            case _:
                code = title = matched = self._technologies[at].technology
        return Candidate(code, title, round(min(1.0, score), 4), None, matched)
