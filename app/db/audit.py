"""The audit: appended to, read, never changed. Services begin and commit; nothing here does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import orjson
from sqlalchemy import func, insert, select

from app.db.session import Session, in_one_go
from app.db.tables import AuditEvent
from taxonomy.frozen import frozen

BEGINNING = bytes(32)  # the code before the first event

# One at a time for a board, until its transaction ends: two events must not follow the same one.
_WAIT = "select pg_advisory_xact_lock(hashtextextended('stackway.audit/' || %(board)s, 0))"
_HEAD = """
    select clock_timestamp(), e.number, e.mac from (select 1) one
    left join lateral (
      select number, mac from audit_events where board = %(board)s order by number desc limit 1) e on true
    """


@frozen
class Event:
    """Who did what to which records."""

    board: str
    number: int
    at: datetime
    caller: str
    action: str
    subjects: tuple[str, ...]
    request_id: str | None
    mac: bytes = b""

    def content(self) -> bytes:
        """What its code covers besides the code before it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return orjson.dumps([self.board, self.number, at, self.caller, self.action, self.subjects, self.request_id])


@frozen
class Act:
    """What is to be written of one act."""

    caller: str
    action: str
    subjects: tuple[str, ...]
    request_id: str | None


def append_event(session: Session, board: str, act: Act, code: Callable[[bytes, bytes], bytes]) -> Event:
    """Write an event after the newest one of its board. The last statement of a transaction, as others wait for it."""
    session.flush()
    with in_one_go(session.connection()) as driver:
        driver.execute(_WAIT, {"board": board})
        head = driver.execute(_HEAD, {"board": board})
    at, number, before = next(head)
    event = Event(board, (number or 0) + 1, at, act.caller, act.action, act.subjects, act.request_id)
    mac = code(before or BEGINNING, event.content())
    row = {
        "board": board,
        "number": event.number,
        "at": at,
        "caller": act.caller,
        "action": act.action,
        "subjects": list(act.subjects),
        "request_id": act.request_id,
        "mac": mac,
    }
    session.execute(insert(AuditEvent), row)
    return Event(board, event.number, at, act.caller, act.action, act.subjects, act.request_id, mac)


def find_newest_number(session: Session, board: str) -> int:
    """The number of the newest event of a board; 0 where there is none."""
    newest = session.scalar(select(func.max(AuditEvent.number)).where(AuditEvent.board == board))
    return newest or 0


def list_events(session: Session, board: str, *, after: int, limit: int, last: int | None = None) -> Iterator[Event]:
    """Some events of a board, in the order of their numbers, up to `last` where it is given."""
    query = select(AuditEvent).where(AuditEvent.board == board, AuditEvent.number > after)
    if last is not None:
        query = query.where(AuditEvent.number <= last)
    for row in session.scalars(query.order_by(AuditEvent.number).limit(limit)):
        yield Event(row.board, row.number, row.at, row.caller, row.action, tuple(row.subjects), row.request_id, row.mac)
