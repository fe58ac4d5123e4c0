"""Programs and providers by what somebody remembers of name, provider, campus or field of study."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from rapidfuzz import fuzz

from matching.answer import Candidate, Resolved
from matching.resolve.certainty import with_probabilities
from matching.resolve.index_derivation import derive_index
from matching.resolve.language import NOT_SUPPORTED
from matching.resolve.postings import Arrays, ArraySource
from matching.resolve.text import MAX_LENGTH, Understanding, normalise, understanding
from matching.resolve.text_index import TextIndex, share_found
from matching.wording import say
from taxonomy.programs import FieldTitle, Program, Provider

NEAR_PROGRAMS = 60
NEAR_PROVIDERS = 20
UNDERSTOOD_FROM = 0.5  # score, 0-1: half of what was said is found, or half the words are shared
SUGGESTED_FROM = 0.25  # score; below it a name shares no more than letters with what was said
SURE_FROM = 0.85
ALL_FOUND = 0.99  # share of what was said that stands in a name, from which it holds all of it
TIED_WITHIN = 0.02  # score; closer ones cannot be told apart by their names

_CIP = re.compile(r"(?:\bcip(?: code)?[ :#]{0,3})?(?<![\d.])(\d{2})\.(\d{4}|\d{2})(?![\d.])", re.IGNORECASE)
_AT = re.compile(r"(?:@|\bat\b|\bfrom\b)([^@]{1,300})$", re.IGNORECASE)  # where somebody says the school
_BARE_CIP = re.compile(r"\s{0,9}(?:cip(?: code)?[ :#]{0,3})?(\d{2})(\d{4})\s{0,9}", re.IGNORECASE)


def derive_programs(programs: Sequence[Program], providers: Sequence[Provider]) -> Arrays:
    """Arrays of the two indexes: a program's name, provider and campus; a provider's name."""
    return derive_index(
        "resolve_program", [normalise(f"{p.name} {p.provider_name} {p.city or ''}") for p in programs]
    ) | derive_index("resolve_provider", [normalise(p.name) for p in providers])


class ProgramIndex:
    """Finds programs and providers."""

    def __init__(
        self,
        source: ArraySource,
        programs: Sequence[Program],
        providers: Sequence[Provider],
        confirm_below: float,
        fields: Iterable[FieldTitle] = (),
    ) -> None:
        self._confirm_below = confirm_below
        self._programs, self._providers = programs, providers
        self._program_index = TextIndex("resolve_program", source)
        self._provider_index = TextIndex("resolve_provider", source)
        self._fields = fields

    def resolve(self, text: str, top: int) -> Resolved:
        """The likeliest programs; the note says why when there is none. A CIP code finds the programs of its field."""
        said = text[:MAX_LENGTH]
        if field := _BARE_CIP.fullmatch(said) or _CIP.search(said):
            rest = said[: field.start()] + " " + said[field.end() :]
            return self._of_field(text, f"{field[1]}.{field[2]}", normalise(rest), top)
        if cip := self._named_fields.get(normalise(said)):
            return self._of_field(text, cip, normalise(said), top, by_name=True)
        return self._resolve(text, top, self._program_index, self._program, say("words.no_such_program"))

    @cached_property
    def _named_fields(self) -> dict[str, str]:
        """Fields that some program teaches, by their plain names; of a name of alternatives also by each of them.

        "Welding Technology/Welder" is welding technology too; one word of several ("Medical/Clinical Assistant") is
        no name, and neither is one that two fields bear.
        """
        taught = {program.cip_code for program in self._programs}
        named: defaultdict[str, set[str]] = defaultdict(set)
        for field in self._fields:
            if field.cip_code in taught:
                for name in (field.title, *(part for part in field.title.split("/") if " " in part.strip())):
                    named[normalise(name)].add(field.cip_code)
        return {name: min(codes) for name, codes in named.items() if name and len(codes) == 1}

    def resolve_provider(self, text: str, top: int) -> Resolved:
        """The likeliest providers."""
        return self._resolve(text, top, self._provider_index, self._provider, say("words.no_such_provider"))

    def _of_field(self, text: str, cip: str, rest: str, top: int, *, by_name: bool = False) -> Resolved:
        """Programs of a field ("51.3902") or a family of fields ("51.39"), those with the other words said first."""
        rows = [row for row, program in enumerate(self._programs) if (program.cip_code or "").startswith(cip)]
        if not rows:
            return Resolved(text, None, None, 0.0, note=say("words.no_program_of_field", field=cip))
        weights = self._program_index.word_weights(rest)
        held = {row: share_found(weights, self._program_index.text(row)) if weights else 1.0 for row in rows}
        most = max(held.values())
        first = [row for row in rows if held[row] == most]
        ordered = sorted(rows, key=lambda row: (-held[row], row))[:top]
        # Nothing tells the programs of a field apart but the words beside it.
        candidates = tuple(
            replace(self._program(row, held[row]), probability=round(1 / len(first), 4) if row in first else 0.0)
            for row in ordered
        )
        note = say("words.programs_of_field", count=len(rows), field=cip)
        if weights and most == 0 and not by_name:
            return Resolved(text, None, None, 0.0, candidates, confirm=True, note=note)
        best = candidates[0]
        return Resolved(text, best.code, best.title, best.score, candidates, confirm=len(first) > 1, note=note)

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
        named_first = self._programs_of(text) if index is self._program_index else frozenset()
        liked = sorted(
            (-(share_found(weights, index.text(r)) + max(c, fuzz.token_sort_ratio(words, index.text(r)) / 100)) / 2, r)
            for r, c in zip(hits.rows.tolist(), hits.cosine.tolist(), strict=True)
        )
        # A school named is meant, whatever it teaches; another's course is no more than a runner-up.
        liked.sort(key=lambda scored: scored[1] not in named_first)
        candidates = with_probabilities("programs", tuple(named(row, -negative) for negative, row in liked[:top]))
        if not candidates or candidates[0].score < UNDERSTOOD_FROM:
            # Nothing tells how probable what is so unlike is; what shares no more than letters is no suggestion.
            near = tuple(replace(c, probability=None) for c in candidates if c.score >= SUGGESTED_FROM)
            return Resolved(text, None, None, 0.0, near, confirm=bool(near), note=unknown)
        best = candidates[0]
        # Several that hold all that was said ("truck driving school") are told apart by nothing.
        whole = sum(share_found(weights, index.text(row)) >= ALL_FOUND for _, row in liked[:top]) > 1
        exact = len(index.exact(words)) == 1
        tied = len(liked) > 1 and -liked[1][0] > best.score - TIED_WITHIN
        unsure = (
            best.score < SURE_FROM or (best.probability or 0.0) < self._confirm_below or (whole and not exact) or tied
        )
        return Resolved(text, best.code, best.title, best.score, candidates, confirm=unsure)

    def _programs_of(self, text: str) -> frozenset[int]:
        """Programs of the school said after "at" or "from", where one listed school alone has every word of that."""
        said = _AT.search(text[:MAX_LENGTH])
        words = frozenset(normalise(said[1]).split()) if said else frozenset()
        if not words:
            return frozenset()
        near = self._provider_index.search(" ".join(sorted(words)), NEAR_PROVIDERS).rows.tolist()
        names = {self._providers[row].name for row in near if words.issubset(self._provider_index.text(row).split())}
        if len(names) != 1:
            return frozenset()
        return frozenset(row for row, program in enumerate(self._programs) if program.provider_name in names)

    def _program(self, row: int, score: float) -> Candidate:
        program = self._programs[row]
        where = f" ({program.city})" if program.city else ""
        title = f"{program.name}, {program.provider_name}{where}"
        return Candidate(program.id, title, round(min(1.0, score), 4), None, program.name)

    def _provider(self, row: int, score: float) -> Candidate:
        provider = self._providers[row]
        return Candidate(provider.id, provider.name, round(min(1.0, score), 4), None, provider.name)
