"""O*NET's further tables, in the layouts of editions 28 to 30. Rows are invented; codes 98- belong to no occupation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError
from taxonomy.loaders.official import load_official
from taxonomy.loaders.onet_reference import load_reference, load_work_context
from taxonomy.loaders.source import Delivery, list_sources
from taxonomy.occupations import WorkActivity
from taxonomy.onet_reference import ElementRating, EmergingTask, ScalePoint, SurveyFact, TaskRating
from taxonomy.release import LoadReport
from tests.taxonomy.conftest import find_source, small
from tests.taxonomy.loaders.test_onet import FILES

Deliver = Callable[..., Delivery]


def tables_of(deliver: Deliver, **files: str) -> tuple[dict[str, list[object]], LoadReport]:
    delivery = deliver("onet", FILES | {f"db_31_2_text/{name}": text for name, text in files.items()})
    report = LoadReport(delivery.release_id)
    return load_reference(delivery, report), report


def test_a_share_of_answers_and_a_mean_are_both_ratings(deliver: Deliver) -> None:
    found, report = tables_of(
        deliver,
        **{
            "Education, Training, and Experience.txt": (
                "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tCategory\tData Value\tN\tStandard Error\t"
                "Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tDate\tDomain Source\n"
                "98-1011.00\t2.D.1\tRequired\tRL\t2\t61.5\t26\t0.1\tn/a\tn/a\tY\t08/2030\tIncumbent\n"
                "98-1011.00\t2.D.1\tRequired\tRL\t3\tmany\tn/a\t0.1\tn/a\tn/a\tn/a\t08/2030\tIncumbent\n"
            ),
            "Work Values.txt": (
                "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate\tDomain Source\n"
                "98-1011.00\t1.B.2.a\tAchievement\tEX\t6.33\t06/2030\tAnalyst\n"
            ),
        },
    )

    assert found["element_ratings"] == [
        ElementRating("98-1011.00", "2.D.1", "RL", 2, 61.5, 26, suppress=True, release="onet-31.2"),
        ElementRating("98-1011.00", "1.B.2.a", "EX", None, 6.33, None, None, "onet-31.2"),
    ]
    assert [(p.line, p.column, p.value) for p in report.problems] == [(3, "Data Value", "many")]


def test_work_styles_are_read_as_asked_for_until_29_and_as_derived_since_30(deliver: Deliver) -> None:
    until_29 = (
        "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
        "Upper CI Bound\tRecommend Suppress\tDate\tDomain Source\n"
        "98-1011.00\t1.C.1.a\tEffort\tIM\t4.5\t25\t0.1\t4.2\t4.8\tN\t07/2020\tIncumbent\n"
    )

    found, report = tables_of(deliver, **{"Work Styles.txt": until_29})

    assert [(r.scale, r.value) for r in found["element_ratings"]] == [("IM", 4.5)]  # type: ignore[attr-defined]
    assert report.problems == []


def test_activities_stand_below_each_other_and_tasks_point_to_them(deliver: Deliver) -> None:
    found, _ = tables_of(
        deliver,
        **{
            "IWA Reference.txt": "Element ID\tIWA ID\tIWA Title\n4.A.1\t4.A.1.I01\tStudy lamps.\n",
            "DWA Reference.txt": "Element ID\tIWA ID\tDWA ID\tDWA Title\n4.A.1\t4.A.1.I01\t4.A.1.I01.D01\tTrim.\n",
            "Tasks to DWAs.txt": (
                "O*NET-SOC Code\tTask ID\tDWA ID\tDate\tDomain Source\n98-1011.00\t1\t4.A.1.I01.D01\tx\ty\n"
            ),
        },
    )

    assert found["work_activities"] == [
        WorkActivity("4.A.1.I01", "4.A.1", "intermediate", "Study lamps.", "onet-31.2"),
        WorkActivity("4.A.1.I01.D01", "4.A.1.I01", "detailed", "Trim.", "onet-31.2"),
    ]
    assert [t.activity_id for t in found["task_activities"]] == ["4.A.1.I01.D01"]  # type: ignore[attr-defined]


def test_points_of_a_scale_belong_to_an_element_or_to_all(deliver: Deliver) -> None:
    found, _ = tables_of(
        deliver,
        **{
            "Task Categories.txt": "Scale ID\tCategory\tCategory Description\nFT\t1\tYearly\n",
            "Level Scale Anchors.txt": (
                "Element ID\tElement Name\tScale ID\tAnchor Value\tAnchor Description\n1.A.1\tHearing\tLV\t2\tA bell\n"
            ),
        },
    )

    assert set(found["scale_points"]) == {
        ScalePoint(None, "FT", 1, "Yearly", "onet-31.2"),
        ScalePoint("1.A.1", "LV", 2, "A bell", "onet-31.2"),
    }


def test_a_new_task_has_no_task_before_it_and_a_survey_item_may_have_no_answers(deliver: Deliver) -> None:
    found, report = tables_of(
        deliver,
        **{
            "Emerging Tasks.txt": (
                "O*NET-SOC Code\tTask\tCategory\tOriginal Task ID\tOriginal Task\tDate\tDomain Source\n"
                "98-1011.00\tLight by wire.\tNew\tn/a\tn/a\t08/2030\tExpert\n"
                "98-1011.00\tTrim wicks well.\tRevision\t1\tTrim.\t08/2030\tExpert\n"
            ),
            "Occupation Level Metadata.txt": (
                "O*NET-SOC Code\tItem\tResponse\tN\tPercent\tDate\n98-1011.00\tTotal Completed\tn/a\t95\tn/a\t08/2030\n"
            ),
        },
    )

    assert found["emerging_tasks"] == [
        EmergingTask("98-1011.00", "Light by wire.", "new", None, "onet-31.2"),
        EmergingTask("98-1011.00", "Trim wicks well.", "revision", "1", "onet-31.2"),
    ]
    assert found["survey_facts"] == [
        SurveyFact("98-1011.00", "Total Completed", None, 95, None, "08/2030", "onet-31.2")
    ]
    assert report.problems == []


def test_an_edition_without_the_reference_tables_is_whole(deliver: Deliver) -> None:
    found, _ = tables_of(deliver)

    assert set(found) == {"occupation_descriptions"}


CONTEXT = {
    "db_29_3_text/Work Activities.txt": (
        "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
        "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
        "98-1011.00\t4.A.1.a.1\tGetting Information\tIM\t4.2\t30\t0.1\t4\t4.4\tN\tn/a\t08/2029\tIncumbent\n"
    ),
    "db_29_3_text/Work Context.txt": (
        "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tCategory\tData Value\tN\tStandard Error\tLower CI Bound\t"
        "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
        "98-1011.00\t4.C.1\tOutdoors\tCX\tn/a\t3.1\t30\t0.1\t3\t3.2\tN\tn/a\t08/2029\tIncumbent\n"
        "98-1011.00\t4.C.1\tOutdoors\tCXP\t5\t12.5\t30\t0.1\t3\t3.2\tN\tn/a\t08/2029\tIncumbent\n"
    ),
    "db_29_3_text/Task Ratings.txt": (
        "O*NET-SOC Code\tTask ID\tScale ID\tCategory\tData Value\tN\tStandard Error\tLower CI Bound\tUpper CI Bound\t"
        "Recommend Suppress\tDate\tDomain Source\n"
        "98-1011.00\t1\tFT\t3\t41.2\t30\t0.1\t3\t3.2\tN\t08/2029\tIncumbent\n"
    ),
}


def test_activities_context_and_task_ratings_are_read_where_they_are_given(deliver: Deliver) -> None:
    found, report = load_work_context(deliver("onet-context", CONTEXT))

    assert [(r.element_id, r.scale, r.category, r.value) for r in found["element_ratings"]] == [
        ("4.A.1.a.1", "IM", None, 4.2),
        ("4.C.1", "CX", None, 3.1),
        ("4.C.1", "CXP", 5, 12.5),
    ]
    (task,) = found["task_ratings"]
    assert task == TaskRating("98-1011.00", "1", "FT", 3, 41.2, suppress=False, release="onet-context-29.3")
    assert report.problems == []
    assert sum(count.rows_read for count in report.counts) == 4


def test_a_further_table_cut_short_refuses_the_edition(deliver: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = find_source("onet-context")
    monkeypatch.setattr("tests.taxonomy.conftest.small", lambda _: whole)

    with pytest.raises(SourceError, match=r"1 rows, at least 60000 expected"):
        load_work_context(deliver("onet-context", CONTEXT))


def test_ratings_of_another_edition_than_the_database_are_told(tmp_path: Path) -> None:
    for name, text in (FILES | CONTEXT).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    official = load_official([tmp_path], [small(source) for source in list_sources()])

    told = [p for p in official.problems if p.release == "onet-context-29.3" and p.action == "notice"]
    assert [p.reason for p in told] == ["of edition 29.3 beside onet 31.2: nobody has reviewed how they differ"]


@pytest.mark.official
def test_every_official_table_is_read_whole(official_data: Path) -> None:
    official = load_official([official_data / "onet_30_1"], list_sources())

    assert official.onet is not None
    rows = {name: len(found) for name, found in official.onet.reference.items()}
    assert rows == {
        "content_elements": 630,
        "scales": 31,
        "scale_points": 41 + 281 + 483 + 7,
        "element_ratings": 37125 + 8307 + 37422 + 7866,
        "work_activities": 332 + 2087,
        "task_activities": 23850,
        "emerging_tasks": 328,
        "tools": 41662,
        "commodities": 4264,
        "element_links": 381 + 139 + 232 + 96 + 53,
        "interest_examples": 188 + 186 + 75,
        "job_zone_meanings": 5,
        "survey_facts": 32202,
        "survey_items": 211,
        "occupation_descriptions": 1016,
    }
    assert official.problems == []
