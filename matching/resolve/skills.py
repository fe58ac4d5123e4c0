"""Skills in a person's words to descriptors, technologies and tasks: several in a sentence, with what is lacking.

A part's `code` is a descriptor's element id, a technology's name, or the id of a detailed work activity or a task. A
level said in the words is kept in the note as "level: basic" and read back with `noted_level`. What somebody says they
cannot do has no code.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz

from matching.answer import Candidate, Resolved
from matching.resolve.activities import ActivityIndex, stems_of
from matching.resolve.certainty import with_probabilities
from matching.resolve.index_derivation import derive_index
from matching.resolve.language import NOT_SUPPORTED, other_language
from matching.resolve.postings import Arrays, ArraySource
from matching.resolve.statements import Part, parts_of
from matching.resolve.text import MAX_LENGTH, Understanding, normalise, understanding
from matching.resolve.text_index import TextIndex, share_found
from matching.wording import say
from taxonomy.occupations import Descriptor, OccupationTechnology, SkillPhrase

NEAR_PHRASES = 30
UNDERSTOOD_FROM = 0.6  # likeness, 0-1; below it a phrase shares only parts of words with what we know
SLIP_FROM = 0.88  # spelling likeness, 0-1: a wrong letter or two
MISSPELT_FROM = 0.75  # spelling likeness from which a short product name is misspelt and no other word
LETTERS_OFF = 2  # letters that such a name may be longer or shorter
OTHER_WORDS = 0.85  # share of its likeness that a phrase in other words keeps; half of these mean something else
ALL_FOUND = 0.99  # share of what was said that stands in a name, from which it is that name in part
SAME_STEMS = 0.97  # likeness of the same words in another form or order
WHOLE_NAME = 0.75  # likeness of a product whose whole name stands among other words
UNFOUND = 0.6  # how much of the likeness goes for words that are not found
SUGGESTED_FROM = 0.4  # likeness below which a name is no suggestion
MAX_PARTS = 20
NOT_HAD = say("words.not_had")

_PHRASE, _DESCRIPTOR, _TECHNOLOGY = 0, 1, 2

# What a local board means by words, or None.
Local = Callable[[str], Candidate | None]


def _none_local(_: str) -> Candidate | None:
    return None


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


class SkillIndex:
    """Finds the descriptors and technologies that words name."""

    def __init__(
        self,
        source: ArraySource,
        phrases: Sequence[SkillPhrase],
        descriptors: Sequence[Descriptor],
        technologies: Sequence[OccupationTechnology],
        activities: ActivityIndex,
        confirm_below: float,
    ) -> None:
        self._index = TextIndex("resolve_skill", source)
        self._kind = np.asarray(source.array("resolve_skill_kind"))
        self._source = np.asarray(source.array("resolve_skill_source"))
        self._phrases = phrases
        self._descriptors = descriptors
        self._technologies = technologies
        self._activities = activities
        self._confirm_below = confirm_below
        self._names = {d.element_id: d.name for d in descriptors}

    def name_of(self, code: str) -> str:
        """The name of a descriptor; a technology is its own."""
        return self._names.get(code, code)

    def resolve(self, text: str, level: str | None, local: Local = _none_local) -> tuple[Resolved, ...]:
        """One result for each skill the words name, in their order; one not understood when they name none."""
        what = understanding(text)
        if what is Understanding.OTHER_SCRIPT:
            return (Resolved(text, None, None, 0.0, note=NOT_SUPPORTED),)
        whole = self._exact(text)
        if whole is not None:
            found = with_probabilities("skills", (whole,))
            return (Resolved(text, whole.code, whole.title, 1.0, found, note=level and f"level: {level}"),)
        parts = parts_of(text)[:MAX_PARTS] if what is Understanding.WORDS else []
        if not parts:
            return (Resolved(text, None, None, 0.0, note=say("words.no_skill")),)
        return tuple(self._resolve_part(part, text if len(parts) == 1 else part.whole, level, local) for part in parts)

    def _exact(self, text: str) -> Candidate | None:
        rows = self._index.exact(normalise(text)) if len(text) <= MAX_LENGTH else []
        return self._candidate(rows[0], 1.0) if rows else None

    def _same_stems(self, words: str) -> Candidate | None:
        """The same words in another form or order: "drive a forklift" is listed as "forklift driving"."""
        row = self._by_stems.get(_stem_key(words))
        return None if row is None else self._candidate(row, SAME_STEMS)

    @cached_property
    def _by_stems(self) -> dict[str, int]:
        rows: dict[str, int] = {}
        for row, text in enumerate(self._index.texts):
            if self._kind[row] != _TECHNOLOGY:
                rows.setdefault(_stem_key(text), row)
        return rows

    def _resolve_part(self, part: Part, said: str, level: str | None, local: Local) -> Resolved:
        # "Machine learning" is a skill and no machine somebody is learning.
        whole = self._exact(part.whole)
        exact = local(part.words) or whole or self._exact(part.words) or self._same_stems(normalise(part.words))
        candidates = with_probabilities("skills", (exact,)) if exact else self._near(normalise(part.words))
        level = level or (None if whole and part.whole != part.words else part.level)
        if part.denied:
            near = tuple(c for c in candidates if c.score >= SUGGESTED_FROM)
            return Resolved(said, None, None, 0.0, near, note=NOT_HAD)
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            if other_language(said):
                return Resolved(said, None, None, 0.0, note=NOT_SUPPORTED)
            near = tuple(c for c in candidates if c.score >= SUGGESTED_FROM)
            return Resolved(said, None, None, 0.0, near, confirm=bool(near), note=say("words.not_understood"))
        best = candidates[0]
        note = f"level: {level}" if level else None
        # A task that holds the words is a guess at what they mean, however whole it holds them.
        unsure = (best.probability or 0.0) < self._confirm_below or self._activities.has(best.code)
        return Resolved(said, best.code, best.title, best.score, candidates, confirm=unsure, note=note)

    def _near(self, words: str) -> tuple[Candidate, ...]:
        hits = self._index.search(words, NEAR_PHRASES)
        weights = self._index.word_weights(words)
        liked = [
            (self._likeness(words, weights, r, c), r)
            for r, c in zip(hits.rows.tolist(), hits.cosine.tolist(), strict=True)
        ]
        found = [self._candidate(row, likeness) for likeness, row in sorted(liked, key=lambda f: (-f[0], f[1]))]
        if not found or found[0].score < UNDERSTOOD_FROM:
            activities = self._activities.search(words)
            if activities and activities[0].score >= UNDERSTOOD_FROM:
                return with_probabilities("activities", activities)
        best: dict[str, Candidate] = {}
        for candidate in found:
            best.setdefault(candidate.code, candidate)
        return with_probabilities("skills", tuple(best.values())[:5])

    def _likeness(self, words: str, weights: dict[str, float], row: int, cosine: float) -> float:
        """Half of letters and words, less for words not found; a slip of the pen is as alike as its spelling."""
        listed = self._index.text(row)
        spelling = fuzz.token_sort_ratio(words, listed) / 100
        if spelling >= SLIP_FROM:
            return spelling
        covered = share_found(weights, listed)
        alike = (cosine + spelling) / 2 * (1 - UNFOUND + UNFOUND * covered) * OTHER_WORDS
        ours = self._kind[row] == _PHRASE
        if self._kind[row] == _TECHNOLOGY or (ours and self._phrases[int(self._source[row])].technology):
            # A product's name is said whole, or some other thing is meant: "people" is no PeopleSoft, and what
            # somebody can analyze is not the product Analyze.
            if ours and set(listed.split()) <= set(words.split()):
                return max(alike, WHOLE_NAME)
            misspelt = spelling >= MISSPELT_FROM and abs(len(words) - len(listed)) <= LETTERS_OFF
            in_part = " " in words and covered > ALL_FOUND and 2 * len(words) >= len(listed)
            return (cosine + spelling) / 2 if misspelt or in_part else min(alike, SUGGESTED_FROM)
        return alike

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


def _stem_key(words: str) -> str:
    return " ".join(sorted(stems_of(words)))
