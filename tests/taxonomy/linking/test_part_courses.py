"""Modules that bear a whole course's name."""

from collections.abc import Callable

import pytest

from taxonomy.linking import link_programs
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.snapshot import Contents


@pytest.mark.parametrize(("hours", "credential"), [(40.0, None), (150.0, "lvn")])
def test_a_module_of_a_tenth_of_the_hours_earns_no_credential_and_opens_no_job(
    contents: Contents, crosswalks: Crosswalks, listing: Callable[..., Listing], hours: float, credential: str | None
) -> None:
    whole = [
        listing(id=f"tx-{n}", zip=None, name=f"Vocational Nursing {n}", clock_hours=400.0, weeks=20.0) for n in range(5)
    ]
    course = listing(
        id="tx-9", name="Vocational Nursing Basics", clock_hours=hours, weeks=8.0, declared_codes=("29206100",)
    )

    link_programs(contents, [*whole, course], crosswalks)

    program = next(p for p in contents.tables["programs"] if p.id == "tx-9")
    (link,) = [k for k in contents.tables["program_occupations"] if k.program_id == "tx-9"]
    assert program.credential_id == credential
    assert link.usable is (credential is not None)
    assert ("part_of_course" in program.problems) is (credential is None)


def test_too_few_peers_tell_nothing_about_the_whole_course(
    contents: Contents, crosswalks: Crosswalks, listing: Callable[..., Listing]
) -> None:
    rows = [listing(id=f"tx-{n}", name=f"Vocational Nursing {n}", clock_hours=400.0, weeks=20.0) for n in range(3)]
    rows.append(listing(id="tx-9", name="Vocational Nursing Basics", clock_hours=40.0, weeks=8.0))

    link_programs(contents, rows, crosswalks)

    assert {p.credential_id for p in contents.tables["programs"]} == {"lvn"}


def test_twelve_hours_of_a_certification_are_a_seminar(
    contents: Contents, crosswalks: Crosswalks, listing: Callable[..., Listing]
) -> None:
    rows = [listing(id=f"tx-{n}", name=f"Phlebotomy {n}", clock_hours=400.0, weeks=20.0) for n in range(5)]
    rows.append(listing(id="tx-9", name="Phlebotomy Seminar", clock_hours=12.0, weeks=1.0))

    link_programs(contents, rows, crosswalks)

    seminar = next(p for p in contents.tables["programs"] if p.id == "tx-9")
    assert seminar.credential_id is None
    assert "part_of_course" in seminar.problems


def test_a_short_course_may_prepare_for_the_exam_of_a_certification(
    contents: Contents, crosswalks: Crosswalks, listing: Callable[..., Listing]
) -> None:
    rows = [listing(id=f"tx-{n}", name=f"Phlebotomy {n}", clock_hours=400.0, weeks=20.0) for n in range(5)]
    rows.append(listing(id="tx-9", name="Phlebotomy Exam", clock_hours=40.0, weeks=8.0))

    link_programs(contents, rows, crosswalks)

    assert {p.credential_id for p in contents.tables["programs"]} == {"phlebotomy"}
