"""Spans say how a request went and nothing of what was in it."""

import sys

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.errors import ConfigurationError
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings
from app.tracing import Tracing, open_tracing

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def test_a_request_is_a_span_below_the_callers(
    settings: Settings, engine: MatchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    exporter = InMemorySpanExporter()
    app = create_app(settings, engine=lambda _: engine, tracing=Tracing(exporter))
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "tracestate": "canary=1", "baggage": "canary=2"}
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/v1/occupations/canary-code?q=canary", headers=headers)
        client.get("/canary")
        client.app.state.services = None  # type: ignore[attr-defined] # the plainest way to break every endpoint
        client.get("/v1/sources")

    found, lost, broken = exporter.get_finished_spans()
    assert found.name == "GET /v1/occupations/{code}"
    assert found.context is not None
    assert found.parent is not None
    assert (f"{found.context.trace_id:032x}", f"{found.parent.span_id:016x}") == (TRACE, PARENT)
    assert dict(lost.attributes or {}) == {
        "http.request.method": "GET",
        "http.route": "none",
        "http.response.status_code": 404,
    }
    assert broken.status.status_code.name == "ERROR"
    assert not broken.events
    assert "canary" not in "".join(span.to_json() for span in (found, lost, broken))
    assert f'"trace_id": "{TRACE}"' in capsys.readouterr().err


def test_nothing_is_traced_unless_a_collector_is_named(settings: Settings, engine: MatchEngine) -> None:
    app = create_app(settings, engine=lambda _: engine)

    assert app._telemetry["tracing"] is app._telemetry["logs"] is app._telemetry["auto_configure"] is False
    with open_tracing(None).request("GET", []) as span:
        assert span.log_fields == {}


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(ConfigurationError, match="telemetry"):
        open_tracing("https://collector.example/v1/traces")
