"""What a path costs: its bills less one training account, however its moves share it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.config import MatchConfig
from matching.moves import Move, Path, Rate
from matching.value.value import Valuation

CAP = 3_000.0
BILLS = st.tuples(st.floats(0, 9_000), st.floats(0, 1)).map(lambda b: (round(b[0], 2), round(b[0] * b[1], 2)))


def move(award: str, bill: float, may_take: float) -> Move:
    """A course with a bill, of which the account may take a part: alone it takes as much as it holds."""
    taken = min(may_take, CAP)
    return Move(
        award=award, program=0, kind="training", support=None, weeks=10.0, exam_weeks=0.0, hours_per_week=None,
        cost_low=bill - taken, cost_high=bill - taken, completion=Rate(9, 1), employment=Rate(9, 1), evidence=4,
        concerns=(), openings=(), education_required=0, education_awarded=0, rung=0, sectors=frozenset(),
        account_low=taken, account_high=taken, account_cap=CAP,
    )  # fmt: skip


@given(st.lists(BILLS, max_size=4))
def test_a_path_costs_its_bills_less_what_the_account_holds_once(bills: list[tuple[float, float]]) -> None:
    valuation, path = Valuation(15.0, MatchConfig()), Path()
    for number, (bill, may_take) in enumerate(bills):
        path = valuation.extend(path, move(str(number), bill, may_take), None, 0.0, 0)

    # A share above the cap is one the account cannot take in any order.
    expected = sum(bill for bill, _ in bills) - min(CAP, sum(min(take, CAP) for _, take in bills))
    assert path.cost_low == pytest.approx(expected, abs=0.01)
    assert path.cost_high == pytest.approx(expected, abs=0.01)
    assert path.account_high <= CAP


def test_the_value_counts_what_the_account_no_longer_holds_when_it_falls_due() -> None:
    valuation = Valuation(15.0, MatchConfig(discount_rate=1e-9))
    path = Path()
    for award in ("a", "b"):
        path = valuation.extend(path, move(award, 2_000.0, 2_000.0), None, 0.0, 0)

    parts = {part.name: part.usd for part in valuation.explain(path).parts}

    # The second $2,000 finds $1,000 left in the account; nine in ten get so far.
    assert parts["unfunded_cost"] == pytest.approx(-0.9 * 1_000.0, abs=0.01)
    assert path.value == pytest.approx(-0.9 * 1_000.0, abs=0.01)


def test_without_a_cap_moves_cost_what_they_cost_alone() -> None:
    alone = replace(move("a", 5_000.0, 0.0), account_cap=float("inf"))

    assert Path(account_high=9_000.0).cost_of(alone) == (5_000.0, 5_000.0)
