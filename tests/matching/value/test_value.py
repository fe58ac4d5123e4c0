"""Value, against sums done by hand. A discount rate of almost nothing keeps the hand's arithmetic plain."""

import math
from dataclasses import replace
from typing import Any

import pytest

from matching.config import MatchConfig
from matching.moves import Move, Opening, Path, Rate
from matching.value.value import Valuation

PLAIN = MatchConfig(discount_rate=1e-9)
USUAL = 15.0


def opening(wage: float = 25.0, *, learning_wage: float = 12.0, confidence: float = 0.8) -> Opening:
    return Opening(7, wage, wage, learning_wage, 0, "credential", confidence)


def move(**changed: object) -> Move:
    """A course of a year, 30 hours a week, for $1,000; four in five finish, three in four then work."""
    plain = Move(
        award="a", program=0, kind="training", support=None, weeks=52.0, exam_weeks=0.0, hours_per_week=30.0,
        cost_low=0.0, cost_high=1_000.0, completion=Rate(8.0, 2.0), employment=Rate(7.5, 2.5), evidence=4, concerns=(),
        openings=(), education_required=0, education_awarded=0, rung=2, sectors=frozenset(),
    )  # fmt: skip
    fields: dict[str, Any] = changed
    return replace(plain, **fields)


def take(*steps: tuple[Move, Opening | None, float], config: MatchConfig = PLAIN) -> Path:
    path = Path()
    for taken, job, wait in steps:
        path = Valuation(USUAL, config).extend(path, taken, job, wait, 0)
    return path


def parts(path: Path, config: MatchConfig = PLAIN) -> dict[str, float]:
    return {part.name: part.usd for part in Valuation(USUAL, config).explain(path).parts}


def test_one_course_is_worth_the_higher_pay_less_its_cost_and_the_pay_forgone() -> None:
    # 30 hours of class and 40 of work are 10 more than the 60 a week holds: 10 hours x $15 x 52 weeks forgone.
    # Higher pay: 0.8 finish x 0.75 placed x 0.8 sure of the job x $10 x 40 hours x (260 - 52) weeks.
    path = take((move(), opening(), 0.0))

    assert parts(path) == {
        "higher_pay": pytest.approx(0.8 * 0.75 * 0.8 * 10 * 40 * 208, abs=0.02),
        "pay_while_learning": 0.0,
        "unfunded_cost": pytest.approx(-1_000, abs=0.01),
        "earnings_forgone": pytest.approx(-10 * 15 * 52, abs=0.02),
    }
    assert path.value == pytest.approx(39_936 - 1_000 - 7_800, abs=0.05)


def test_later_money_counts_for_less() -> None:
    config = MatchConfig(discount_rate=0.03)
    a_dollar_a_week = (math.exp(-0.03) - math.exp(-0.15)) / (0.03 / 52)

    path = take((move(), opening(), 0.0), config=config)

    assert parts(path, config)["higher_pay"] == pytest.approx(192 * a_dollar_a_week, abs=0.01)
    assert parts(path, config)["higher_pay"] < 39_936


def test_an_apprentice_is_paid_from_the_first_day_at_the_lower_of_two_wages() -> None:
    job = opening(learning_wage=12.0)

    path = take((move(kind="apprenticeship", hours_per_week=None), job, 0.0))

    assert parts(path)["pay_while_learning"] == pytest.approx(12 * 40 * 52, abs=0.02)
    assert parts(path)["earnings_forgone"] == pytest.approx(-15 * 40 * 52, abs=0.02)


def test_a_second_course_counts_only_for_who_finished_the_first() -> None:
    # The second starts after the first and 10 weeks of work; its gain is what it adds to the first job's.
    first, second = move(hours_per_week=None), move(award="b", hours_per_week=None, cost_high=500.0)

    path = take((first, opening(20.0), 0.0), (second, opening(30.0), 10.0))

    gain_first, gain_second = 0.75 * 0.8 * 5 * 40, 0.75 * 0.8 * 15 * 40
    assert path.weeks == 114.0
    assert path.better_pay_after == 52.0
    assert path.chance == pytest.approx(0.64)
    assert path.cost_high == 1_500.0
    assert parts(path)["unfunded_cost"] == pytest.approx(-1_000 - 0.8 * 500, abs=0.01)
    assert parts(path)["higher_pay"] == pytest.approx(
        0.8 * gain_first * 208 + 0.64 * (gain_second - gain_first) * (260 - 114), abs=0.02
    )


def test_a_job_that_pays_less_than_the_usual_one_is_not_taken() -> None:
    path = take((move(), opening(12.0), 0.0))

    assert parts(path)["higher_pay"] == 0.0
    assert path.better_pay_after == float("inf")


def test_better_pay_begins_at_five_percent_more() -> None:
    just, short = take((move(), opening(15.75), 0.0)), take((move(), opening(15.74), 0.0))

    assert (just.better_pay_after, short.better_pay_after) == (52.0, float("inf"))


def test_what_comes_after_the_horizon_is_worth_nothing() -> None:
    path = take((move(weeks=260.0, hours_per_week=None), opening(), 0.0))

    assert parts(path)["higher_pay"] == 0.0


@pytest.mark.parametrize("cost", [0.0, 333.33, 999.999])
def test_the_parts_add_up_to_the_cent_and_lie_in_the_range(cost: float) -> None:
    config = MatchConfig()
    path = take((move(cost_high=cost), opening(), 0.0), (move(award="b"), opening(31.17), 3.3), config=config)

    value = Valuation(USUAL, config).explain(path)

    assert round(sum(round(part.usd * 100) for part in value.parts)) == round(value.expected_usd * 100)
    assert value.expected_usd == pytest.approx(path.value, abs=0.02)
    assert value.low_usd < value.expected_usd < value.high_usd


def test_surer_rates_give_a_narrower_range() -> None:
    config = MatchConfig()
    few = move(completion=Rate(8.0, 2.0), employment=Rate(7.5, 2.5))
    many = move(completion=Rate(800.0, 200.0), employment=Rate(750.0, 250.0))
    # Equal wages at both ends leave the rates as the only source of doubt.
    job = opening(learning_wage=25.0)

    wide, narrow = (Valuation(USUAL, config).explain(take((m, job, 0.0), config=config)) for m in (few, many))

    assert wide.expected_usd == narrow.expected_usd
    assert narrow.high_usd - narrow.low_usd < 0.5 * (wide.high_usd - wide.low_usd)


def test_explaining_twice_gives_the_same_range() -> None:
    path = take((move(), opening(), 0.0))

    assert Valuation(USUAL, PLAIN).explain(path) == Valuation(USUAL, PLAIN).explain(path)
