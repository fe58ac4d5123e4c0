"""New Jersey's and California's counted outcomes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.outcomes import load_ca_outcomes, load_nj_outcomes
from taxonomy.loaders.source import Delivery, list_sources

NJ_HEADER = (
    "providerid,cipcode,PerEmployed2,PerEmployed4,NumCompleted2,NumCompleted4,AvgQuarterlyWage2,AvgQuarterlyWage4,"
    "AvgQuarterlyWage8,NumUsedWageCalc2,NumUsedWageCalc4,NumUsedWageCalc8"
)
NO_PAY = ",,,,0,0,0"


def _delivery(tmp_path: Path, source_id: str, name: str, text: str) -> Delivery:
    source = next(s for s in list_sources() if s.id == source_id)
    (table,) = source.tables
    (tmp_path / name).write_text(text, encoding="utf-8")
    source = replace(source, tables=(replace(table, minimum_rows=1, least_usual_rows=0),))
    return Delivery(source, "test", {table.name: SourceFile(tmp_path / name)})


def test_a_rate_becomes_the_count_of_people_behind_it(tmp_path: Path) -> None:
    text = f"{NJ_HEADER}\n64,513902,0.666666666666667,0.5,12,10{NO_PAY}\n"

    found, report = load_nj_outcomes(_delivery(tmp_path, "nj-outcomes", "o.csv", text))

    assert [(o.measure, o.numerator, o.denominator) for o in found.rates] == [
        ("employment_q2", 8.0, 12.0),
        ("employment_q4", 5.0, 10.0),
    ]
    assert (found.rates[0].provider_id, found.rates[0].cip_code, found.rates[0].population) == (
        "nj-64",
        "51.3902",
        "completers",
    )
    assert report.problems == []


def test_suppressed_and_empty_cohorts_are_left_out_and_reported(tmp_path: Path) -> None:
    text = f"{NJ_HEADER}\n1,513902,-99999,-99999,1,1{NO_PAY}\n2,513902,0.5,0.5,0,0{NO_PAY}\n"

    found, report = load_nj_outcomes(_delivery(tmp_path, "nj-outcomes", "o.csv", text))

    assert (found.rates, found.earnings) == ([], [])
    assert [(p.line, p.column, p.value, p.action) for p in report.problems] == [
        (2, "PerEmployed2", "-99999", "value_unknown"),
        (2, "PerEmployed4", "-99999", "value_unknown"),
        (2, "PerEmployed2", "-99999", "row_rejected"),
        (3, "PerEmployed2", "0.5", "row_rejected"),
    ]


def test_a_rate_above_one_is_no_rate(tmp_path: Path) -> None:
    text = f"{NJ_HEADER}\n1,513902,1.5,0.5,10,10{NO_PAY}\n"

    found, report = load_nj_outcomes(_delivery(tmp_path, "nj-outcomes", "o.csv", text))

    assert [o.measure for o in found.rates] == ["employment_q4"]
    assert [(p.column, p.value) for p in report.problems] == [("PerEmployed2", "1.5")]


def test_pay_is_a_quarters_and_hourly_pay_in_its_field_loses_its_claim(tmp_path: Path) -> None:
    text = f"{NJ_HEADER}\n1,513902,0.5,-99999,10,10,6200.5,15.25,250000,8,8,8\n"

    found, report = load_nj_outcomes(_delivery(tmp_path, "nj-outcomes", "o.csv", text))

    assert [(e.measure, e.statistic, e.usd_per_quarter, e.people) for e in found.earnings] == [
        ("earnings_q2", "mean", 6200.5, 8)
    ]
    assert [o.measure for o in found.rates] == ["employment_q2"]
    assert [(p.column, p.value, p.action) for p in report.problems] == [
        ("PerEmployed4", "-99999", "value_unknown"),
        ("AvgQuarterlyWage4", "15.25", "claim_lost"),
        ("AvgQuarterlyWage8", "250000", "claim_lost"),
    ]


def test_pay_that_no_one_is_counted_behind_is_none(tmp_path: Path) -> None:
    text = f"{NJ_HEADER}\n1,513902,,,0,0,6200.5,,,0,0,0\n"

    found, report = load_nj_outcomes(_delivery(tmp_path, "nj-outcomes", "o.csv", text))

    assert found.earnings == []
    assert [(p.line, p.action) for p in report.problems] == [(2, "row_rejected")]


def _programs(*outcomes: dict[str, float | None]) -> str:
    rows = [
        {"uuid": f"u{n}", "provider_name": "A & B School", "cip_code": "51.3902", "outcomes": o}
        for n, o in enumerate(outcomes)
    ]
    return json.dumps({"programs": rows})


def test_california_completion_is_counted_among_those_who_left(tmp_path: Path) -> None:
    text = _programs({"total_completed": 30.0, "total_exited": 40.0})

    (outcome,), report = load_ca_outcomes(_delivery(tmp_path, "ca-outcomes", "programs.json", text))

    assert (outcome.numerator, outcome.denominator, outcome.population) == (30.0, 40.0, "exiters")
    assert outcome.provider_id == "ca-a-b-school"
    assert report.counts[0].rows_kept == 1


def test_more_completed_than_left_is_reported_not_counted(tmp_path: Path) -> None:
    text = _programs({"total_completed": 50.0, "total_exited": 40.0}, {"total_completed": None, "total_exited": None})

    outcomes, report = load_ca_outcomes(_delivery(tmp_path, "ca-outcomes", "programs.json", text))

    assert outcomes == []
    assert [p.reason for p in report.problems] == ["more completed than left: two cohorts", "no completion counts"]


def test_a_feed_that_is_not_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a list of programs"):
        load_ca_outcomes(_delivery(tmp_path, "ca-outcomes", "programs.json", "<html>"))
