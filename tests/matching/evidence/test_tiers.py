"""Our tier rule, row by row, and the tier of every study of the starter set."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.evidence.dossier import Dossier
from matching.evidence.tiers import MEANINGS, Quality, is_disputed, quality_of, tier_of_program, tier_of_study
from taxonomy.codes import Tier

# Starter study -> tier, each with the reason in our rule.
EXPECTED = {
    "year-up-pace": Tier.A,  # high-rated lottery, clear gain after two years, eight cities
    "workadvance-pooled": Tier.A,  # the same over four sites
    "project-quest": Tier.B,  # high-rated lottery, clear gain in year 9, one site and one cohort
    "per-scholas-workadvance": Tier.B,
    "st-nicks-workadvance": Tier.B,
    "wrtp-big-step-seis": Tier.B,
    "per-scholas-seis": Tier.C,  # reviewers disagree on its quality
    "seis-pooled": Tier.C,  # gain known from secondary sources, no rating of the whole
    "towards-employment-workadvance": Tier.B,
    "registered-apprenticeship-10-states": Tier.C,  # credible, not a lottery
    "capital-idea-rmc": Tier.C,  # credible, not a lottery
    "wia-intensive-services": Tier.C,  # lottery without a rating on record
    "career-academies": Tier.C,
    "job-corps": Tier.B,  # the early gain was clear; the sentences say that it faded
    "vida-pace": Tier.N,
    "carreras-en-salud-pace": Tier.N,
    "pathways-to-healthcare-pace": Tier.N,
    "hpog-1": Tier.N,
    "i-best-pace": Tier.N,
    "wta-connect-pace": Tier.N,
    "bridge-to-employment-pace": Tier.N,
    "patient-care-pathway-pace": Tier.N,
    "health-careers-for-all-pace": Tier.N,
    "hpog-2": Tier.N,
    "madison-workadvance": Tier.N,  # only the share above $30,000 moved
    "wia-training-funds": Tier.N,
    "snap-et-pilots": Tier.N,  # no gain over all ten pilots
    "hgjti-cna-columbia-gorge": Tier.X,
    "jvs-boston-seis": Tier.D,  # rated low by the only reviewer
    "upct-ladwp": Tier.D,  # counts only
    "mn-net-impact-2017": Tier.D,  # matched comparison that nobody rated
    "project-hope-sc": Tier.U,  # no outcome of its own
    "cuny-asap": Tier.U,  # nothing on earnings yet
}


def test_every_starter_study_has_the_tier_our_rule_gives_it(dossiers: dict[str, Dossier]) -> None:
    tiers = {study_id: tier_of_study(dossier) for study_id, dossier in dossiers.items()}

    assert tiers == EXPECTED


@pytest.mark.parametrize(
    ("changes", "tier"),
    [
        (({}, {}, {}), Tier.B),
        (({"sites": 2}, {}, {}), Tier.A),
        (({"sites": None}, {}, {}), Tier.B),
        (({}, {"follow_up_years": 1.9}, {}), Tier.C),
        (({}, {"follow_up_years": None}, {}), Tier.C),
        (({}, {"significant": None}, {}), Tier.C),
        (({}, {}, {"value": "Moderate"}), Tier.C),
        (({"design": "qed"}, {}, {"value": "Moderate"}), Tier.C),
        (({"design": "qed", "sites": 10}, {}, {"value": "High"}), Tier.C),
        (({}, {"significant": False}, {}), Tier.N),
        (({}, {"significant": False, "direction": "none"}, {}), Tier.N),
        (({}, {"significant": False, "direction": "unfavourable"}, {}), Tier.N),
        (({}, {"direction": "unfavourable"}, {}), Tier.X),
        (({"design": "qed"}, {"direction": "unfavourable"}, {"value": "Moderate"}), Tier.X),
        (({}, {}, {"value": "Low"}), Tier.D),
        (({}, {"direction": "unfavourable"}, {"value": "Low"}), Tier.D),
        (({}, {"outcome": "credential"}, {}), Tier.U),
        (({}, {"outcome": "earnings_threshold"}, {}), Tier.U),
        (({}, {"subgroup": "women"}, {}), Tier.U),
        (({}, {}, {"clearinghouse": "Pathways to Work"}), Tier.B),
        (({}, {}, {"outcome": "education", "value": "Low"}), Tier.C),
        (({}, {}, {"value": "Meets standards without reservations"}), Tier.C),
    ],
)
def test_one_changed_fact_moves_the_tier_as_the_rule_says(
    changes: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
    tier: Tier,
    a_study: Callable[..., Any],
    an_effect: Callable[..., Any],
    a_rating: Callable[..., Any],
) -> None:
    study, effect, rating = changes

    dossier = Dossier(a_study(**study), (an_effect(**effect),), (a_rating(**rating),))

    assert tier_of_study(dossier) is tier


def test_a_study_that_reviewers_disagree_on_is_credible_at_most_and_says_so(dossiers: dict[str, Dossier]) -> None:
    seis = dossiers["per-scholas-seis"]

    assert is_disputed(seis)
    assert quality_of(seis) is Quality.CREDIBLE
    assert {(r.clearinghouse, r.value) for r in seis.ratings} == {("CLEAR", "Low"), ("Pathways to Work", "Favorable")}


def test_a_low_rating_of_another_outcome_does_not_lower_the_rating_of_earnings(dossiers: dict[str, Dossier]) -> None:
    year_up = dossiers["year-up-pace"]

    assert any(r.value == "Low" and r.outcome == "education" for r in year_up.ratings)
    assert not is_disputed(year_up)
    assert quality_of(year_up) is Quality.HIGH


def test_earnings_given_up_in_year_one_are_a_cost_and_not_a_harm(
    a_study: Callable[..., Any], an_effect: Callable[..., Any], a_rating: Callable[..., Any]
) -> None:
    early_loss = an_effect(follow_up="year 1", follow_up_years=1.0, direction="unfavourable")
    late_loss = an_effect(follow_up="year 4", follow_up_years=4.0, direction="unfavourable")

    with_early_loss = Dossier(a_study(), (early_loss, an_effect()), (a_rating(),))
    with_late_loss = Dossier(a_study(), (late_loss, an_effect()), (a_rating(),))

    assert tier_of_study(with_early_loss) is Tier.B
    assert tier_of_study(with_late_loss) is Tier.X


@pytest.fixture
def by_tier(
    a_study: Callable[..., Any], an_effect: Callable[..., Any], a_rating: Callable[..., Any]
) -> dict[str, Dossier]:
    """Studies of one program: B and N and X of high quality, C and X of lower quality, D, U."""
    null = an_effect(significant=False, direction="none")
    loss = an_effect(direction="unfavourable")
    high, moderate, low = a_rating(), a_rating(value="Moderate"), a_rating(value="Low")
    return {
        "B": Dossier(a_study(id="B"), (an_effect(),), (high,)),
        "B2": Dossier(a_study(id="B2", enrolled="2015-2016"), (an_effect(),), (high,)),
        "B-same-people": Dossier(a_study(id="B-same-people"), (an_effect(),), (high,)),
        "C": Dossier(a_study(id="C", design="qed"), (an_effect(),), (moderate,)),
        "N": Dossier(a_study(id="N"), (null,), (high,)),
        "N-qed": Dossier(a_study(id="N-qed", design="qed"), (null,), (moderate,)),
        "X": Dossier(a_study(id="X"), (loss,), (high,)),
        "X-qed": Dossier(a_study(id="X-qed", design="qed"), (loss,), (moderate,)),
        "D": Dossier(a_study(id="D"), (an_effect(),), (low,)),
        "U": Dossier(a_study(id="U"), (), (high,)),
    }


@pytest.mark.parametrize(
    ("studies", "tier"),
    [
        ([], Tier.U),
        (["U"], Tier.U),
        (["U", "D"], Tier.D),
        (["B"], Tier.B),
        (["B", "B2"], Tier.A),
        (["B", "B-same-people"], Tier.B),
        (["B", "N"], Tier.B),
        (["B", "X-qed"], Tier.B),
        (["B", "X"], Tier.X),
        (["C", "N-qed"], Tier.C),
        (["C", "N"], Tier.N),
        (["C", "X-qed"], Tier.X),
        (["N", "D", "U"], Tier.N),
        (["X", "D", "U"], Tier.X),
        (["N", "X-qed"], Tier.X),
    ],
)
def test_several_studies_of_one_program_combine_without_averaging_harm_away(
    studies: list[str], tier: Tier, by_tier: dict[str, Dossier]
) -> None:
    together = [by_tier[name] for name in studies]

    assert tier_of_program(together) is tier
    assert tier_of_program(together[::-1]) is tier


def test_every_tier_has_a_meaning_of_its_own() -> None:
    assert set(MEANINGS) == set(Tier)
    assert len(set(MEANINGS.values())) == len(Tier)
