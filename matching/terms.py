"""Terms: what eligibility, funding and evidence say of a program, in the form the search and the plans ask for."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.config import MatchConfig
from matching.eligibility.funding import FundingStack, fund_program
from matching.eligibility.offers import Offer
from matching.eligibility.screening import StreamVerdict, screen
from matching.eligibility.terms import FundingTerms, StepCosts, funding_terms
from matching.explain.steps import ExamFacts, Facts, MoneyFacts
from matching.moves import Move, Person
from matching.pathways.moves import MoveTerms
from matching.pathways.openings import PersonOpenings
from matching.price_list import course_costs, exam_costs, jobs_of
from matching.seeker import Seeker
from matching.world import World
from taxonomy.credentials import Credential
from taxonomy.places import Zip
from taxonomy.programs import Program

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PersonTerms:
    """One person's funding and the evidence, asked program by program."""

    world: World
    config: MatchConfig
    verdicts: tuple[StreamVerdict, ...]
    funding: FundingTerms
    openings: PersonOpenings
    out_of_pocket: tuple[Floats, Floats]  # low and high of every program with its exam
    wished_out_of_pocket: float

    @property
    def for_moves(self) -> MoveTerms:
        """What the search counts with."""
        return MoveTerms(
            courses=self.world.courses,
            openings=self.openings,
            cost_low=self.out_of_pocket[0],
            cost_high=self.out_of_pocket[1],
            exam_wait_weeks=self.config.exam_wait_weeks,
            wished_out_of_pocket=self.wished_out_of_pocket,
        )

    @property
    def facts(self) -> Facts:
        """What the steps of a plan show."""
        return Facts(
            money=self.money,
            exam=self.exam,
            evidence=lambda move: self.world.evidence.evidence_for(self._program(move.program)),
            support_evidence=self.world.evidence.support_evidence,
        )

    def money(self, move: Move) -> MoneyFacts:
        """Price and funding of the course of a move."""
        program = self._program(move.program)
        costs = course_costs(program)
        return _money(costs, fund_program(costs, self._offer(move.program), self.verdicts, self.funding))

    def exam(self, move: Move, credential: Credential) -> ExamFacts:
        """Fee and funding of the exam after a move."""
        costs = exam_costs(credential)
        stack = fund_program(costs, self._offer(move.program), self.verdicts, self.funding)
        pays = tuple(f for f in stack.funding if "exam" in f.covers)
        if credential.exam_cost_usd is None:
            return ExamFacts(None, pays, None, None)
        low, high = stack.out_of_pocket_range_usd
        return ExamFacts(credential.exam_cost_usd, pays, low, high)

    def _offer(self, row: int) -> Offer:
        return Offer.of(self._program(row), in_demand=self.funding.in_demand(jobs_of(self.world.catalog, row)))

    def _program(self, row: int) -> Program:
        return self.world.catalog.programs.records[row]


def terms_for(
    seeker: Seeker, person: Person, world: World, config: MatchConfig, today: date, known: PersonTerms | None = None
) -> PersonTerms:
    """Screen the person once; programs are then cheap. With `known`, only the limits are read again."""
    wish = seeker.constraints.max_out_of_pocket_usd
    wished = float("inf") if wish is None else wish.value
    if known is not None:
        return replace(known, wished_out_of_pocket=wished)
    area = law_area(person.place)
    verdicts = screen(seeker, world.law, today, area)
    funding = funding_terms(verdicts, world.law, today, area)
    return PersonTerms(
        world=world,
        config=config,
        verdicts=verdicts,
        funding=funding,
        openings=PersonOpenings(person, _near(person, world, config), world.catalog, config),
        out_of_pocket=world.prices.out_of_pocket(funding),
        wished_out_of_pocket=wished,
    )


def _near(person: Person, world: World, config: MatchConfig) -> npt.NDArray[np.bool_]:
    """Occupations whose work is close to the person's past work; none where that is not known."""
    past = sorted(person.worked_months.items())
    chances = world.transitions.feasibility(past, range(len(world.catalog.occupations.codes)))
    near: npt.NDArray[np.bool_] = np.nan_to_num(chances) >= config.near_from
    return near


def law_area(place: Zip | None) -> str:
    """The area whose rules hold: board, state, or the nation when the place is not known."""
    if place is None:
        return "US"
    return f"{place.state}:{place.board}" if place.board else place.state


def _money(costs: StepCosts, stack: FundingStack) -> MoneyFacts:
    low, high = stack.out_of_pocket_range_usd
    return MoneyFacts(costs.known_usd, stack.funding, stack.out_of_pocket_usd, low, high, stack.questions)
