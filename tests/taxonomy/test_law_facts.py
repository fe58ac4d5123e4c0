"""Every amount of the law that is applied: fact, file, source. Nothing is applied that is not listed here."""

import pytest

from taxonomy.law import Parameter
from taxonomy.loaders.vocabulary import STARTER, read_records

ROWS: list[tuple[str, Parameter]] = [
    (path.stem, row)
    for path in sorted((STARTER / "law").glob("*.toml"))
    for row in read_records(path, ("parameters",))["parameters"]
]

# File, parameter, area, first day, value, and a part of the citation.
FACTS: list[tuple[str, str, str, str, float, str]] = [
    ("benefits", "snap.gross_income_ratio", "US", "2015-10-01", 1.3, "7 CFR 273.9(a)(1)"),
    ("benefits", "snap.gross_income_ratio", "TX", "2015-10-01", 1.65, "7 CFR 273.2(j)(2)"),
    ("benefits", "snap.gross_income_ratio", "CA", "2015-10-01", 2.0, "7 CFR 273.2(j)(2)"),
    ("benefits", "snap.gross_income_ratio", "NJ", "2015-10-01", 1.85, "7 CFR 273.2(j)(2)"),
    ("benefits", "medicaid.adult_income_ratio", "CA", "2018-01-01", 1.38, "42 CFR 435.119"),
    ("benefits", "medicaid.adult_income_ratio", "NJ", "2018-01-01", 1.38, "42 CFR 435.119"),
    ("benefits", "child_care_subsidy.income_ratio", "US", "2016-11-29", 0.85, "45 CFR 98.20"),
    ("benefits", "state_median_income.family_of_four", "TX", "2024-10-01", 103213, "LIHEAP IM 2024-02"),
    ("benefits", "state_median_income.family_of_four", "CA", "2024-10-01", 121926, "LIHEAP IM 2024-02"),
    ("benefits", "state_median_income.family_of_four", "NJ", "2024-10-01", 153514, "LIHEAP IM 2024-02"),
    ("benefits", "state_median_income.first_person", "US", "2021-10-01", 0.52, "45 CFR 96.85"),
    ("benefits", "state_median_income.each_to_six", "US", "2021-10-01", 0.16, "45 CFR 96.85"),
    ("benefits", "state_median_income.each_after_six", "US", "2021-10-01", 0.03, "45 CFR 96.85"),
    ("poverty", "poverty_guideline.base", "US48", "2024-01-17", 15060, "89 FR 2961"),
    ("poverty", "poverty_guideline.additional", "US48", "2024-01-17", 5380, "89 FR 2961"),
    ("poverty", "poverty_guideline.base", "AK", "2024-01-17", 18810, "89 FR 2961"),
    ("poverty", "poverty_guideline.additional", "AK", "2024-01-17", 6730, "89 FR 2961"),
    ("poverty", "poverty_guideline.base", "HI", "2024-01-17", 17310, "89 FR 2961"),
    ("poverty", "poverty_guideline.additional", "HI", "2024-01-17", 6190, "89 FR 2961"),
    ("poverty", "poverty_guideline.base", "US48", "2025-01-15", 15650, "90 FR"),
    ("poverty", "poverty_guideline.additional", "US48", "2025-01-15", 5500, "90 FR"),
    ("poverty", "poverty_guideline.base", "AK", "2025-01-15", 19550, "90 FR"),
    ("poverty", "poverty_guideline.additional", "AK", "2025-01-15", 6880, "90 FR"),
    ("poverty", "poverty_guideline.base", "HI", "2025-01-15", 17990, "90 FR"),
    ("poverty", "poverty_guideline.additional", "HI", "2025-01-15", 6330, "90 FR"),
    ("poverty", "poverty_guideline.base", "US48", "2026-01-13", 15960, "91 FR 1797"),
    ("poverty", "poverty_guideline.additional", "US48", "2026-01-13", 5680, "91 FR 1797"),
    ("poverty", "poverty_guideline.base", "AK", "2026-01-13", 19950, "91 FR 1797"),
    ("poverty", "poverty_guideline.additional", "AK", "2026-01-13", 7100, "91 FR 1797"),
    ("poverty", "poverty_guideline.base", "HI", "2026-01-13", 18360, "91 FR 1797"),
    ("poverty", "poverty_guideline.additional", "HI", "2026-01-13", 6530, "91 FR 1797"),
    ("pell", "pell.maximum", "US", "2025-07-01", 7395, "GEN-25-02"),
    ("pell", "pell.minimum", "US", "2025-07-01", 740, "GEN-25-02"),
    ("pell", "pell.maximum", "US", "2026-07-01", 7395, "GEN-26-01"),
    ("pell", "pell.minimum", "US", "2026-07-01", 740, "GEN-26-01"),
    ("pell", "pell.sai_bound", "US", "2026-07-01", 14790, "P.L. 119-21"),
    ("pell", "pell.maximum_agi_ratio", "US", "2024-07-01", 1.75, "HEA sec. 401"),
    ("pell", "pell.maximum_agi_ratio_single_parent", "US", "2024-07-01", 2.25, "HEA sec. 401"),
    ("pell", "pell.base_year_lag", "US", "2024-07-01", 2, "HEA sec. 401"),
    ("pell", "pell.lifetime_limit", "US", "2024-07-01", 6, "600 %"),
    ("pell", "pell.weeks_min", "US", "2003-07-01", 15, "34 CFR 668.8"),
    ("pell", "pell.clock_hours_min", "US", "2003-07-01", 600, "34 CFR 668.8"),
    ("pell", "pell.academic_year_weeks", "US", "2003-07-01", 30, "34 CFR 668.3"),
    ("pell", "pell.academic_year_clock_hours", "US", "2003-07-01", 900, "34 CFR 668.3"),
    ("pell", "pell.undergraduate_only", "US", "2024-07-01", 1, "34 CFR 690.6"),
    ("pell", "pell.high_school_required", "US", "2024-07-01", 1, "HEA sec. 484"),
    ("pell", "pell.independent_age", "US", "2024-07-01", 24, "HEA sec. 480"),
    ("workforce_pell", "workforce_pell.weeks_min", "US", "2026-07-01", 8, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.weeks_below", "US", "2026-07-01", 15, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.clock_hours_min", "US", "2026-07-01", 150, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.clock_hours_below", "US", "2026-07-01", 600, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.completion_rate_min", "US", "2026-07-01", 0.7, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.placement_rate_min", "US", "2026-07-01", 0.7, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.program_age_min", "US", "2026-07-01", 1, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.approval_required", "US", "2026-07-01", 1, "91 FR 29254"),
    ("workforce_pell", "workforce_pell.excludes_pell", "US", "2026-07-01", 1, "91 FR 29254"),
    ("wages", "minimum_wage.hourly", "US", "2009-07-24", 7.25, "29 USC 206(a)(1)(C)"),
    ("other_streams", "gi_bill.tier_100", "US", "2025-08-01", 1095, "38 USC 3311"),
    ("other_streams", "gi_bill.tier_90", "US", "2025-08-01", 910, "38 USC 3311"),
    ("other_streams", "gi_bill.tier_80", "US", "2025-08-01", 730, "38 USC 3311"),
    ("other_streams", "gi_bill.tier_70", "US", "2025-08-01", 545, "38 USC 3311"),
    ("other_streams", "gi_bill.tier_60", "US", "2025-08-01", 180, "38 USC 3311"),
    ("other_streams", "gi_bill.tier_50", "US", "2025-08-01", 90, "38 USC 3311"),
    ("other_streams", "gi_bill.apprentice_housing_1", "US", "2025-08-01", 1.0, "38 USC 3313"),
    ("other_streams", "gi_bill.apprentice_housing_2", "US", "2025-08-01", 0.8, "38 USC 3313"),
    ("other_streams", "gi_bill.apprentice_housing_3", "US", "2025-08-01", 0.6, "38 USC 3313"),
    ("other_streams", "gi_bill.apprentice_housing_4", "US", "2025-08-01", 0.4, "38 USC 3313"),
    ("other_streams", "gi_bill.apprentice_housing_5", "US", "2025-08-01", 0.2, "38 USC 3313"),
    ("other_streams", "taa.certified_before", "US", "2022-07-01", 20220701, "Trade Act of 1974"),
    ("other_streams", "apprenticeship.on_the_job_hours_min", "US", "2008-12-29", 2000, "29 CFR 29.4"),
    ("other_streams", "apprenticeship.related_instruction_hours", "US", "2008-12-29", 144, "29 CFR 29.5"),
    ("other_streams", "nurse_aide.employer_pays", "US", "2022-11-09", 1, "42 CFR 483.152"),
    ("other_streams", "nurse_aide.reimbursement_months", "US", "2022-11-09", 12, "42 CFR 483.152"),
    ("other_streams", "vocational_rehabilitation.exists", "US", "2016-09-19", 1, "34 CFR 361.42"),
    ("snap_tanf", "snap.abawd_age_min", "US", "2025-07-04", 18, "P.L. 119-21 sec. 10102"),
    ("snap_tanf", "snap.abawd_age_max", "US", "2025-07-04", 64, "P.L. 119-21 sec. 10102"),
    ("snap_tanf", "snap.abawd_child_age_below", "US", "2025-07-04", 14, "P.L. 119-21 sec. 10102"),
    ("snap_tanf", "snap.abawd_hours", "US", "2025-07-04", 80, "P.L. 119-21 sec. 10102"),
    ("snap_tanf", "snap.abawd_free_months", "US", "2025-07-04", 3, "P.L. 119-21 sec. 10102"),
    ("snap_tanf", "snap.abawd_not_yet", "CA", "2025-07-04", 1, "CDSS"),
    ("snap_tanf", "snap.abawd_not_yet", "AK", "2025-07-04", 1, "per PolicyEngine"),
    ("snap_tanf", "snap.abawd_not_yet", "HI", "2025-07-04", 1, "per PolicyEngine"),
    ("snap_tanf", "snap.work_registration_age_min", "US", "2003-07-01", 16, "7 CFR 273.7"),
    ("snap_tanf", "snap.work_registration_age_max", "US", "2003-07-01", 59, "7 CFR 273.7"),
    ("snap_tanf", "snap_et.no_tanf", "US", "2008-02-21", 1, "7 CFR 273.7"),
    ("snap_tanf", "snap_et.no_tanf", "CO", "2008-02-21", 0, "7 CFR 273.7"),
    ("snap_tanf", "snap_et.no_tanf", "UT", "2008-02-21", 0, "7 CFR 273.7"),
    ("snap_tanf", "snap_et.no_tanf", "VT", "2008-02-21", 0, "7 CFR 273.7"),
    ("snap_tanf", "snap_et.no_tanf", "WI", "2008-02-21", 0, "7 CFR 273.7"),
    ("wioa", "wioa.in_force", "US", "2015-07-01", 1, "WIOA sec. 506"),
    ("wioa", "wioa.adult_age", "US", "2015-07-01", 18, "20 CFR 680.120"),
    ("wioa", "wioa.work_authorization", "US", "2025-07-10", 1, "TEGL 10-23, Change 2"),
    ("wioa", "wioa.low_income_llsil_ratio", "US", "2015-07-01", 0.7, "WIOA sec. 3(36)"),
    ("wioa", "wioa.benefit_lookback_months", "US", "2015-07-01", 6, "WIOA sec. 3(36)"),
    ("wioa", "wioa.youth_basic_skills_grade", "US", "2015-07-01", 8, "WIOA sec. 3(5)"),
    ("wioa", "wioa.osy_age_min", "US", "2015-07-01", 16, "20 CFR 681.210"),
    ("wioa", "wioa.osy_age_max", "US", "2015-07-01", 24, "20 CFR 681.210"),
    ("wioa", "wioa.isy_age_min", "US", "2015-07-01", 14, "20 CFR 681.220"),
    ("wioa", "wioa.isy_age_max", "US", "2015-07-01", 21, "20 CFR 681.220"),
    ("wioa", "wioa.low_income_youth_exception", "US", "2015-07-01", 0.05, "20 CFR 681.250"),
    ("wioa", "wioa.closure_notice_days", "US", "2015-07-01", 180, "WIOA sec. 3(15)"),
    ("wioa", "wioa.nrp_training_start_days", "US", "2016-10-18", 30, "20 CFR 680.960"),
    ("wioa", "wioa.nrp_enrolled_by_week_after_layoff", "US", "2016-10-18", 13, "20 CFR 680.950"),
    ("wioa", "wioa.nrp_enrolled_by_week_after_notice", "US", "2016-10-18", 8, "20 CFR 680.950"),
    ("wioa", "wioa.training_gate", "US", "2016-10-18", 1, "20 CFR 680.210"),
    ("wioa", "wioa.provider_list_required", "US", "2016-10-18", 1, "20 CFR 680.340"),
    ("wioa", "wioa.last_dollar", "US", "2016-10-18", 1, "20 CFR 680.230"),
    ("wioa", "wioa.adult_priority", "US", "2016-10-18", 1, "20 CFR 680.600"),
    ("wioa", "wioa.supportive_services", "US", "2016-10-18", 1, "20 CFR 680.900"),
    ("wioa", "selective_service.automatic", "US", "2026-12-18", 1, "FY2026 NDAA sec. 535"),
    ("wioa", "selective_service.born_from", "US", "2015-07-01", 19600101, "WIOA sec. 189"),
    ("wioa", "selective_service.age_from", "US", "2015-07-01", 18, "WIOA sec. 189"),
    ("wioa", "selective_service.age_to", "US", "2015-07-01", 26, "WIOA sec. 189"),
    ("wioa", "veterans.priority_of_service", "US", "2009-01-19", 1, "20 CFR 1010"),
    ("wioa", "veterans.order_within_priority", "US", "2015-07-01", 1, "TEGL 10-09"),
]


@pytest.mark.parametrize("fact", FACTS, ids=[f"{f[1]} {f[2]} {f[3]}" for f in FACTS])
def test_a_fact_is_in_its_file_once_with_its_source(fact: tuple[str, str, str, str, float, str]) -> None:
    file, parameter_id, area, since, value, citation = fact

    found = [
        row for stem, row in ROWS if (stem, row.id, row.area, row.effective_from) == (file, parameter_id, area, since)
    ]

    assert [row.value for row in found] == [value]
    assert citation in found[0].citation
    assert found[0].link.startswith("https://")


def test_nothing_is_applied_that_is_not_listed_here() -> None:
    listed = {fact[:4] for fact in FACTS}

    applied = {(stem, row.id, row.area, row.effective_from) for stem, row in ROWS if row.verified}

    assert applied == listed
