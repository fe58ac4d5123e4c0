"""The funding stack of a step, and the light range the search reads, which must agree with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.answer import Funding
from matching.eligibility.funding import FundingStack, fund_program
from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.screening import screen
from matching.eligibility.terms import AccountUse, StepCosts, funding_terms, out_of_pocket_range
from matching.seeker import Seeker
from taxonomy.law import Parameter

Fund = Callable[..., FundingStack]
TODAY = date(2026, 11, 22)
PELL = 7_395.0

# Every stream is settled: Pell and WIOA adult appear due, the rest appear closed.
SETTLED = {
    "birth_year": 1990,
    "education_level": "high_school_diploma",
    "work_authorized": True,
    "selective_service_compliant": True,
    "adults": 1,
    "annual_income_usd": 14_000.0,
    "snap": False,
    "tanf": False,
    "veteran": False,
    "dislocated": False,
    "employment_status": "employed",
}
YEAR = Offer(
    kind="training",
    award="college_certificate",
    pell=True,
    weeks=30.0,
    clock_hours=900.0,
    on_provider_list=True,
    nurse_aide=False,
    in_demand=True,
)
SHORT = replace(YEAR, weeks=10.0, clock_hours=300.0, pell=False)


def local(parameter_id: str, value: float) -> Parameter:
    return Parameter(
        id=parameter_id,
        value=value,
        unit="USD",
        area="TX:ALAMO",
        effective_from="2026-07-01",
        effective_to=None,
        citation="Board policy 12",
        link="https://example.org",
        checked_on="2026-11-22",
        verified=True,
    )


@pytest.fixture(scope="session")
def fund(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Fund:
    """Fund a step; `cap` gives the board a training-account cap and a demand list."""

    def build(
        costs: StepCosts, offer: Offer, *, cap: float | None = None, used: float = 0.0, **facts: object
    ) -> FundingStack:
        board = () if cap is None else (local("ita.cap", cap), local("demand.31-1131.00", 1.0))
        law = Law((*rows, *board))
        seeker = person(**{**SETTLED, **facts})
        verdicts = screen(seeker, law, TODAY, "TX:ALAMO")
        terms = funding_terms(seeker, verdicts, law, TODAY, "TX:ALAMO")
        already = AccountUse(used, used)
        stack = fund_program(costs, offer, verdicts, terms, used=already)
        assert out_of_pocket_range(costs, offer, terms, already) == stack.out_of_pocket_range_usd
        return stack

    return build


def amounts(stack: FundingStack) -> dict[str, float | None]:
    return {entry.stream: entry.amount_usd for entry in stack.funding}


def account_of(stack: FundingStack) -> Funding:
    return next(entry for entry in stack.funding if entry.stream.startswith("wioa_"))


def test_pell_pays_before_the_training_account_and_the_account_pays_what_is_left_up_to_its_cap(fund: Fund) -> None:
    stack = fund(StepCosts(12_000.0, 1_000.0, 0.0), YEAR, cap=4_000.0)

    assert [entry.stream for entry in stack.funding] == [
        "pell",
        "wioa_adult",
        "supportive_services",
    ]
    assert amounts(stack) == {"pell": PELL, "wioa_adult": 4_000.0, "supportive_services": None}
    assert stack.out_of_pocket_range_usd == (1_605.0, 1_605.0)
    assert stack.out_of_pocket_usd == 1_605.0
    assert stack.account.certain_usd == 4_000.0


def test_what_earlier_steps_took_from_the_account_is_no_longer_there(fund: Fund) -> None:
    stack = fund(StepCosts(12_000.0, 0.0, 0.0), YEAR, cap=4_000.0, used=3_000.0)

    assert amounts(stack)["wioa_adult"] == 1_000.0
    assert stack.account.certain_usd == 4_000.0


def test_without_a_known_cap_the_account_may_pay_all_or_nothing_and_says_so(fund: Fund) -> None:
    stack = fund(StepCosts(12_000.0, 0.0, 0.0), YEAR)

    account = account_of(stack)
    assert (account.stream, account.amount_usd, account.status) == ("wioa_adult", None, "needs_document")
    assert "cap is not known" in (account.note or "")
    assert stack.out_of_pocket_range_usd == (0.0, 12_000.0 - PELL)
    assert stack.out_of_pocket_usd is None


def test_an_unknown_cost_stays_unknown_and_becomes_a_question(fund: Fund) -> None:
    stack = fund(StepCosts(None, None, None), YEAR, cap=4_000.0)

    assert stack.out_of_pocket_range_usd == (None, None)
    assert stack.out_of_pocket_usd is None
    assert any("tuition" in question for question in stack.questions)
    assert all(entry.amount_usd is None for entry in stack.funding)


def test_unknown_books_are_asked_about_and_not_counted_as_free(fund: Fund) -> None:
    stack = fund(StepCosts(1_000.0, None, 0.0), YEAR)

    assert stack.questions == ("Ask the provider: what do books and supplies cost?",)


def test_half_an_academic_year_earns_half_an_award(fund: Fund) -> None:
    stack = fund(StepCosts(9_000.0, 0.0, 0.0), replace(YEAR, weeks=15.0, clock_hours=900.0))

    assert amounts(stack)["pell"] == pytest.approx(PELL / 2, abs=0.01)


def test_pell_never_pays_more_than_the_school_charges_and_not_the_exam(fund: Fund) -> None:
    stack = fund(StepCosts(2_000.0, 300.0, 250.0), YEAR, cap=5_000.0)

    assert amounts(stack) == {"pell": 2_300.0, "wioa_adult": 250.0, "supportive_services": None}
    assert stack.out_of_pocket_range_usd == (0.0, 0.0)


def test_a_person_above_the_maximum_award_line_has_an_unknown_amount_not_none_and_not_all(fund: Fund) -> None:
    stack = fund(StepCosts(12_000.0, 0.0, 0.0), YEAR, cap=1_000.0, annual_income_usd=60_000.0, adults=1)

    pell = stack.funding[0]
    assert (pell.status, pell.amount_usd, pell.missing) == ("needs_document", None, ("eligibility.student_aid_index",))
    assert stack.out_of_pocket_range_usd == (12_000.0 - PELL - 1_000.0, 11_000.0)


def test_a_bachelors_degree_closes_pell_and_the_entry_says_which_clause_failed(fund: Fund) -> None:
    stack = fund(StepCosts(12_000.0, 0.0, 0.0), YEAR, cap=5_000.0, education_level="bachelor")

    pell = stack.funding[0]
    assert pell.status == "appears_ineligible"
    assert (pell.note or "").startswith("Not met: a bachelor's degree is already held.")
    assert stack.out_of_pocket_range_usd == (7_000.0, 7_000.0)


def test_a_program_where_pell_is_not_used_says_so_and_promises_no_amount(fund: Fund) -> None:
    stack = fund(StepCosts(4_544.0, 0.0, 0.0), replace(SHORT, on_provider_list=False))

    notes = {entry.stream: entry.note for entry in stack.funding}
    assert notes["pell"] == (
        "Not met: the provider says that Pell cannot be used for this program; "
        "the program is shorter than Pell asks for."
    )
    assert notes["wioa_adult"] == "Not met: the program is not on the eligible provider list."


def test_a_short_program_is_offered_workforce_pell_only_as_something_to_document(fund: Fund) -> None:
    stack = fund(StepCosts(3_000.0, 0.0, 0.0), SHORT, cap=1_000.0)

    workforce = next(entry for entry in stack.funding if entry.stream == "workforce_pell")
    assert (workforce.status, workforce.amount_usd) == ("needs_document", None)
    assert workforce.missing == ("program_approval",)
    # A third of a year might earn a third of an award; only the account is counted on.
    assert stack.out_of_pocket_range_usd == (0.0, 2_000.0)
    assert "70% must finish in time" in str(workforce.note)
    # On a list of approved programs it appears due; off the list it is not offered.
    found = {value: fund(StepCosts(3_000.0), replace(SHORT, approved=value)).funding for value in (True, False)}
    assert [e.status for e in found[True] if e.stream == "workforce_pell"] == ["appears_eligible"]
    assert [e for e in found[False] if e.stream == "workforce_pell"] == []


def test_pell_and_workforce_pell_never_both_stand_open_for_one_program(fund: Fund) -> None:
    for weeks in (7.0, 8.0, 14.0, 15.0, 30.0):
        stack = fund(StepCosts(3_000.0), replace(YEAR, weeks=weeks, clock_hours=599.0))

        open_streams = {e.stream for e in stack.funding if e.status != "appears_ineligible"}
        assert not {"pell", "workforce_pell"} <= open_streams


@pytest.mark.parametrize(
    ("listed", "status"), [(True, "appears_eligible"), (False, "appears_ineligible"), (None, "needs_document")]
)
def test_the_account_pays_only_for_programs_on_the_provider_list(fund: Fund, listed: bool | None, status: str) -> None:  # noqa: FBT001 -- pytest passes parameters by name
    stack = fund(StepCosts(3_000.0, 0.0, 0.0), replace(YEAR, on_provider_list=listed), cap=1_000.0)

    assert account_of(stack).status == status


def test_a_program_outside_the_boards_demand_list_is_not_paid_by_the_account(fund: Fund) -> None:
    stack = fund(StepCosts(9_000.0, 0.0, 0.0), replace(YEAR, in_demand=False, pell=False), cap=1_000.0)

    assert account_of(stack).status == "appears_ineligible"
    assert stack.out_of_pocket_range_usd == (9_000.0, 9_000.0)


def test_a_nurse_aide_course_says_that_a_nursing_facility_may_not_charge_its_aides(fund: Fund) -> None:
    stack = fund(StepCosts(900.0, 0.0, 0.0), replace(SHORT, nurse_aide=True, on_provider_list=False))

    employer = next(entry for entry in stack.funding if entry.stream == "nursing_facility")
    assert employer.citation == "42 CFR 483.152(c)"
    assert employer.missing == ("employment_offer",)
    assert stack.out_of_pocket_range_usd == (0.0, 900.0)


def test_an_apprenticeship_shows_the_employers_wages(fund: Fund) -> None:
    stack = fund(StepCosts(0.0, 0.0, 0.0), replace(YEAR, kind="apprenticeship", award="apprenticeship", pell=None))

    wages = next(entry for entry in stack.funding if entry.stream == "apprenticeship")
    assert wages.covers == ("wages",)
    assert wages.amount_usd is None


def test_a_veterans_tier_stands_beside_a_course_and_housing_that_falls_beside_an_apprenticeship(fund: Fund) -> None:
    craft = replace(YEAR, kind="apprenticeship", award="apprenticeship", pell=None)

    stacks = [fund(StepCosts(9_000.0), offer, veteran=True, active_duty_days=800) for offer in (YEAR, craft)]

    course, work = (next(line for line in stack.funding if line.stream == "gi_bill") for stack in stacks)
    assert "80 percent of the full benefit" in str(course.note)
    assert (course.covers, work.covers) == (("tuition", "fees", "books", "housing"), ("housing",))
    assert "100%, 80%, 60%, 40%, 20%" in str(work.note)


def test_trade_adjustment_is_shown_to_dislocated_workers_only(fund: Fund) -> None:
    unknown = fund(StepCosts(3_000.0), YEAR, dislocated=None)
    dislocated = fund(StepCosts(3_000.0), YEAR, dislocated=True)

    assert "taa" not in amounts(unknown)
    assert "taa" in amounts(dislocated)


def test_a_veteran_may_be_paid_all_and_is_counted_on_for_nothing_until_papers_are_seen(fund: Fund) -> None:
    stack = fund(StepCosts(9_000.0, 0.0, 0.0), replace(YEAR, pell=False, on_provider_list=False), veteran=True)

    assert amounts(stack)["gi_bill"] is None
    assert stack.out_of_pocket_range_usd == (0.0, 9_000.0)


MONEY = st.floats(0, 40_000).map(lambda usd: round(usd, 2))
OFFERS = st.builds(
    Offer,
    kind=st.sampled_from(["training", "apprenticeship"]),
    award=st.sampled_from([None, "college_certificate", "associate", "license"]),
    pell=st.none() | st.booleans(),
    weeks=st.none() | st.floats(0.5, 120),
    clock_hours=st.none() | st.floats(4, 3000),
    on_provider_list=st.none() | st.booleans(),
    nurse_aide=st.booleans(),
    in_demand=st.none() | st.booleans(),
)


@settings(max_examples=60)
@given(
    costs=st.builds(StepCosts, MONEY, st.none() | MONEY, st.none() | MONEY),
    offer=OFFERS,
    cap=st.none() | st.floats(1, 12_000).map(lambda usd: round(usd, 2)),
    facts=st.fixed_dictionaries(
        {"annual_income_usd": st.none() | st.floats(0, 90_000), "veteran": st.none() | st.booleans()}
    ),
)
def test_the_range_is_ordered_within_the_cost_and_accounts_for_every_known_dollar(
    fund: Fund, costs: StepCosts, offer: Offer, cap: float | None, facts: dict[str, object]
) -> None:
    stack = fund(costs, offer, cap=cap, **facts)

    (low, high), total = stack.out_of_pocket_range_usd, costs.known_usd
    assert low is not None
    assert high is not None
    assert total is not None
    assert -0.005 <= low <= high + 0.011
    assert high <= total + 0.005
    counted = sum(e.amount_usd for e in stack.funding if e.amount_usd is not None)
    assert counted + high == pytest.approx(total, abs=0.02)
    for entry in stack.funding:
        assert entry.amount_usd is None or entry.status == "appears_eligible"
