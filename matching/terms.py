"""Terms: what eligibility, funding and evidence say of a program, in the form the search and the plans ask for."""

from dataclasses import dataclass
from datetime import date

from matching.config import MatchConfig
from matching.eligibility.funding import FundingStack, fund_program
from matching.eligibility.offers import Offer
from matching.eligibility.screening import StreamVerdict, screen
from matching.eligibility.terms import FundingTerms, StepCosts, funding_terms, out_of_pocket_range
from matching.explain.steps import ExamFacts, Facts, MoneyFacts
from matching.moves import Move, Person, Rate
from matching.pathways.moves import MoveTerms
from matching.pathways.stand_ins import stand_in
from matching.seeker import Seeker
from matching.world import World
from taxonomy.codes import Tier
from taxonomy.credentials import Credential
from taxonomy.places import Zip
from taxonomy.programs import Program
from taxonomy.studies import Support

# Strongest first. Not knowing stands before a finding of no gain, and that before a finding of harm.
TIER_ORDER = (Tier.A, Tier.B, Tier.C, Tier.D, Tier.U, Tier.N, Tier.X)

# What an exam alone is to the funding rules: no course, so no school bill.
_NO_COURSE = 0.0


@dataclass(frozen=True, slots=True)
class PersonTerms:
    """One person's funding and the evidence, asked program by program."""

    world: World
    config: MatchConfig
    verdicts: tuple[StreamVerdict, ...]
    funding: FundingTerms
    wished_out_of_pocket: float

    @property
    def for_moves(self) -> MoveTerms:
        """What the search counts with."""
        return MoveTerms(
            price=self.price,
            chances=self.chances,
            tier_rank=self.tier_rank,
            stand_ins=self.world.stand_ins,
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

    def price(self, row: int) -> tuple[float, float]:
        """Out-of-pocket range of a program and its exam; an unknown price counts as dear as most like programs are."""
        program = self._program(row)
        low, high = out_of_pocket_range(_course(program), Offer.of(program), self.funding)
        if high is None:
            low, high = 0.0, stand_in(self.world.stand_ins.price, program.award)
        credential = self.world.catalog.credentials.get(program.credential_id or "")
        if credential is not None and credential.exam_cost_usd is not None:
            exam_low, exam_high = out_of_pocket_range(_exam(credential), Offer.of(program), self.funding)
            low, high = (low or 0.0) + (exam_low or 0.0), high + (exam_high or 0.0)
        return low or 0.0, high

    def chances(self, row: int) -> tuple[Rate, Rate]:
        """Chance to complete a program, and to be employed after it."""
        program = self._program(row)
        completion = self.world.evidence.rate_for(program, "completion")
        employment = self.world.evidence.rate_for(program, "employment_q2")
        return Rate(completion.alpha, completion.beta), Rate(employment.alpha, employment.beta)

    def tier_rank(self, row: int, support: Support | None) -> int:
        """Rank of the evidence tier, 0 strongest; with a support beside the course, of the stronger of both."""
        own = TIER_ORDER.index(self.world.evidence.tier_for(self._program(row)))
        if support is None:
            return own
        return min(own, TIER_ORDER.index(Tier(self.world.evidence.support_evidence(support).tier)))

    def money(self, move: Move) -> MoneyFacts:
        """Price and funding of the course of a move."""
        program = self._program(move.program)
        costs = _course(program)
        return _money(costs, fund_program(costs, Offer.of(program), self.verdicts, self.funding))

    def exam(self, move: Move, credential: Credential) -> ExamFacts:
        """Fee and funding of the exam after a move."""
        costs = _exam(credential)
        stack = fund_program(costs, Offer.of(self._program(move.program)), self.verdicts, self.funding)
        pays = tuple(f for f in stack.funding if "exam" in f.covers)
        if credential.exam_cost_usd is None:
            return ExamFacts(None, pays, None, None)
        low, high = stack.out_of_pocket_range_usd
        return ExamFacts(credential.exam_cost_usd, pays, low, high)

    def _program(self, row: int) -> Program:
        return self.world.catalog.programs.records[row]


def terms_for(seeker: Seeker, person: Person, world: World, config: MatchConfig, today: date) -> PersonTerms:
    """Screen the person once; programs are then cheap."""
    area = law_area(person.place)
    verdicts = screen(seeker, world.law, today, area)
    wish = seeker.constraints.max_out_of_pocket_usd
    return PersonTerms(
        world=world,
        config=config,
        verdicts=verdicts,
        funding=funding_terms(verdicts, world.law, today, area),
        wished_out_of_pocket=float("inf") if wish is None else wish.value,
    )


def law_area(place: Zip | None) -> str:
    """The area whose rules hold: board, state, or the nation when the place is not known."""
    if place is None:
        return "US"
    return f"{place.state}:{place.board}" if place.board else place.state


def _course(program: Program) -> StepCosts:
    return StepCosts(program.tuition_usd, program.books_usd, exam_usd=0.0)


def _exam(credential: Credential) -> StepCosts:
    return StepCosts(_NO_COURSE, _NO_COURSE, exam_usd=credential.exam_cost_usd)


def _money(costs: StepCosts, stack: FundingStack) -> MoneyFacts:
    low, high = stack.out_of_pocket_range_usd
    return MoneyFacts(costs.known_usd, stack.funding, stack.out_of_pocket_usd, low, high, stack.questions)
