"""Events sent to webhooks: signed as Standard Webhooks says, again and again until they are taken or given up.

An event is sent at least once: where a worker dies between the reply and the note of it, it is sent again under the
same id. No transaction and no lock is held while somebody else's machine takes its time.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta
from threading import Event

import orjson
from standardwebhooks.webhooks import Webhook

from app.db import queue, webhooks
from app.db.keys import list_boards
from app.db.webhooks import DELIVERED, GIVEN_UP, WAITING, KeptDelivery
from app.errors import ConfigurationError
from app.logs import get_logger
from app.services.egress import EgressError
from app.services.events import ids_of
from app.services.ledger import Ledger
from app.services.principal import Worker
from app.services.webhooks import Target, open_target
from taxonomy.frozen import frozen

# Seconds from one attempt to the next: eight attempts within some thirty hours, so that a night without anyone there
# loses nothing.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 600, 3_600, 14_400, 36_000, 57_600))
# Longer than an attempt takes, the look-up of a name included: after it another worker may try.
LEASE = timedelta(seconds=60)
_GONE = 410  # "do not send here again"

Post = Callable[[str, bytes, dict[str, str]], int]  # as app.services.egress.Egress.post


@frozen
class EventSending:
    """What a worker does with events. `stopping` is set when it is to end: what it has not begun is left to others."""

    ledger: Ledger
    post: Post
    waits: tuple[timedelta, ...] = WAITS
    lease: timedelta = LEASE
    stopping: Event = field(default_factory=Event)

    def send(self, board: str, delivery: uuid.UUID) -> bool:
        """Send an event that is due, if nobody else does; whether it was taken.

        Raises:
            UnavailableError: the database is away; the event is sent again when its lease is over.
        """
        if self.stopping.is_set():
            return False
        with self.ledger.act(Worker(board), "webhook.send") as act:
            taken = webhooks.take_delivery(act.session, delivery, self.lease)
            key = None if taken is None else act.find_person(taken.webhook.id)
        if taken is None:
            return False
        status: int | None = None
        fault: str | None = "disabled"
        if key is not None and taken.webhook.enabled:
            try:
                status, fault = self._post(open_target(key, taken.webhook), taken.delivery, taken.now)
            except ConfigurationError:
                fault = "not_readable"
        return self._keep(board, taken.delivery, status, fault)

    def requeue_due(self) -> int:
        """Queue what is due and not queued: an attempt more, or one that was lost; say how many.

        Raises:
            UnavailableError: the database is away.
        """
        found = 0
        with self.ledger.database.session("") as session, session.begin():
            if not queue.may_sweep(session, queue.EVENTS):
                return 0
            for board in list_boards(session):
                with self.ledger.database.session(board) as own, own.begin():
                    found += queue.requeue_due(own, board, self.lease)
        return found

    def _post(self, target: Target, delivery: KeptDelivery, now: datetime) -> tuple[int | None, str | None]:
        body = content(delivery)
        try:
            status = self.post(target.url, body, signed(target.secrets_at(now), delivery.id, now, body))
        except EgressError as error:
            return None, error.fault
        return status, None if 200 <= status < 300 else "refused"

    def _keep(self, board: str, delivery: KeptDelivery, status: int | None, fault: str | None) -> bool:
        over = status == _GONE or fault == "disabled" or delivery.attempts > len(self.waits)
        wait = None if fault is None or over else self.waits[delivery.attempts - 1]
        state = DELIVERED if fault is None else GIVEN_UP if over else WAITING
        with self.ledger.act(Worker(board), "webhook.send") as act:
            if not webhooks.end_attempt(act.session, delivery, state=state, status=status, fault=fault, wait=wait):
                return False
            act.saw("webhook", delivery.webhook_id)
            act.saw("delivery", delivery.id)
        if state == GIVEN_UP:
            get_logger().warning("an event was given up: its webhook does not take it", board=board)
        return fault is None


def content(delivery: KeptDelivery) -> bytes:
    """What is sent: which event, when, and of which records; the same bytes each time. Nothing of a person."""
    at = delivery.created_at.astimezone(UTC)
    return orjson.dumps({"type": delivery.event, "timestamp": at, "data": ids_of(delivery)})


def signed(secrets: Sequence[str], event: uuid.UUID, now: datetime, body: bytes) -> dict[str, str]:
    """The headers that say which event it is, when it was sent, and that it is from us.

    Args:
        secrets: as the webhook was told them, newest first; two while one is changed, and either signature will do.
        event: the id of what is sent, the same each time.
        now: of this attempt.
        body: the very bytes that are sent.
    """
    at = now.astimezone(UTC)  # the library takes the hour of any other zone for that of UTC
    return {
        "Content-Type": "application/json",
        "webhook-id": str(event),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(one).sign(str(event), at, body.decode()) for one in secrets),
    }
