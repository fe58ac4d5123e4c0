"""Wages are invented."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError, list_files
from taxonomy.loaders.oews import load_oews
from taxonomy.loaders.source import Delivery, list_sources, recognise
from taxonomy.occupations import Wage
from taxonomy.release import LoadReport

HEADER = (
    "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OWN_CODE,OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,"
    "EMP_PRSE,JOBS_1000,LOC_QUOTIENT,PCT_TOTAL,PCT_RPT,H_MEAN,A_MEAN,MEAN_PRSE,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,"
    "H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90,ANNUAL,HOURLY"
)


def row(
    soc: str,
    wages: str = "10,11,12,13,14",
    *,
    area: str = "99,U.S.,1,US",
    group: str = "detailed",
    employment: str = '"1,230"',
    annual: str = "",
) -> str:
    occupation = f"000000,Cross-industry,cross-industry,1235,{soc},Title,{group},{employment}"
    return f"{area},{occupation},1,,,,,9,9,1,{wages},1,1,1,1,1,{annual},"


def table(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def load(
    deliver: Callable[..., Delivery], *rows: str, source: str = "oews-us", file: str = "national_M2031_dl.csv"
) -> tuple[list[Wage], LoadReport]:
    return load_oews(deliver(source, {file: table(*rows)}))


def test_percentiles_are_read_with_thousands_separators(deliver: Callable[..., Delivery]) -> None:
    (wage,), _ = load(deliver, row("98-1011", '10.5,11,12,13,"1,014.25"'))

    assert (wage.p10, wage.p25, wage.p50, wage.p75, wage.p90) == (10.5, 11, 12, 13, 1014.25)
    assert (wage.soc_code, wage.area, wage.year, wage.employment) == ("98-1011", "US", 2031, 1230)
    assert wage.release == "oews-us-2031"


def test_a_wage_above_the_ceiling_is_unknown_and_named_as_high(deliver: Callable[..., Delivery]) -> None:
    (wage,), report = load(deliver, row("98-1011", "10,11,12,#,#"))

    assert (wage.p50, wage.p75, wage.p90) == (12, None, None)
    assert wage.top_coded == ("p75", "p90")
    assert wage.withheld == ()
    assert report.problems == []


def test_a_withheld_wage_and_head_count_are_unknown_and_named(deliver: Callable[..., Delivery]) -> None:
    (wage,), _ = load(deliver, row("98-1011", "*,11,12,13,14", employment="**"))

    assert (wage.p10, wage.employment) == (None, None)
    assert wage.withheld == ("p10", "employment")


def test_an_annual_wage_is_not_turned_into_an_hourly_one(deliver: Callable[..., Delivery]) -> None:
    (wage,), _ = load(deliver, row("98-1011", "*,*,*,*,*", annual="TRUE"))

    assert wage.p50 is None
    assert "annual_only" in wage.withheld


def test_all_work_together_is_kept_and_no_other_sum_is(deliver: Callable[..., Delivery]) -> None:
    wages, report = load(deliver, row("00-0000", group="total"), row("98-0000", group="major"), row("98-1011"))

    assert [(wage.soc_code, wage.p50) for wage in wages] == [("00-0000", 12), ("98-1011", 12)]
    assert [problem.line for problem in report.problems] == [3]


def test_a_blank_cell_is_unknown_and_reported_where_it_stands(deliver: Callable[..., Delivery]) -> None:
    (wage,), report = load(deliver, row("98-1011", "10,,12,13,14"))

    assert wage.p25 is None
    assert [(p.line, p.column, p.action) for p in report.problems] == [(2, "H_PCT25", "value_unknown")]


def test_only_detailed_occupations_over_all_industries_are_kept(deliver: Callable[..., Delivery]) -> None:
    wages, report = load(
        deliver,
        row("98-0000", group="major"),
        row("98-1011"),
        row("98-1012").replace("cross-industry", "sector"),
    )

    assert [w.soc_code for w in wages] == ["98-1011"]
    assert [(p.line, p.action) for p in report.problems] == [(2, "row_rejected"), (4, "row_rejected")]
    assert (report.counts[0].rows_read, report.counts[0].rows_kept) == (3, 1)


def test_members_of_a_published_group_have_its_wage_and_say_so(deliver: Callable[..., Delivery]) -> None:
    wages, _ = load(deliver, row("31-1120"))

    by_code = {w.soc_code: w for w in wages}

    assert set(by_code) == {"31-1120", "31-1121", "31-1122"}
    assert by_code["31-1121"].p50 == by_code["31-1120"].p50
    assert by_code["31-1121"].published_as == "31-1120"
    assert by_code["31-1121"].employment is None
    assert by_code["31-1120"].published_as is None


def test_a_member_published_by_itself_keeps_its_own_wage(deliver: Callable[..., Delivery]) -> None:
    wages, _ = load(deliver, row("31-1120"), row("31-1121", "20,21,22,23,24"))

    (own,) = [w for w in wages if w.soc_code == "31-1121"]

    assert (own.p50, own.published_as) == (22, None)


@pytest.mark.parametrize(
    ("source", "file", "area", "code"),
    [
        ("oews-state", "state_M2031_dl.csv", "48,Texas,2,TX", "TX"),
        ("oews-state", "state_M2031_dl.csv", "66,Guam,3,GU", "GU"),
        ("oews-metro", "MSA_M2031_dl.csv", "41700,San Antonio,4,TX", "41700"),
    ],
)
def test_areas_are_states_territories_and_metros(
    deliver: Callable[..., Delivery], source: str, file: str, area: str, code: str
) -> None:
    (wage,), _ = load(deliver, row("98-1011", area=area), source=source, file=file)

    assert wage.area == code


def test_an_occupation_given_twice_in_an_area_is_reported(deliver: Callable[..., Delivery]) -> None:
    wages, report = load(deliver, row("98-1011"), row("98-1011", "20,21,22,23,24"))

    assert [w.p50 for w in wages] == [12]
    assert [(p.line, p.action) for p in report.problems] == [(3, "row_rejected")]


def test_a_layout_without_an_expected_column_is_refused(deliver: Callable[..., Delivery]) -> None:
    delivery = deliver("oews-us", {"national_M2031_dl.csv": table(row("98-1011")).replace("H_MEDIAN", "H_MED")})

    with pytest.raises(SourceError, match="column H_MEDIAN is missing"):
        load_oews(delivery)


def test_a_workbook_reads_as_its_text_does(deliver: Callable[..., Delivery]) -> None:
    cells = ["99", "U.S.", "1", "US", "000000", "", "cross-industry", "1235", "98-1011", "T", "detailed", 1230, 1]
    cells += ["", "", "", "", 9, 9, 1, 10.5, 11, 12, 13, "#", 1, 1, 1, 1, 1, "", ""]

    (wage,), _ = load_oews(deliver("oews-us", {"national_M2031_dl.xlsx": [HEADER.split(","), cells]}))

    assert (wage.p10, wage.p50, wage.p90, wage.employment, wage.top_coded) == (10.5, 12, None, 1230, ("p90",))


@pytest.mark.official
def test_national_wages_of_2025_have_their_known_counts(official_data: Path) -> None:
    deliveries, notices = recognise(list_files([official_data / "oews"]), list_sources())

    wages, report = load_oews(deliveries["oews-us"])

    assert deliveries["oews-us"].edition == "2025"
    assert len(notices["oews-us"]) == 2
    assert (
        sum(w.published_as is None for w in wages) == report.counts[0].rows_kept == 831
    )  # 830 occupations and all of them together
    assert sum(w.published_as is not None for w in wages) == 28
    assert sum("annual_only" in w.withheld for w in wages if w.published_as is None) == 58


@pytest.mark.official
def test_state_wages_of_2023_have_their_known_counts(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "oews"]), list_sources())

    wages, report = load_oews(deliveries["oews-state"])

    published = [w for w in wages if w.published_as is None]
    assert len(published) == 36_434
    assert len({w.area for w in published}) == 54
    # A blank annual median of this file is often a top code: the hourly columns still say which.
    assert sum("p50" in w.top_coded for w in published) == 487
    assert Counter(p.column for p in report.problems) == {"TOT_EMP": 898}
