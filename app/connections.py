"""Connections that take their time: the server itself waits for ever, so that a few callers could hold all its places.

Headers have to arrive in time and within a length; a body nobody reads any more does not keep a connection open. What
is refused here never reaches the application, so it is told as a problem here.
"""

from asyncio import Transport
from asyncio.events import TimerHandle
from http import HTTPStatus

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import AppError, HeadersTooLargeError, HeadersTooSlowError, NotHttpError
from app.settings import Settings

_LINGER_SECONDS = 5  # for a refused sender to read why, before the connection is cut


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 with deadlines. The settings come through the state of the application."""

    _waiting: TimerHandle | None = None
    _header_bytes = 0
    _in_headers = True

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as the class above has it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the headers grow beyond what is read."""
        if self._in_headers:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._in_headers and self._header_bytes > self._settings.max_header_bytes:
            self._refuse(HeadersTooLargeError())

    def on_message_begin(self) -> None:
        """The next request on a connection that is kept open."""
        super().on_message_begin()
        self._in_headers = True
        if self._waiting is None:
            self._header_bytes = 0
            self._wait()

    def on_headers_complete(self) -> None:
        """They came in time."""
        self._in_headers = False
        self._wait_no_more()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Where the caller still sends a body that nobody reads, the connection is not kept."""
        unread = self.cycle.more_body
        super().on_response_complete()
        if unread:
            self.loop.call_later(_LINGER_SECONDS, self.transport.close)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 # the server's own words are not a problem document
        """Tell what cannot be read as HTTP."""
        self._refuse(NotHttpError())

    @property
    def _settings(self) -> Settings:
        settings: Settings = self.app_state["settings"]
        return settings

    def _wait(self) -> None:
        seconds = self._settings.header_timeout_seconds
        self._waiting = self.loop.call_later(seconds, lambda: self._refuse(HeadersTooSlowError()))

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _refuse(self, error: AppError) -> None:
        self._wait_no_more()
        if self.transport.is_closing():
            return
        body = orjson.dumps(
            {
                "type": f"urn:stackway:problem:{error.code}",
                "title": error.title,
                "status": error.status,
                "detail": error.detail,
                "errors": [],
                "request_id": None,
            }
        )
        head = (
            f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}\r\n"
            "content-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()
