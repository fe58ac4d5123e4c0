"""Pell and Workforce Pell, the person's part: schooling, need, and how much of it was used before."""

from datetime import date

from matching.eligibility.case import Case, clause, met, once, unmet
from matching.eligibility.income import poverty_line
from matching.eligibility.kleene import Finding, all_of, any_of
from taxonomy.codes import Education

PELL = "HEA sec. 401; 34 CFR part 690"
WORKFORCE_PELL = "P.L. 119-21 sec. 83002; 91 FR 29254"
_INDEX = "eligibility.student_aid_index"
_PERCENT = 100.0


def pell(case: Case) -> Finding:
    """Pell, the person's part: schooling, no bachelor's degree, need, years of it left, and citizenship or the like."""
    parts = (schooling(case), undergraduate(case), need(case), lifetime_left(case), eligible_status(case))
    return all_of("pell", PELL, *parts)


@once
def eligible_status(case: Case) -> Finding:
    """A citizen or eligible noncitizen (34 CFR 668.33), which Stackway never asks: the FAFSA does.

    Who may work here is taken to be one until the FAFSA says otherwise; who may not hardly is, so papers are asked for.
    """
    name, citation = "citizen_or_eligible_noncitizen", "34 CFR 668.33"
    authorized = case.seeker.constraints.work_authorized
    asked = "constraints.work_authorized" if authorized is None else "citizenship_papers"
    return clause(name, authorized or None, citation, asked)


@once
def schooling(case: Case) -> Finding:
    """A high-school credential; without one, ability to benefit in a career pathway is the school's to find."""
    ability = clause("ability_to_benefit", None, "HEA sec. 484(d); 34 CFR 668.32(e)", "ability_to_benefit")
    return any_of("schooling", "HEA sec. 484(d)", high_school(case), ability)


@once
def high_school(case: Case) -> Finding:
    """A diploma or its equivalent (HEA sec. 484(d))."""
    row = case.rules.get("pell.high_school_required")
    if row is None:
        return clause("high_school_credential", None, PELL, "law_in_force")
    level = case.education
    value = None if level is None else level.at_least(Education.HIGH_SCHOOL_EQUIVALENCY)
    return clause("high_school_credential", value, row.citation, "education.level", parameters=(row,))


def undergraduate(case: Case) -> Finding:
    """No bachelor's degree yet (34 CFR 690.6)."""
    row = case.rules.get("pell.undergraduate_only")
    if row is None:
        return clause("no_bachelor_degree", None, PELL, "law_in_force")
    level = case.education
    value = None if level is None else level < Education.BACHELOR
    return clause("no_bachelor_degree", value, row.citation, "education.level", parameters=(row,))


@once
def lifetime_left(case: Case) -> Finding:
    """Pell ends after six years' worth of it (HEA sec. 401(d)(5)); who never went to college has used none."""
    name, citation = "lifetime_left", "HEA sec. 401(d)(5)"
    row, used = case.rules.get("pell.lifetime_limit"), case.seeker.eligibility.pell_used_percent
    if row is None:
        return clause(name, None, citation, "law_in_force")
    if used is not None:
        return clause(name, used < row.value * _PERCENT, row.citation, parameters=(row,))
    if case.education is None:
        return clause(name, None, row.citation, "education.level", parameters=(row,))
    before_college = not case.education.at_least(Education.SOME_COLLEGE)
    return clause(name, before_college or None, row.citation, "eligibility.pell_used_percent", parameters=(row,))


@once
def need(case: Case) -> Finding:
    """Need: the FAFSA's index decides once it is known; before, only the maximum-Pell income limits can settle it."""
    award = case.rules.get("pell.maximum")
    rows = () if award is None else (award,)
    if case.seeker.eligibility.student_aid_index is not None:
        return any_of("need", "HEA sec. 401(b)(1)", index_low_enough(case))
    return any_of(
        "need",
        "HEA sec. 401(b)(1)",
        all_of("maximum_pell", "HEA sec. 401(b)(1)(A)", independent(case), within_maximum_pell_income(case)),
        clause("student_aid_index", None, "HEA sec. 401(b)(1)(B)", _INDEX, parameters=rows),
    )


def index_low_enough(case: Case) -> Finding:
    """An index that leaves at least the least award; twice the maximum and more is a no, from the day of that rule."""
    name, citation = "student_aid_index", "HEA sec. 401(b)(1)(B)"
    index = case.seeker.eligibility.student_aid_index
    most, least = case.rules.get("pell.maximum"), case.rules.get("pell.minimum")
    bound = case.rules.get("pell.sai_bound")
    if index is None:
        return clause(name, None, citation, _INDEX)
    if bound is not None and index >= bound.value:
        return unmet(name, bound.citation, parameters=(bound,))
    if most is None or least is None:
        return clause(name, None, citation, "law_in_force")
    if index <= most.value - least.value:
        return met(name, citation, parameters=(most, least))
    # Between the two, the least award may still follow from income and family size.
    return clause(name, None, "HEA sec. 401(b)(1)(C)", "award_offer", parameters=(most, least))


def award_year_start(today: date) -> int:
    """The year in which the award year of a day began, on 1 July."""
    return today.year if today.month >= 7 else today.year - 1


def independent(case: Case) -> Finding:
    """Whose income counts: an independent student's own (HEA sec. 480(d))."""
    name, citation = "independent_student", "HEA sec. 480(d)"
    facts, household = case.seeker.eligibility, case.seeker.household
    row = case.rules.get("pell.independent_age")
    rows = () if row is None else (row,)
    own_family = household.adults == 1 and bool(household.children_ages)
    if facts.veteran or facts.foster_youth or own_family:
        return met(name, citation, parameters=rows)
    if facts.birth_year is None:
        return clause(name, None, citation, "eligibility.birth_year", parameters=rows)
    # Of age by 31 December of the award year, so the year of birth alone is enough.
    if row is not None and award_year_start(case.today) - facts.birth_year >= row.value:
        return met(name, citation, parameters=rows)
    return clause(name, None, citation, "dependency_status", parameters=rows)


def within_maximum_pell_income(case: Case) -> Finding:
    """Income at most 175 % of the poverty guideline, 225 % for a single parent: the maximum award."""
    name, citation = "maximum_pell_income", "HEA sec. 401(b)(1)(A)"
    household = case.seeker.household
    single_parent = household.adults == 1 and bool(household.children_ages)
    ratio = case.rules.get("pell.maximum_agi_ratio_single_parent" if single_parent else "pell.maximum_agi_ratio")
    lag = case.rules.get("pell.base_year_lag")
    if ratio is None or lag is None:
        return clause(name, None, citation, "law_in_force")
    if household.annual_income_usd is None:
        return clause(name, None, citation, "household.annual_income_usd", parameters=(ratio, lag))
    base_year = date(award_year_start(case.today) - int(lag.value), 12, 31)
    line = poverty_line(case, case.smallest_family, base_year)
    if line is None:
        return clause(name, None, citation, "poverty_guideline", parameters=(ratio, lag))
    # Above the limit is not a no: a lower award may follow from the Student Aid Index.
    value = True if household.annual_income_usd <= ratio.value * line[0] else None
    # The base year's own guideline is history by now, so it does not bound the span in which this verdict holds.
    return clause(name, value, citation, _INDEX, parameters=(ratio, lag))


def workforce_pell(case: Case) -> Finding:
    """Workforce Pell, the person's part. A bachelor's degree is no bar; the text on graduate degrees was not read."""
    row = case.rules.get("workforce_pell.weeks_min")
    if row is None:
        return all_of("workforce_pell", WORKFORCE_PELL, unmet("in_force", WORKFORCE_PELL))
    in_force = met("in_force", row.citation, parameters=(row,))
    parts = [in_force, schooling(case), need(case), lifetime_left(case), eligible_status(case)]
    bar = case.rules.get("workforce_pell.no_graduate_degree")
    if bar is not None:
        value = None if case.education is None else case.education < Education.GRADUATE
        parts.append(clause("no_graduate_degree", value, bar.citation, "education.level", parameters=(bar,)))
    elif case.education is Education.GRADUATE:
        # Summaries say that it bars; until the text is read nobody with such a degree is told yes or no.
        parts.append(clause("no_graduate_degree", None, WORKFORCE_PELL, "law_in_force"))
    return all_of("workforce_pell", WORKFORCE_PELL, *parts)
