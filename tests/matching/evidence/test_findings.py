"""Effects and ratings in words, each in its own unit."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.evidence.dossier import Dossier
from matching.evidence.findings import describe_effect, describe_rating, finding_of


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "pay, year 3: $3,000 more a year, 2015 dollars; statistically clear"),
        ({"percent": 14.0}, "pay, year 3: $3,000 more a year (14 percent), 2015 dollars; statistically clear"),
        (
            {"control_mean_usd": 20_000.0, "effect_sd": 0.297},
            "pay, year 3: $3,000 more a year, 2015 dollars, against $20,000 without it, 0.297 standard deviations; "
            "statistically clear",
        ),
        ({"period": "quarter"}, "pay, year 3: $3,000 more a quarter, 2015 dollars; statistically clear"),
        ({"period": "cumulative", "dollar_year": None}, "pay, year 3: $3,000 more in all; statistically clear"),
        (
            {"estimate_usd": -636.0, "significant": False, "direction": "none"},
            "pay, year 3: $636 less a year, 2015 dollars; could be chance",
        ),
        (
            {"estimate_usd": None, "dollar_year": None, "percent": 32.0, "significant": None},
            "pay, year 3: 32 percent more a year; not stated whether it could be chance",
        ),
        (
            {"estimate_usd": None, "outcome": "employment", "percentage_points": 8.6},
            "work, year 3: 8.6 percentage points more; statistically clear",
        ),
        (
            {"estimate_usd": None, "significant": False, "direction": "none"},
            "pay, year 3: no clear difference",
        ),
        (
            {"estimate_usd": None, "direction": "unfavourable", "note": "women"},
            "pay, year 3: lower; statistically clear; women",
        ),
        (
            {"estimate_usd": None, "outcome": "employment", "significant": None, "direction": "not_compared"},
            "work, year 3: counted, not compared with anyone",
        ),
        ({"subgroup": "aged 35 or older"}, "pay, year 3 (aged 35 or older): $3,000 more a year, 2015 dollars; "),
    ],
)
def test_an_effect_is_told_in_its_own_unit(changes: dict[str, Any], text: str, an_effect: Callable[..., Any]) -> None:
    told = describe_effect(an_effect(**changes))

    assert told.startswith(text)
    assert changes.get("subgroup") or told == text


def test_a_rating_is_told_with_whose_it_is_what_it_rates_and_when(a_rating: Callable[..., Any]) -> None:
    rating = a_rating(clearinghouse="Pathways to Work", level="intervention", term="long", value="Supported")

    assert describe_rating(rating) == "Pathways to Work: Supported (intervention, earnings, long term)"
    assert describe_rating(a_rating(version="2.2", as_of="2022")) == "CLEAR 2.2: High (study, earnings, 2022)"


def test_a_finding_carries_every_effect_and_rating_and_the_note_of_the_link(
    a_study: Callable[..., Any], an_effect: Callable[..., Any], a_rating: Callable[..., Any]
) -> None:
    study = a_study(caution="Small.")
    null = an_effect(significant=False, direction="none", estimate_usd=None, dollar_year=None)
    dossier = Dossier(study, (an_effect(), null), (a_rating(), a_rating(clearinghouse="WWC")))

    finding = finding_of(dossier, "same_site", "Another year.")

    assert len(finding.effects) == len(finding.ratings) == 2
    assert finding.caution == "Another year. Small."
    assert finding.source == "Smith 2015; https://example.org/s"
    assert (finding.relation, finding.n, finding.enrolled) == ("same_site", 400, "2010-2012")
