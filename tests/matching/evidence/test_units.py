"""Effects in dollars a year: the arithmetic, and what has none."""

from collections.abc import Callable

import pytest

from matching.evidence.units import usd_per_year
from taxonomy.studies import Effect


@pytest.mark.parametrize(
    ("changes", "usd"),
    [
        ({"estimate_usd": 5_726.0, "period": "year"}, 5_726.0),
        ({"estimate_usd": 1_895.0, "period": "quarter"}, 7_580.0),
        ({"estimate_usd": 6_255.0, "period": "cumulative", "follow_up_years": 2.0}, 3_127.5),
        ({"estimate_usd": -5_778.0, "period": "year"}, -5_778.0),
        ({"estimate_usd": 6_255.0, "period": "cumulative", "follow_up_years": None}, None),
        ({"estimate_usd": None, "period": "year", "percent": 14.0}, None),
        ({"estimate_usd": 18_536.0, "period": "cumulative", "outcome": "net_benefit"}, None),
    ],
)
def test_a_quarter_counts_four_times_a_sum_is_spread_and_no_amount_is_made_up(
    an_effect: Callable[..., Effect], changes: dict[str, object], usd: float | None
) -> None:
    assert usd_per_year(an_effect(**changes)) == usd
