"""Events: what a board's webhooks are told of, kept in the transaction of what happened and sent by a worker later."""

import uuid
from collections.abc import Sequence
from typing import Literal

from app.db import queue, webhooks
from app.db.webhooks import KeptDelivery
from app.services.ledger import Act

Event = Literal[
    "batch.done",
    "batch.failed",
    "batch.cancelled",
    "referral.created",
    "review.requested",
    "review.settled",
]
TEST = "webhook.test"  # sent when it is asked for, whatever a webhook wants


def announce(act: Act, event: Event, **ids: uuid.UUID) -> None:
    """Send an event to the webhooks of the act's board that want it, if the act is done.

    Args:
        act: what the event tells of; both are kept, or neither is.
        event: its name.
        ids: the records it is about, by their name in addresses. Nothing else of them is sent.
    """
    keep(act, webhooks.list_listening(act.session, event), event, [f"{name}:{id_}" for name, id_ in ids.items()])


def ids_of(delivery: KeptDelivery) -> dict[str, str]:
    """The records an event is about, by their name in addresses."""
    return dict(subject.split(":", 1) for subject in delivery.subjects)


def keep(act: Act, targets: Sequence[uuid.UUID], event: str, subjects: Sequence[str]) -> tuple[uuid.UUID, ...]:
    """Keep an event for each of these webhooks, and queue it; what it is sent under."""
    if not targets:
        return ()
    made = webhooks.add_deliveries(act.session, act.board, targets, event, subjects)
    queue.defer_events(act.session, act.board, made)
    return made
