"""Moves drawn by hand or generated, as the search takes them."""

from collections.abc import Sequence

import numpy as np

from matching.coded import Coded
from matching.config import MatchConfig
from matching.moves import Move, Opening
from matching.pathways.ground import Ground
from matching.pathways.moves import OpenMoves
from matching.pathways.openings import NO_JOB, places_chosen
from matching.pathways.stacking import Stacking
from matching.tables import Jobs, MoveTable
from matching.value.value import Valuation


class DrawnOpenings:
    """The openings of some moves as the search takes them: group k + 1 is that of the kth distinct tuple."""

    def __init__(self, groups: Sequence[tuple[Opening, ...]], goals: frozenset[int]) -> None:
        self._openings = [opening for group in groups for opening in group]
        columns = [
            (True, o.wage, o.entry_wage, o.learning_wage, o.confidence, not goals or o.occupation in goals)
            for o in self._openings
        ]
        self.jobs = Jobs(*map(np.array, zip(*columns, (False, 0.0, 0.0, 0.0, 0.0, False), strict=True)))
        places = np.full((len(groups) + 1, max(map(len, groups), default=0)), NO_JOB)
        start = 0
        for row, group in enumerate(groups, start=1):
            places[row, : len(group)] = range(start, start + len(group))
            start += len(group)
        rung = np.array([*(o.rung for o in self._openings), 0])
        self.chosen = places_chosen(places, places != NO_JOB, rung, self.jobs.is_goal)

    def opening(self, place: int) -> Opening | None:
        return None if place == NO_JOB else self._openings[place]


def ground_of(moves: Sequence[Move], stacking: Stacking, config: MatchConfig) -> Ground:
    """What a search among some moves stands on."""
    table, openings = table_of(moves, stacking.rules.awards, stacking.person.goal_occupations)
    alike = Coded((m.award, m.kind, m.education_required, m.education_awarded, m.rung, m.sectors) for m in moves).code
    return Ground(table, alike, openings, stacking, Valuation(stacking.person.usual_wage, config), config)


def all_open(moves: Sequence[Move]) -> OpenMoves:
    """The moves, every one of them open."""
    concerns = np.array([len(m.concerns) for m in moves], np.int64)
    return OpenMoves(np.ones(len(moves), np.bool_), concerns, lambda number: moves[number])


def table_of(moves: Sequence[Move], awards: tuple[str, ...], goals: frozenset[int]) -> tuple[MoveTable, DrawnOpenings]:
    """Moves to some awards as the columns the search reads, with the openings they lead to."""
    groups = Coded(m.openings for m in moves)
    sectors = sorted({sector for m in moves for sector in m.sectors})
    table = MoveTable(
        awards=awards,
        award=np.array([awards.index(m.award) for m in moves], np.int64),
        ruled=np.ones(len(moves), np.bool_),
        program=np.array([m.program for m in moves], np.int64),
        apprenticeship=np.array([m.kind == "apprenticeship" for m in moves], np.bool_),
        weeks=np.array([m.weeks for m in moves], np.float64),
        exam_weeks=np.array([m.exam_weeks for m in moves], np.float64),
        hours_per_week=np.array([m.hours_per_week or 0.0 for m in moves], np.float64),
        cost_low=np.array([m.cost_low for m in moves], np.float64),
        cost_high=np.array([m.cost_high for m in moves], np.float64),
        account_low=np.array([m.account_low for m in moves], np.float64),
        account_high=np.array([m.account_high for m in moves], np.float64),
        account_cap=moves[0].account_cap if moves else np.inf,
        completion=np.array([m.completion.mean for m in moves], np.float64),
        employment=np.array([m.employment.mean for m in moves], np.float64),
        evidence=np.array([m.evidence for m in moves], np.int64),
        concerns=np.array([len(m.concerns) for m in moves], np.int64),
        education_required=np.array([m.education_required for m in moves], np.int64),
        education_awarded=np.array([m.education_awarded for m in moves], np.int64),
        rung=np.array([m.rung for m in moves], np.int64),
        sectors=np.array([sum(1 << sectors.index(s) for s in m.sectors) for m in moves], np.int64),
        jobs=groups.code + 1,
    )
    return table, DrawnOpenings(groups.values, goals)
