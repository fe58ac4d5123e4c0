"""How often a key may ask: a bucket that refills steadily, kept by each process for itself."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from app.errors import TooManyRequestsError
from taxonomy.frozen import frozen

_WINDOW_SECONDS = 60


@frozen
class Allowance:
    """What is left of a key's quota after this request; `wait_seconds` is 0 where it may go on."""

    quota: int
    left: int
    wait_seconds: int

    def headers(self) -> dict[str, str]:
        """RateLimit fields (IETF httpapi draft): the policy, what is left, and when one more is there."""
        return {
            "RateLimit-Policy": f'"key";q={self.quota};w={_WINDOW_SECONDS}',
            "RateLimit": f'"key";r={self.left};t={max(1, self.wait_seconds)}',
        }

    def check(self) -> None:
        """Refuse the request where nothing was left for it.

        Raises:
            TooManyRequestsError: nothing was left.
        """
        if self.wait_seconds:
            raise TooManyRequestsError(self.wait_seconds)


@dataclass(slots=True)
class Limiter:
    """A bucket for each key; as many requests at once as a minute allows, then as fast as it refills."""

    quota: int
    now: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, key: str) -> Allowance:
        """Count one request of `key`."""
        rate, now = self.quota / _WINDOW_SECONDS, self.now()
        with self._lock:
            tokens, then = self._buckets.get(key, (float(self.quota), now))
            tokens = min(float(self.quota), tokens + (now - then) * rate)
            granted = tokens >= 1
            tokens -= granted
            self._buckets[key] = (tokens, now)
        wait = 0 if granted else math.ceil((1 - tokens) / rate)
        return Allowance(self.quota, int(tokens), wait)
