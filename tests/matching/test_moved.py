"""Which figures of an answer other data gives another value."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.api.examples import PROFILE
from app.api.mapping import answer_bytes, read_seeker
from app.services.answering import MatchEngine
from matching.moved import Comparison, MovedFigure
from taxonomy.assemble import assemble
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

DAY = date(2026, 11, 22)

Change = Callable[[str, Callable[[Any], bool], Callable[[Any], Any]], tuple[MovedFigure, ...]]


@pytest.fixture(scope="module")
def contents() -> Contents:
    return assemble()


@pytest.fixture(scope="module")
def answer(engine: MatchEngine) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(answer_bytes(engine.answer(read_seeker(PROFILE), DAY)))
    return found


@pytest.fixture
def changed(tmp_path: Path, contents: Contents, answer: dict[str, Any], engine: MatchEngine) -> Change:
    """The figures that move when rows of one table are put in another's place; None takes a row out."""

    def build(table: str, which: Callable[[Any], bool], change: Callable[[Any], Any]) -> tuple[MovedFigure, ...]:
        rows = [change(row) if which(row) else row for row in contents.tables[table]]
        assert rows != contents.tables[table]
        tables = {**contents.tables, table: [row for row in rows if row is not None]}
        write_snapshot(replace(contents, tables=tables), tmp_path / "after")
        return Comparison(engine.snapshot, Snapshot.open(tmp_path / "after")).moved(answer)

    return build


def first_training(answer: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The first plan, and the place of a step in it that names a program."""
    plan = answer["plans"][0]
    return plan, next(i for i, step in enumerate(plan["steps"], start=1) if step["program"])


def test_data_that_say_the_same_move_nothing(engine: MatchEngine, answer: dict[str, Any]) -> None:
    assert Comparison(engine.snapshot, engine.snapshot).moved(answer) == ()


def test_a_price_that_changed_is_told_with_plan_step_and_both_values(changed: Change, answer: dict[str, Any]) -> None:
    plan, step = first_training(answer)
    program = plan["steps"][step - 1]["program"]

    moved = changed("programs", lambda p: p.id == program["id"], lambda p: replace(p, tuition_usd=4321.0))

    (figure,) = (m for m in moved if (m.plan, m.step) == (plan["id"], step))
    assert (figure.table, figure.row, figure.figure, figure.after) == (
        "programs", program["id"], "tuition_usd", 4321.0,
    )  # fmt: skip
    assert figure.before != 4321.0


def test_a_program_that_is_gone_is_told(changed: Change, answer: dict[str, Any]) -> None:
    plan, step = first_training(answer)
    gone = plan["steps"][step - 1]["program"]["id"]

    moved = changed("programs", lambda p: p.id == gone, lambda _: None)

    assert {(m.row, m.figure, m.before, m.after) for m in moved} == {(gone, "row", "there", "gone")}


def test_a_wage_counts_only_in_the_area_the_answer_used(changed: Change, answer: dict[str, Any]) -> None:
    wages = {
        (step["exit"]["onet_code"][:7], step["exit"]["wage_usd_per_hour"]["area"])
        for plan in answer["plans"]
        for step in plan["steps"]
        if step["exit"]
    }
    job, used = next(iter(wages))
    other = "US" if used != "US" else "TX"

    here = changed("wages", lambda w: (w.soc_code, w.area) == (job, used), lambda w: replace(w, p25=1.0))
    elsewhere = changed("wages", lambda w: (w.soc_code, w.area) == (job, other), lambda w: replace(w, p25=1.0))

    assert {(m.table, m.figure, m.after) for m in here} == {("wages", "p25", 1.0)}
    assert elsewhere == ()


def test_the_nations_projection_is_a_figure_where_it_was_used(changed: Change, answer: dict[str, Any]) -> None:
    code = answer["plans"][0]["target"]["onet_code"]

    moved = changed("occupations", lambda o: o.onet_code == code, lambda o: replace(o, growth_pct=-77.0))

    assert {(m.row, m.figure, m.after) for m in moved} == {(code, "growth_pct", -77.0)}


def test_an_edition_is_no_figure(changed: Change) -> None:
    assert changed("wages", lambda _: True, lambda w: replace(w, release="oews-us-2099")) == ()


def test_an_amount_of_law_in_force_on_the_answers_day_holds_for_all_of_it(changed: Change) -> None:
    def is_maximum(p: Any) -> bool:  # noqa: ANN401 - a row of the table
        in_force = p.effective_from <= DAY.isoformat() <= (p.effective_to or "9999")
        return p.id == "pell.maximum" and in_force

    moved = changed("parameters", is_maximum, lambda p: replace(p, value=1.0))

    assert [(m.plan, m.step, m.figure, m.after) for m in moved] == [(None, None, "value", 1.0)]


def test_an_amount_that_begins_after_the_answers_day_is_not_its_new_value(changed: Change) -> None:
    later = "2099-01-01"

    moved = changed("parameters", lambda p: p.area == "US", lambda p: replace(p, effective_from=later, value=1.0))
    told = {m.row for m in moved}

    assert told  # they are no longer in force on the answer's day
    assert all(m.after is None for m in moved)


def test_rates_that_several_rows_give_are_compared_together(changed: Change, answer: dict[str, Any]) -> None:
    measures = {
        r["measure"] for p in answer["plans"] for s in p["steps"] if s["evidence"] for r in s["evidence"]["rates"]
    }

    moved = changed("peer_rates", lambda _: True, lambda r: replace(r, alpha=r.alpha + 1))

    assert {m.table for m in moved} == {"peer_rates"}
    assert {m.row.split()[0] for m in moved} == measures
