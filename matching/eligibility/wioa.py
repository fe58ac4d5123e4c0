"""WIOA Title I: who may be served as an adult, a dislocated worker or a youth. One function per clause."""

from matching.eligibility.case import Case, clause, met, once, unmet
from matching.eligibility.income import basic_skills_deficient, low_income
from matching.eligibility.kleene import Finding, all_of, any_of, negate
from taxonomy.codes import Education

ADULT = "WIOA sec. 3(2); 20 CFR 680.120"
DISLOCATED = "WIOA sec. 3(15); 20 CFR 680.130"
YOUTH = "WIOA sec. 129(a)(1); 20 CFR 681.200-681.220"
SUPPORTIVE = "WIOA sec. 134(d)(2); 20 CFR 680.900-680.920"
NEEDS_RELATED = "20 CFR 680.930-680.970"
GATE = "WIOA sec. 134(c)(3)(A); 20 CFR 680.210-680.230"
ACCOUNT = "WIOA sec. 134(c)(3)(G); 20 CFR 680.300-680.340"
WORK_AUTHORIZATION = "WIOA sec. 188(a)(5); TEGL 10-23, Change 2"
SELECTIVE_SERVICE = "WIOA sec. 189(h)"


@once
def adult(case: Case) -> Finding:
    """Adult: 18 or older, and the two conditions every WIOA participant meets."""
    return all_of("wioa_adult", ADULT, in_force(case), adult_age(case), *conditions_of_all(case))


@once
def dislocated_worker(case: Case) -> Finding:
    """Dislocated worker: by any door of sec. 3(15)."""
    return all_of("wioa_dislocated_worker", DISLOCATED, in_force(case), doors(case), *conditions_of_all(case))


@once
def youth(case: Case) -> Finding:
    """Youth: out of school or in school."""
    ways = any_of("youth", YOUTH, out_of_school_youth(case), in_school_youth(case))
    return all_of("wioa_youth", YOUTH, in_force(case), ways, *conditions_of_all(case))


def in_force(case: Case) -> Finding:
    """WIOA took effect on 1 July 2015; before that day nobody is a WIOA participant."""
    row = case.rules.get("wioa.in_force")
    if row is None:
        return unmet("in_force", "WIOA sec. 506")
    return met("in_force", row.citation, parameters=(row,))


def adult_age(case: Case) -> Finding:
    """Age 18 or older (sec. 3(2))."""
    row = case.rules.get("wioa.adult_age")
    if row is None:
        return clause("adult_age", None, ADULT, "law_in_force")
    return clause("adult_age", case.age_at_least(row.value), row.citation, case.age_fact(), parameters=(row,))


def conditions_of_all(case: Case) -> tuple[Finding, ...]:
    """What every participant meets on that day: Selective Service, and work authorisation once it must be verified."""
    row = case.rules.get("wioa.work_authorization")
    if row is None:
        return (selective_service(case),)
    authorized = case.seeker.constraints.work_authorized
    work = clause(
        "work_authorization", authorized, WORK_AUTHORIZATION, "constraints.work_authorized", parameters=(row,)
    )
    return (work, selective_service(case))


def selective_service(case: Case) -> Finding:
    """Registered, not required to be, or excused (sec. 189(h)).

    Whether a person had to register depends on sex, which is never read: where the year of birth does not exempt, the
    record is asked for. Since registration is automatic, "not registered" is a word to check against that record.
    """
    name = "selective_service"
    born_from = case.rules.get("selective_service.born_from")
    age_from, age_to = case.rules.get("selective_service.age_from"), case.rules.get("selective_service.age_to")
    if born_from is None or age_from is None or age_to is None:
        return clause(name, None, SELECTIVE_SERVICE, "law_in_force")
    rows = (born_from, age_from, age_to)
    born = case.seeker.eligibility.birth_year
    compliant = case.seeker.eligibility.selective_service_compliant
    exempt = (born is not None and born < born_from.value // 10_000) or case.age_at_least(age_from.value) is False
    if exempt or compliant:
        return met(name, SELECTIVE_SERVICE, parameters=rows)
    if compliant is None:
        return clause(name, None, SELECTIVE_SERVICE, "eligibility.selective_service_compliant", parameters=rows)
    automatic = case.rules.get("selective_service.automatic")
    if automatic is not None and not case.age_at_least(age_to.value):
        return clause(name, None, SELECTIVE_SERVICE, "selective_service_record", parameters=(*rows, automatic))
    if case.age_at_least(age_to.value) is False:
        return unmet(name, SELECTIVE_SERVICE, parameters=rows)
    # Past 26 nobody can register any more; a failure that was not knowing and wilful is excused.
    return clause(name, None, SELECTIVE_SERVICE, "selective_service_waiver", parameters=rows)


def doors(case: Case) -> Finding:
    """The five doors, and the word of whoever already determined the status. "Not dislocated" closes them all."""
    declared = case.seeker.eligibility.dislocated
    stated = clause("stated", declared, DISLOCATED, "eligibility.dislocated")
    if declared is False:
        return any_of("dislocated", DISLOCATED, stated)
    return any_of(
        "dislocated",
        DISLOCATED,
        stated,
        door_laid_off(case),
        # More than 180 days before an announced closure only career services are open.
        _dated(
            "closure_or_substantial_layoff", case, "WIOA sec. 3(15)(B)", "closure_notice", "wioa.closure_notice_days"
        ),
        *(clause(name, None, law, paper) for name, law, paper in _DOORS_BY_PAPER),
    )


def door_laid_off(case: Case) -> Finding:
    """Sec. 3(15)(A): laid off or under notice, tied to unemployment insurance, unlikely to return."""
    facts = case.seeker.eligibility
    citation = "WIOA sec. 3(15)(A)"
    notice = True if facts.employment_status == "notice_received" else None
    return all_of(
        "laid_off",
        citation,
        clause("layoff_or_notice", notice, "WIOA sec. 3(15)(A)(i)", "layoff_papers"),
        # Not claiming is not the same as not being entitled, so only a claim settles this.
        clause("unemployment_insurance", facts.ui_claimant or None, "WIOA sec. 3(15)(A)(ii)", _insurance_fact(case)),
        clause("unlikely_to_return", None, "WIOA sec. 3(15)(A)(iii); 20 CFR 680.130(b)(3)", "unlikely_to_return"),
    )


# Doors whose facts the profile does not hold: a paper opens each.
_DOORS_BY_PAPER = (
    ("self_employment_ended", "WIOA sec. 3(15)(C)", "self_employment_proof"),
    ("displaced_homemaker", "WIOA sec. 3(15)(D), 3(16)", "homemaker_proof"),
    ("military_spouse", "WIOA sec. 3(15)(E)", "spouse_relocation_proof"),
)


def out_of_school_youth(case: Case) -> Finding:
    """16 to 24, not attending school, and at least one barrier (sec. 129(a)(1)(B))."""
    citation = "WIOA sec. 129(a)(1)(B); 20 CFR 681.210"
    barriers = any_of("barrier", citation, dropout(case), needs_and_low_income(case), *_barriers_of_all_youth(case))
    out = negate("not_attending_school", citation, _in_school(case))
    return all_of("out_of_school_youth", citation, _age_between(case, "wioa.osy_age", citation), out, barriers)


def in_school_youth(case: Case) -> Finding:
    """14 to 21, attending school, low income, and at least one barrier (sec. 129(a)(1)(C))."""
    citation = "WIOA sec. 129(a)(1)(C); 20 CFR 681.220"
    barriers = any_of("barrier", citation, basic_skills_deficient(case), *_barriers_of_all_youth(case))
    return all_of(
        "in_school_youth",
        citation,
        _age_between(case, "wioa.isy_age", citation),
        _in_school(case),
        low_income(case),
        barriers,
    )


def dropout(case: Case) -> Finding:
    """No longer attending any school, without a diploma or its equivalent (sec. 129(a)(1)(B)(iii)(I))."""
    citation = "WIOA sec. 129(a)(1)(B)(iii)(I); 20 CFR 681.240"
    level = case.education
    value = None if level is None else not level.at_least(Education.HIGH_SCHOOL_EQUIVALENCY)
    return clause("dropout", value, citation, "education.level")


def needs_and_low_income(case: Case) -> Finding:
    """A diploma holder with low income and deficient in basic skills (sec. 129(a)(1)(B)(iii)(III))."""
    citation = "WIOA sec. 129(a)(1)(B)(iii)(III); 20 CFR 681.210(c)(3)"
    diploma = negate("diploma", citation, dropout(case))
    return all_of("diploma_low_income_basic_skills", citation, diploma, low_income(case), basic_skills_deficient(case))


def _barriers_of_all_youth(case: Case) -> tuple[Finding, ...]:
    """Homeless, foster care, parenting; and those Stackway never asks about, which staff record themselves."""
    facts, household = case.seeker.eligibility, case.seeker.household
    law = "WIOA sec. 129(a)(1)(B)(iii), (C)(iv)"
    parenting = True if household.children_ages and household.adults == 1 else None
    asked = "parenting" if household.children_ages else "other_youth_barrier"
    return (
        clause("homeless", facts.homeless, law, "eligibility.homeless"),
        clause("foster_care", facts.foster_youth, law, "eligibility.foster_youth"),
        clause("parenting", parenting, law, asked),
        clause("barrier_recorded_by_staff", None, law, "other_youth_barrier"),
    )


def _in_school(case: Case) -> Finding:
    return clause("attending_school", case.seeker.eligibility.in_school, "20 CFR 681.230", "eligibility.in_school")


def _age_between(case: Case, prefix: str, citation: str) -> Finding:
    low, high = case.rules.get(f"{prefix}_min"), case.rules.get(f"{prefix}_max")
    if low is None or high is None:
        return clause("age", None, citation, "law_in_force")
    old_enough = clause("age_from", case.age_at_least(low.value), low.citation, case.age_fact(), parameters=(low,))
    too_old = clause("age_past", case.age_at_least(high.value + 1), high.citation, case.age_fact(), parameters=(high,))
    return all_of("age", citation, old_enough, negate("age_to", high.citation, too_old))


@once
def training_gate(case: Case) -> Finding:
    """What staff must find before WIOA pays for training, whatever the program (20 CFR 680.210).

    Priority is no condition, and no sequence of services comes first. That the program leads to work in demand is
    asked of each program.
    """
    return all_of(
        "training_gate",
        GATE,
        any_of("wioa_participant", "20 CFR 680.210", adult(case), dislocated_worker(case), youth(case)),
        _dated("training_needed", case, "20 CFR 680.210(a)(1), 680.220", "training_assessment", "wioa.training_gate"),
        _dated("able_to_succeed", case, "20 CFR 680.210(a)(2)", "training_assessment", "wioa.training_gate"),
        _dated("other_grants_tried", case, "20 CFR 680.230", "other_grants", "wioa.last_dollar"),
    )


def training_account(case: Case) -> Finding:
    """An individual training account: the gate, and a listed program for work in demand (20 CFR 680.300-.340)."""
    return all_of(
        "training_account",
        ACCOUNT,
        training_gate(case),
        _dated("on_provider_list", case, "20 CFR 680.340, 680.410", "provider_list", "wioa.provider_list_required"),
        clause("in_demand", None, "20 CFR 680.210(b)", "demand_list"),
    )


def supportive_services(case: Case) -> Finding:
    """Help with transport, care, tools and the like, for those served as an adult, dislocated worker or youth."""
    row = case.rules.get("wioa.supportive_services")
    if row is None:
        return all_of("supportive_services", SUPPORTIVE, unmet("in_force", SUPPORTIVE))
    return all_of(
        "supportive_services",
        SUPPORTIVE,
        met("in_force", row.citation, parameters=(row,)),
        any_of("wioa_participant", "20 CFR 680.910", adult(case), dislocated_worker(case), youth(case)),
    )


def needs_related_payments(case: Case) -> Finding:
    """Unemployed, in training, not qualified for unemployment insurance, served as an adult or dislocated worker."""
    status = case.seeker.eligibility.employment_status
    unemployed = None if status is None else status == "unemployed"
    return all_of(
        "needs_related_payments",
        NEEDS_RELATED,
        any_of("wioa_participant", "20 CFR 680.930", adult(case), _dislocated_in_time(case)),
        clause("unemployed", unemployed, "20 CFR 680.940(a)", "eligibility.employment_status"),
        # "Claims or has used up" settles nothing here: who has used it up may be paid.
        clause("no_unemployment_insurance", None, "20 CFR 680.940(b)", "ui_record"),
        _dated("in_training", case, "20 CFR 680.960", "training_enrollment", "wioa.nrp_training_start_days"),
    )


def _dislocated_in_time(case: Case) -> Finding:
    """A dislocated worker must enroll by the end of a week counted from the layoff or its notice (20 CFR 680.950)."""
    weeks = ("wioa.nrp_enrolled_by_week_after_layoff", "wioa.nrp_enrolled_by_week_after_notice")
    in_time = _dated("enrolled_in_time", case, "20 CFR 680.950", "training_enrollment", *weeks)
    return all_of("dislocated_worker_in_time", "20 CFR 680.950", dislocated_worker(case), in_time)


def _dated(name: str, case: Case, citation: str, asked: str, *parameters: str) -> Finding:
    """A clause that only papers settle, with the dated parameters they are read against."""
    rows = [case.rules.get(parameter) for parameter in parameters]
    return clause(name, None, citation, asked, parameters=tuple(row for row in rows if row is not None))


def _insurance_fact(case: Case) -> str:
    """What is still to be known of insurance: whether a claim exists or, when none does, what the record says."""
    return "eligibility.ui_claimant" if case.seeker.eligibility.ui_claimant is None else "ui_record"
