"""Course or apprenticeship."""

from collections.abc import Callable

import pytest

from taxonomy.linking.kinds import program_kind
from taxonomy.linking.listing import Listing

MakeListing = Callable[..., Listing]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"provider_kind": "apprenticeship", "outcome": "apprenticeship", "weeks": 5.0}, "apprenticeship"),
        (
            {"name": "Electricians JATC", "provider_kind": "apprenticeship", "outcome": "none", "weeks": 36.0},
            "apprenticeship",
        ),
        ({"name": "Phlebotomy", "provider_kind": "apprenticeship", "outcome": "license", "weeks": 6.0}, "training"),
        ({"outcome": "apprenticeship", "weeks": 208.0}, "apprenticeship"),
        ({"outcome": "apprenticeship", "weeks": 20.0, "apprentices": 12}, "apprenticeship"),
        ({"outcome": "industry_certificate"}, "training"),
        ({"name": "Pre-Apprentice Electrical", "provider_kind": "apprenticeship"}, "training"),
    ],
)
def test_an_apprenticeship_is_what_its_sponsor_and_its_length_bear_out(
    listing: MakeListing, fields: dict[str, object], kind: str
) -> None:
    assert program_kind(listing(**fields))[0] == kind


def test_a_three_week_course_without_apprentices_loses_the_word(listing: MakeListing) -> None:
    kind, findings = program_kind(listing(name="Nurse Assistant", outcome="apprenticeship", weeks=3.0, apprentices=0))

    assert kind == "training"
    assert [f.code for f in findings] == ["apprenticeship_not_credible"]


@pytest.mark.parametrize(("weeks", "kind"), [(260.0, "apprenticeship"), (52.0, "training")])
def test_what_an_apprenticeship_charges_is_judged_by_the_year(listing: MakeListing, weeks: float, kind: str) -> None:
    row = listing(name="Electrician JATC", provider_kind="apprenticeship", weeks=weeks, tuition_usd=6_000.0)

    assert program_kind(row)[0] == kind
