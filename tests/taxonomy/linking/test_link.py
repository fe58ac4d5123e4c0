"""From listings to the program tables of a snapshot."""

from collections.abc import Callable

from taxonomy.linking import link_programs
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.snapshot import Contents

MakeListing = Callable[..., Listing]


def test_a_program_takes_its_place_from_its_zip_code(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    link_programs(contents, [listing()], crosswalks)

    (program,) = contents.tables["programs"]
    assert (program.latitude, program.longitude) == (29.42, -98.53)


def test_an_unknown_zip_code_leaves_the_place_unknown(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    link_programs(contents, [listing(zip="00000")], crosswalks)

    (program,) = contents.tables["programs"]
    assert (program.latitude, program.longitude) == (None, None)


def test_colleges_of_like_name_remain_distinct_providers(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [
        listing(id="tx-1", provider_id="tx-p1", provider_name="ACCD  St Philips College"),
        listing(id="tx-2", provider_id="tx-p2", provider_name="ACCD San Antonio College"),
    ]

    link_programs(contents, rows, crosswalks)

    assert [p.name for p in contents.tables["providers"]] == ["ACCD St Philips College", "ACCD San Antonio College"]


def test_a_lost_claim_is_on_the_program_and_in_the_report(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    link_programs(contents, [listing(clock_hours=1520.0, weeks=1.0, line=17)], crosswalks)

    (program,) = contents.tables["programs"]
    (problem,) = contents.tables["problems"]
    assert program.problems == ("weeks_contradict_hours",)
    assert (problem.line, problem.column, problem.value, problem.action) == (17, "weeks", "1", "claim_lost")


def test_a_field_of_study_that_does_not_exist_is_unknown(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    link_programs(contents, [listing(cip="901000", weeks=10.0)], crosswalks)

    (program,) = contents.tables["programs"]
    assert (program.cip_code, program.problems) == (None, ("cip_unknown",))


def test_unknown_facts_stay_unknown(contents: Contents, crosswalks: Crosswalks, listing: MakeListing) -> None:
    link_programs(contents, [listing(tuition_usd=None)], crosswalks)

    (program,) = contents.tables["programs"]
    assert (program.child_care_onsite, program.evening, program.tuition_usd, program.weeks) == (None,) * 4


def test_the_same_rows_give_the_same_programs_whatever_the_machine_state(
    contents: Contents, crosswalks: Crosswalks, listing: MakeListing
) -> None:
    rows = [listing(id=f"tx-{n}", name=name) for n, name in enumerate(("Vocational Nursing", "Nurse Aide", "CPT"))]

    link_programs(contents, rows, crosswalks)
    first = list(contents.tables["programs"])
    contents.tables["programs"].clear()
    link_programs(contents, rows, crosswalks)

    assert contents.tables["programs"] == first
