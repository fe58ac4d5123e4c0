"""The files beside the law: the test cases of each rule, and when each parameter must be checked again."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from taxonomy.law import Parameter, ReviewSchedule, Scenario
from taxonomy.loaders.vocabulary import STARTER

_SCENARIOS = STARTER / "law" / "scenarios"
_SCHEDULE = STARTER / "law" / "review" / "schedule.toml"


@cache
def load_scenarios(folder: Path = _SCENARIOS) -> tuple[Scenario, ...]:
    """Every test case of the law, in the order of the files. A file lies at the path of its rule: module, function."""
    scenarios: list[Scenario] = []
    for path in sorted(folder.glob("*/*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        scenarios.extend(
            Scenario(
                stream=content["stream"],
                path="/".join(path.relative_to(folder).with_suffix("").parts),
                name=case["name"],
                on=case["on"].isoformat(),
                area=case.get("area", "US"),
                facts=tuple(case["facts"].items()),
                status=case["status"],
                decides=tuple(case["decides"]) if "decides" in case else None,
            )
            for case in content["cases"]
        )
    return tuple(scenarios)


@cache
def load_schedules(path: Path = _SCHEDULE) -> tuple[ReviewSchedule, ...]:
    """When each family of parameters must be checked again."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        ReviewSchedule(entry["family"], entry["days"], entry.get("changes_on"), entry["why"])
        for entry in content["families"]
    )


@cache
def load_reviewed_on(path: Path = _SCHEDULE) -> date:
    """The last day on which every amount was looked at with its schedule in hand."""
    reviewed: date = tomllib.loads(path.read_text(encoding="utf-8"))["reviewed_on"]
    return reviewed


def list_due(parameters: Iterable[Parameter], on: date) -> tuple[Parameter, ...]:
    """The amounts in force on a day that were due to be checked again before it; a board's own keep its calendar."""
    schedules = load_schedules()
    known = {schedule.family for schedule in schedules}
    day = on.isoformat()
    return tuple(
        row
        for row in parameters
        if row.effective_from <= day
        and (row.effective_to is None or row.effective_to >= day)
        and known & {row.id, row.id.partition(".")[0]}
        and schedule_of(row, schedules).due_on(row.checked_on) < on
    )


def schedule_of(parameter: Parameter, schedules: Sequence[ReviewSchedule]) -> ReviewSchedule:
    """The schedule of a parameter: its own, else that of its family.

    Raises:
        LookupError: neither has one.
    """
    by_name = {schedule.family: schedule for schedule in schedules}
    found = by_name.get(parameter.id) or by_name.get(parameter.id.partition(".")[0])
    if found is None:
        raise LookupError(f"{parameter.id} has no schedule: add its family to {_SCHEDULE.name}")
    return found
