"""Profiles to seekers, and answers to bytes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.examples import PROFILE
from app.api.mapping import answer_bytes, read_seeker
from app.errors import IntakeError
from matching.answer import Answer, Relaxation, Understood
from matching.seeker import Constraint, HeldCredential, Job, Seeker

CANARY = "Zyxwvut-4711"


def _refusal(data: object) -> IntakeError | None:
    try:
        read_seeker(data)
    except IntakeError as error:
        return error
    return None


def _faults(data: object) -> list[tuple[str, str]]:
    with pytest.raises(IntakeError) as caught:
        read_seeker(data)
    return [(fault.pointer, fault.code) for fault in caught.value.errors]


def test_a_whole_profile_is_read_field_by_field(profile: dict[str, Any]) -> None:
    seeker = read_seeker(profile)

    assert seeker.work_history == (Job(title="nursing home aide", months=30, ended="2025-08", hourly_wage_usd=14.5),)
    assert seeker.credentials == (HeldCredential("CNA", "TX", "2027-03"),)
    assert seeker.education_level == "high_school_equivalency"
    assert seeker.constraints.schedule == Constraint(("evening", "weekend"), hard=True)
    assert seeker.constraints.max_weeks_to_better_pay == Constraint(60.0, hard=False)
    assert seeker.household.size == 3
    assert seeker.eligibility.snap is True


def test_null_and_absent_say_the_same() -> None:
    absent = read_seeker({"skills": [{"text": "welding"}]})
    null = read_seeker(
        {"skills": [{"text": "welding", "level": None}], "location": None, "constraints": {"convictions": None}}
    )

    assert absent == null
    assert absent.location.zip is None
    assert absent.constraints.convictions is None


def test_no_convictions_and_unknown_convictions_stay_apart() -> None:
    none = read_seeker({"skills": [{"text": "welding"}], "constraints": {"convictions": []}})

    assert none.constraints.convictions == ()


def test_a_constraint_is_hard_unless_said_otherwise() -> None:
    seeker = read_seeker({"skills": [{"text": "x"}], "constraints": {"max_out_of_pocket_usd": {"value": 0}}})

    assert seeker.constraints.max_out_of_pocket_usd == Constraint(0.0, hard=True)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"location": {"zip": "7820"}}, ("/location/zip", "wrong_format")),
        ({"location": {"zip": "٧٨٢٠٧"}}, ("/location/zip", "wrong_format")),
        ({"location": {"zip": 78207}}, ("/location/zip", "wrong_kind")),
        ({"location": {"modes": ["rocket"]}}, ("/location/modes/0", "not_an_option")),
        ({"work_history": [{"title": "aide", "months": -1}]}, ("/work_history/0/months", "out_of_range")),
        ({"work_history": [{"title": "aide", "months": "30"}]}, ("/work_history/0/months", "wrong_kind")),
        ({"work_history": [{"title": "aide", "ended": "2025-13"}]}, ("/work_history/0/ended", "wrong_format")),
        ({"work_history": [{"title": "a", "hourly_wage_usd": 0}]}, ("/work_history/0/hourly_wage_usd", "out_of_range")),
        (
            {"work_history": [{"title": "a", "hourly_wage_usd": 501}]},
            ("/work_history/0/hourly_wage_usd", "out_of_range"),
        ),
        ({"work_history": [{"months": 3}]}, ("/work_history/0", "missing")),
        ({"education": {"level": "phd"}}, ("/education/level", "not_an_option")),
        ({"credentials": [{"name": "CNA", "expires": "2026-02-30"}]}, ("/credentials/0/expires", "out_of_range")),
        ({"credentials": [{"name": "CNA", "state": "Texas"}]}, ("/credentials/0/state", "wrong_format")),
        ({"skills": [{"text": ""}]}, ("/skills/0/text", "empty")),
        ({"skills": [{"text": "a\u0000b"}]}, ("/skills/0/text", "wrong_format")),
        ({"skills": [{"text": "a" * 201}]}, ("/skills/0/text", "too_long")),
        ({"skills": [{"text": "a"}] * 201}, ("/skills", "too_long")),
        ({"goals": {"interests": "XYZ"}}, ("/goals/interests", "wrong_format")),
        ({"goals": {"min_hourly_wage_usd": float("inf")}}, ("/goals/min_hourly_wage_usd", "out_of_range")),
        ({"constraints": {"max_out_of_pocket_usd": 500}}, ("/constraints/max_out_of_pocket_usd", "wrong_kind")),
        ({"constraints": {"drivers_license": "none|standard|cdl"}}, ("/constraints/drivers_license", "not_an_option")),
        ({"household": {"adults": True}}, ("/household/adults", "wrong_kind")),
        ({"household": {"children_ages": [40]}}, ("/household/children_ages/0", "out_of_range")),
        ({"eligibility": {"birth_year": 1066}}, ("/eligibility/birth_year", "out_of_range")),
        ({"wrok_history": []}, ("/wrok_history", "unknown_field")),
        ({"goals": {"sector": "healthcare"}}, ("/goals/sector", "unknown_field")),
    ],
)
def test_an_impossible_value_is_named_by_its_field(
    profile: dict[str, Any], change: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert _faults({**profile, **change}) == [fault]


@pytest.mark.parametrize("empty", [{}, {"skills": []}, {"education": {"level": None}}, {"reference": "A-1"}])
def test_an_empty_profile_is_refused_with_what_to_give(empty: dict[str, Any]) -> None:
    with pytest.raises(IntakeError) as caught:
        read_seeker(empty)

    (fault,) = caught.value.errors
    assert fault.code == "empty_profile"
    assert "work_history" in fault.remedy


@pytest.mark.parametrize("data", [None, [], "text", 5, True])
def test_what_is_not_an_object_is_refused(data: object) -> None:
    assert _faults(data) == [("", "wrong_kind")]


def test_every_fault_is_told_at_once() -> None:
    data = {"location": {"zip": "1"}, "household": {"adults": -1}, "skills": [{"text": "x"}]}

    assert len(_faults(data)) == 2


def _with_value(tree: Any, path: list[str | int], value: object) -> Any:  # noqa: ANN401 # any JSON
    copied = json.loads(json.dumps(tree))
    node = copied
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return copied


def _paths(tree: Any, path: tuple[str | int, ...] = ()) -> list[list[str | int]]:  # noqa: ANN401 # any JSON
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [[*path, key] for key, _ in items] + [p for key, value in items for p in _paths(value, (*path, key))]


@given(
    path=st.sampled_from(_paths(PROFILE)),
    value=st.sampled_from([CANARY, [CANARY], {CANARY: CANARY}, {"value": CANARY}, [{CANARY: 1}]]),
)
def test_a_fault_never_repeats_the_input(path: list[str | int], value: object) -> None:
    refusal = _refusal(_with_value(PROFILE, path, value))

    if refusal is not None:
        assert CANARY not in f"{refusal}{refusal.errors}"
        assert refusal.__suppress_context__


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=20,
)


@given(data=st.dictionaries(st.sampled_from(sorted(PROFILE)) | st.text(max_size=12), json_values, max_size=6))
def test_any_json_is_read_or_refused_with_reasons(data: dict[str, Any]) -> None:
    refusal = _refusal(data)

    if refusal is None:
        assert isinstance(read_seeker(data), Seeker)
    else:
        assert refusal.errors
        assert all(fault.message and fault.remedy for fault in refusal.errors)


def test_an_answer_says_from_and_keeps_the_order_of_its_fields() -> None:
    answer = Answer(
        as_of="2026-11-22",
        snapshot="0",
        method_version="1",
        reference=None,
        language="en",
        understood=Understood(),
        plans=(),
        ruled_out=(),
        relaxations=(Relaxation("max_miles", 20, 30, 1, 10.25, "Going 30 miles opens 1 plan."),),
        notices=(),
        sources=(),
    )

    document = json.loads(answer_bytes(answer))

    assert list(document)[:5] == ["as_of", "snapshot", "method_version", "reference", "language"]
    assert list(document["relaxations"][0]) == ["constraint", "from", "to", "opens_plans", "gain_usd", "sentence"]
    assert answer_bytes(answer) == answer_bytes(answer)
