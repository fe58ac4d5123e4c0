"""The shape of an answer as others rely on it, walked field by field in the JSON itself, with and without plans."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.api.mapping import answer_bytes, read_seeker
from matching.config import MatchConfig
from matching.engine import match, solve
from matching.seeker import Seeker
from matching.world import World

DAY = date(2026, 11, 22)
CASES = sorted((Path(__file__).parent.parent / "golden" / "cases").glob("*.toml"))
WITHOUT_PLAN = ("registered_nurse", "no_time_and_no_money", "graduate_engineer")
LEAST_GAIN = 1.05

# A shape is a type, a tuple of alternatives, a one-element list (every item has it), or a dict (at least these fields).
NUMBER: tuple[Any, ...] = (float, int, None)
TEXT: tuple[Any, ...] = (str, None)
RANGE: list[Any] = [NUMBER]
RESOLVED = {"text": str, "code": TEXT, "title": TEXT, "score": (float, int), "candidates": [dict], "confirm": bool}
WAGE = {
    "p10": NUMBER,
    "p25": NUMBER,
    "p50": NUMBER,
    "area": str,
    "area_name": str,
    "year": int,
    "fallback": bool,
    "source": str,
}
FUNDING = {"stream": str, "name": str, "status": str, "amount_usd": NUMBER, "citation": str}
STEP = {
    "kind": str,
    "credential": ({"id": TEXT, "name": str, "verified": bool}, None),
    "program": ({"id": str, "name": str, "weeks": NUMBER, "weeks_basis": str, "source": str}, None),
    "provider": ({"id": str, "name": str}, None),
    "starts_after_weeks": NUMBER,
    "weeks": NUMBER,
    "cost_usd": NUMBER,
    "funding": [FUNDING],
    "out_of_pocket_usd": NUMBER,
    "out_of_pocket_range_usd": RANGE,
    "exit": ({"onet_code": str, "title": str, "wage_usd_per_hour": WAGE}, None),
    "evidence": ({"tier": str, "tier_meaning": str, "studies": [dict], "rates": [dict], "sentences": [str]}, None),
    "checks": [str],
}
PLAN = {
    "id": str,
    "best_at": [str],
    "target": {"onet_code": str, "title": str},
    "steps": [STEP],
    "totals": {"weeks": NUMBER, "out_of_pocket_usd": NUMBER, "weeks_to_better_pay": NUMBER},
    "value": {
        "expected_usd": (float, int),
        "low_usd": (float, int),
        "high_usd": (float, int),
        "horizon_years": (float, int),
        "parts": [{"name": str, "usd": (float, int)}],
    },
    "reasons": [str],
    "unknowns": [str],
    "questions": [str],
}
ANSWER = {
    "as_of": str,
    "snapshot": str,
    "method_version": str,
    "language": str,
    "understood": {"work_history": [RESOLVED], "skills": [RESOLVED], "credentials": [RESOLVED], "confirm": [str]},
    "plans": [PLAN],
    "ruled_out": [{"constraint": str, "count": int, "detail": str}],
    "relaxations": [{"constraint": str, "from": object, "to": object, "opens_plans": int, "gain_usd": (float, int)}],
    "notices": [str],
}
STATUSES = {"appears_eligible", "appears_ineligible", "needs_document", "unknown"}
KINDS = {"training", "exam", "work", "apprenticeship", "support", "bridge"}
TIERS = {"A", "B", "C", "D", "U", "N", "X"}
LABELS = {"overall", "highest_value", "fastest", "cheapest", "best_paid", "best_proven", "interests"}


def misfits(value: object, shape: Any, path: str = "answer") -> Iterator[str]:  # noqa: ANN401 - see above
    """Where a JSON value has not the shape."""
    if isinstance(shape, tuple):
        if all(list(misfits(value, one, path)) for one in shape):
            yield f"{path} is {value!r:.80}"
    elif isinstance(shape, list):
        yield from _in_list(value, shape[0], path)
    elif isinstance(shape, dict):
        yield from _in_object(value, shape, path)
    elif not _is_a(value, shape):
        yield f"{path} is {value!r:.80}, not {shape}"


def _in_list(value: object, shape: object, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} is no list"
        return
    for index, item in enumerate(value):
        yield from misfits(item, shape, f"{path}[{index}]")


def _in_object(value: object, shape: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is no object"
        return
    for name, inner in shape.items():
        yield from misfits(value[name], inner, f"{path}.{name}") if name in value else [f"{path}.{name} is missing"]


def _is_a(value: object, kind: type | None) -> bool:
    if kind is None or value is None:
        return value is None and kind in (None, object)
    if isinstance(value, bool):  # a subclass of int, and no number
        return kind in (bool, object)
    return isinstance(value, kind)


def seeker_of(path: Path) -> Seeker:
    return read_seeker(tomllib.loads(path.read_text(encoding="utf-8"))["seeker"])


@pytest.fixture(scope="module")
def answers(starter_world: World) -> dict[str, Any]:
    """Every golden case's answer as the JSON that leaves the service."""
    return {
        path.stem: orjson.loads(answer_bytes(match(seeker_of(path), starter_world, MatchConfig(), DAY)))
        for path in CASES
    }


def plans_of(answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for answer in answers.values():
        yield from answer["plans"]


def steps_of(answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for plan in plans_of(answers):
        yield from plan["steps"]


def test_every_answer_has_the_promised_fields(answers: dict[str, Any]) -> None:
    faults = {name: list(misfits(answer, ANSWER)) for name, answer in answers.items()}

    assert {name: found for name, found in faults.items() if found} == {}


def test_the_walker_finds_what_is_missing_or_of_another_kind() -> None:
    assert list(misfits({"id": 1, "name": "x"}, {"id": TEXT, "name": str, "verified": bool}))
    assert list(misfits({"count": True}, {"count": int}))
    assert not list(misfits({"count": 1, "more": 2}, {"count": int}))


def test_words_of_the_contract_come_from_their_lists(answers: dict[str, Any]) -> None:
    steps = list(steps_of(answers))

    assert {step["kind"] for step in steps} <= KINDS
    assert {f["status"] for step in steps for f in step["funding"]} <= STATUSES
    assert {step["evidence"]["tier"] for step in steps if step["evidence"]} <= TIERS
    assert {label for plan in plans_of(answers) for label in plan["best_at"]} <= LABELS


def test_an_answer_without_a_plan_gives_its_reasons(answers: dict[str, Any]) -> None:
    for name in WITHOUT_PLAN:
        answer = answers[name]
        assert answer["plans"] == []
        assert answer["ruled_out"], name
        assert any("No plan fits" in notice for notice in answer["notices"])
    assert answers["no_time_and_no_money"]["relaxations"]


def test_a_relaxation_opens_something_and_says_from_where_to_where(answers: dict[str, Any]) -> None:
    for answer in answers.values():
        for relaxation in answer["relaxations"]:
            assert relaxation["opens_plans"] >= 1
            assert relaxation["from"] != relaxation["to"]
            assert relaxation["gain_usd"] >= 0


def test_every_release_named_in_a_plan_is_among_the_sources(answers: dict[str, Any]) -> None:
    for answer in answers.values():
        known = {source["id"] for source in answer["sources"]}
        steps = [step for plan in answer["plans"] for step in plan["steps"]]
        named = {step["exit"]["wage_usd_per_hour"]["source"] for step in steps if step["exit"]}
        named |= {step["program"]["source"] for step in steps if step["program"]}
        assert named <= known


def test_every_plan_ends_in_a_job_that_pays_noticeably_more(starter_world: World) -> None:
    for path in CASES:
        found = solve(seeker_of(path), starter_world, MatchConfig(), DAY)
        for chosen in found.selected:
            last = chosen.path.openings[-1]
            assert last is not None
            assert last.wage >= found.reading.person.usual_wage * LEAST_GAIN - 1e-9


def test_the_last_job_of_a_plan_is_its_target(answers: dict[str, Any]) -> None:
    for plan in plans_of(answers):
        jobs = [step["exit"] for step in plan["steps"] if step["exit"]]
        assert (jobs[-1]["onet_code"], jobs[-1]["title"]) == (plan["target"]["onet_code"], plan["target"]["title"])


def test_nobody_is_led_to_teach_at_a_college_or_to_a_job_that_is_no_one_job(answers: dict[str, Any]) -> None:
    jobs = {(step["exit"]["onet_code"], step["exit"]["title"]) for step in steps_of(answers) if step["exit"]}

    assert jobs
    assert [job for job in jobs if job[0].startswith("25-1") or "All Other" in job[1]] == []


def test_no_two_plans_of_an_answer_are_the_same_route(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        routes = [
            tuple(
                (s["kind"], (s["program"] or s["provider"] or s["credential"] or {}).get("id")) for s in plan["steps"]
            )
            for plan in answer["plans"]
        ]
        assert len(set(routes)) == len(routes), name
        assert len({plan["id"] for plan in answer["plans"]}) == len(routes)


def test_each_label_is_given_once_and_only_overall_and_interests_may_be_withheld(answers: dict[str, Any]) -> None:
    for answer in answers.values():
        labels = [label for plan in answer["plans"] for label in plan["best_at"]]
        assert len(labels) == len(set(labels))
        if answer["plans"]:
            assert LABELS - set(labels) <= {"overall", "interests"}


def test_a_length_or_a_price_is_never_zero_for_want_of_knowledge(answers: dict[str, Any]) -> None:
    for step in steps_of(answers):
        if step["program"]:
            assert step["program"]["weeks"] is None or step["program"]["weeks"] > 0
            assert (step["program"]["weeks"] is None) == (step["program"]["weeks_basis"] == "unknown")
        if step["cost_usd"] is None:
            assert step["out_of_pocket_range_usd"][1] is None
