"""Moves: the programs screening left open, each priced, dated and given its chances, ready for the search."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import NO_EDUCATION, Catalog
from matching.moves import Move, Person, Screening, concerns_in
from matching.pathways.courses import Courses, supports
from matching.pathways.openings import PersonOpenings
from matching.pathways.pareto import group_rows, non_dominated
from matching.tables import MoveTable, Prices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ALONE = -1  # no support beside the course


@dataclass(frozen=True, slots=True)
class MoveTerms:
    """What the other stages know of the programs for one person."""

    courses: Courses
    openings: PersonOpenings
    prices: Prices  # of every program with its exam
    exam_wait_weeks: float
    wished_out_of_pocket: float  # the person's limit, hard or soft; above it a cost is a concern


@dataclass(frozen=True, slots=True, eq=False)
class _Offered:
    """Programs in question for one person, a row each, alone or with a support beside the course."""

    program: Ints
    support: Ints
    jobs: Ints
    evidence: Ints


def list_moves(screening: Screening, person: Person, catalog: Catalog, terms: MoveTerms) -> MoveTable:
    """Moves of all open programs that open a job or lead on to another credential, best of a kind only."""
    rows = _worthwhile(screening, person, catalog, terms)
    affordable = terms.prices.low[rows] <= person.most_out_of_pocket
    screening.rule_out_rows("max_out_of_pocket_usd", rows[~affordable])
    rows = rows[affordable]
    screening.question("max_out_of_pocket_usd", rows[terms.prices.high[rows] > terms.wished_out_of_pocket])
    alone = _Offered(rows, np.full(len(rows), _ALONE), terms.openings.of(rows), terms.courses.evidence[rows])
    table = _table(_with_supports(alone, person, catalog, terms.courses), screening, catalog, terms)
    longer = _taught_in_full(table, person, catalog, terms.courses)
    screening.rule_out_rows("shorter_way", table.program[longer])
    table = table.take(~longer)
    return table.take(unbeaten(table, terms.courses.alike[table.program]))


def _taught_in_full(table: MoveTable, person: Person, catalog: Catalog, courses: Courses) -> Bools:
    """Full courses beside which a bridge from what the person holds leads to the same, no later and no dearer."""
    awards = {number: catalog.credentials.get(table.awards[number]) for number in np.unique(table.award).tolist()}
    known = {number: credential for number, credential in awards.items() if credential is not None and credential.opens}
    asks = {n: courses.foundations[c.id].requires if c.id in courses.foundations else () for n, c in known.items()}
    longer = np.zeros(len(table.award), np.bool_)
    for bridge, credential in known.items():
        if asks[bridge] and all(any(a.credential in person.held for a in group) for group in asks[bridge]):
            like = (credential.opens, credential.education_awarded)
            full = [n for n, c in known.items() if not asks[n] and (c.opens, c.education_awarded) == like]
            longer |= _outdone(table, np.isin(table.award, full), table.award == bridge)
    return longer


def _outdone(table: MoveTable, full: Bools, bridges: Bools) -> Bools:
    """Which of the full courses last at least as long and cost at least as much as some bridge."""
    rows, others = np.flatnonzero(full), np.flatnonzero(bridges)
    as_good = np.ones((len(rows), len(others)), np.bool_)
    for figure in (table.weeks, table.cost_low, table.cost_high):
        as_good &= figure[others] <= figure[rows, None]
    outdone = np.zeros(len(full), np.bool_)
    outdone[rows[as_good.any(axis=1)]] = True
    return outdone


def _worthwhile(screening: Screening, person: Person, catalog: Catalog, terms: MoveTerms) -> Ints:
    """Open programs that open a job, lead on to another credential or raise the person's schooling."""
    rows = screening.open_rows
    raises = catalog.programs.education_awarded[rows] > max(person.education, NO_EDUCATION)
    leads = (terms.openings.of(rows) > 0) | terms.courses.leads_on[rows] | raises
    screening.rule_out_rows("no_known_job", rows[~leads])
    worthwhile: Ints = rows[leads]
    return worthwhile


def _with_supports(alone: _Offered, person: Person, catalog: Catalog, courses: Courses) -> _Offered:
    """The courses, and each again with every intermediary that supports people in it, in the order of the programs."""
    parts = [alone]
    for index, (support, (rows, evidence)) in enumerate(zip(catalog.supports, courses.supported, strict=True)):
        if len(rows) and supports(support, person):
            _, at, of = np.intersect1d(alone.program, rows, assume_unique=True, return_indices=True)
            parts.append(
                _Offered(
                    alone.program[at],
                    np.full(len(at), index),
                    alone.jobs[at],
                    evidence[of],
                )
            )
    if len(parts) == 1:
        return alone
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in _Offered.__slots__]
    order = np.lexsort((whole[1], whole[0]))
    return _Offered(*(column[order] for column in whole))


def _table(offered: _Offered, screening: Screening, catalog: Catalog, terms: MoveTerms) -> MoveTable:
    programs, courses, prices = catalog.programs, terms.courses, terms.prices
    rows, beside = offered.program, offered.support != _ALONE
    return MoveTable(
        awards=courses.awards.values,
        make=lambda number: _move(number, offered, screening, catalog, terms),
        made_as=np.arange(len(rows)),
        award=courses.awards.code[rows],
        program=rows,
        apprenticeship=programs.kind.where(lambda kind: kind == "apprenticeship")[rows],
        weeks=courses.weeks[rows],
        exam_weeks=np.where(courses.has_exam[rows], terms.exam_wait_weeks, 0.0),
        hours_per_week=courses.hours_per_week[rows],
        cost_low=prices.low[rows],
        cost_high=prices.high[rows],
        account_low=prices.account_low[rows],
        account_high=prices.account_high[rows],
        account_cap=prices.account_cap,
        completion=courses.completion_mean[rows],
        employment=courses.employment_mean[rows],
        evidence=offered.evidence,
        # An intermediary's own screening makes one more question.
        concerns=np.bitwise_count(screening.concerns[rows]).astype(np.int64) + beside,
        education_required=programs.education_required[rows],
        education_awarded=programs.education_awarded[rows],
        rung=programs.rung[rows],
        sectors=courses.sectors[rows],
        jobs=offered.jobs,
    )


def _move(number: int, offered: _Offered, screening: Screening, catalog: Catalog, terms: MoveTerms) -> Move:
    programs, courses, prices = catalog.programs, terms.courses, terms.prices
    row, support = int(offered.program[number]), int(offered.support[number])
    concerns = concerns_in(int(screening.concerns[row]))
    return Move(
        award=courses.awards[row],
        program=row,
        kind=programs.kind[row],
        support=None if support == _ALONE else support,
        weeks=float(courses.weeks[row]),
        exam_weeks=terms.exam_wait_weeks if courses.has_exam[row] else 0.0,
        hours_per_week=float(courses.hours_per_week[row]),
        cost_low=float(prices.low[row]),
        cost_high=float(prices.high[row]),
        completion=courses.completion[row],
        employment=courses.employment[row],
        evidence=int(offered.evidence[number]),
        concerns=concerns if support == _ALONE else (*concerns, "support_admission"),
        openings=terms.openings.group(int(offered.jobs[number])),
        education_required=int(programs.education_required[row]),
        education_awarded=int(programs.education_awarded[row]),
        rung=int(programs.rung[row]),
        sectors=programs.sectors[row],
        hours_known=bool(np.isfinite(screening.hours_per_week[row])),
        account_low=float(prices.account_low[row]),
        account_high=float(prices.account_high[row]),
        account_cap=prices.account_cap,
    )


def unbeaten(moves: MoveTable, alike: Ints) -> Bools:
    """Of moves to the same credential and jobs on the same terms, those no other beats in all that the search counts.

    Safe for the search: whatever path takes a beaten move is beaten by the same path with the better one. Of equal
    moves the first stays. `alike` is equal for moves that may stand in for each other, their jobs apart.
    """
    measures = np.column_stack(
        [
            moves.weeks,
            moves.exam_weeks,
            moves.hours_per_week,
            moves.cost_low,
            moves.cost_high,
            moves.account_low,
            moves.account_high,
            -moves.completion,
            -moves.employment,
            moves.evidence,
            moves.concerns,
        ]
    )
    return non_dominated(measures, group_rows([alike, moves.jobs]))
