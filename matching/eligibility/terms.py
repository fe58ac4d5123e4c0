"""What the streams would pay for a program, as plain numbers: computed once a person, then cheap for each program.

The search asks for hundreds of programs a person what would be left to pay; only the few shown get full explanations
(`matching.eligibility.funding`). Both read the shares computed here, so they cannot disagree.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from matching.eligibility.aid import gi_bill_share
from matching.eligibility.kleene import Truth, and_, or_
from matching.eligibility.law import Law
from matching.eligibility.offers import (
    LengthRules,
    Offer,
    academic_years,
    long_enough_for_pell,
    short_enough_for_workforce_pell,
)
from matching.eligibility.screening import StreamVerdict, by_stream
from matching.seeker import Seeker
from taxonomy.frozen import frozen
from taxonomy.law import APPROVED_WORKFORCE_PELL, DEMAND, Parameter

WIOA_STREAMS = ("wioa_adult", "wioa_dislocated_worker", "wioa_youth")
# Streams that may pay an amount nobody here can know; the GI Bill is one until the days of service are known.
_OPEN_STREAMS = ("snap_et", "tanf")

_WORKFORCE_TESTS = tuple(f"workforce_pell.{n}_rate_min" for n in ("completion", "placement"))
_HOUSING = "gi_bill.apprentice_housing_"

Range = tuple[float | None, float | None]


@frozen
class StepCosts:
    """What a step costs. None is not known; 0.0 says that there is no such cost (an exam has no tuition)."""

    tuition_usd: float | None
    books_usd: float | None = None
    exam_usd: float | None = None

    @property
    def known_usd(self) -> float | None:
        """The sum of what is known; None while the tuition is not."""
        if self.tuition_usd is None:
            return None
        return self.tuition_usd + (self.books_usd or 0.0) + (self.exam_usd or 0.0)

    @property
    def unknown_parts(self) -> tuple[str, ...]:
        """Costs to ask about."""
        parts = (
            ("tuition_and_fees", self.tuition_usd),
            ("books_and_supplies", self.books_usd),
            ("exam", self.exam_usd),
        )
        return tuple(name for name, usd in parts if usd is None)


@frozen
class FundingTerms:
    """A person's streams, and the amounts and limits of the day."""

    pell: Truth
    workforce_pell: Truth
    wioa: Truth
    other_streams_open: bool
    gi_bill_share: float | None  # of tuition and fees, by the tier that known days of service reach
    pell_award_usd: float | None  # a full award year's, less the Student Aid Index where it is known
    account_cap: Parameter | None
    account_length_limit: Parameter | None
    nurse_aide_rule: Parameter | None
    provider_list_required: bool
    demand_list: frozenset[str] | None  # occupations the board lists as in demand; None: no list is held here
    lengths: LengthRules
    support_budgets: tuple[Parameter, ...] = ()
    approved_programs: frozenset[str] | None = None  # for Workforce Pell; None: no list is held here
    workforce_tests: tuple[Parameter, ...] = ()  # what the Secretary asks of a Workforce Pell program's outcomes
    apprentice_housing: tuple[Parameter, ...] = ()  # GI Bill housing in an apprenticeship, by six months

    @property
    def cap_usd(self) -> float | None:
        """What the board puts into one training account; None when it is not known here."""
        return None if self.account_cap is None else self.account_cap.value

    @property
    def demand_list_known(self) -> bool:
        """Whether the board's list is held here."""
        return self.demand_list is not None

    def approved(self, program_id: str) -> Truth:
        """Whether a program is on the list of approved Workforce Pell programs; unknown without a list."""
        return None if self.approved_programs is None else program_id in self.approved_programs

    def in_demand(self, onet_codes: Iterable[str]) -> Truth:
        """Whether the board lists one of a program's jobs as in demand; unknown without a list, or without jobs."""
        codes = set(onet_codes)
        return None if self.demand_list is None or not codes else bool(codes & self.demand_list)


@frozen
class AccountUse:
    """What earlier steps took from the training account: surely, and at most if every open question ends well."""

    certain_usd: float = 0.0
    possible_usd: float = 0.0


NOTHING_USED = AccountUse()


@frozen
class Bill:
    """What is left of one step, or of several, before the training account, and how much of it the account may take.

    Bills add up step by step, and the account's cap is laid on the sum: however many steps share the account, it is
    spent once. `low` counts on every stream that may pay, `high` only on those known to pay.
    """

    low_usd: float = 0.0
    low_account_usd: float = 0.0
    high_usd: float = 0.0
    high_account_usd: float = 0.0

    def __add__(self, other: "Bill") -> "Bill":
        return Bill(
            self.low_usd + other.low_usd,
            self.low_account_usd + other.low_account_usd,
            self.high_usd + other.high_usd,
            self.high_account_usd + other.high_account_usd,
        )

    def range(self, cap_usd: float | None) -> tuple[float, float]:
        """What the person might pay under the board's cap; a cap that is not known promises nothing."""
        low = self.low_usd - _at_most(self.low_account_usd, cap_usd)
        high = self.high_usd - (0.0 if cap_usd is None else min(self.high_account_usd, cap_usd))
        return round(low, 2), round(high, 2)


@frozen
class Shares:
    """What each stream pays of one step. `certain` amounts are known and appear due; `possible` ones might come."""

    pell_certain_usd: float
    account_certain_usd: float
    account_possible_usd: float
    low_usd: float
    high_usd: float


def funding_terms(seeker: Seeker, verdicts: Iterable[StreamVerdict], law: Law, today: date, area: str) -> FundingTerms:
    """Prepare a person's verdicts for many programs."""
    streams = {name: verdict.finding.value for name, verdict in by_stream(verdicts).items()}
    rules = law.in_force(area, today)
    open_streams = [name for name in _OPEN_STREAMS if streams[name] is not False]
    share = None if streams["gi_bill"] is False else gi_bill_share(seeker, rules)
    if share is None and streams["gi_bill"] is not False:
        open_streams.append("gi_bill")
    return FundingTerms(
        pell=streams["pell"],
        workforce_pell=streams["workforce_pell"],
        wioa=or_(streams[name] for name in WIOA_STREAMS),
        other_streams_open=bool(open_streams) or trade_adjustment_open(streams),
        gi_bill_share=share,
        pell_award_usd=_award_of_a_year(rules, seeker.eligibility.student_aid_index),
        account_cap=rules.get("ita.cap"),
        account_length_limit=rules.get("ita.length_limit"),
        nurse_aide_rule=rules.get("nurse_aide.employer_pays"),
        provider_list_required="wioa.provider_list_required" in rules,
        demand_list=_listed(law.family(DEMAND, area, today), DEMAND),
        lengths=LengthRules(
            weeks_min=rules.get("pell.weeks_min"),
            clock_hours_min=rules.get("pell.clock_hours_min"),
            year_weeks=rules.get("pell.academic_year_weeks"),
            year_clock_hours=rules.get("pell.academic_year_clock_hours"),
            short_weeks_min=rules.get("workforce_pell.weeks_min"),
            short_weeks_below=rules.get("workforce_pell.weeks_below"),
            short_hours_min=rules.get("workforce_pell.clock_hours_min"),
            short_hours_below=rules.get("workforce_pell.clock_hours_below"),
        ),
        support_budgets=law.family("support.", area, today),
        approved_programs=_listed(law.family(APPROVED_WORKFORCE_PELL, area, today), APPROVED_WORKFORCE_PELL),
        workforce_tests=tuple(row for name in _WORKFORCE_TESTS if (row := rules.get(name)) is not None),
        apprentice_housing=law.family(_HOUSING, area, today),
    )


def _award_of_a_year(rules: Mapping[str, Parameter], index: float | None) -> float | None:
    """The maximum less the Student Aid Index, at least the minimum; the maximum while the index is not known."""
    most, least = rules.get("pell.maximum"), rules.get("pell.minimum")
    if most is None or index is None:
        return None if most is None else most.value
    return max(most.value - max(0.0, index), 0.0 if least is None else least.value)


def _listed(rows: Iterable[Parameter], prefix: str) -> frozenset[str] | None:
    """What a list in force names; None where there is no such list."""
    return frozenset(row.id.removeprefix(prefix) for row in rows) or None


def trade_adjustment_open(streams: Mapping[str, Truth]) -> bool:
    """TAA takes nobody new since July 2022: it is counted on only for a person known to be a dislocated worker."""
    return streams["taa"] is not False and streams["wioa_dislocated_worker"] is True


def within_account_length(offer: Offer, terms: FundingTerms) -> Truth:
    """Within the board's length limit; a board that set none has no limit here."""
    if terms.account_length_limit is None:
        return True
    return None if offer.weeks is None else offer.weeks <= terms.account_length_limit.value


def on_list(offer: Offer, terms: FundingTerms) -> Truth:
    """On the eligible provider list; apprenticeships may be added to it on request (20 CFR 680.470)."""
    return offer.on_provider_list if terms.provider_list_required else True


def out_of_pocket_range(costs: StepCosts, offer: Offer, terms: FundingTerms, used: AccountUse = NOTHING_USED) -> Range:
    """What the person might pay: (if every stream that may pay does, if only those known to pay do).

    (None, None) while the tuition is not known: an unknown cost is never zero. Costs of books or an exam that are not
    known are outside the range and named by `StepCosts.unknown_parts`.
    """
    shares = shares_of(costs, offer, terms, used)
    return (None, None) if shares is None else (shares.low_usd, shares.high_usd)


def shares_of(costs: StepCosts, offer: Offer, terms: FundingTerms, used: AccountUse = NOTHING_USED) -> Shares | None:
    """Who pays how much of a step, in last-dollar order; None while the tuition is not known."""
    bill, total = bill_of(costs, offer, terms), costs.known_usd
    if bill is None or total is None:
        return None
    cap = terms.cap_usd
    certain = 0.0 if cap is None else min(bill.high_account_usd, max(0.0, cap - used.certain_usd))
    room = None if cap is None else max(0.0, cap - used.possible_usd)
    possible = _at_most(bill.low_account_usd, room)
    return Shares(
        pell_certain_usd=round(total - bill.high_usd, 2),
        account_certain_usd=round(certain, 2),
        account_possible_usd=round(possible, 2),
        low_usd=round(bill.low_usd - possible, 2),
        high_usd=round(bill.high_usd - certain, 2),
    )


def bill_of(costs: StepCosts, offer: Offer, terms: FundingTerms) -> Bill | None:
    """A step's bill after grants and before the training account; None while the tuition is not known."""
    total = costs.known_usd
    if total is None or costs.tuition_usd is None:
        return None
    pell = and_((terms.pell, offer.pell, long_enough_for_pell(offer, terms.lengths)))
    # Without a list of approved programs the program's part is at best unknown.
    workforce = and_((terms.workforce_pell, short_enough_for_workforce_pell(offer, terms.lengths), offer.approved))
    account = and_((terms.wioa, on_list(offer, terms), within_account_length(offer, terms), _demand(offer, terms)))
    award = award_usd(offer, terms)
    school_bill = costs.tuition_usd + (costs.books_usd or 0.0)
    # Pell and Workforce Pell exclude each other, so one award at most.
    grant_possible = 0.0 if pell is False and workforce is False else _at_most(school_bill, award)
    grant_certain = _at_most(school_bill, award) if pell is True and award is not None else 0.0
    low, high = total - grant_possible, total - grant_certain
    if terms.gi_bill_share is not None and offer.kind == "training":
        # A tier leaves its share of the tuition; books and the exam it may pay as well.
        low = min(low, max(0.0, (1.0 - terms.gi_bill_share) * costs.tuition_usd - grant_possible))
    if terms.other_streams_open or (offer.nurse_aide and terms.nurse_aide_rule is not None):
        low = 0.0
    return Bill(low, 0.0 if account is False else low, high, high if account is True else 0.0)


def award_usd(offer: Offer, terms: FundingTerms) -> float | None:
    """The person's Pell award over the program's academic years; None when its length or the award is not known.

    A part of a year earns that part of the award; awards follow the year's amount, as later ones are not announced.
    """
    years = academic_years(offer, terms.lengths)
    return None if terms.pell_award_usd is None or years is None else terms.pell_award_usd * years


def _demand(offer: Offer, terms: FundingTerms) -> Truth:
    """Linked to local demand (20 CFR 680.210(b)): as the board's list says, unknown without one."""
    return offer.in_demand if terms.demand_list_known else None


def _at_most(bill: float, limit: float | None) -> float:
    return bill if limit is None else min(bill, limit)
