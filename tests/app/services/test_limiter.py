"""A quota that refills steadily."""

from app.services.limiter import Limiter


def test_a_quota_is_used_up_and_refills_with_time() -> None:
    clock = [0.0]
    limiter = Limiter(60, now=lambda: clock[0])

    granted = [limiter.take("a").wait_seconds == 0 for _ in range(61)]
    clock[0] = 2.0
    later = [limiter.take("a").wait_seconds == 0 for _ in range(3)]

    assert granted == [True] * 60 + [False]
    assert later == [True, True, False]


def test_a_rest_never_gives_more_than_the_quota() -> None:
    clock = [0.0]
    limiter = Limiter(3, now=lambda: clock[0])
    limiter.take("a")
    clock[0] = 1e6

    assert limiter.take("a").left == 2


def test_the_wait_that_is_told_is_long_enough() -> None:
    clock = [0.0]
    limiter = Limiter(7, now=lambda: clock[0])
    for _ in range(7):
        limiter.take("a")
    wait = limiter.take("a").wait_seconds
    clock[0] = float(wait)

    assert limiter.take("a").wait_seconds == 0
