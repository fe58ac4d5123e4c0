"""Logs as JSON lines. A field is written only when it is on the list, so no one can log a person by accident."""

import json
import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from app.sooner import without

# The library takes rich along where it is installed, to print tracebacks in colour, which nobody here does.
with without("rich"):
    import structlog

# What may be written. Nothing here can hold a person's words: paths are route templates, never addresses as asked.
ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "request_id",
        "trace_id",
        "method",
        "route",
        "status",
        "duration_ms",
        "snapshot",
        "method_version",
        "revision",
        "board",
        "error",  # the class of an exception; never its message, which may quote a value
        "where",  # file and line the exception came from
        "host",
        "port",
        "workers",
        "folder",
    }
)


def only_allowed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list."""
    return {name: value for name, value in event.items() if name in ALLOWED}


class _LibraryLine(logging.Formatter):
    """A line of a library: who wrote it and where, but not its words, which may quote a value."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        line = {
            "event": f"{record.name} wrote a line",
            "level": record.levelname.lower(),
            "where": f"{record.module}:{record.lineno}",
            **(whereabouts(error) if error else {}),
        }
        return json.dumps(line)


class _Lines:
    """Standard error, whichever it is at the time. A log whose disk is full must not stop the service."""

    def msg(self, line: str) -> None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = exception = msg


def configure(level: str) -> None:
    """Set up logging of this process: our lines, and warnings of libraries, as JSON on standard error."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: _Lines(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryLine())
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def get_logger() -> structlog.typing.FilteringBoundLogger:
    """The logger; its lines carry the request id where there is a request."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def whereabouts(error: BaseException) -> dict[str, str]:
    """What may be said of an exception: its class and where it was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"
    return {"error": type(error).__name__, "where": where}
