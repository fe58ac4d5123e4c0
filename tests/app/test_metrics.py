"""What is counted, and that labels stay few."""

import os
import subprocess
import sys
from pathlib import Path

from app.metrics import Metrics


def test_requests_are_counted_by_route_and_status_and_timed() -> None:
    metrics = Metrics()
    for status in (200, 200, 404):
        metrics.begun()
        metrics.ended("GET", "/v1/me", status, 0.02)

    text = metrics.text().decode()

    assert 'stackway_requests_total{method="GET",route="/v1/me",status="200"} 2.0' in text
    assert 'stackway_requests_total{method="GET",route="/v1/me",status="404"} 1.0' in text
    assert 'stackway_request_seconds_count{route="/v1/me"} 3.0' in text
    assert "stackway_requests_in_progress 0.0" in text


def test_a_request_nobody_waited_for_is_counted_too() -> None:
    metrics = Metrics()
    metrics.ended("GET", None, None, 0.1)

    assert 'stackway_requests_total{method="GET",route="none",status="none"} 1.0' in metrics.text().decode()


COUNT = """
import sys
from app.metrics import Metrics
metrics = Metrics()
metrics.begun()
metrics.ended("GET", "/v1/me", 200, 0.02)
metrics.begun()
if "last" in sys.argv:
    print(metrics.text().decode())
else:
    metrics.close()
"""


def test_worker_processes_add_up_what_they_count(tmp_path: Path) -> None:
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for last in ("", "", "last"):
        done = subprocess.run(  # noqa: S603 # our own words
            [sys.executable, "-c", COUNT, last], env=environment, check=True, capture_output=True, text=True
        )

    assert 'stackway_requests_total{method="GET",route="/v1/me",status="200"} 3.0' in done.stdout
    assert "stackway_requests_in_progress 1.0" in done.stdout  # those that ended do nothing any more
