"""The test cases of the law, a file for each stream: facts, a day, an area, and what the stream comes to."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility.law import Law
from matching.eligibility.screening import by_stream, rule_of, screen
from matching.seeker import Seeker
from taxonomy.law import Scenario
from taxonomy.loaders.law_review import load_scenarios

SCENARIOS = load_scenarios()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{s.stream}: {s.name}" for s in SCENARIOS])
def test_the_stream_comes_to_what_the_case_says(scenario: Scenario, law: Law, person: Callable[..., Seeker]) -> None:
    seeker = person(**dict(scenario.facts))

    verdict = by_stream(screen(seeker, law, date.fromisoformat(scenario.on), scenario.area))[scenario.stream]

    assert verdict.status == scenario.status
    if scenario.decides is not None:
        assert verdict.would_decide == scenario.decides


def test_a_file_of_cases_lies_at_the_path_of_its_rule() -> None:
    for scenario in SCENARIOS:
        rule = rule_of(scenario.stream)
        assert scenario.path == f"{rule.__module__.rpartition('.')[2]}/{rule.__name__}"


def test_there_are_at_least_150_cases_with_names_of_their_own() -> None:
    names = {(scenario.stream, scenario.name) for scenario in SCENARIOS}

    assert len(names) == len(SCENARIOS) >= 150


def test_every_stream_has_its_test_cases(law: Law, person: Callable[..., Seeker]) -> None:
    streams = {verdict.stream for verdict in screen(person(), law, date(2026, 11, 22), "US")}

    assert {scenario.stream for scenario in SCENARIOS} == streams
