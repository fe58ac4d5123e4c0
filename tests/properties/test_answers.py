"""For every profile: the same bytes, sums that add up, true sentences, and nothing that must not matter."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import Method, best, gate, limited, seekers

from app.api.mapping import answer_bytes
from matching.answer import Answer, Plan
from matching.seeker import Constraints, EligibilityFacts, Goals, Household, Job, Language, Location, Seeker

# The same question, the same bytes


@gate
@given(seekers)
def test_the_same_profile_gives_the_same_bytes(method: Method, seeker: Seeker) -> None:
    assert answer_bytes(method.answer(seeker)) == answer_bytes(method.answer(seeker))


def test_the_bytes_do_not_depend_on_how_a_process_hashes(data_dir: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from app.api.examples import PROFILE; from app.api.mapping import answer_bytes, read_seeker\n"
        "from app.services.answering import MatchEngine, open_snapshot\n"
        "engine = MatchEngine(open_snapshot(Path(sys.argv[1])))\n"
        "sys.stdout.buffer.write(answer_bytes(engine.answer(read_seeker(PROFILE), date(2026, 11, 22))))\n"
    )

    def run(seed: str) -> bytes:
        command = [sys.executable, "-c", program, str(data_dir)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout  # noqa: S603 - own code

    assert run("0") == run("4711")


@gate
@given(seekers, st.text("abc-123", min_size=1, max_size=10))
def test_the_order_things_are_named_in_and_the_reference_change_no_plan(
    method: Method, seeker: Seeker, reference: str
) -> None:
    turned = replace(
        seeker,
        reference=reference,
        work_history=seeker.work_history[::-1],
        credentials=seeker.credentials[::-1],
        skills=seeker.skills[::-1],
    )

    one, other = method.answer(seeker), method.answer(turned)

    assert one.plans == other.plans
    assert (one.ruled_out, one.relaxations) == (other.ruled_out, other.relaxations)


# Sums and sentences


@gate
@given(seekers)
def test_parts_and_totals_add_up(method: Method, seeker: Seeker) -> None:
    for plan in method.answer(seeker).plans:
        parts = sum(Decimal(str(part.usd)) for part in plan.value.parts)
        assert parts == Decimal(str(plan.value.expected_usd))
        assert plan.value.low_usd <= plan.value.expected_usd <= plan.value.high_usd
        for end in (0, 1):
            figures = [step.out_of_pocket_range_usd[end] for step in plan.steps]
            known = [figure for figure in figures if figure is not None]
            total = round(sum(known), 2) if len(known) == len(figures) else None
            assert plan.totals.out_of_pocket_range_usd[end] == total
        weeks = [step.weeks for step in plan.steps if step.kind != "support"]
        whole = None if None in weeks else sum(week for week in weeks if week is not None)
        assert plan.totals.weeks == (None if whole is None else pytest.approx(whole, abs=0.1 * len(weeks)))


DOLLARS = re.compile(r"(-?)\$([\d,]+(?:\.\d\d)?)")


def numbers(value: object) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield float(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from numbers(inner)


def written(plan: Plan) -> Iterator[tuple[str, float]]:
    for sentence in (*plan.reasons, *plan.unknowns):
        for sign, digits in DOLLARS.findall(sentence):
            yield digits, float(f"{sign}{digits.replace(',', '')}")


@gate
@given(seekers)
def test_every_amount_in_a_sentence_is_an_amount_in_the_data(method: Method, seeker: Seeker) -> None:
    usual = method.solve(seeker).reading.person.usual_wage
    for plan in method.answer(seeker).plans:
        known = [*numbers(asdict(plan)), usual]
        for digits, amount in written(plan):
            places = 2 if "." in digits else 0
            assert any(round(number, places) == amount for number in known), f"{amount} of plan {plan.id}"


# What must not matter


def test_the_profile_has_no_field_for_a_protected_trait() -> None:
    kinds = (Seeker, Location, Job, Goals, Constraints, Household, EligibilityFacts)
    asked = {field.name for kind in kinds for field in fields(kind)}
    words = {word for name in asked for word in name.split("_")}

    assert words.isdisjoint(
        {
            "race",
            "ethnicity",
            "ethnic",
            "sex",
            "gender",
            "religion",
            "orientation",
            "pregnant",
            "disability",
            "disabled",
        }
        | {"nationality", "origin", "citizenship", "marital", "arrest", "arrests", "age", "name"}
    )


def ranking(found: Answer) -> list[tuple[object, ...]]:
    return [(plan.id, plan.best_at, plan.value, plan.totals) for plan in found.plans]


@gate
@given(seekers)
def test_a_record_adds_checks_and_changes_nothing_else_of_a_plan(method: Method, seeker: Seeker) -> None:
    plain = method.answer(seeker)
    marked = method.answer(limited(seeker, convictions=("felony drug possession 2021",)))

    assert ranking(marked) == ranking(plain)
    assert (marked.ruled_out, marked.relaxations) == (plain.ruled_out, plain.relaxations)
    for one, other in zip(plain.plans, marked.plans, strict=True):
        for step, checked in zip(one.steps, other.steps, strict=True):
            assert replace(checked, checks=()) == replace(step, checks=())
            assert set(step.checks) <= set(checked.checks)


@gate
@given(seekers, st.sampled_from(["native", "fluent", "working"]))
def test_a_further_language_beside_english_changes_no_rank(method: Method, seeker: Seeker, level: str) -> None:
    english = replace(seeker, languages=(Language("en", level),))
    spanish = replace(seeker, languages=(Language("en", level), Language("es", "native")))

    assert ranking(method.answer(spanish)) == ranking(method.answer(english))


@gate
@given(seekers, st.booleans())
def test_service_in_the_forces_changes_no_rank_of_a_grown_person(
    method: Method,
    seeker: Seeker,
    veteran: bool,  # noqa: FBT001 - drawn
) -> None:
    # Below 24 service makes a student independent of the parents' income (20 USC 1087vv(d)), which is money for school.
    grown = replace(seeker, eligibility=replace(seeker.eligibility, birth_year=1994))
    said = replace(grown, eligibility=replace(grown.eligibility, veteran=veteran))

    assert ranking(method.answer(said)) == ranking(method.answer(grown))


@gate
@given(seekers)
def test_service_in_the_forces_never_lowers_the_best_plan(method: Method, seeker: Seeker) -> None:
    served = replace(seeker, eligibility=replace(seeker.eligibility, veteran=True))

    assert best(method.solve(served)) >= best(method.solve(seeker)) - 0.01
