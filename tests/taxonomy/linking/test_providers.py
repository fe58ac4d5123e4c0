"""One provider under several numbers: merged on proof, never on the name alone."""

from collections.abc import Callable

import pytest

from taxonomy.linking import link_programs
from taxonomy.linking.listing import Listing
from taxonomy.linking.providers import merge_providers
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.programs import OutcomeRate
from taxonomy.snapshot import Contents

MakeListing = Callable[..., Listing]
STREET = "109 S. Woodrow Lane, Suite 4"


@pytest.fixture
def row(listing: MakeListing) -> Callable[..., Listing]:
    """A listing of a provider by its number, at one address unless said otherwise."""

    def make(number: str, name: str = "Integrity Health & Education", **fields: object) -> Listing:
        place = {"street": STREET, "city": "Denton", "state": "TX"}
        return listing(**({"id": f"tx-{number}-a", "provider_id": number, "provider_name": name} | place | fields))

    return make


def test_the_same_name_at_the_same_address_is_one_provider_that_keeps_both_rows_facts(row: MakeListing) -> None:
    merged = merge_providers(
        [row("p1", provider_kind=None), row("p2", "Integrity Health and Education LLC", street="109 South Woodrow Ln")]
    )

    (provider,) = merged.providers
    (problem,) = merged.problems
    assert (provider.id, provider.other_ids) == ("p1", ("p2",))
    assert provider.other_names == ("Integrity Health and Education LLC",)
    assert provider.kind == "community_college"
    assert (problem.action, problem.value) == ("merged", "p2")
    assert "same address (109 s woodrow ln denton TX)" in problem.reason


def test_the_same_name_and_site_in_two_cities_is_one_provider(row: MakeListing) -> None:
    merged = merge_providers(
        [
            row("p1", site="https://www.stvt.edu/mcallen"),
            row("p2", site="stvt.edu", street="1 Other Road", city="Weslaco"),
        ]
    )

    assert merged.into == {"p2": "p1"}
    assert "same site (stvt.edu)" in merged.problems[0].reason


@pytest.mark.parametrize(
    "other",
    [
        {"street": "1 Other Road"},
        {"city": "Kerrville"},
        {"street": None},
        {"street": None, "site": "facebook.com/x"},
        {"street": "Main Campus"},
    ],
)
def test_a_name_alone_merges_nobody_and_the_likeness_is_told(row: MakeListing, other: dict[str, object]) -> None:
    merged = merge_providers([row("p1", site="facebook.com/y"), row("p2", **other)])

    assert [p.id for p in merged.providers] == ["p1", "p2"]
    assert [(p.action, p.value) for p in merged.problems] == [("kept_apart", "p2")]
    assert "stays a provider of its own" in merged.problems[0].reason


def test_an_address_alone_merges_nobody(row: MakeListing) -> None:
    merged = merge_providers([row("p1", "ACCD St Philips College"), row("p2", "ACCD San Antonio College")])

    assert (len(merged.providers), merged.problems) == (2, [])


def test_providers_of_two_lists_stay_apart(row: MakeListing) -> None:
    assert merge_providers([row("p1"), row("p2", release="another-list")]).into == {}


def test_the_number_a_study_names_stays(row: MakeListing) -> None:
    assert merge_providers([row("p1"), row("p2")], frozenset({"p2"})).into == {"p1": "p2"}
    assert merge_providers([row("p1"), row("p2")], frozenset({"p1", "p2"})).into == {}


def test_numbers_with_counts_of_the_same_course_stay_apart_so_that_none_is_lost(row: MakeListing) -> None:
    counts = [OutcomeRate(n, None, "51.3901", "employment_q2", 5, 9, "completers", None, "test") for n in ("p1", "p2")]

    merged = merge_providers([row("p1"), row("p2")], outcomes=counts)

    assert merged.into == {}
    assert "counts or studies stand under both numbers" in merged.problems[0].reason


def test_programs_and_counts_follow_and_each_program_keeps_the_name_it_was_listed_under(
    contents: Contents, crosswalks: Crosswalks, row: MakeListing
) -> None:
    counts = OutcomeRate("p2", None, "51.3901", "employment_q2", 5, 9, "completers", None, "test")
    contents.tables["outcome_rates"].append(counts)

    link_programs(contents, [row("p1"), row("p2", "Integrity Health and Education", tuition_usd=5.0)], crosswalks)

    assert [(p.provider_id, p.provider_name) for p in contents.tables["programs"]] == [
        ("p1", "Integrity Health & Education"),
        ("p1", "Integrity Health and Education"),
    ]
    assert [o.provider_id for o in contents.tables["outcome_rates"]] == ["p1"]


def test_the_same_course_under_both_numbers_becomes_one_program(
    contents: Contents, crosswalks: Crosswalks, row: MakeListing
) -> None:
    link_programs(contents, [row("p1"), row("p2")], crosswalks)

    (program,) = contents.tables["programs"]
    assert len(program.same_course) == 1
