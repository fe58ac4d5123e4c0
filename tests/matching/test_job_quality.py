"""Job quality: what holds where and when, what is unknown, and what a person's wishes speak against."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.explain.job_quality import quality_signals
from matching.job_quality import JobSignals
from matching.seeker import Constraint, Constraints
from matching.world import World
from taxonomy.job_signals import SIGNAL_KINDS, JobSignal
from taxonomy.loaders.vocabulary import load_vocabulary

DAY = date(2026, 11, 27)
TRUCK, AIDE, OFFICE, FAST_FOOD = "53-3032.00", "31-1122.00", "43-6014.00", "35-3023.00"
NURSE_AIDE = "31-1131.00"


@pytest.fixture(scope="module")
def signals(starter_world: World) -> JobSignals:
    return starter_world.catalog.job_signals


@pytest.fixture(scope="module")
def row(starter_world: World) -> dict[str, int]:
    return starter_world.catalog.occupations.row


def test_what_no_source_says_is_unknown_and_not_no(signals: JobSignals, row: dict[str, int]) -> None:
    here = signals.of("TX", DAY)

    assert here.has["overnight_travel"][row[TRUCK]]
    assert not here.has["overnight_travel"][row[OFFICE]]
    assert not here.known["overnight_travel"][row[OFFICE]]
    shown = {signal.kind: signal for signal in quality_signals(here, row[OFFICE])}
    assert tuple(shown) == SIGNAL_KINDS
    assert {signal.status for signal in shown.values()} == {"unknown"}
    assert all(signal.sentence for signal in shown.values())


def test_a_wage_floor_holds_in_its_state_and_between_its_days_alone(signals: JobSignals, row: dict[str, int]) -> None:
    def floor(state: str | None, day: date) -> bool:
        return bool(signals.of(state, day).has["wage_standard"][row[NURSE_AIDE]])

    assert floor("CA", DAY)
    assert not floor("TX", DAY)
    assert not floor(None, DAY)
    assert not floor("CA", date(2024, 10, 15))


def test_a_state_s_own_signal_replaces_the_nation_s(starter_world: World, row: dict[str, int]) -> None:
    class Both:
        occupations = starter_world.snapshot.occupations

        def table(self, _: str) -> tuple[JobSignal, ...]:
            whole = next(s for s in load_vocabulary()["job_signals"] if s.kind == "overnight_travel")
            return (replace(whole, area="NJ", holds=False, occupations=(TRUCK,)), whole)

    both = JobSignals(Both())  # type: ignore[arg-type]

    assert both.of("TX", DAY).has["overnight_travel"][row[TRUCK]]
    assert not both.of("NJ", DAY).has["overnight_travel"][row[TRUCK]]
    assert both.of("NJ", DAY).known["overnight_travel"][row[TRUCK]]
    assert {s.status for s in quality_signals(both.of("NJ", DAY), row[TRUCK]) if s.kind == "overnight_travel"} == {"no"}


def test_wishes_speak_against_the_jobs_known_to_be_so(signals: JobSignals, row: dict[str, int]) -> None:
    here = signals.of("TX", DAY)
    firm = Constraints(no_variable_hours=Constraint(value=True, hard=True))
    soft = Constraints(no_variable_hours=Constraint(value=True, hard=False))

    assert set(np.flatnonzero(here.against(firm, hard_only=True))) >= {row[AIDE], row[TRUCK]}
    assert not here.against(soft, hard_only=True).any()
    assert here.against(soft, hard_only=False)[row[AIDE]]
    assert not here.against(firm, hard_only=True)[row[OFFICE]]
    nothing = Constraints(no_variable_hours=Constraint(value=False, hard=True))
    assert not here.against(nothing, hard_only=False).any()


def test_every_signal_speaks_of_jobs_that_exist_and_names_where_it_was_read(starter_world: World) -> None:
    codes = starter_world.catalog.occupations.codes

    for signal in load_vocabulary()["job_signals"]:
        assert signal.kind in SIGNAL_KINDS
        assert any(signal.concerns(code) for code in codes) or signal.area == "CA", signal
        assert signal.citation
        assert signal.verified or signal.citation.startswith("per "), signal.citation
        if signal.value is not None:
            assert signal.about
            assert signal.effective_from
