"""Streams beside WIOA and Pell: GI Bill, SNAP, TANF, apprenticeship, rehabilitation and TAA. The person's part."""

from collections.abc import Mapping

from matching.eligibility.case import Case, clause, met
from matching.eligibility.kleene import Finding, all_of, any_of, negate, not_
from matching.seeker import Seeker
from matching.wording import Said, say, together
from taxonomy.law import Parameter

GI_BILL = "38 USC 3311, 3313"
SNAP_ET = "7 CFR 273.7(d), (e)"
TIME_LIMIT = "7 USC 2015(o); P.L. 119-21 sec. 10102(a)"
REHABILITATION = "34 CFR 361.42"
TANF = "42 USC 607; the State's TANF plan"
APPRENTICESHIP = "29 CFR 29.5"
_PERCENT = 100.0
TAA = "Trade Act of 1974 sec. 285; dol.gov/agencies/eta/tradeact"


def gi_bill(case: Case) -> Finding:
    """Post-9/11 GI Bill: own service of at least 90 days after 10 September 2001.

    Shorter service counts where the discharge was for a service-connected disability, or a Purple Heart was given:
    staff read that from the papers, and Stackway never asks.
    """
    veteran = clause("veteran", case.seeker.eligibility.veteran, GI_BILL, "eligibility.veteran")
    least, days = case.rules.get("gi_bill.tier_50"), case.seeker.eligibility.active_duty_days
    if least is None:
        return all_of("gi_bill", GI_BILL, veteran, clause("active_duty", None, GI_BILL, "law_in_force"))
    reached = gi_bill_tier(case.seeker, case.rules)
    enough = None if days is None else reached is not None
    served = clause(
        "days_of_service", enough, GI_BILL, "eligibility.active_duty_days", parameters=((reached or (0, least))[1],)
    )
    discharge = clause("discharge_or_purple_heart", None, "38 USC 3311(b)", "discharge_papers", parameters=(least,))
    return all_of("gi_bill", GI_BILL, veteran, any_of("active_duty", GI_BILL, served, discharge))


_GI_BILL_TIERS = (100, 90, 80, 70, 60, 50)


def gi_bill_tier(seeker: Seeker, rules: Mapping[str, Parameter]) -> tuple[int, Parameter] | None:
    """The share of the full benefit in percent that the days of service reach, with its row; None: none, or unknown."""
    days = seeker.eligibility.active_duty_days
    for percent in _GI_BILL_TIERS:
        row = rules.get(f"gi_bill.tier_{percent}")
        if days is not None and row is not None and days >= row.value:
            return percent, row
    return None


def gi_bill_share(seeker: Seeker, rules: Mapping[str, Parameter]) -> float | None:
    """The same as a share of tuition and fees, 0 to 1."""
    reached = gi_bill_tier(seeker, rules)
    return None if reached is None else reached[0] / _PERCENT


def gi_bill_words(case: Case) -> Said | None:
    """The tier of a veteran whose days are known, in words."""
    reached = gi_bill_tier(case.seeker, case.rules) if case.seeker.eligibility.veteran else None
    if reached is None:
        return None
    percent, row = reached
    days = f"{case.seeker.eligibility.active_duty_days:,}"
    tier = say("stream.gi_bill_tier", days=days, percent=percent, least=f"{row.value:,.0f}", citation=row.citation)
    return tier if percent == _GI_BILL_TIERS[0] else together([tier, say("stream.gi_bill_whole")])


def snap_employment_and_training(case: Case) -> Finding:
    """A SNAP recipient who receives no TANF cash; four States may serve TANF recipients too."""
    facts = case.seeker.eligibility
    row = case.rules.get("snap_et.no_tanf")
    receives = clause("receives_snap", facts.snap, "7 CFR 273.7(e)", "eligibility.snap")
    if row is None:
        return all_of("snap_et", SNAP_ET, receives, clause("no_tanf", None, SNAP_ET, "law_in_force"))
    if not row.value:
        return all_of("snap_et", SNAP_ET, receives)
    # TANF of the last six months, or of another in the family, is no bar: only cash the person receives now.
    asked = "eligibility.tanf" if facts.tanf is None else "tanf_now"
    tanf = clause("receives_tanf", False if facts.tanf is False else None, row.citation, asked, parameters=(row,))
    return all_of("snap_et", SNAP_ET, receives, negate("no_tanf", row.citation, tanf))


_TIME_LIMIT_ROWS = ("age_min", "age_max", "child_age_below", "hours", "free_months")


def time_limit_rules(rules: Mapping[str, Parameter]) -> tuple[Parameter, ...] | None:
    """Ages, child's age, hours and free months of the time limit; None where and while it does not stand in this form.

    States took the law of 4 July 2025 up on days of their own; until then what stood there is not held here.
    """
    rows = [rules.get(f"snap.abawd_{name}") for name in _TIME_LIMIT_ROWS]
    if "snap.abawd_not_yet" in rules or None in rows:
        return None
    return tuple(row for row in rows if row is not None)


def snap_time_limit(case: Case) -> Finding:
    """SNAP that no time limit ends: who is outside the ages, has a young child, or works or trains enough hours.

    Other exceptions, such as being unfit for work, are the SNAP office's to find: Stackway does not ask.
    """
    receives = clause("receives_snap", case.seeker.eligibility.snap, TIME_LIMIT, "eligibility.snap")
    rules = time_limit_rules(case.rules)
    if rules is None:
        return all_of("snap_time_limit", TIME_LIMIT, receives, clause("no_limit", None, TIME_LIMIT, "law_in_force"))
    low, high, child, hours, months = rules
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
