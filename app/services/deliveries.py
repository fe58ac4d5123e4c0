"""What is sent to a board's webhooks and what became of it: shown for a month, sent again where it was given up."""

import uuid
from datetime import datetime

from app.db import queue
from app.db import webhooks as kept_webhooks
from app.db.webhooks import KeptDelivery, KeptWebhook
from app.errors import ConflictError, NotFoundError
from app.services.cursors import Cursors
from app.services.events import TEST, ids_of, keep
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.principal import Principal
from app.services.webhooks import found_webhook
from taxonomy.frozen import frozen

_AT_ONCE = 1_000  # of what was given up, in one transaction


@frozen
class DeliveryRecord:
    """One event for one webhook, and what became of it."""

    id: uuid.UUID
    created_at: datetime
    event: str
    data: dict[str, str]
    state: str
    attempts: int
    due_at: datetime | None
    finished_at: datetime | None
    status: int | None
    fault: str | None


@frozen
class Deliveries:
    """Events for webhooks, each seen by its board only."""

    ledger: Ledger

    def test(self, caller: Principal, webhook: uuid.UUID, once: Once | None) -> Made:
        """Send an event that tells of nothing but the webhook itself.

        Raises:
            NotFoundError: this board has no such webhook.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.test") as act:
            act.saw("webhook", webhook)
            found_webhook(act, webhook)
            replayed = act.replayed(once, "delivery")
            if replayed is not None:
                return replayed
            (delivery,) = keep(act, [webhook], TEST, [f"webhook_id:{webhook}"])
            return act.made(once, "delivery", delivery, _delivery(kept_webhooks.get_delivery(act.session, delivery)))

    def list(self, caller: Principal, webhook: uuid.UUID, *, limit: int, cursor: str | None) -> Page[DeliveryRecord]:
        """What is or was sent to a webhook within a month, newest first.

        Raises:
            NotFoundError: this board has no such webhook.
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, f"webhooks/{webhook}")
        before = cursors.place(cursor)
        with self.ledger.act(caller, "webhook.deliveries") as act:
            act.saw("webhook", webhook)
            found_webhook(act, webhook)
            rows = kept_webhooks.list_deliveries(act.session, webhook, limit=limit + 1, before=before)
        return Page(tuple(map(_delivery, rows[:limit])), cursors.after_last(rows, limit))

    def send_again(self, caller: Principal, webhook: uuid.UUID, delivery: uuid.UUID, once: Once | None) -> Made:
        """Send an event that was given up, under the id it had, as often as a new one.

        Raises:
            NotFoundError: this board has no such webhook, or it no such event.
            ConflictError: it was not given up, or the webhook is disabled.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.send_again") as act:
            act.saw("webhook", webhook)
            kept = found_webhook(act, webhook)
            replayed = act.replayed(once, "delivery")
            if replayed is not None:
                return replayed
            if kept_webhooks.find_delivery(act.session, webhook, delivery) is None:
                raise NotFoundError("No event of this webhook has this id.")
            if not _revived(act, kept, delivery):
                raise ConflictError("This event was not given up: it is waiting to be sent, or was taken.")
            return act.made(once, "delivery", delivery, _delivery(kept_webhooks.get_delivery(act.session, delivery)))

    def send_all_again(self, caller: Principal, webhook: uuid.UUID, once: Once | None) -> Made:
        """Send all that was given up, the oldest first; the body tells how much, and what is left.

        Raises:
            NotFoundError: this board has no such webhook.
            ConflictError: the webhook is disabled.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.send_again") as act:
            kept = found_webhook(act, webhook)
            replayed = act.replayed(once, "webhook")
            if replayed is not None:
                return replayed
            queued = _revived(act, kept)
            act.saw("delivery", *queued)
            left = kept_webhooks.count_given_up(act.session, webhook)
            return act.made(once, "webhook", webhook, {"queued": len(queued), "given_up": left})


def _revived(act: Act, webhook: KeptWebhook, delivery: uuid.UUID | None = None) -> tuple[uuid.UUID, ...]:
    """Queue what was given up, one event or all; which that were."""
    if not webhook.enabled:
        raise ConflictError("The webhook is disabled, and what is sent to it is given up: enable it first.")
    revived = kept_webhooks.revive(act.session, webhook.id, delivery, limit=_AT_ONCE)
    queue.requeue_events(act.session, act.board, revived)
    return revived


def _delivery(kept: KeptDelivery) -> DeliveryRecord:
    return DeliveryRecord(
        kept.id,
        kept.created_at,
        kept.event,
        ids_of(kept),
        kept.state,
        kept.attempts,
        kept.due_at,
        kept.finished_at,
        kept.status,
        kept.fault,
    )
