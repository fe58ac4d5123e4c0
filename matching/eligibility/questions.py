"""The facts the rules ask for: how each is asked, and which come first.

The order of this table is the order in which equally useful questions are asked: what a person can answer at the desk
before what needs a paper, and a paper before what somebody else decides.
"""

from matching.wording import Said, say
from taxonomy.frozen import frozen


@frozen
class Fact:
    """A fact a rule needs.

    `document` is true when the person's word is not enough, `of_provider` when the provider is the one to ask.
    """

    id: str
    document: bool = False
    of_provider: bool = False

    @property
    def question(self) -> Said:
        """How it is asked."""
        return say(f"fact.{self.id}")


_FACTS = (
    Fact("eligibility.birth_year"),
    Fact("eligibility.snap"),
    Fact("eligibility.tanf"),
    Fact("household.annual_income_usd"),
    Fact("household.income_last_6_months_usd"),
    Fact("household.adults"),
    Fact("education.level"),
    Fact("constraints.work_authorized"),
    Fact("eligibility.dislocated"),
    Fact("eligibility.veteran"),
    Fact("eligibility.ui_claimant"),
    Fact("eligibility.employment_status"),
    Fact("eligibility.in_school"),
    Fact("eligibility.homeless"),
    Fact("eligibility.foster_youth"),
    Fact("eligibility.ssi"),
    Fact("eligibility.public_assistance"),
    Fact("eligibility.school_lunch"),
    Fact("basic_skills"),
    Fact("parenting"),
    Fact("date_of_birth", document=True),
    Fact("eligibility.selective_service_compliant", document=True),
    Fact("selective_service_waiver", document=True),
    Fact("selective_service_record", document=True),
    Fact("citizenship_papers", document=True),
    Fact("eligibility.student_aid_index", document=True),
    Fact("eligibility.pell_used_percent", document=True),
    Fact("award_offer", document=True),
    Fact("ability_to_benefit", document=True),
    Fact("dependency_status", document=True),
    Fact("eligibility.active_duty_days", document=True),
    Fact("discharge_papers", document=True),
    Fact("taa_certification", document=True),
    Fact("layoff_papers", document=True),
    Fact("closure_notice", document=True),
    Fact("self_employment_proof", document=True),
    Fact("homemaker_proof", document=True),
    Fact("spouse_relocation_proof", document=True),
    Fact("hours_record", document=True),
    Fact("high_poverty_area", document=True),
    Fact("foster_payments", document=True),
    Fact("llsil", document=True),
    Fact("own_income", document=True),
    Fact("law_in_force", document=True),
    Fact("poverty_guideline", document=True),
    Fact("basic_skills_determination", document=True),
    Fact("ui_record", document=True),
    Fact("unlikely_to_return", document=True),
    Fact("other_youth_barrier", document=True),
    Fact("training_assessment", document=True),
    Fact("other_grants", document=True),
    Fact("snap_exception", document=True),
    Fact("rehabilitation_finding", document=True),
    Fact("state_tanf_approval", document=True),
    Fact("tanf_now", document=True),
    Fact("training_enrollment", document=True),
    Fact("other_help", document=True),
    Fact("eligible_spouse", document=True),
    Fact("sponsor_selection", document=True),
    Fact("pell_participation", of_provider=True),
    Fact("credit_hours", of_provider=True),
    Fact("program_approval", document=True),
    Fact("provider_list", document=True),
    Fact("demand_list", document=True),
    Fact("account_length_limit", document=True),
    Fact("va_program_approval", document=True),
    Fact("snap_et_provider", document=True),
    Fact("employment_offer", document=True),
)

FACTS: dict[str, Fact] = {fact.id: fact for fact in _FACTS}
_RANK = {fact.id: rank for rank, fact in enumerate(_FACTS)}


def rank_of(fact_id: str) -> int:
    """The place of a fact in the order of asking."""
    return _RANK[fact_id]


def in_asking_order(facts: frozenset[str]) -> tuple[str, ...]:
    """The facts of a set, those asked first coming first."""
    return tuple(sorted(facts, key=rank_of))


def easiest(ways: tuple[frozenset[str], ...]) -> tuple[str, ...]:
    """The way with the fewest facts; of equal ones, the one easiest to ask."""
    ordered = [in_asking_order(way) for way in ways]
    return min(ordered, key=lambda way: (len(way), [rank_of(f) for f in way]), default=())
