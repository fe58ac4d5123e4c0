"""Streams beside WIOA: Pell, Workforce Pell, GI Bill, SNAP E&T, TANF, apprenticeship and TAA. The person's part."""

from datetime import date

from matching.eligibility.case import Case, clause, met, once, unmet
from matching.eligibility.income import poverty_line
from matching.eligibility.kleene import Finding, all_of, any_of, negate, not_
from matching.wording import Said, say
from taxonomy.codes import Education
from taxonomy.law import Parameter

PELL = "HEA sec. 401; 34 CFR part 690"
WORKFORCE_PELL = "P.L. 119-21 sec. 83002; 91 FR 29254"
GI_BILL = "38 USC 3311, 3313"
SNAP_ET = "7 CFR 273.7(d), (e)"
TIME_LIMIT = "7 USC 2015(o); P.L. 119-21 sec. 10102(a)"
REHABILITATION = "34 CFR 361.42"
TANF = "42 USC 607; the State's TANF plan"
APPRENTICESHIP = "29 CFR 29.5"
TAA = "Trade Act of 1974 sec. 285; dol.gov/agencies/eta/tradeact"


def pell(case: Case) -> Finding:
    """Pell, the person's part: a high-school credential, no bachelor's degree, and need."""
    return all_of("pell", PELL, high_school(case), undergraduate(case), need(case))


@once
def high_school(case: Case) -> Finding:
    """A diploma or its equivalent (HEA sec. 484(d)); ability to benefit is the school's to find."""
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
def need(case: Case) -> Finding:
    """Need: settled here only for those inside the maximum-Pell income limits; for the rest the FAFSA decides."""
    award = case.rules.get("pell.maximum")
    rows = () if award is None else (award,)
    return any_of(
        "need",
        "HEA sec. 401(b)(1)",
        all_of("maximum_pell", "HEA sec. 401(b)(1)(A)", independent(case), within_maximum_pell_income(case)),
        clause("student_aid_index", None, "HEA sec. 401(b)(1)(B)", "student_aid_index", parameters=rows),
    )


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
    return clause(name, value, citation, "student_aid_index", parameters=(ratio, lag))


def workforce_pell(case: Case) -> Finding:
    """Workforce Pell, the person's part. A bachelor's degree is no bar; a graduate degree is one once verified."""
    row = case.rules.get("workforce_pell.weeks_min")
    if row is None:
        return all_of("workforce_pell", WORKFORCE_PELL, unmet("in_force", WORKFORCE_PELL))
    in_force = met("in_force", row.citation, parameters=(row,))
    parts = [in_force, high_school(case), need(case)]
    bar = case.rules.get("workforce_pell.no_graduate_degree")
    if bar is not None:
        value = None if case.education is None else case.education < Education.GRADUATE
        parts.append(clause("no_graduate_degree", value, bar.citation, "education.level", parameters=(bar,)))
    return all_of("workforce_pell", WORKFORCE_PELL, *parts)


def gi_bill(case: Case) -> Finding:
    """Post-9/11 GI Bill: own service of at least 90 days after 10 September 2001.

    Shorter service counts where the discharge was for a service-connected disability, or a Purple Heart was given:
    staff read that from the papers, and Stackway never asks.
    """
    veteran = clause("veteran", case.seeker.eligibility.veteran, GI_BILL, "eligibility.veteran")
    least, days = case.rules.get("gi_bill.tier_50"), case.seeker.eligibility.active_duty_days
    if least is None:
        return all_of("gi_bill", GI_BILL, veteran, clause("active_duty", None, GI_BILL, "law_in_force"))
    reached = gi_bill_tier(case)
    enough = None if days is None else reached is not None
    served = clause(
        "days_of_service", enough, GI_BILL, "eligibility.active_duty_days", parameters=((reached or (0, least))[1],)
    )
    discharge = clause("discharge_or_purple_heart", None, "38 USC 3311(b)", "discharge_papers", parameters=(least,))
    return all_of("gi_bill", GI_BILL, veteran, any_of("active_duty", GI_BILL, served, discharge))


_GI_BILL_TIERS = (100, 90, 80, 70, 60, 50)


def gi_bill_tier(case: Case) -> tuple[int, Parameter] | None:
    """The share of the full benefit in percent that the days of service reach, with its row; None: none, or unknown."""
    days = case.seeker.eligibility.active_duty_days
    for percent in _GI_BILL_TIERS:
        row = case.rules.get(f"gi_bill.tier_{percent}")
        if days is not None and row is not None and days >= row.value:
            return percent, row
    return None


def gi_bill_words(case: Case) -> Said | None:
    """The tier of a veteran whose days are known, in words."""
    reached = gi_bill_tier(case) if case.seeker.eligibility.veteran else None
    if reached is None:
        return None
    percent, row = reached
    days = f"{case.seeker.eligibility.active_duty_days:,}"
    return say("stream.gi_bill_tier", days=days, percent=percent, least=f"{row.value:,.0f}", citation=row.citation)


def snap_employment_and_training(case: Case) -> Finding:
    """A SNAP recipient who receives no TANF cash; four States may serve TANF recipients too."""
    facts = case.seeker.eligibility
    row = case.rules.get("snap_et.no_tanf")
    receives = clause("receives_snap", facts.snap, "7 CFR 273.7(e)", "eligibility.snap")
    if row is None:
        return all_of("snap_et", SNAP_ET, receives, clause("no_tanf", None, SNAP_ET, "law_in_force"))
    if not row.value:
        return all_of("snap_et", SNAP_ET, receives)
    tanf = clause("receives_tanf", facts.tanf, row.citation, "eligibility.tanf", parameters=(row,))
    return all_of("snap_et", SNAP_ET, receives, negate("no_tanf", row.citation, tanf))


def snap_time_limit(case: Case) -> Finding:
    """SNAP that no time limit ends: who is outside the ages, has a young child, or works or trains enough hours.

    Other exceptions, such as being unfit for work, are the SNAP office's to find: Stackway does not ask.
    """
    receives = clause("receives_snap", case.seeker.eligibility.snap, TIME_LIMIT, "eligibility.snap")
    names = ("age_min", "age_max", "child_age_below", "hours", "free_months")
    low, high, child, hours, months = (case.rules.get(f"snap.abawd_{name}") for name in names)
    if low is None or high is None or child is None or hours is None or months is None:
        return all_of("snap_time_limit", TIME_LIMIT, receives, clause("no_limit", None, TIME_LIMIT, "law_in_force"))
    young, old = case.age_at_least(low.value), case.age_at_least(high.value + 1)
    household = case.seeker.household
    # Where nothing was said of the household, no child named is not the same as no child.
    unsaid = None if household.adults is None else False
    has_child = True if any(age < child.value for age in household.children_ages) else unsaid
    outside = any_of(
        "not_limited",
        TIME_LIMIT,
        clause("below_the_ages", not_(young), low.citation, case.age_fact(), parameters=(low,)),
        clause("above_the_ages", old, high.citation, case.age_fact(), parameters=(high,)),
        clause("young_child", has_child, child.citation, "household.adults", parameters=(child,)),
        clause("hours_of_work_or_training", None, hours.citation, "hours_record", parameters=(hours, months)),
        clause("excepted_by_the_snap_office", None, hours.citation, "snap_exception"),
    )
    return all_of("snap_time_limit", TIME_LIMIT, receives, outside)


def vocational_rehabilitation(case: Case) -> Finding:
    """Vocational Rehabilitation: its own counsellors find who is eligible. Disability is never read here."""
    row = case.rules.get("vocational_rehabilitation.exists")
    if row is None:
        return clause("in_force", None, REHABILITATION, "law_in_force")
    return all_of(
        "vocational_rehabilitation",
        REHABILITATION,
        met("in_force", row.citation, parameters=(row,)),
        clause("found_eligible_by_its_counsellor", None, row.citation, "rehabilitation_finding"),
    )


def tanf(case: Case) -> Finding:
    """A TANF recipient whose State approves the training; States' own rules are not held here."""
    receives = clause("receives_tanf", case.seeker.eligibility.tanf, TANF, "eligibility.tanf")
    return all_of("tanf", TANF, receives, clause("state_approval", None, TANF, "state_tanf_approval"))


def apprenticeship(case: Case) -> Finding:
    """Registered Apprenticeship: the sponsor selects; the minimum age is applied only once it is verified."""
    parts = [clause("selected_by_sponsor", None, "29 CFR 29.5(b)", "sponsor_selection")]
    row = case.rules.get("apprenticeship.age_min")
    if row is not None:
        parts.append(clause("age", case.age_at_least(row.value), row.citation, case.age_fact(), parameters=(row,)))
    return all_of("apprenticeship", APPRENTICESHIP, *parts)


def trade_adjustment(case: Case) -> Finding:
    """TAA: only workers certified before it ended on 1 July 2022."""
    row = case.rules.get("taa.certified_before")
    if row is None:
        return all_of("taa", TAA, clause("certified", None, TAA, "law_in_force"))
    value = False if case.seeker.eligibility.dislocated is False else None
    return all_of(
        "taa", TAA, clause("certified_before_end", value, row.citation, "taa_certification", parameters=(row,))
    )
