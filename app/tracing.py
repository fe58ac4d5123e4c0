"""Spans for OpenTelemetry, where the settings name a collector.

The framework's own spans carry the address as asked, so ours are made here: one a request, with the method, the route
template and the status, and nothing else.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

from app.errors import ConfigurationError


class Tracing:
    """Makes spans and hands them to an exporter; without one it does nothing."""

    def __init__(self, exporter: Any = None) -> None:  # noqa: ANN401 # of an optional library
        self._provider = None if exporter is None else _provider(exporter)
        self._tracer = None if self._provider is None else self._provider.get_tracer("stackway", version("stackway"))

    @contextmanager
    def request(self, method: str, headers: list[tuple[bytes, bytes]]) -> Iterator["RequestSpan"]:
        """The span of one request, below the caller's where the caller names theirs.

        Of the standard's headers only `traceparent` is read, two ids and a flag; the others may carry words.
        """
        if self._tracer is None:
            yield RequestSpan(None)
            return
        api = import_module("opentelemetry.trace")
        parents = [value.decode("latin-1") for name, value in headers if name == b"traceparent"]
        context = import_module("opentelemetry.trace.propagation.tracecontext").TraceContextTextMapPropagator()
        # Exceptions are not recorded: a message may quote a value.
        with self._tracer.start_as_current_span(
            method,
            context=context.extract({"traceparent": parents[0]} if parents else {}),
            kind=api.SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield RequestSpan(span)

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


class RequestSpan:
    """The span of one request, or of none."""

    def __init__(self, span: Any) -> None:  # noqa: ANN401 # of an optional library
        self._span = span

    @property
    def log_fields(self) -> Mapping[str, str]:
        """What a log line names the trace by."""
        return {} if self._span is None else {"trace_id": f"{self._span.get_span_context().trace_id:032x}"}

    def end(self, method: str, route: str | None, status: int | None) -> None:
        """Say how it went."""
        if self._span is None:
            return
        self._span.update_name(f"{method} {route or 'none'}")
        self._span.set_attributes({"http.request.method": method, "http.route": route or "none"})
        if status is not None:
            self._span.set_attribute("http.response.status_code", status)
        if status is None or status >= 500:
            self._span.set_status(import_module("opentelemetry.trace").StatusCode.ERROR)


def open_tracing(endpoint: str | None) -> Tracing:
    """Spans to this address; None: none at all.

    Raises:
        ConfigurationError: an address is named and the `telemetry` extra is not installed.
    """
    if endpoint is None:
        return Tracing()
    try:
        exporters: Any = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError as error:
        raise ConfigurationError(
            "STACKWAY_TRACES_ENDPOINT needs: pip install 'stackway[telemetry]'. Install it, or unset the variable."
        ) from error
    return Tracing(exporters.OTLPSpanExporter(endpoint=endpoint))


def _provider(exporter: Any) -> Any:  # noqa: ANN401 # of an optional library
    sdk: Any = import_module("opentelemetry.sdk.trace")
    resources: Any = import_module("opentelemetry.sdk.resources")
    export: Any = import_module("opentelemetry.sdk.trace.export")
    resource = resources.Resource.create({"service.name": "stackway", "service.version": version("stackway")})
    provider = sdk.TracerProvider(resource=resource)
    provider.add_span_processor(export.BatchSpanProcessor(exporter))
    return provider
