"""Terms: what eligibility, funding and evidence say of a program, in the form the search and the plans ask for."""

from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.config import MatchConfig
from matching.eligibility.funding import FundingStack
from matching.eligibility.offers import Offer
from matching.eligibility.plans import PlanStep, fund_plan
from matching.eligibility.screening import StreamVerdict, screen
from matching.eligibility.terms import FundingTerms, StepCosts, funding_terms
from matching.explain.money import ExamFacts, MoneyFacts
from matching.explain.steps import Facts
from matching.moves import Path, Person
from matching.pathways.moves import MoveTerms
from matching.pathways.open_now import open_now
from matching.pathways.openings import PersonOpenings, Standing
from matching.places import law_area
from matching.price_list import course_costs, exam_costs, jobs_of
from matching.seeker import Seeker
from matching.world import World
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.programs import Program

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@frozen
class PersonTerms:
    """One person's funding and the evidence, asked program by program."""

    world: World
    config: MatchConfig
    verdicts: tuple[StreamVerdict, ...]
    funding: FundingTerms
    for_moves: MoveTerms  # what the search counts with

    @property
    def facts(self) -> Facts:
        """What the steps of a plan show."""
        return Facts(
            funding=self.fund,
            evidence=lambda move: self.world.evidence.evidence_for(self._program(move.program)),
            support_evidence=self.world.evidence.support_evidence,
        )

    def fund(self, path: Path) -> tuple[tuple[MoneyFacts, ExamFacts | None], ...]:
        """Price and funding of each course of a path and of its exam, with one training account for all of them."""
        courses = [self._program(move.program) for move in path.moves]
        exams = [self._exam(move.program) for move in path.moves]
        fees = [None if exam is None else exam.exam_cost_usd for exam in exams]
        steps: list[PlanStep] = []
        for move, program, exam, fee in zip(path.moves, courses, exams, fees, strict=True):
            offer = self._offer(move.program)
            steps.append(PlanStep(course_costs(program), offer))
            if exam is not None:
                steps.append(PlanStep(exam_costs(fee), offer))
        stacks = iter(fund_plan(steps, self.verdicts, self.funding))
        return tuple(
            (_money(course_costs(program), next(stacks)), None if exam is None else _fee(fee, next(stacks)))
            for program, exam, fee in zip(courses, exams, fees, strict=True)
        )

    def _exam(self, row: int) -> Credential | None:
        """The credential of a program that an exam after the course earns."""
        credential = self.world.catalog.programs.awards[row]
        return credential if credential is not None and credential.exam_name is not None else None

    def _offer(self, row: int) -> Offer:
        program = self._program(row)
        return Offer.of(
            program,
            in_demand=self.funding.in_demand(jobs_of(self.world.catalog, row)),
            approved=self.funding.approved(program.id),
        )

    def _program(self, row: int) -> Program:
        return self.world.catalog.programs.records[row]


def with_wishes(terms: PersonTerms, seeker: Seeker, person: Person) -> PersonTerms:
    """The same terms with the wishes of a seeker about the work itself."""
    refused = _refused(seeker, person)
    if np.array_equal(terms.for_moves.openings.standing.refused, refused):
        return terms
    openings = _openings(person, refused, terms.world, terms.config, terms.for_moves.rows)
    return replace(terms, for_moves=replace(terms.for_moves, openings=openings))


def _refused(seeker: Seeker, person: Person) -> Bools:
    """Jobs known to be of a kind the person firmly wants no part of."""
    return person.job_quality.against(seeker.constraints, hard_only=True)


def _openings(person: Person, refused: Bools, world: World, config: MatchConfig, programs: Ints) -> PersonOpenings:
    near = _near(person, world, config)
    ready = open_now(person, near, refused, world.catalog, config)
    return PersonOpenings(person, Standing(near, refused, ready), world.courses.offers, config, programs)


def terms_for(
    seeker: Seeker, person: Person, world: World, config: MatchConfig, today: date, programs: Ints
) -> PersonTerms:
    """Screen the person once; programs are then cheap.

    Args:
        seeker: the profile.
        person: the same, as understood.
        world: the data.
        config: the numbers of the method.
        today: the day the answer speaks of.
        programs: rows of the programs in question, in ascending order.
    """
    verdicts, funding = _screened(seeker, person, world, today)
    openings = _openings(person, _refused(seeker, person), world, config, programs)
    prices = world.prices.out_of_pocket(funding, programs)
    for_moves = MoveTerms(world.courses, openings, programs, prices, config.exam_wait_weeks)
    return PersonTerms(world, config, verdicts, funding, for_moves)


def with_schooling(terms: PersonTerms, seeker: Seeker, person: Person, today: date) -> PersonTerms:
    """The same terms with the schooling of a seeker, which moves what may pay and what is open without a course."""
    verdicts, funding = _screened(seeker, person, terms.world, today)
    prices = terms.world.prices.out_of_pocket(funding, terms.for_moves.rows)
    refused = terms.for_moves.openings.standing.refused
    openings = _openings(person, refused, terms.world, terms.config, terms.for_moves.rows)
    for_moves = replace(terms.for_moves, prices=prices, openings=openings)
    return replace(terms, verdicts=verdicts, funding=funding, for_moves=for_moves)


def for_programs(terms: PersonTerms, person: Person, programs: Ints) -> PersonTerms:
    """The same terms for other programs, or for other wanted jobs: what may pay, and what is open already, stands."""
    standing = terms.for_moves.openings.standing
    openings = PersonOpenings(person, standing, terms.world.courses.offers, terms.config, programs)
    prices = terms.world.prices.out_of_pocket(terms.funding, programs)
    return replace(terms, for_moves=replace(terms.for_moves, openings=openings, rows=programs, prices=prices))


def _screened(
    seeker: Seeker, person: Person, world: World, today: date
) -> tuple[tuple[StreamVerdict, ...], FundingTerms]:
    """What may pay for the person's training."""
    area = law_area(person.place)
    verdicts = screen(seeker, world.law, today, area)
    return verdicts, funding_terms(seeker, verdicts, world.law, today, area)


def _near(person: Person, world: World, config: MatchConfig) -> npt.NDArray[np.bool_]:
    """Occupations whose work is close to the person's past work; none where that is not known."""
    past = sorted(person.worked_months.items())
    chances = world.transitions.feasibility(past, np.arange(len(world.catalog.occupations.codes)))
    near: npt.NDArray[np.bool_] = np.nan_to_num(chances) >= config.near_from
    return near


def _money(costs: StepCosts, stack: FundingStack) -> MoneyFacts:
    low, high = stack.out_of_pocket_range_usd
    return MoneyFacts(costs.known_usd, stack.funding, stack.out_of_pocket_usd, low, high, stack.questions)


def _fee(fee_usd: float | None, stack: FundingStack) -> ExamFacts:
    pays = tuple(f for f in stack.funding if "exam" in f.covers)
    low, high = (None, None) if fee_usd is None else stack.out_of_pocket_range_usd
    return ExamFacts(fee_usd, pays, low, high)
