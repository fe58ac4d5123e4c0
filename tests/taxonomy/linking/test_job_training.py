"""The fit of the classifier, and how it is measured on providers it has not seen."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from taxonomy.linking import link_programs
from taxonomy.linking.job_courses import list_courses
from taxonomy.linking.job_evaluation import evaluate_jobs
from taxonomy.linking.job_evidence import FEATURES
from taxonomy.linking.job_model import read_model
from taxonomy.linking.job_training import fit_job_model, is_held_out, split
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

WELDER, PLUMBER, TEACHER = "51-4121.00", "47-2152.00", "25-1194.00"
Compile = Callable[..., Snapshot]


@pytest.fixture
def compiled(contents: Contents, crosswalks: Crosswalks, listing: Callable[..., Listing], tmp_path: Path) -> Compile:
    """A snapshot of twenty providers that teach welding and plumbing, and declare it or another job."""

    def build(name: str = "a", *, declared: dict[str, str] | None = None) -> Snapshot:
        says = declared or {"Welding": "51412100", "Plumbing": "47215200", "Plumbing and Welding": "47215200"}
        rows = [
            listing(
                id=f"tx-{n}-{course}", provider_id=f"tx-p{n}", name=course, cip=cip, line=n,
                declared_codes=(says[course],),
            )
            for n in range(20)
            for course, cip in (("Welding", "480508"), ("Plumbing", "460503"), ("Plumbing and Welding", "460503"))
        ]  # fmt: skip
        made = replace(contents, tables={**{k: list(v) for k, v in contents.tables.items()}})
        link_programs(made, rows, crosswalks)
        write_snapshot(made, tmp_path / name)
        return Snapshot.open(tmp_path / name)

    return build


def test_one_provider_in_five_is_held_out_the_same_wherever_it_runs() -> None:
    held = [f"tx-{n}" for n in range(1000) if is_held_out(f"tx-{n}")]

    assert 150 < len(held) < 250
    assert not is_held_out("tx-p0")


def test_all_courses_of_a_provider_are_on_one_side(compiled: Compile) -> None:
    shown, hidden = split(list_courses(compiled()))

    assert {c.provider_id for c in shown}.isdisjoint(c.provider_id for c in hidden)
    assert len(shown) + len(hidden) == 60


def test_the_same_snapshot_gives_the_same_model(compiled: Compile) -> None:
    first = fit_job_model(compiled("a"))

    assert first == fit_job_model(compiled("b"))
    assert tuple(json.loads(first)["weights"]["alone"]) == (*FEATURES, "intercept")


def test_providers_held_out_have_no_part_in_the_fit(compiled: Compile) -> None:
    snapshot = compiled()
    _, hidden = split(list_courses(snapshot))

    assert hidden
    assert json.loads(fit_job_model(snapshot))["providers"] == 20 - len({c.provider_id for c in hidden})


def test_jobs_that_may_be_nobodys_target_are_no_truth_either(compiled: Compile) -> None:
    courses = list_courses(
        compiled(declared={"Welding": "51412100", "Plumbing": "25119400", "Plumbing and Welding": "25119400"})
    )

    assert {code for course in courses for code in course.declared} == {WELDER}


def test_declared_jobs_are_found_on_providers_held_out(compiled: Compile) -> None:
    snapshot = compiled()

    result = evaluate_jobs(snapshot, read_model(fit_job_model(snapshot)))

    classifier = result.rankings[0]
    assert (classifier.first.value, classifier.recall.value) == (1.0, 1.0)
    assert classifier.courses == 3 * classifier.providers
    assert sum(b.jobs for b in result.reliability) >= classifier.courses


def test_what_providers_held_out_declare_is_not_given_away(compiled: Compile) -> None:
    """All declare the wrong one of two jobs, so words and field are wrong, and only other providers tell."""
    snapshot = compiled(declared={"Welding": "47215200", "Plumbing": "51412100", "Plumbing and Welding": "51412100"})
    model = read_model(fit_job_model(snapshot))

    by_name = {ranking.name: ranking for ranking in evaluate_jobs(snapshot, model).rankings}

    assert by_name["classifier"].first.value == 1.0
    assert by_name["likest job title alone"].first.value == pytest.approx(1 / 3)


def test_without_declared_jobs_there_is_nothing_to_measure(compiled: Compile) -> None:
    snapshot = compiled(declared=dict.fromkeys(("Welding", "Plumbing", "Plumbing and Welding"), "99999999"))

    with pytest.raises(ValueError, match="declare"):
        evaluate_jobs(snapshot)
    with pytest.raises(ValueError, match="declares"):
        fit_job_model(snapshot)


def test_intervals_hold_the_value_and_are_the_same_each_time(compiled: Compile) -> None:
    snapshot = compiled()
    model = read_model(fit_job_model(snapshot))

    first, second = evaluate_jobs(snapshot, model), evaluate_jobs(snapshot, model)

    assert first == second
    for ranking in first.rankings:
        for share in (ranking.first, ranking.precision, ranking.recall):
            if share.value is not None and share.low is not None and share.high is not None:
                assert np.isnan(share.low) or share.low <= share.value <= share.high
