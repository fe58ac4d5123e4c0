"""Moves: the programs screening left open, each priced, dated and given its chances, ready for the search."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.catalog import NO_EDUCATION, Catalog, education_value
from matching.config import MatchConfig
from matching.moves import Move, Opening, Person, Rate, Screening
from matching.pathways.openings import list_openings
from matching.pathways.stand_ins import StandIns, stand_in
from taxonomy.codes import Education
from taxonomy.places import Zip
from taxonomy.studies import Support

Floats = npt.NDArray[np.float64]

# Out-of-pocket range of a program (row) and its exam: low and high.
Price = Callable[[int], tuple[float, float]]
Chances = Callable[[int], tuple[Rate, Rate]]  # completion and employment of a program
TierRank = Callable[[int, Support | None], int]


@dataclass(frozen=True, slots=True)
class MoveTerms:
    """What the other stages know about a program: money, chances, evidence; and stand-ins where lists are silent."""

    price: Price
    chances: Chances
    tier_rank: TierRank
    stand_ins: StandIns
    exam_wait_weeks: float
    wished_out_of_pocket: float  # the person's limit, hard or soft; above it a cost is a concern


def list_moves(
    screening: Screening, person: Person, catalog: Catalog, terms: MoveTerms, config: MatchConfig
) -> list[Move]:
    """Moves of all open programs that open a job or lead on to another credential, best of a kind only."""
    stacked = {rule.from_credential for rules in catalog.rules_into.values() for rule in rules}
    moves: list[Move] = []
    for row in screening.open_rows:
        openings = list_openings(row, person, catalog, config)
        credential = catalog.programs.credential[row]
        raises = catalog.programs.education_awarded[row] > max(person.education, NO_EDUCATION)
        if not openings and credential not in stacked and not raises:
            screening.rule_out_row("no_known_job", row)
            continue
        move = _move(row, openings, screening, catalog, terms)
        if move.cost_low > person.most_out_of_pocket:
            screening.rule_out_row("max_out_of_pocket_usd", row)
            continue
        moves.append(move)
        moves.extend(_supported(move, person, catalog, terms))
    return drop_beaten(moves)


def _move(
    row: int,
    openings: tuple[Opening, ...],
    screening: Screening,
    catalog: Catalog,
    terms: MoveTerms,
) -> Move:
    programs = catalog.programs
    credential = catalog.credentials.get(programs.credential[row] or "")
    award = programs.award[row]
    weeks, hours = float(programs.weeks[row]), float(screening.hours_per_week[row])
    low, high = terms.price(row)
    completion, employment = terms.chances(row)
    if high > terms.wished_out_of_pocket:
        screening.concerns[row].append("max_out_of_pocket_usd")
    return Move(
        award=credential.id if credential else f"program:{row}",
        program=row,
        kind=programs.kind[row],
        support=None,
        weeks=stand_in(terms.stand_ins.weeks, award) if np.isnan(weeks) else weeks,
        exam_weeks=terms.exam_wait_weeks if credential and credential.exam_name else 0.0,
        hours_per_week=None if np.isnan(hours) else hours,
        cost_low=low,
        cost_high=high,
        completion=completion,
        employment=employment,
        evidence=terms.tier_rank(row, None),
        concerns=tuple(screening.concerns[row]),
        openings=openings,
        education_required=int(programs.education_required[row]),
        education_awarded=int(programs.education_awarded[row]),
        rung=int(programs.rung[row]),
        sectors=programs.sectors[row],
    )


def _supported(move: Move, person: Person, catalog: Catalog, terms: MoveTerms) -> list[Move]:
    """The same course with each intermediary that supports people in it: its own screening makes one more question."""
    return [
        replace(
            move,
            support=index,
            evidence=terms.tier_rank(move.program, support),
            concerns=(*move.concerns, "support_admission"),
        )
        for index, support in enumerate(catalog.supports)
        if supports(support, move, person, catalog)
    ]


def supports(support: Support, move: Move, person: Person, catalog: Catalog) -> bool:
    """Whether an intermediary is known to support people in the course of a move."""
    programs = catalog.programs
    partner = programs.provider[move.program] in support.partner_provider_ids
    # It serves people of its own area: here those of its county, as that is what is known of it.
    local = person.place is not None and same_county(person.place, support)
    known = not support.credential_ids or move.award in support.credential_ids
    # Full-time study means courses for credit; that a course takes Pell grants is the list's own mark of one.
    for_credit = not support.full_time_study or programs.pell[move.program] == "yes"
    asked = education_value(support.education_required)
    schooled = not person.education or not asked or Education(person.education).at_least(Education(asked))
    return partner and local and known and for_credit and schooled and support.sector in move.sectors


def same_county(place: Zip, support: Support) -> bool:
    """Whether a place lies in a support's county; "Bexar" and "Bexar County" are one."""
    county = (place.county or "").removesuffix(" County")
    return place.state == support.state and county == support.county.removesuffix(" County")


def drop_beaten(moves: Sequence[Move]) -> list[Move]:
    """Of moves to the same credential and jobs on the same terms, those no other beats in everything the search counts.

    Safe for the search: whatever path takes a beaten move is beaten by the same path with the better one.
    """
    groups: defaultdict[tuple[object, ...], list[Move]] = defaultdict(list)
    for move in moves:
        own = move.award if not move.award.startswith("program:") else "program:"
        groups[
            own, move.openings, move.kind, move.education_required, move.education_awarded, move.rung, move.sectors
        ].append(move)
    return [m for group in groups.values() for m in group if not any(_beats(other, m) for other in group)]


def _beats(a: Move, b: Move) -> bool:
    if a is b:
        return False
    x, y = _measures(a), _measures(b)
    if x == y:
        return _identity(a) < _identity(b)
    return all(p <= q for p, q in zip(x, y, strict=True))


def _measures(move: Move) -> tuple[float, ...]:
    return (
        move.weeks,
        move.exam_weeks,
        move.hours_per_week or 0.0,
        move.cost_low,
        move.cost_high,
        -move.completion.mean,
        -move.employment.mean,
        move.evidence,
        len(move.concerns),
    )


def _identity(move: Move) -> tuple[int, int]:
    return (move.program, -1 if move.support is None else move.support)
