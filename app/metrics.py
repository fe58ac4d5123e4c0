"""Figures of a running service for Prometheus. Labels are route templates and numbers: nothing a caller wrote.

With several worker processes each writes to a folder they share, and whichever is asked adds all of them up.
"""

import os
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.values import MutexValue, ValueClass

from matching.config import METHOD_VERSION

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What one process counts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "stackway_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "stackway_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=self._registry
        )
        self._in_progress = Gauge(
            "stackway_requests_in_progress",
            "Requests being answered.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self._turned_away = Counter(
            "stackway_turned_away", "Requests refused as too many were being answered.", registry=self._registry
        )
        self._faults = Counter(
            "stackway_faults", "Faults nobody foresaw, by class.", ("error",), registry=self._registry
        )
        self._stands_on = Gauge(
            "stackway_info",
            "What the service stands on; always 1.",
            ("version", "method_version", "snapshot"),
            multiprocess_mode="livemax",
            registry=self._registry,
        )

    def stands_on(self, snapshot: str) -> None:
        """Say which data is in use."""
        self._stands_on.labels(version("stackway"), METHOD_VERSION, snapshot).set(1)

    def begun(self) -> None:
        """A request begins to be answered."""
        self._in_progress.inc()

    def ended(self, method: str, route: str | None, status: int | None, seconds: float) -> None:
        """A request was answered; `status` is None where the caller went away first."""
        self._in_progress.dec()
        where = route or "none"
        self._requests.labels(method, where, str(status or "none")).inc()
        self._seconds.labels(where).observe(seconds)

    def turned_away(self) -> None:
        """A request was refused since too many were being answered."""
        self._turned_away.inc()

    def fault(self, error: str) -> None:
        """A fault nobody foresaw, by the name of its class."""
        self._faults.labels(error).inc()

    def text(self) -> bytes:
        """All of it as Prometheus reads it, of all worker processes."""
        registry = self._registry
        if _shared():
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # it has no types
        return generate_latest(registry)

    def close(self) -> None:
        """Let the other workers forget what this process is doing now."""
        if _shared():
            mark_process_dead(os.getpid())  # type: ignore[no-untyped-call] # it has no types


def _shared() -> bool:
    # Which one the library chose when it was loaded: `serve` names the folder before the workers start.
    return ValueClass is not MutexValue
