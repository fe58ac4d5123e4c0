"""Programs and providers by name."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from matching.answer import Candidate, Resolved
from matching.resolve.postings import Arrays, ArraySource, TextIndex, derive_index
from matching.resolve.text import Understanding, normalise, understanding
from matching.wording import say
from taxonomy.programs import Program

NEAR_PROGRAMS = 40
UNDERSTOOD_FROM = 0.5  # likeness, 0-1: half the words of the shorter name are shared
SURE_FROM = 0.85


def derive_programs(programs: Sequence[Program]) -> Arrays:
    """Arrays of the program index: one row a program, its name and its provider's."""
    return derive_index("resolve_program", [normalise(f"{p.name} {p.provider_name}") for p in programs])


class ProgramIndex:
    """Finds programs by what somebody remembers of name and provider."""

    def __init__(self, source: ArraySource, programs: Sequence[Program]) -> None:
        self._index = TextIndex("resolve_program", source)
        self._programs = programs

    def resolve(self, text: str, top: int) -> Resolved:
        """The likeliest programs; the note says why when there is none."""
        if understanding(text) is not Understanding.WORDS:
            return Resolved(text, None, None, 0.0, note=say("words.no_words"))
        words = normalise(text)
        hits = self._index.search(words, NEAR_PROGRAMS)
        liked = sorted(
            (-max(c, fuzz.token_sort_ratio(words, self._index.text(r)) / 100), r)
            for r, c in zip(hits.rows, hits.cosine, strict=True)
        )
        candidates = tuple(self._candidate(row, -negative) for negative, row in liked[:top])
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            return Resolved(
                text, None, None, 0.0, candidates, confirm=bool(candidates), note=say("words.no_such_program")
            )
        best = candidates[0]
        tied = len(candidates) > 1 and candidates[1].score > best.score - 0.02
        return Resolved(text, best.code, best.title, best.score, candidates, confirm=best.score < SURE_FROM or tied)

    def _candidate(self, row: int, score: float) -> Candidate:
        program = self._programs[row]
        return Candidate(
            program.id, f"{program.name}, {program.provider_name}", round(min(1.0, score), 4), None, program.name
        )
