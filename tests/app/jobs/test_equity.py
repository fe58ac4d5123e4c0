"""The equity report: what is compared, and what is too small to show."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from app.jobs.batch import BatchJob, run
from app.jobs.equity import compare, read_groups
from app.jobs.headings import ListError
from app.jobs.outcomes import Choice, Outcome
from app.services.answering import MatchEngine
from tests.app.jobs.conftest import WriteList
from tests.app.jobs.test_batch import quiet


def people_of(**sizes: tuple[int, int]) -> tuple[list[Outcome], dict[str, dict[str, str]]]:
    """Groups as (people, how many of them have a plan): the people, and their groups by reference."""
    people, groups = [], {}
    for group, (size, with_plan) in sizes.items():
        for number in range(size):
            reference = f"{group}-{number}"
            plans = (Choice("p", 1000.0 + number, 20.0, frozenset()),) if number < with_plan else ()
            people.append(Outcome(len(people) + 1, reference, plans))
            groups[reference] = {"group": group}
    return people, groups


def report(**sizes: tuple[int, int]) -> dict[str, dict[str, object]]:
    people, groups = people_of(**sizes)
    return {str(line["group"]): line for line in compare(people, "group", groups)}


def test_a01_a_share_below_four_fifths_of_the_highest_is_marked() -> None:
    lines = report(x=(20, 20), y=(20, 15))

    assert (lines["x"]["ratio_to_highest_share"], lines["x"]["below_four_fifths"]) == (1.0, "no")
    assert (lines["y"]["ratio_to_highest_share"], lines["y"]["below_four_fifths"]) == (0.75, "yes")


def test_a02_just_four_fifths_is_not_below() -> None:
    assert report(x=(20, 20), y=(20, 16))["y"]["below_four_fifths"] == "no"


def test_a03_one_small_group_hides_the_next_smallest_too() -> None:
    lines = report(x=(30, 30), y=(12, 12), z=(9, 9))

    assert lines["x"]["people"] == 30
    assert lines["y"]["people"] is lines["z"]["people"] is None


def test_a04_two_small_groups_hide_no_other() -> None:
    lines = report(x=(30, 30), y=(9, 9), z=(9, 9))

    assert [lines[group]["people"] for group in "xyz"] == [30, None, None]


def test_a05_a_person_of_no_stated_group_is_of_an_unknown_one_and_never_the_measure() -> None:
    people, groups = people_of(x=(10, 5), y=(10, 10))
    stated = {reference: group for reference, group in groups.items() if reference.startswith("x")}

    lines = {line["group"]: line for line in compare(people, "group", stated)}

    assert lines["unknown"]["ratio_to_highest_share"] == 2.0
    assert lines["x"]["below_four_fifths"] == "no"


def test_a06_nobody_with_a_plan_leaves_the_ratio_unknown() -> None:
    assert report(x=(10, 0), y=(10, 0))["x"]["ratio_to_highest_share"] is None


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("reference\nA\n", "at least one other"),
        ("reference,sex\n,f\n", "line 2: reference: is missing"),
        ("reference,sex\nA,f\nA,m\n", "line 3: reference: is there twice"),
    ],
)
def test_a_fault_in_the_table_is_named_with_its_line(table: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "groups.csv"
    path.write_text(table)

    with pytest.raises(ListError, match=said):
        read_groups(path)


def test_a_list_leaves_its_report_beside_the_output_and_answers_as_before(
    job: BatchJob, engine: MatchEngine, write_list: WriteList, tmp_path: Path
) -> None:
    run(job, engine, quiet)
    before = job.output.read_bytes()
    groups = write_list("reference,sex", "A-1,f", "A-3,m", name="groups.csv")

    tally = run(replace(job, equity=groups), engine, quiet)

    assert job.output.read_bytes() == before
    lines = list(csv.DictReader(io.StringIO((tmp_path / "out.equity.csv").read_text())))
    assert [(line["group"], line["people"]) for line in lines] == [("f", ""), ("m", "")]  # too few to show
    assert tally.notes == [
        "Equity: 2 groups in 1 columns; 0 below four fifths of the highest share with a plan; 2 too small to show."
    ]
