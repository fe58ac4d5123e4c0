"""Around every request: a place where one is free, an id, HEAD without a body, a log line, a span, 500 as a problem."""

import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem
from app.errors import AppError, BusyError, HeadersTooLargeError
from app.logs import get_logger, whereabouts
from app.metrics import Metrics
from app.settings import Settings
from app.tracing import Tracing

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_ADDED, _PLACE, _BOARD = "stackway.reply_headers", "stackway.place", "stackway.board"

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# Whoever watches the service is answered however much there is to do.
_ALWAYS = frozenset({"/livez", "/readyz", "/metrics"})


@dataclass(slots=True)
class _Places:
    """How many requests are being answered; beside them, streams that are open and bodies still on their way."""

    most_streams: int
    most_bodies: int
    requests: int = 0
    streams: int = 0
    bodies: Counter[str] = field(default_factory=Counter)  # by the board that sends them


@dataclass(slots=True)
class _Place:
    """What one request takes up: a place among the requests, until it turns into a stream."""

    all: _Places
    is_stream: bool = False

    def __post_init__(self) -> None:
        self.all.requests += 1

    def become_stream(self) -> None:
        if self.all.streams >= self.all.most_streams:
            raise BusyError
        self.is_stream = True
        self.all.requests -= 1
        self.all.streams += 1

    @contextmanager
    def while_body_comes(self, board: str) -> Iterator[None]:
        if self.all.bodies.total() >= self.all.most_bodies or self.all.bodies[board] >= -(-self.all.most_bodies // 2):
            raise BusyError
        self.all.bodies[board] += 1
        self.all.requests -= 1
        try:
            yield
        finally:
            self.all.requests += 1
            self.all.bodies[board] -= 1

    def leave(self) -> None:
        if self.is_stream:
            self.all.streams -= 1
        else:
            self.all.requests -= 1


class AroundRequests:
    """Plain ASGI, since the framework's own wrapper costs more than a whole look-up."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, tracing: Tracing) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._tracing = tracing
        self._places = _Places(settings.max_streams_at_once, settings.max_requests_at_once)
        self._logger = get_logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Never the caller's own id: it might name a person, and it is logged.
        request_id = uuid.uuid4().hex
        # A method, too, is whatever the caller wrote: a word of a stranger is neither logged nor counted.
        method = scope["method"] if scope["method"] in _METHODS else "other"
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        added: list[tuple[bytes, bytes]] = [(b"x-request-id", request_id.encode()), _NO_SNIFFING]
        place = _Place(self._places)
        inner = {**scope, "method": "GET" if method == "HEAD" else scope["method"], _ADDED: added, _PLACE: place}
        reply = _Reply(send, added, bodiless=method == "HEAD")
        started = time.perf_counter()
        self._metrics.begun()
        route: str | None = None
        try:
            with self._tracing.request(method, scope["headers"]) as span:
                await self._answer(method, inner, receive, reply)
                route = getattr(inner.get("route"), "path_format", None)
                span.end(method, route, reply.status)
        finally:
            seconds = time.perf_counter() - started
            place.leave()
            self._metrics.ended(method, route, reply.status, seconds)
        self._logger.info(
            "request",
            method=method,
            route=route,
            status=reply.status,
            duration_ms=round(seconds * 1000, 1),
            **span.log_fields,
        )

    async def _answer(self, method: str, scope: Scope, receive: Receive, reply: "_Reply") -> None:
        refused = self._refusal(scope)
        if refused is not None:
            await problem(refused)(scope, receive, reply.send)
            return
        try:
            await self._app(scope, receive, reply.send)
        except ClientDisconnect:
            # Who went away while sending hears no answer, and it is no fault of ours: the log line says "none".
            return
        except Exception as error:  # noqa: BLE001 # the last door: whatever it was, the caller hears a problem
            where = whereabouts(error)
            self._metrics.fault(where["error"])
            self._logger.error("request failed", method=method, **where)  # noqa: TRY400 # a trace may quote a value
            if reply.status is None:
                await problem(AppError())(scope, receive, reply.send)

    def _refusal(self, scope: Scope) -> AppError | None:
        """Before anything is read of a request: whether it is too long, and whether there is a place for it."""
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        size += sum(len(name) + len(value) for name, value in scope["headers"])
        if size > self._settings.max_header_bytes:
            return HeadersTooLargeError()
        if self._places.requests > self._settings.max_requests_at_once and scope["path"] not in _ALWAYS:
            self._metrics.turned_away()
            return BusyError()
        return None


def add_reply_headers(request: Request, headers: Mapping[str, str]) -> None:
    """Send these with the reply, whatever it turns out to be: an answer or a fault."""
    request.scope[_ADDED] += [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def become_stream(request: Request) -> None:
    """Give back the request's place: a stream that is open for long keeps no request out, nor is it one of them.

    Raises:
        BusyError: as many streams are open as may be.
    """
    request.scope[_PLACE].become_stream()


@contextmanager
def while_body_comes(request: Request) -> Iterator[None]:
    """Give back the request's place until all of it is there: slow senders keep nobody out.

    As many bodies may be on their way as requests may be answered, and half of them may be one board's.

    Raises:
        BusyError: so many are.
    """
    with request.scope[_PLACE].while_body_comes(request.scope.get(_BOARD, "")):
        yield


def note_board(request: Request, board: str) -> None:
    """Say which board a request is of, as soon as that is known."""
    request.scope[_BOARD] = board


class _Reply:
    """Passes a reply on, with our headers, and remembers its status."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]], *, bodiless: bool) -> None:
        self._send = send
        self._headers = headers
        self._bodiless = bodiless
        self.status: HTTPStatus | None = None

    async def send(self, message: Message) -> None:
        """One message of the reply."""
        if message["type"] == "http.response.start":
            self.status = HTTPStatus(message["status"])
            message = {**message, "headers": [*message["headers"], *self._headers]}
        elif self._bodiless:
            message = {**message, "body": b""}
        await self._send(message)
