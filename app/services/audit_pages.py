"""The audit in pages. Who reads it is in it too, and no reader is led on by the lines of their own reading."""

from app.db.audit import Event, find_newest_number, list_events
from app.services.cursors import Cursors
from app.services.ledger import Ledger
from app.services.listing import Page
from app.services.principal import Principal
from taxonomy.frozen import frozen

READ = "audit.read"


@frozen
class AuditPages:
    """The events of a board, as its callers may read them."""

    ledger: Ledger

    def read(self, caller: Principal, *, after: int, cursor: str | None, limit: int) -> Page[Event]:
        """Events in the order of their numbers, after a number or, where there is one, a cursor.

        A page of anything but readings of the audit is an event itself. Pages end where the audit ended when the first
        of them was read, and one of nothing but readings is no event: else to read on would never come to an end.

        Raises:
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, "audit")
        last = None
        if cursor is not None:
            after, last = cursors.numbers(cursor)
        with self.ledger.act(caller, READ) as act:
            last = find_newest_number(act.session, act.board) if last is None else last
            found = tuple(list_events(act.session, act.board, after=after, last=last, limit=limit + 1))
            events = found[:limit]
            if any(event.action != READ for event in events):
                act.subjects.append(f"audit:{events[0].number}-{events[-1].number}")
        return Page(events, cursors.between(events[-1].number, last) if len(found) > limit else None)
