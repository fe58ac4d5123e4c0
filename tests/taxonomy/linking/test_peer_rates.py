"""Beta distributions fitted to counted rates."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from taxonomy.linking.peer_rates import (
    Origin,
    fit_beta_binomial,
    fit_peer_rates,
    list_peers_by_award,
    list_peers_of_lists,
)
from taxonomy.programs import OutcomeRate, Program

ORIGIN = Origin(area="NJ", period="before 2020", source="test counts", release="test")


def _outcome(x: float, n: float, cip: str = "51.3902", measure: str = "employment_q2") -> OutcomeRate:
    return OutcomeRate("p", None, cip, measure, x, n, "completers", None, "test")


@pytest.mark.parametrize(("alpha", "beta"), [(3.0, 1.5), (8.0, 8.0)])
def test_the_fit_recovers_the_distribution_that_made_the_counts(alpha: float, beta: float) -> None:
    rng = np.random.default_rng(20260101)
    totals = rng.integers(5, 200, 4000)
    counts = rng.binomial(totals, rng.beta(alpha, beta, 4000))

    fitted = fit_beta_binomial(counts.tolist(), totals.tolist())

    assert fitted.alpha == pytest.approx(alpha, rel=0.1)
    assert fitted.beta == pytest.approx(beta, rel=0.1)


def test_one_huge_program_does_not_speak_for_its_field() -> None:
    fitted = fit_beta_binomial([5, 6, 4, 5, 4, 9_000], [10, 10, 10, 10, 10, 10_000])

    assert 0.45 < fitted.mean < 0.7


@pytest.mark.parametrize(
    ("x", "n"), [([1], [2]), ([3, 1], [2, 2]), ([1, 1], [0, 2]), ([2, 2], [2, 2]), ([0, 0], [2, 2])]
)
def test_counts_that_teach_nothing_or_cannot_be_are_refused(x: list[int], n: list[int]) -> None:
    with pytest.raises(ValueError, match="programs"):
        fit_beta_binomial(x, n)


def test_a_small_field_has_no_record_of_its_own() -> None:
    large = [_outcome(x, 20.0) for x in (10.0, 12.0, 15.0, 9.0, 14.0)]
    few = [_outcome(10.0, 20.0, "11.0901")] * 2
    tiny = [_outcome(x, 2.0, "52.0401") for x in (1.0, 2.0, 0.0, 1.0, 2.0)]

    rates = fit_peer_rates([*large, *few, *tiny], "employment_q2", ORIGIN)

    assert [(r.group, r.programs, r.people) for r in rates] == [("all", 12, 150), ("51", 5, 100)]


def test_other_measures_are_left_out() -> None:
    counts = [_outcome(x, 20.0, measure="completion") for x in (10.0, 12.0, 15.0, 9.0, 14.0)]

    assert fit_peer_rates(counts, "employment_q2", ORIGIN) == []


def test_people_counted_differently_are_never_put_together() -> None:
    completers = [_outcome(x, 20.0) for x in (18.0, 17.0, 15.0, 19.0, 14.0)]
    exiters = [replace(_outcome(x, 20.0), population="exiters") for x in (5.0, 6.0, 7.0, 3.0, 9.0)]

    rates = {
        r.population: r for r in fit_peer_rates([*completers, *exiters], "employment_q2", ORIGIN) if r.group == "all"
    }

    assert {r.people for r in rates.values()} == {100}
    means = {name: r.alpha / (r.alpha + r.beta) for name, r in rates.items()}
    assert means["completers"] > 0.75
    assert means["exiters"] < 0.4


def test_an_award_has_a_record_in_its_field_and_over_all_fields_where_enough_programs_say_it() -> None:
    licences = [replace(_outcome(x, 20.0), program_id=f"l{i}") for i, x in enumerate((18.0, 17.0, 15.0, 19.0, 14.0))]
    degrees = [replace(_outcome(10.0, 20.0), program_id=f"d{i}") for i in range(2)]
    awards = {**{f"l{i}": "license" for i in range(5)}, "d0": "associate", "d1": "associate"}

    rates = fit_peer_rates([*licences, *degrees], "employment_q2", ORIGIN, awards)

    assert [(r.group, r.award, r.programs) for r in rates] == [
        ("all", None, 7),
        ("all", "license", 5),
        ("51", None, 7),
        ("51", "license", 5),
    ]


def test_a_list_that_counts_its_programs_makes_peers_by_their_award_named_by_that_list() -> None:
    blank = dict.fromkeys(f.name for f in fields(Program))
    programs = [Program(**{**blank, "id": f"oh-{i}", "award": "license", "state": "OH"}) for i in range(6)]
    counted = [
        replace(_outcome(x, 20.0), program_id=f"oh-{i}", population="exiters", release="oh-etpl-1", period="2025")
        for i, x in enumerate((18.0, 17.0, 15.0, 19.0, 14.0, 12.0))
    ]
    stranger = replace(_outcome(1.0, 20.0), program_id=None, release="nj-1")

    rates = list_peers_of_lists([*counted, stranger], programs)

    assert {(r.group, r.award, r.programs, r.area, r.period, r.release) for r in rates} == {
        (group, award, 6, "OH", "2025", "oh-etpl-1") for group in ("all", "51") for award in (None, "license")
    }


def test_a_list_that_counts_fields_makes_peers_by_award_where_a_provider_gives_one_kind_alone() -> None:
    blank: dict[str, Any] = dict.fromkeys((f.name for f in fields(Program)), None)
    ids = [f"p{i}" for i in range(7)]
    licences = [
        Program(**{**blank, "id": i, "provider_id": i, "cip_code": "51.3902", "award": "license", "state": "NJ"})
        for i in ids
    ]
    mixed = replace(licences[6], id="other", award="industry_certificate")
    counted = [
        replace(_outcome(x, 20.0), provider_id=i, release="nj-1")
        for i, x in zip(ids, (18.0, 17.0, 15.0, 19.0, 14.0, 12.0, 1.0), strict=True)
    ]

    whole = fit_peer_rates(counted, "employment_q2", replace(ORIGIN, release="nj-1"))

    rates = list_peers_by_award(counted, [*licences, mixed], whole)

    assert {(r.group, r.award, r.programs, r.area, r.release) for r in rates} == {
        (group, "license", 6, "NJ", "nj-1") for group in ("all", "51")
    }
