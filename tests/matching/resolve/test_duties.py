"""What people say they did is read as the title of who does it, whatever the form of the verb."""

import pytest

from matching.resolve.duties import by_doer, by_duty
from matching.resolve.resolver import Resolver
from matching.resolve.text import normalise, without_noise
from matching.resolve.title_candidates import HARDLY_SURE
from matching.resolve.word_lists import word_lists
from matching.world import World


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("fixing cars", "automotive mechanic"),
        ("fixed a car", "automotive mechanic"),
        ("fix cars", "automotive mechanic"),
        ("was washing the dishes", "dishwasher"),
        ("bagged groceries", "bagger"),
        ("made sandwiches", "sandwich maker"),
        ("running the cash register", "cashier"),
        ("driving a school bus", "school bus driver"),
        ("driving trucks for a farm", "truck driver farm"),
        ("driving instructor", "driving instructor"),
        ("truck driver", "truck driver"),
    ],
)
def test_a_listed_duty_is_put_as_its_title_in_every_form_of_its_verb(said: str, title: str) -> None:
    assert by_duty(without_noise(said)).replace("was ", "") == title


def test_every_title_of_a_duty_is_its_own_plain_form_and_no_duty_itself() -> None:
    titles = {title for duties in word_lists()["duties"].values() for title in duties.values()}

    assert {title for title in titles if normalise(title) != title or by_duty(title) != title} == set()


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("welding pipe", "pipe welder"),
        ("welding in the prison shop", "welder"),
        ("welding in a shipyard", "shipyard welder"),
        ("cooking at a diner", "cook"),
        ("cooking school teacher", None),
        ("welding supervisor", None),
        ("pipe welder", None),
        ("singing in a choir", None),
    ],
)
def test_a_text_that_begins_with_what_was_done_is_who_does_it_where_that_is_a_listed_title(
    said: str, title: str | None
) -> None:
    listed = {"pipe welder", "welder", "cook", "singer of songs"}

    assert by_doer(said, without_noise(said), without_noise, listed) == title


def test_who_does_what_was_told_is_asked_about(starter_world: World) -> None:
    resolver: Resolver = starter_world.resolver

    read = resolver.resolve_title("welding in the prison shop")

    assert (read.code, read.confirm) == ("51-4121.00", True)
    assert (read.candidates[0].probability or 1.0) <= HARDLY_SURE


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("crew member taco bell", "35-3023.00"),
        ("MA (certified)", "31-9092.00"),
        ("loading trucks", "53-7062.00"),
        ("working the register", "41-2011.00"),
        ("picked strawberries", "45-2092.00"),
        ("IT guy", "15-1232.00"),
    ],
)
def test_everyday_names_of_work_are_read(said: str, code: str, starter_world: World) -> None:
    assert starter_world.resolver.resolve_title(said).code == code
