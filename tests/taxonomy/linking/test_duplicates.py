"""Courses listed several times."""

from collections.abc import Callable

from taxonomy.linking import link_programs
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.programs import Program
from taxonomy.snapshot import Contents

MakeListing = Callable[..., Listing]


def _linked(contents: Contents, crosswalks: Crosswalks, rows: list[Listing]) -> list[Program]:
    link_programs(contents, rows, crosswalks)
    return contents.tables["programs"]


def test_the_same_course_listed_three_times_becomes_one_program(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [listing(id=f"tx-{n}", name=name) for n, name in enumerate(("HVAC", "H.V.A.C.", "HVAC "), start=1)]
    rows[1] = listing(id="tx-2", name="hvac")

    programs = _linked(contents, crosswalks, rows)

    assert len(programs) == 1
    assert len(programs[0].same_course) == 2
    assert [p.action for p in contents.tables["problems"] if p.reason.startswith("the same course")] == ["merged"] * 2


def test_other_ways_of_delivery_stay_apart_and_know_each_other(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [listing(id="tx-1", modality="in_person"), listing(id="tx-2", modality="online")]

    programs = _linked(contents, crosswalks, rows)

    assert [(p.id, p.same_course) for p in programs] == [("tx-1", ("tx-2",)), ("tx-2", ("tx-1",))]


def test_another_place_or_price_is_another_offering(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [listing(id="tx-1"), listing(id="tx-2", zip="78130"), listing(id="tx-3", tuition_usd=2000.0)]

    assert len(_linked(contents, crosswalks, rows)) == 3


def test_like_courses_of_two_providers_are_two_courses(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [listing(id="tx-1"), listing(id="tx-2", provider_id="tx-p2")]

    assert [p.same_course for p in _linked(contents, crosswalks, rows)] == [(), ()]


def test_among_repeats_the_row_that_names_its_award_stays(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [
        listing(id="tx-1", outcome="none", updated_on="2024-01-01"),
        listing(id="tx-2", outcome="college_certificate", updated_on="2020-01-01"),
    ]

    assert [p.id for p in _linked(contents, crosswalks, rows)] == ["tx-2"]
