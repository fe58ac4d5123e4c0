"""Operations that are to go: every reply of theirs says since when, until when, and what to use in their place.

An operation is deprecated by one line where it is declared, and lives on under `/v1` until its last day:

    @router.get("/old", dependencies=[Depends(Deprecated(since=date(2027, 3, 1), last_day=date(2028, 3, 1)))])

The description of the API marks it from that alone, so that headers and description never say two things.
"""

from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from fastapi import Request

from app.api.middleware import add_reply_headers
from taxonomy.frozen import frozen


@frozen
class Deprecated:
    """A dependency of an operation that is to go.

    Attributes:
        since: the day from which nobody new should use it.
        last_day: the last day on which it answers; None where that is not decided yet.
        instead: address of the operation to use in its place, under `/v1`.
    """

    since: date
    last_day: date | None = None
    instead: str | None = None

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.since:
            raise ValueError("an operation ends after it is deprecated")

    @property
    def headers(self) -> dict[str, str]:
        """`Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the link to what comes after."""
        headers = {"Deprecation": f"@{int(_begin(self.since).timestamp())}"}
        if self.last_day is not None:
            headers["Sunset"] = format_datetime(_end(self.last_day), usegmt=True)
        if self.instead is not None:
            headers["Link"] = f'<{self.instead}>; rel="successor-version"'
        return headers

    @property
    def description(self) -> str:
        """The same as a sentence for the description of the operation."""
        until = "" if self.last_day is None else f", answers until {self.last_day}"
        instead = "" if self.instead is None else f"; use {self.instead}"
        return f"Deprecated since {self.since}{until}{instead}."

    async def __call__(self, request: Request) -> None:
        """Say so with the reply, whether it is an answer or a fault."""
        add_reply_headers(request, self.headers)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)
