"""Programs and providers by what somebody remembers of name, provider, campus or field of study."""

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from matching.answer import Candidate, Resolved
from matching.resolve.certainty import with_probabilities
from matching.resolve.language import NOT_SUPPORTED
from matching.resolve.postings import Arrays, ArraySource, TextIndex, derive_index, share_found
from matching.resolve.text import Understanding, normalise, understanding
from matching.wording import say
from taxonomy.programs import Program, Provider

NEAR_PROGRAMS = 60
UNDERSTOOD_FROM = 0.5  # score, 0-1: half of what was said is found, or half the words are shared
SURE_FROM = 0.85
TIED_WITHIN = 0.02  # score; closer ones cannot be told apart by their names

_CIP = re.compile(r"\s*(?:cip\s*)?(\d{2})\.?(\d{4})\s*", re.IGNORECASE)


def derive_programs(programs: Sequence[Program], providers: Sequence[Provider]) -> Arrays:
    """Arrays of the two indexes: a program's name, provider and campus; a provider's name."""
    return derive_index(
        "resolve_program", [normalise(f"{p.name} {p.provider_name} {p.city or ''}") for p in programs]
    ) | derive_index("resolve_provider", [normalise(p.name) for p in providers])


class ProgramIndex:
    """Finds programs and providers."""

    def __init__(self, source: ArraySource, programs: Sequence[Program], providers: Sequence[Provider]) -> None:
        self._programs, self._providers = programs, providers
        self._program_index = TextIndex("resolve_program", source)
        self._provider_index = TextIndex("resolve_provider", source)

    def resolve(self, text: str, top: int) -> Resolved:
        """The likeliest programs; the note says why when there is none. A CIP code finds the programs of its field."""
        if field := _CIP.fullmatch(text[:20]):
            return self._of_field(text, f"{field[1]}.{field[2]}", top)
        return self._resolve(text, top, self._program_index, self._program, say("words.no_such_program"))

    def resolve_provider(self, text: str, top: int) -> Resolved:
        """The likeliest providers."""
        return self._resolve(text, top, self._provider_index, self._provider, say("words.no_such_provider"))

    def _of_field(self, text: str, cip: str, top: int) -> Resolved:
        rows = [row for row, program in enumerate(self._programs) if program.cip_code == cip]
        if not rows:
            return Resolved(text, None, None, 0.0, note=say("words.no_program_of_field", field=cip))
        candidates = tuple(self._program(row, 1.0) for row in rows[:top])
        best = candidates[0]
        note = say("words.programs_of_field", count=len(rows), field=cip)
        return Resolved(text, best.code, best.title, 1.0, candidates, confirm=len(rows) > 1, note=note)

    def _resolve(
        self, text: str, top: int, index: TextIndex, named: Callable[[int, float], Candidate], unknown: str
    ) -> Resolved:
        what = understanding(text)
        if what is not Understanding.WORDS:
            other = what is Understanding.OTHER_SCRIPT
            return Resolved(text, None, None, 0.0, note=NOT_SUPPORTED if other else say("words.no_words"))
        words = normalise(text)
        hits = index.search(words, NEAR_PROGRAMS)
        weights = index.word_weights(words)
        liked = sorted(
            (-(share_found(weights, index.text(r)) + max(c, fuzz.token_sort_ratio(words, index.text(r)) / 100)) / 2, r)
            for r, c in zip(hits.rows.tolist(), hits.cosine.tolist(), strict=True)
        )
        candidates = with_probabilities("programs", tuple(named(row, -negative) for negative, row in liked[:top]))
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            return Resolved(text, None, None, 0.0, candidates, confirm=bool(candidates), note=unknown)
        best = candidates[0]
        tied = len(liked) > 1 and -liked[1][0] > best.score - TIED_WITHIN
        return Resolved(text, best.code, best.title, best.score, candidates, confirm=best.score < SURE_FROM or tied)

    def _program(self, row: int, score: float) -> Candidate:
        program = self._programs[row]
        where = f" ({program.city})" if program.city else ""
        title = f"{program.name}, {program.provider_name}{where}"
        return Candidate(program.id, title, round(min(1.0, score), 4), None, program.name)

    def _provider(self, row: int, score: float) -> Candidate:
        provider = self._providers[row]
        return Candidate(provider.id, provider.name, round(min(1.0, score), 4), None, provider.name)
