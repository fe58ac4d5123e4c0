"""What happens around every request: an id, HEAD as GET without a body, a log line, and 500 as a problem."""

import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem
from app.errors import AppError
from app.logs import get_logger, whereabouts

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_ADDED = "stackway.reply_headers"


class AroundRequests:
    """Plain ASGI, since the framework's own wrapper costs more than a whole look-up."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._logger = get_logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Never the caller's own id: it might name a person, and it is logged.
        request_id = uuid.uuid4().hex
        method = scope["method"]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        added: list[tuple[bytes, bytes]] = [(b"x-request-id", request_id.encode()), _NO_SNIFFING]
        inner = {**scope, "method": "GET" if method == "HEAD" else method, _ADDED: added}
        reply = _Reply(send, added, bodiless=method == "HEAD")
        started = time.perf_counter()
        try:
            await self._app(inner, receive, reply.send)
        except Exception as error:  # noqa: BLE001 # the last door: whatever it was, the caller hears a problem
            self._logger.error("request failed", method=method, **whereabouts(error))  # noqa: TRY400 # a trace may quote a value
            if reply.status is None:
                await problem(AppError())(inner, receive, reply.send)
        self._logger.info(
            "request",
            method=method,
            route=getattr(inner.get("route"), "path", None),
            status=reply.status,
            duration_ms=round((time.perf_counter() - started) * 1000, 1),
        )


def add_reply_headers(request: Request, headers: Mapping[str, str]) -> None:
    """Send these with the reply, whatever it turns out to be: an answer or a fault."""
    request.scope[_ADDED] += [(name.lower().encode(), value.encode()) for name, value in headers.items()]


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
