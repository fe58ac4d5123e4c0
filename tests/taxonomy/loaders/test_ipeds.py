"""Institutions and the awards they gave."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from taxonomy.loaders.files import list_files
from taxonomy.loaders.ipeds import load_completions, load_institutions
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources, recognise

Deliver = Callable[..., Delivery]
COMPLETIONS = "UNITID,CIPCODE,MAJORNUM,AWLEVEL,CTOTALT\n"


def test_awards_below_the_bachelors_degree_are_kept_by_field(deliver: Deliver) -> None:
    text = COMPLETIONS + "1,51.3901,1,2,40\n1,51.3801,1,3,25\n1,51,1,2,40\n1,51.3801,1,5,9\n"

    found, report = load_completions(deliver("ipeds-completions", {"c2024_a.csv": text}))

    assert [(c.unit_id, c.cip_code, c.award, c.awards, c.year) for c in found] == [
        ("1", "51.3901", "certificate_1_to_2_years", 40, 2024),
        ("1", "51.3801", "associate", 25, 2024),
    ]
    assert [(p.action, p.value, p.reason) for p in report.problems] == [
        ("rows_set_aside", "1", "an award from the bachelor's degree up"),
        ("rows_set_aside", "1", "the sum over a wider field of study"),
    ]


def test_a_second_major_is_the_same_student_again(deliver: Deliver) -> None:
    text = COMPLETIONS + "1,51.3901,1,2,40\n1,51.3901,2,2,3\n"

    found, _ = load_completions(deliver("ipeds-completions", {"c2024_a.csv": text}))

    assert [c.awards for c in found] == [40]


def test_a_parquet_table_gives_the_same_rows_as_text(tmp_path: Path) -> None:
    columns = {
        "UNITID": [1, 1],
        "CIPCODE": ["51.3901", "01.0999"],
        "MAJORNUM": [1, 1],
        "AWLEVEL": [2, 20],
        "CTOTALT": [40, 7],
    }
    pq.write_table(pa.table(columns), tmp_path / "c2024_a.parquet")
    source = next(s for s in list_sources() if s.id == "ipeds-completions")
    source = replace(source, tables=(replace(source.tables[0], minimum_rows=0),))

    delivery: Delivery = recognise(list_files([tmp_path]), [source])[0]["ipeds-completions"]
    found, report = load_completions(delivery)

    assert [(c.unit_id, c.cip_code, c.awards) for c in found] == [("1", "51.3901", 40), ("1", "01.0999", 7)]
    assert report.problems == []


def test_an_institution_is_known_by_place_and_control(deliver: Deliver) -> None:
    text = (
        "\ufeffUNITID,INSTNM,CHFNM,CITY,STABBR,ZIP,CONTROL,CBSA,COUNTYNM,LONGITUD,LATITUDE\n"
        "7,Example College,A. Person,San Antonio,TX,78207-1234,1,41700,Bexar County,-98.5,29.4\n"
        "8,Example School,A. Person,Guam,GU,96913,3,-2,-2,,\n"
    )

    (college, school), report = load_institutions(deliver("ipeds-institutions", {"hd2024.csv": text}))

    assert (college.zip, college.control, college.cbsa, college.county) == ("78207", "public", "41700", "Bexar County")
    assert (school.cbsa, school.county, school.latitude) == (None, None, None)
    assert report.problems == []


@pytest.mark.official
def test_the_newest_year_is_read_and_every_row_accounted_for(official_data: Path) -> None:
    official = load_official([official_data / "ipeds"], list_sources())

    completions = official.tables["completions"]
    aside = {p.reason: int(p.value) for p in official.problems if p.action == "rows_set_aside"}
    assert len(official.tables["institutions"]) == 6072
    assert len(completions) == 109_408
    assert len(completions) + sum(aside.values()) == 286_979
    assert {c.year for c in completions} == {2024}
    assert Counter(c.award for c in completions).keys() == {
        "certificate_under_12_weeks",
        "certificate_under_1_year",
        "certificate_1_to_2_years",
        "certificate_2_to_4_years",
        "associate",
    }
