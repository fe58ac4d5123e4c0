"""Limited seats: drawn cases, the definition by brute force, and what a list leaves beside its output."""

import csv
import io
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.batch import BatchJob, run
from app.jobs.headings import ListError
from app.jobs.outcomes import Choice, Outcome
from app.jobs.seats import read_seats, share
from app.services.answering import MatchEngine
from tests.app.jobs.conftest import WriteList
from tests.app.jobs.people import GOOD, HEADING
from tests.app.jobs.test_batch import quiet


def person(*choices: tuple[float, str]) -> Outcome:
    """Someone with plans: their worth and the programs they use, such as (100, "a b")."""
    plans = (Choice(f"p{n}", worth, None, frozenset(used.split())) for n, (worth, used) in enumerate(choices))
    return Outcome(1, None, tuple(plans))


def test_a01_with_room_for_all_everyone_gets_the_plan_worth_most() -> None:
    assert share([person((10, "a"), (20, "b"))] * 2, {"b": 2}).chosen == (1, 1)


def test_a02_one_who_has_another_plan_gives_way_to_one_who_has_none() -> None:
    either, only = person((90, "a"), (10, "b")), person((20, "a"))

    assert share([either, only], {"a": 1}).chosen == (1, 0)


def test_a03_among_people_alike_in_need_the_seat_goes_where_it_is_worth_more() -> None:
    assert share([person((10, "a")), person((20, "a"))], {"a": 1}).chosen == (None, 0)


def test_a04_a_plan_of_two_steps_needs_a_seat_in_both() -> None:
    shared = share([person((50, "a b")), person((10, "b"))], {"a": 0, "b": 1})

    assert shared.chosen == (None, 0)
    assert shared.full == 2


def test_a05_who_has_no_plan_is_placed_nowhere() -> None:
    assert share([person()], {"a": 1}).chosen == (None,)


PEOPLE = st.lists(
    st.lists(st.tuples(st.integers(-5, 50).map(float), st.sampled_from(["a", "b", "c", "a b", "a c"])), max_size=3).map(
        lambda choices: person(*choices)
    ),
    max_size=4,
)


@given(PEOPLE, st.fixed_dictionaries({"a": st.integers(0, 2), "b": st.integers(0, 2)}))
def test_a06_no_other_sharing_places_more_or_is_worth_more(people: list[Outcome], seats: dict[str, int]) -> None:
    chosen = share(people, seats).chosen

    every = itertools.product(*([None, *range(len(p.choices))] for p in people))
    best = max(reached(people, way) for way in every if fits(people, way, seats))
    assert fits(people, chosen, seats)
    assert reached(people, chosen) == pytest.approx(best)


def fits(people: list[Outcome], way: tuple[int | None, ...], seats: dict[str, int]) -> bool:
    used = [q for p, place in zip(people, way, strict=True) if place is not None for q in p.choices[place].programs]
    return all(used.count(program) <= number for program, number in seats.items())


def reached(people: list[Outcome], way: tuple[int | None, ...]) -> tuple[int, float]:
    worth = [p.choices[place].worth_usd for p, place in zip(people, way, strict=True) if place is not None]
    return len(worth), sum(worth)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("program_id\nx\n", "needs a column"),
        ("program_id,seats,more\nx,1,2\n", "and no other"),
        ("program_id,seats\nnowhere,1\n", "line 2: program_id: is no program"),
        ("program_id,seats\na,1\na,2\n", "line 3: program_id: is there twice"),
        ("program_id,seats\na,few\n", "line 2: seats: is not a whole number"),
        ("program_id,seats\na,-1\n", "line 2: seats: is not a whole number"),
    ],
)
def test_a_fault_in_the_table_is_named_with_its_line(table: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "seats.csv"
    path.write_text(table)

    with pytest.raises(ListError, match=said):
        read_seats(path, {"a"})


def test_a_list_leaves_who_got_which_seat_beside_its_output(
    job: BatchJob, engine: MatchEngine, write_list: WriteList, tmp_path: Path
) -> None:
    both = replace(job, source=write_list(HEADING, GOOD, GOOD.replace("A-1", "A-2"), name="both.csv"))
    first, second = with_seats_for_all(both, engine, tmp_path)

    assert first["plan_id"] == second["plan_id"]
    seats = write_list("program_id,seats", *(f"{program},1" for program in first["programs"].split("; ")), name="s.csv")

    tally = run(replace(both, seats=seats), engine, quiet)

    placed = lines_of(tmp_path / "out.seats.csv")
    assert len({line["plan_id"] for line in placed if line["result"] == "placed"}) == len(placed) == 2
    assert tally.notes[0].startswith("Seats: 2 of 2 people have a plan with a seat")


def with_seats_for_all(job: BatchJob, engine: MatchEngine, tmp_path: Path) -> list[dict[str, str]]:
    """Where each would go with seats for all."""
    program = next(iter(engine.snapshot.programs)).id
    seats = tmp_path / "many.csv"
    seats.write_text(f"program_id,seats\n{program},99\n")
    run(replace(job, seats=seats), engine, quiet)
    return lines_of(tmp_path / "out.seats.csv")


def lines_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text())))
