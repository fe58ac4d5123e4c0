"""Rows are invented; codes 98- and 99- belong to no occupation."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from taxonomy.loaders.files import list_files
from taxonomy.loaders.onet import Matrix, align_ratings, load_onet, load_ratings
from taxonomy.loaders.source import Delivery, list_sources, recognise
from taxonomy.occupations import Occupation

OCCUPATIONS = (
    "O*NET-SOC Code\tTitle\tDescription\n"
    "98-1011.00\tLamp Lighters\tLight lamps.\n"
    '98-1012.00\tClock "Winders"\tWind clocks.\n'
    "98-1012.01\tTower Clock Winders\tWind tower clocks.\n"
    "98-1099.00\tLamp and Clock Workers, All Other\tAll others.\n"
    "25-1071.00\tLamp Teachers, Postsecondary\tTeach.\n"
    "55-3011.00\tAir Crew\tFly.\n"
)
FILES = {
    "db_31_2_text/Occupation Data.txt": OCCUPATIONS,
    "db_31_2_text/Job Zones.txt": (
        "O*NET-SOC Code\tJob Zone\tDate\tDomain Source\n"
        "98-1011.00\t2\t01/2030\tAnalyst\n"
        "98-1012.00\tsix\t01/2030\tAnalyst\n"
    ),
    "db_31_2_text/Alternate Titles.txt": (
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
        "98-1011.00\tGas Lamp Technician\tGLT\t01\n"
        "98-1011.00\tgas lamp technician\tn/a\t02\n"
        "98-7777.00\tUnknown Worker\tn/a\t02\n"
        "nonsense\tNobody\tn/a\t02\n"
    ),
    "db_31_2_text/Sample of Reported Titles.txt": (
        "O*NET-SOC Code\tReported Job Title\tShown in My Next Move\n98-1011.00\tLamp Person\tY\n"
    ),
    "db_31_2_text/Technology Skills.txt": (
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
        "98-1011.00\tLampCAD\t1\tCAD\tY\tN\n"
        "98-1011.00\tWickBook\t1\tLedger\tN\tN\n"
    ),
    "db_31_2_text/Task Statements.txt": (
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\n"
        "98-1011.00\t1\tTrim the wicks.\tCore\n"
        "98-1011.00\t2\tTrim the wicks.\tSupplemental\n"
    ),
    "db_31_2_text/Related Occupations.txt": (
        "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex\n"
        "98-1011.00\t98-1012.00\tPrimary-Short\t1\n"
        "98-1011.00\t98-7777.00\tPrimary-Short\t2\n"
    ),
}

_HEADER = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
    "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
)


def rating(code: str, element: str, scale: str, value: str, suppress: str = "N") -> str:
    return f"{code}\t{element}\tName {element}\t{scale}\t{value}\t8\t0\t0\t0\t{suppress}\tN\t01/2030\tAnalyst\n"


RATINGS = {
    "db_31_2_text/Skills.txt": _HEADER
    + rating("98-1011.00", "2.A.1.b", "LV", "3.5")
    + rating("98-1011.00", "2.A.1.a", "IM", "4.25")
    + rating("98-1011.00", "2.A.1.a", "LV", "2", "Y")
    + rating("98-1011.00", "2.A.1.a", "LV", "9"),
    "db_31_2_text/Knowledge.txt": _HEADER + rating("98-1012.00", "2.C.1.a", "LV", "6"),
    "db_31_2_text/Abilities.txt": _HEADER + rating("98-1011.00", "1.A.1.a.1", "LV", "1"),
}


def test_occupations_come_sorted_with_their_job_zone_and_soc_code(deliver: Callable[..., Delivery]) -> None:
    tables, _ = load_onet(deliver("onet", FILES))

    rows = [(o.onet_code, o.soc_code, o.job_zone, o.release) for o in tables.occupations]

    assert rows[0] == ("25-1071.00", "25-1071", None, "onet-31.2")
    assert ("98-1011.00", "98-1011", 2, "onet-31.2") in rows
    assert rows == sorted(rows)


def test_a_quotation_mark_in_a_title_is_kept(deliver: Callable[..., Delivery]) -> None:
    tables, _ = load_onet(deliver("onet", FILES))

    assert 'Clock "Winders"' in {o.title for o in tables.occupations}


def test_a_job_zone_that_is_none_is_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    tables, report = load_onet(deliver("onet", FILES))

    assert next(o for o in tables.occupations if o.onet_code == "98-1012.00").job_zone is None
    assert ("Job Zones.txt", 3, "Job Zone", "six") in {(p.file, p.line, p.column, p.value) for p in report.problems}


def test_titles_are_occupation_alternate_short_and_reported_ones_each_once(deliver: Callable[..., Delivery]) -> None:
    tables, report = load_onet(deliver("onet", FILES))

    titles = {(t.text, t.kind) for t in tables.titles if t.onet_code == "98-1011.00"}

    assert titles == {
        ("Lamp Lighters", "occupation"),
        ("Gas Lamp Technician", "alternate"),
        ("GLT", "alternate"),
        ("Lamp Person", "reported"),
    }
    assert ("Alternate Titles.txt", 3, "merged") in {(p.file, p.line, p.action) for p in report.problems}


def test_rows_of_unknown_or_malformed_occupations_are_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    _, report = load_onet(deliver("onet", FILES))

    rejected = [(p.file, p.line, p.value) for p in report.problems if p.action == "row_rejected"]

    assert ("Alternate Titles.txt", 4, "98-7777.00") in rejected
    assert ("Alternate Titles.txt", 5, "nonsense") in rejected
    assert ("Related Occupations.txt", 3, "98-7777.00") in rejected


def test_a_task_told_twice_is_one_task(deliver: Callable[..., Delivery]) -> None:
    tables, report = load_onet(deliver("onet", FILES))

    assert [(t.onet_code, t.text) for t in tables.tasks] == [("98-1011.00", "Trim the wicks.")]
    assert [(p.line, p.action) for p in report.problems if p.file == "Task Statements.txt"] == [(3, "merged")]


def test_technologies_say_whether_they_are_hot(deliver: Callable[..., Delivery]) -> None:
    tables, _ = load_onet(deliver("onet", FILES))

    assert {t.technology: t.hot for t in tables.technologies} == {"LampCAD": True, "WickBook": False}


def test_every_row_of_every_table_is_kept_or_reported_as_left_out(deliver: Callable[..., Delivery]) -> None:
    _, report = load_onet(deliver("onet", FILES))

    left_out = Counter(p.file for p in report.problems if p.action in ("row_rejected", "merged"))

    assert {c.file for c in report.counts} == {name.split("/")[1] for name in FILES}
    assert all(c.rows_read == c.rows_kept + left_out[c.file] for c in report.counts)


def test_descriptors_stand_by_kind_and_then_by_element(deliver: Callable[..., Delivery]) -> None:
    ratings, _ = load_ratings(deliver("onet-ratings", RATINGS))

    assert [(d.kind, d.element_id) for d in ratings.descriptors] == [
        ("skill", "2.A.1.a"),
        ("skill", "2.A.1.b"),
        ("knowledge", "2.C.1.a"),
        ("ability", "1.A.1.a.1"),
    ]


def test_what_nobody_rated_is_unknown_and_not_zero(deliver: Callable[..., Delivery]) -> None:
    ratings, _ = load_ratings(deliver("onet-ratings", RATINGS))

    np.testing.assert_array_equal(
        ratings.need, np.array([[2, 3.5, np.nan, 1], [np.nan, np.nan, 6, np.nan]], np.float32)
    )
    assert ratings.importance[0, 0] == 4.25
    assert np.isnan(ratings.importance[1]).all()


def test_a_rating_of_a_small_sample_is_used_and_reported(deliver: Callable[..., Delivery]) -> None:
    ratings, report = load_ratings(deliver("onet-ratings", RATINGS))

    assert ratings.need[0, 0] == 2
    assert ("Recommend Suppress", "notice") in {(p.column, p.action) for p in report.problems}


def test_a_rating_off_the_scale_is_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    _, report = load_ratings(deliver("onet-ratings", RATINGS))

    assert [(p.line, p.value) for p in report.problems if p.action == "row_rejected"] == [(5, "9")]


# Occupation and its row of levels, by code.
Aligned = dict[str, tuple[Occupation, Matrix]]


@pytest.fixture
def aligned(deliver: Callable[..., Delivery]) -> Aligned:
    tables, _ = load_onet(deliver("onet", FILES))
    ratings, _ = load_ratings(deliver("onet-ratings", RATINGS))
    occupations, need, _ = align_ratings(tables.occupations, ratings)
    return {o.onet_code: (o, row) for o, row in zip(occupations, need, strict=True)}


def test_an_unrated_occupation_borrows_from_its_parent_and_says_so(aligned: Aligned) -> None:
    occupation, need = aligned["98-1012.01"]

    assert occupation.ratings_from == "98-1012.00"
    np.testing.assert_array_equal(need, aligned["98-1012.00"][1])


def test_a_rated_occupation_has_its_own_ratings(aligned: Aligned) -> None:
    assert aligned["98-1011.00"][0].ratings_from == "98-1011.00"


def test_an_all_other_group_borrows_nothing_and_is_barred(aligned: Aligned) -> None:
    occupation, need = aligned["98-1099.00"]

    assert occupation.ratings_from is None
    assert occupation.barred == "all_other_without_profile"
    assert np.isnan(need).all()


def test_postsecondary_teachers_and_the_military_are_barred(aligned: Aligned) -> None:
    assert aligned["25-1071.00"][0].barred == "postsecondary_teacher"
    assert aligned["55-3011.00"][0].barred == "military"
    assert aligned["98-1011.00"][0].barred is None


@pytest.mark.official
def test_onet_30_1_has_its_known_counts(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "onet_30_1"]), list_sources())

    tables, report = load_onet(deliveries["onet"])

    assert deliveries["onet"].edition == "30.1"
    assert len(tables.occupations) == 1016
    assert Counter(o.job_zone for o in tables.occupations) == {1: 33, 2: 298, 3: 213, 4: 225, 5: 154, None: 93}
    assert len(tables.technologies) == 32_773
    assert len(tables.related) == 923 * 20
    assert (
        sum(c.rows_read for c in report.counts) == sum(c.rows_kept for c in report.counts) == 117_632 + 18_796 + 199_500
    )


@pytest.mark.official
def test_onet_30_0_ratings_have_their_known_counts(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "onet_30_0_ratings"]), list_sources())

    ratings, report = load_ratings(deliveries["onet-ratings"])

    assert len(ratings.onet_codes) == 894
    assert Counter(d.kind for d in ratings.descriptors) == {"skill": 35, "knowledge": 33, "ability": 52}
    assert not np.isnan(ratings.need).any()
    assert not np.isnan(ratings.importance).any()
    suppressed = Counter(p.file for p in report.problems)
    assert suppressed == {"Skills.txt": 147, "Knowledge.txt": 4880, "Abilities.txt": 68}
