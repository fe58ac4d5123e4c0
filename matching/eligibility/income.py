"""Income tests: the poverty line, low income, basic skills, and priority of service."""

from datetime import date

from matching.eligibility.case import Case, clause, met, once
from matching.eligibility.kleene import Finding, Truth, any_of
from taxonomy.law import Parameter

LOW_INCOME = "WIOA sec. 3(36); 29 USC 3102(36)"
PRIORITY = "WIOA sec. 134(c)(3)(E); 20 CFR 680.600-680.650"
COVERED_PERSON = "38 USC 4215; 20 CFR 1010.110, 1010.200"
BASIC_SKILLS = "WIOA sec. 3(5); 29 USC 3102(5)"

# WIOA youth are at most 24; part (A) of the basic-skills test is theirs alone.
_FIRST_ADULT_ONLY_AGE = 25
# Foster care ends with the 18th birthday unless the State goes on paying.
_AGE_OUT_OF_CARE = 18
_HALF_YEARS = 2  # in a year


def poverty_line(case: Case, size: int, on: date) -> tuple[float, tuple[Parameter, ...]] | None:
    """The poverty guideline for a family of `size` on a day, with its rows; None when not held here."""
    base = case.law.find("poverty_guideline.base", case.area, on)
    additional = case.law.find("poverty_guideline.additional", case.area, on)
    if base is None or additional is None:
        return None
    return base.value + additional.value * (size - 1), (base, additional)


@once
def low_income(case: Case) -> Finding:
    """A low-income individual, by any door. Disability is never asked, so the door of sec. 3(36)(A)(vi) stays open."""
    facts = case.seeker.eligibility
    return any_of(
        "low_income",
        LOW_INCOME,
        clause("receives_snap", facts.snap, "WIOA sec. 3(36)(A)(i)", "eligibility.snap"),
        clause("receives_tanf", facts.tanf, "WIOA sec. 3(36)(A)(i)", "eligibility.tanf"),
        clause("receives_ssi", facts.ssi, "WIOA sec. 3(36)(A)(i)", "eligibility.ssi"),
        clause(
            "receives_state_or_local_aid",
            facts.public_assistance,
            "WIOA sec. 3(36)(A)(i)",
            "eligibility.public_assistance",
        ),
        family_income(case),
        clause("homeless", facts.homeless, "WIOA sec. 3(36)(A)(iii)", "eligibility.homeless"),
        *_doors_of_youth(case),
        *_own_income(case),
    )


def _doors_of_youth(case: Case) -> tuple[Finding, ...]:
    """Foster care, school lunch, and an area of high poverty: doors for who may still be served as youth."""
    if case.age_at_least(_FIRST_ADULT_ONLY_AGE):
        return ()
    lunch = case.seeker.eligibility.school_lunch
    return (
        _foster_child(case),
        clause("school_lunch", lunch, "WIOA sec. 3(36)(A)(iv)", "eligibility.school_lunch"),
        clause("high_poverty_area", None, "WIOA sec. 129(a)(2); 20 CFR 681.260", "high_poverty_area"),
    )


def _foster_child(case: Case) -> Finding:
    """A foster child for whom public payments are made: whoever aged out is one only while payments go on."""
    name, citation = "foster_child", "WIOA sec. 3(36)(A)(v)"
    in_care = case.seeker.eligibility.foster_youth
    if in_care is None:
        return clause(name, None, citation, "eligibility.foster_youth")
    if not in_care or case.age_at_least(_AGE_OUT_OF_CARE) is False:
        return clause(name, in_care, citation)
    return clause(name, None, citation, "foster_payments")


def _own_income(case: Case) -> tuple[Finding, ...]:
    """A person with a disability is counted alone, whatever the family has; of who lives alone nothing new is asked."""
    if case.seeker.household.size == 1:
        return ()
    return (clause("own_income_with_disability", None, "WIOA sec. 3(36)(A)(vi)", "own_income"),)


def family_income(case: Case) -> Finding:
    """Family income at most the higher of the poverty line and 70 % of the LLSIL (WIOA sec. 3(36)(A)(ii)).

    Counted is the income of the last six months, at a yearly rate. A yearly figure stands for it where it is within the
    line; above the line it may be of months before a job was lost, so it refuses nobody.
    """
    name, citation = "family_income", "WIOA sec. 3(36)(A)(ii)"
    household = case.seeker.household
    half_year = household.income_last_6_months_usd
    income = household.annual_income_usd if half_year is None else _HALF_YEARS * half_year
    line = poverty_line(case, case.smallest_family, case.today)
    if line is None:
        return clause(name, None, citation, "poverty_guideline")
    threshold, rows = line
    if income is None:
        return clause(name, None, citation, "household.annual_income_usd", parameters=rows)
    if income <= threshold:
        # A larger family has a higher line, so this holds even where adults were left open.
        return met(name, citation, parameters=rows)
    if household.adults is None:
        return clause(name, None, citation, "household.adults", parameters=rows)
    if half_year is None:
        return clause(name, None, citation, "household.income_last_6_months_usd", parameters=rows)
    return _within_living_standard(case, income, rows)


def _within_living_standard(case: Case, income: float, rows: tuple[Parameter, ...]) -> Finding:
    """Above the poverty line: 70 % of the board's living standard may be higher."""
    name, citation = "family_income", "WIOA sec. 3(36)(A)(ii)"
    llsil = case.rules.get(f"llsil.{case.smallest_family}")
    ratio = case.rules.get("wioa.low_income_llsil_ratio")
    if llsil is None or ratio is None:
        return clause(name, None, citation, "llsil", parameters=rows)
    return clause(name, income <= ratio.value * llsil.value, citation, parameters=(*rows, llsil, ratio))


@once
def basic_skills_deficient(case: Case) -> Finding:
    """At or below 8th grade for youth; for adults a finding that staff make under the board's policy."""
    name = "basic_skills_deficient"
    limit = case.rules.get("wioa.youth_basic_skills_grade")
    skills = case.seeker.basic_skills
    known = [grade for grade in (skills.reading_grade, skills.math_grade) if grade is not None]
    if limit is None:
        return clause(name, None, BASIC_SKILLS, "law_in_force")
    if not any(grade <= limit.value for grade in known):
        value: Truth = False if len(known) == 2 else None
        return clause(name, value, BASIC_SKILLS, "basic_skills", parameters=(limit,))
    adult = case.age_at_least(_FIRST_ADULT_ONLY_AGE)
    if adult is False:
        return met(name, BASIC_SKILLS, parameters=(limit,))
    return clause(name, None, BASIC_SKILLS, "basic_skills_determination", parameters=(limit,))


def priority_of_service(case: Case) -> Finding:
    """Public assistance, other low income, or basic skills: first in line for Adult-funded training."""
    row = case.rules.get("wioa.adult_priority")
    if row is None:
        return clause("priority_of_service", None, PRIORITY, "law_in_force")
    return any_of("priority_of_service", PRIORITY, low_income(case), basic_skills_deficient(case))


def covered_person(case: Case) -> Finding:
    """A veteran, or the eligible spouse of one: served before others in every program the Department funds."""
    row = case.rules.get("veterans.priority_of_service")
    if row is None:
        return clause("covered_person", None, COVERED_PERSON, "law_in_force")
    return any_of(
        "covered_person",
        COVERED_PERSON,
        clause("veteran", case.seeker.eligibility.veteran, "20 CFR 1010.110", "eligibility.veteran", parameters=(row,)),
        clause("eligible_spouse", None, "38 USC 4215(a)", "eligible_spouse", parameters=(row,)),
    )


def place_in_line(priority: Truth, covered: Truth) -> int | None:
    """Whose turn it is for Adult-funded training, 1 to 4; None while either answer is open.

    Covered persons within a priority group, others within one, other covered persons, everybody else. Between the
    third and the last a State or board may place groups of its own.
    """
    if priority is None or covered is None:
        return None
    if priority:
        return 1 if covered else 2
    return 3 if covered else 4
