"""Moves: the programs screening left open, each priced, dated and given its chances, ready for the search."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.moves import Move, Person, Screening, concerns_in
from matching.occupations import NO_EDUCATION
from matching.pathways.courses import Courses, supports
from matching.pathways.openings import PersonOpenings
from matching.tables import MoveTable, Prices
from taxonomy.frozen import frozen, names_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ALONE = -1  # no support beside the course


@frozen
class MoveTerms:
    """What the other stages know for one person of the programs within reach; `prices` are aligned with `rows`."""

    courses: Courses
    openings: PersonOpenings
    rows: Ints  # programs in ascending order: those open, and those that one limit given way may open
    prices: Prices  # of each with its exam
    exam_wait_weeks: float


@frozen(eq=False)
class Offered:
    """What the programs within reach offer one person, whatever limits are in force; made once a person."""

    moves: MoveTable  # of programs that open a job, lead on to another credential or raise the person's schooling
    of_no_use: Ints  # the other programs
    bridges: tuple[tuple[Bools, Bools], ...]  # moves to a credential in full, and those by a bridge from what is held
    make: Callable[[int, Screening], Move]  # a move of the table, whole, with the concerns of a screening


@frozen(eq=False)
class OpenMoves:
    """The moves offered, as the limits in force leave them."""

    open: Bools
    concerns: Ints  # how many
    make: Callable[[int], Move]  # a move, whole


@frozen(eq=False)
class _Supported:
    """Programs in question for one person, a row each, alone or with a support beside the course."""

    at: Ints  # place among the programs within reach
    support: Ints
    evidence: Ints


def list_offered(person: Person, catalog: Catalog, terms: MoveTerms) -> Offered:
    """Moves of all programs within reach that are of use, alone and with every support that takes the person."""
    rows = terms.rows
    raises = catalog.programs.education_awarded[rows] > max(person.education, NO_EDUCATION)
    of_use = (terms.openings.of(rows) > 0) | terms.courses.leads_on[rows] | raises
    supported = _with_supports(np.flatnonzero(of_use), rows, person, catalog, terms.courses)
    table = _table(supported, catalog, terms)
    return Offered(
        moves=table,
        of_no_use=rows[~of_use],
        bridges=_bridges(table, person, catalog, terms.courses),
        make=lambda number, screening: _move(number, table, int(supported.support[number]), screening, catalog, terms),
    )


def list_moves(screening: Screening, person: Person, offered: Offered, wished_out_of_pocket: float) -> OpenMoves:
    """Moves of the open programs that the person can pay for.

    Args:
        screening: of the programs; what rules one out here is noted on it.
        person: with the limits in force.
        offered: what the programs offer the person.
        wished_out_of_pocket: the person's limit, hard or soft; above it a cost is a concern.
    """
    screening.rule_out_rows("no_known_job", offered.of_no_use[screening.open[offered.of_no_use]])
    table = offered.moves
    is_open, affordable = screening.open[table.program], table.cost_low <= person.most_out_of_pocket
    screening.rule_out_rows("max_out_of_pocket_usd", table.program[is_open & ~affordable])
    is_open &= affordable
    screening.question("max_out_of_pocket_usd", table.program[is_open & (table.cost_high > wished_out_of_pocket)])
    longer = np.zeros(len(table), np.bool_)
    for full, bridge in offered.bridges:
        longer |= _outdone(table, full & is_open, bridge & is_open)
    screening.rule_out_rows("shorter_way", table.program[longer])
    # A support's own concerns are in the table; those of the course are the screening's.
    concerns = table.concerns + np.bitwise_count(screening.concerns[table.program])
    return OpenMoves(is_open & ~longer, concerns, lambda number: offered.make(number, screening))


def _bridges(table: MoveTable, person: Person, catalog: Catalog, courses: Courses) -> tuple[tuple[Bools, Bools], ...]:
    """Full courses, and the bridges from what the person holds that lead to the same."""
    if not person.held:
        return ()
    awards = {number: catalog.credentials.get(table.awards[number]) for number in np.unique(table.award).tolist()}
    known = {number: credential for number, credential in awards.items() if credential is not None and credential.opens}
    foundations = courses.rules.foundations
    asks = {n: foundations[c.id].requires if c.id in foundations else () for n, c in known.items()}
    pairs = []
    for bridge, credential in known.items():
        if asks[bridge] and all(any(a.credential in person.held for a in group) for group in asks[bridge]):
            like = (credential.opens, credential.education_awarded)
            full = [n for n, c in known.items() if not asks[n] and (c.opens, c.education_awarded) == like]
            if full:
                pairs.append((np.isin(table.award, full), table.award == bridge))
    return tuple(pairs)


def _outdone(table: MoveTable, full: Bools, bridges: Bools) -> Bools:
    """Which of the full courses last at least as long and cost at least as much as some bridge."""
    rows, others = np.flatnonzero(full), np.flatnonzero(bridges)
    as_good = np.ones((len(rows), len(others)), np.bool_)
    for figure in (table.weeks, table.cost_low, table.cost_high):
        as_good &= figure[others] <= figure[rows, None]
    outdone = np.zeros(len(full), np.bool_)
    outdone[rows[as_good.any(axis=1)]] = True
    return outdone


def _with_supports(at: Ints, rows: Ints, person: Person, catalog: Catalog, courses: Courses) -> _Supported:
    """The courses, and each again with every intermediary that supports people in it, in the order of the programs."""
    alone = _Supported(at, np.full(len(at), _ALONE), courses.evidence[rows[at]])
    parts = [alone]
    for index, (support, (supported, evidence)) in enumerate(zip(catalog.supports, courses.supported, strict=True)):
        if len(supported) and supports(support, person):
            _, found, of = np.intersect1d(rows[at], supported, assume_unique=True, return_indices=True)
            parts.append(_Supported(at[found], np.full(len(found), index), evidence[of]))
    if len(parts) == 1:
        return alone
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in names_of(_Supported)]
    order = np.lexsort((whole[1], whole[0]))
    return _Supported(*(column[order] for column in whole))


def _table(supported: _Supported, catalog: Catalog, terms: MoveTerms) -> MoveTable:
    programs, courses, prices = catalog.programs, terms.courses, terms.prices
    at, rows = supported.at, terms.rows[supported.at]
    return MoveTable(
        awards=courses.awards.values,
        award=courses.awards.code[rows],
        ruled=courses.ruled[rows],
        program=rows,
        apprenticeship=programs.apprenticeship[rows],
        weeks=courses.weeks[rows],
        exam_weeks=np.where(courses.has_exam[rows], terms.exam_wait_weeks, 0.0),
        hours_per_week=courses.hours_per_week[rows],
        cost_low=prices.low[at],
        cost_high=prices.high[at],
        account_low=prices.account_low[at],
        account_high=prices.account_high[at],
        account_cap=prices.account_cap,
        completion=courses.completion_mean[rows],
        employment=courses.employment_mean[rows],
        evidence=supported.evidence,
        # An intermediary's own screening makes one more question.
        concerns=(supported.support != _ALONE).astype(np.int64),
        education_required=programs.education_required[rows],
        education_awarded=programs.education_awarded[rows],
        rung=programs.rung[rows],
        sectors=courses.sectors[rows],
        jobs=terms.openings.of(rows),
    )


def _move(
    number: int, table: MoveTable, support: int, screening: Screening, catalog: Catalog, terms: MoveTerms
) -> Move:
    programs, courses = catalog.programs, terms.courses
    row = int(table.program[number])
    concerns = concerns_in(int(screening.concerns[row]))
    return Move(
        award=courses.awards[row],
        program=row,
        kind=programs.kind[row],
        support=None if support == _ALONE else support,
        weeks=float(table.weeks[number]),
        exam_weeks=float(table.exam_weeks[number]),
        hours_per_week=float(table.hours_per_week[number]),
        cost_low=float(table.cost_low[number]),
        cost_high=float(table.cost_high[number]),
        completion=courses.completion[row],
        employment=courses.employment[row],
        evidence=int(table.evidence[number]),
        concerns=concerns if support == _ALONE else (*concerns, "support_admission"),
        openings=terms.openings.group(int(table.jobs[number])),
        education_required=int(table.education_required[number]),
        education_awarded=int(table.education_awarded[number]),
        rung=int(table.rung[number]),
        sectors=programs.sectors[row],
        hours_known=bool(np.isfinite(screening.hours_per_week[row])),
        account_low=float(table.account_low[number]),
        account_high=float(table.account_high[number]),
        account_cap=table.account_cap,
    )
