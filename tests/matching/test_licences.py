"""Work that asks for a licence, or goes with a certificate, is asked about where none was named."""

from datetime import date

import pytest

from matching.reading import read_person
from matching.seeker import HeldCredential, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 27)
NEW_JERSEY, TEXAS = Location(zip="07102"), Location(zip="78207")


def asked(world: World, title: str, *credentials: HeldCredential, location: Location = TEXAS) -> list[str]:
    seeker = Seeker(location=location, work_history=(Job(title=title, months=30),), credentials=credentials)
    return [s for s in read_person(seeker, world, DAY).understood.confirm if "named" in s]


@pytest.mark.parametrize("title", ["truck driver", "LVN", "registered nurse"])
def test_work_that_nobody_may_do_without_a_licence_is_asked_about_in_the_words_of_the_person(
    title: str, starter_world: World
) -> None:
    [question] = asked(starter_world, title)

    assert question.startswith(f"“{title}” (")
    assert "asks for a license here, and none that fits was named" in question


def test_a_certificate_that_others_build_on_is_asked_about_by_its_name(starter_world: World) -> None:
    [question] = asked(starter_world, "nurse aide")

    assert "(Certified nurse aide)" in question


@pytest.mark.parametrize(
    "held", [HeldCredential("CDL Class A", expires="2030-01"), HeldCredential("CDL Class A", expires="2020-01")]
)
def test_what_was_named_is_not_asked_for_whether_it_is_in_force_or_not(
    held: HeldCredential, starter_world: World
) -> None:
    assert asked(starter_world, "truck driver", held) == []


def test_a_higher_licence_answers_for_the_work_it_stands_on(starter_world: World) -> None:
    assert asked(starter_world, "nurse aide", HeldCredential("LVN", expires="2030-01")) == []


def test_work_that_asks_for_no_licence_is_not_asked_about(starter_world: World) -> None:
    assert asked(starter_world, "cashier") == []
    assert asked(starter_world, "no such work at all") == []


def test_a_licence_of_one_state_is_asked_for_there_alone(starter_world: World) -> None:
    licences, row = starter_world.catalog.licences, starter_world.catalog.occupations.row["39-5012.00"]
    [here, elsewhere] = [read_person(Seeker(location=place), starter_world, DAY).person.place for place in
                         (TEXAS, NEW_JERSEY)]  # fmt: skip

    assert "cosmetology-tx" in licences.needed_for(row, here)
    assert licences.needed_for(row, elsewhere) == frozenset()


def test_an_apprenticeship_leads_to_a_licence_and_is_none(starter_world: World) -> None:
    catalog = starter_world.catalog

    assert catalog.licences.needed_for(catalog.occupations.row["47-2111.00"], None) == frozenset()


def test_light_trucks_are_driven_without_a_commercial_licence(starter_world: World) -> None:
    assert asked(starter_world, "light truck driver") == []


@pytest.mark.parametrize(
    ("title", "usual"),
    [
        ("truck driver", ("Commercial driver's license, Class A",)),
        ("nurse aide", ("Certified nurse aide",)),
        # The armed guard's builds on the other: who says no more than that they guarded most likely holds the plainer.
        ("security guard", ("Noncommissioned security officer license (Texas)",)),
        ("barber", ()),  # nothing builds on it
        ("cashier", ()),
    ],
)
def test_of_work_without_its_license_the_usual_one_is_known_where_others_build_on_it(
    title: str, usual: tuple[str, ...], starter_world: World
) -> None:
    worked = (Job(title=title, months=30),)

    assert read_person(Seeker(location=TEXAS, work_history=worked), starter_world, DAY).person.unnamed == usual
