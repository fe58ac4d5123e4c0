"""The facts the rules ask for: how each is asked, and which come first.

The order of this table is the order in which equally useful questions are asked: what a person can answer at the desk
before what needs a paper, and a paper before what somebody else decides.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact a rule needs. `document` is true when the person's word is not enough."""

    id: str
    question: str
    document: bool = False


_FACTS = (
    Fact("eligibility.birth_year", "In which year was the person born?"),
    Fact(
        "eligibility.snap", "Does the person, or a member of the family, receive SNAP or did so in the last 6 months?"
    ),
    Fact(
        "eligibility.tanf", "Does the person, or a member of the family, receive TANF or did so in the last 6 months?"
    ),
    Fact("household.annual_income_usd", "What is the family's income, before tax, at a yearly rate?"),
    Fact("household.adults", "How many adults and children live in the family?"),
    Fact("education.level", "What is the highest education the person completed?"),
    Fact("constraints.work_authorized", "May the person work in the United States?"),
    Fact("eligibility.dislocated", "Was the person laid off, or did a workplace or own business close?"),
    Fact("eligibility.veteran", "Did the person serve in the armed forces?"),
    Fact("eligibility.ui_claimant", "Does the person claim, or has the person used up, unemployment insurance?"),
    Fact("eligibility.employment_status", "Is the person employed, under notice, unemployed, or not looking?"),
    Fact("eligibility.in_school", "Does the person attend school or college now?"),
    Fact("eligibility.homeless", "Does the person lack a fixed, regular night-time home?"),
    Fact("eligibility.foster_youth", "Is the person in foster care, or did the person age out of it?"),
    Fact("eligibility.ssi", "Does the person, or a member of the family, receive SSI or did so in the last 6 months?"),
    Fact("basic_skills", "What are the person's reading and math grade levels on a test such as TABE or CASAS?"),
    Fact("parenting", "Is the person a parent of a child in the household?"),
    Fact("date_of_birth", "Proof of the date of birth: the year alone does not settle the age today.", document=True),
    Fact(
        "eligibility.selective_service_compliant", "Selective Service record, if registration applied.", document=True
    ),
    Fact("selective_service_waiver", "Evidence that not registering was not knowing and wilful.", document=True),
    Fact("student_aid_index", "Student Aid Index from the person's FAFSA.", document=True),
    Fact("dependency_status", "Dependency status from the FAFSA: a parent's income may count.", document=True),
    Fact("active_duty_days", "Days of active duty after 10 September 2001 (DD-214).", document=True),
    Fact("taa_certification", "A Trade Act certification dated before 1 July 2022.", document=True),
    Fact(
        "layoff_papers", "Notice of layoff or closure, or proof of self-employment ended by the economy.", document=True
    ),
    Fact("llsil", "The board's Lower Living Standard Income Level table.", document=True),
    Fact("law_in_force", "The text of the rule as it stood on that day: it is not held here.", document=True),
    Fact("poverty_guideline", "The poverty guideline in force on that day.", document=True),
    Fact("basic_skills_determination", "Staff's finding on basic skills under the board's policy.", document=True),
    Fact("ui_record", "Unemployment-insurance record: entitled, exhausted or not qualified.", document=True),
    Fact("unlikely_to_return", "Staff's finding that a return to the former work is unlikely.", document=True),
    Fact(
        "other_youth_barrier", "A barrier that staff record themselves, under 20 CFR 681.210 or 681.220.", document=True
    ),
    Fact("state_tanf_approval", "Approval of training by the State's TANF program.", document=True),
    Fact("training_enrollment", "The day training begins, against the day of layoff or notice.", document=True),
    Fact("other_help", "Staff's finding that the help cannot be had elsewhere.", document=True),
    Fact("eligible_spouse", "Proof of being the eligible spouse of a veteran (38 USC 4215).", document=True),
    Fact("sponsor_selection", "Acceptance by the apprenticeship's sponsor or employer.", document=True),
    Fact("pell_participation", "Ask the provider: can Pell be used for this program?"),
    Fact("credit_hours", "Ask the provider: how many credit or clock hours, over how many weeks?"),
    Fact("program_approval", "The State's list of approved Workforce Pell programs.", document=True),
    Fact("provider_list", "Whether the program is on the eligible training provider list.", document=True),
    Fact("demand_list", "The board's list of in-demand occupations.", document=True),
    Fact("account_length_limit", "The program's weeks, against the board's limit.", document=True),
    Fact("va_program_approval", "VA approval of the program.", document=True),
    Fact("snap_et_provider", "Whether the provider offers SNAP Employment and Training.", document=True),
    Fact("employment_offer", "An offer of work from the nursing facility.", document=True),
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
