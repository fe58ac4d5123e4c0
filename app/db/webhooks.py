"""Webhooks and what is sent to them: the queries. Services begin and commit; nothing here does.

All times are the database's own. What is sent is taken under a lease: who takes it counts one attempt more and moves
the time it is due, and only the newest attempt may say what came of it.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import any_, delete, func, insert, select, tuple_, update

from app.db.people import Place
from app.db.session import Session
from app.db.tables import Webhook, WebhookDelivery
from taxonomy.frozen import frozen

WAITING, DELIVERED, GIVEN_UP = "waiting", "delivered", "given_up"
_KEPT_FOR = timedelta(days=30)


@frozen
class KeptWebhook:
    """A webhook as kept; `content` is sealed."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    events: tuple[str, ...]
    enabled: bool
    content: bytes


@frozen
class KeptDelivery:
    """One event for one webhook; `due_at` is None once it is delivered or given up."""

    id: uuid.UUID
    webhook_id: uuid.UUID
    created_at: datetime
    event: str
    subjects: tuple[str, ...]
    state: str
    attempts: int
    due_at: datetime | None
    finished_at: datetime | None
    status: int | None
    fault: str | None


@frozen
class Taken:
    """What is to be sent now, by the database's clock, and where to."""

    delivery: KeptDelivery
    webhook: KeptWebhook
    now: datetime


def add_webhook(  # its columns
    session: Session, board: str, webhook: uuid.UUID, events: Sequence[str], content: bytes, *, enabled: bool
) -> KeptWebhook:
    """Keep a webhook in version 1."""
    row = Webhook(id=webhook, board=board, version=1, events=list(events), enabled=enabled, content=content)
    session.add(row)
    session.flush()
    session.refresh(row)
    return _webhook(row)


def count_webhooks(session: Session) -> int:
    """How many the session's board has."""
    return session.execute(select(func.count()).select_from(Webhook)).scalar_one()


def find_webhook(session: Session, webhook: uuid.UUID, *, lock: bool = False) -> KeptWebhook | None:
    """A webhook of the session's board, or None; nobody else changes it until the end where it is locked."""
    query = select(Webhook).where(Webhook.id == webhook)
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else _webhook(row)


def list_webhooks(session: Session, *, limit: int, before: Place | None) -> tuple[KeptWebhook, ...]:
    """Webhooks of the session's board, newest first."""
    query = select(Webhook).order_by(Webhook.created_at.desc(), Webhook.id.desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(Webhook.created_at, Webhook.id) < before)
    return tuple(map(_webhook, session.scalars(query)))


def change_webhook(
    session: Session, webhook: uuid.UUID, events: Sequence[str], content: bytes, *, enabled: bool
) -> KeptWebhook:
    """Put another version in place of a webhook that is there."""
    row = session.scalars(
        update(Webhook)
        .where(Webhook.id == webhook)
        .values(
            version=Webhook.version + 1, updated_at=func.now(), events=list(events), enabled=enabled, content=content
        )
        .returning(Webhook)
        .execution_options(populate_existing=True)
    ).one()
    return _webhook(row)


def remove_webhook(session: Session, webhook: uuid.UUID) -> None:
    """Remove a webhook, and what was still to be sent to it."""
    session.execute(delete(Webhook).where(Webhook.id == webhook))


def list_listening(session: Session, event: str) -> tuple[uuid.UUID, ...]:
    """Webhooks of the session's board that want an event."""
    return tuple(session.scalars(select(Webhook.id).where(Webhook.enabled, any_(Webhook.events) == event)))


def add_deliveries(
    session: Session, board: str, webhooks: Sequence[uuid.UUID], event: str, subjects: Sequence[str]
) -> tuple[uuid.UUID, ...]:
    """Keep an event for each webhook, due now; what ended a month ago at the same webhooks is let go."""
    made = {uuid.uuid4(): webhook for webhook in webhooks}
    for delivery, webhook in made.items():
        session.execute(
            insert(WebhookDelivery).values(
                id=delivery,
                board=board,
                webhook_id=webhook,
                event=event,
                subjects=list(subjects),
                state=WAITING,
                attempts=0,
                due_at=func.now(),
            )
        )
    session.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.webhook_id.in_(webhooks), WebhookDelivery.finished_at < func.now() - _KEPT_FOR
        )
    )
    return tuple(made)


def get_delivery(session: Session, delivery: uuid.UUID) -> KeptDelivery:
    """What is or was sent, and is there."""
    return _delivery(session.scalars(select(WebhookDelivery).where(WebhookDelivery.id == delivery)).one())


def find_delivery(session: Session, webhook: uuid.UUID, delivery: uuid.UUID) -> KeptDelivery | None:
    """What is or was sent to a webhook, or None where there is no such event."""
    query = select(WebhookDelivery).where(WebhookDelivery.id == delivery, WebhookDelivery.webhook_id == webhook)
    row = session.scalars(query).one_or_none()
    return None if row is None else _delivery(row)


def revive(session: Session, webhook: uuid.UUID, delivery: uuid.UUID | None, *, limit: int) -> tuple[uuid.UUID, ...]:
    """Make what was given up due now, as if it had never been tried: one event, or the oldest ones; say which."""
    given_up = select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == webhook, WebhookDelivery.state == GIVEN_UP
    )
    if delivery is not None:
        given_up = given_up.where(WebhookDelivery.id == delivery)
    given_up = given_up.order_by(WebhookDelivery.created_at, WebhookDelivery.id).limit(limit)
    return tuple(
        session.scalars(
            update(WebhookDelivery)
            .where(WebhookDelivery.id.in_(given_up.with_for_update(skip_locked=True)))
            .values(state=WAITING, attempts=0, due_at=func.now(), finished_at=None)
            .returning(WebhookDelivery.id)
            .execution_options(synchronize_session=False)
        )
    )


def count_given_up(session: Session, webhook: uuid.UUID) -> int:
    """How many events a webhook did not take and nobody sends any more."""
    query = select(func.count()).select_from(WebhookDelivery)
    return session.execute(
        query.where(WebhookDelivery.webhook_id == webhook, WebhookDelivery.state == GIVEN_UP)
    ).scalar_one()


def now(session: Session) -> datetime:
    """The time by the database's clock."""
    return session.execute(select(func.now())).scalar_one()


def list_deliveries(
    session: Session, webhook: uuid.UUID, *, limit: int, before: Place | None
) -> tuple[KeptDelivery, ...]:
    """What is or was sent to a webhook, newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook)
    query = query.order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(WebhookDelivery.created_at, WebhookDelivery.id) < before)
    return tuple(map(_delivery, session.scalars(query)))


def take_delivery(session: Session, delivery: uuid.UUID, lease: timedelta) -> Taken | None:
    """Take what is due; None where it is not, or another has it."""
    row = session.scalars(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == delivery, WebhookDelivery.due_at <= func.now())
        .values(attempts=WebhookDelivery.attempts + 1, due_at=func.now() + lease)
        .returning(WebhookDelivery)
    ).one_or_none()
    if row is None:
        return None
    webhook = session.scalars(select(Webhook).where(Webhook.id == row.webhook_id)).one()
    return Taken(_delivery(row), _webhook(webhook), now(session))


def end_attempt(
    session: Session, taken: KeptDelivery, *, state: str, status: int | None, fault: str | None, wait: timedelta | None
) -> bool:
    """Keep what came of an attempt; False where another was begun meanwhile. `wait`: until the next one."""
    changed = session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.id == taken.id,
            WebhookDelivery.attempts == taken.attempts,
            WebhookDelivery.due_at.is_not(None),
        )
        .values(
            state=state,
            status=status,
            fault=fault,
            due_at=None if wait is None else func.now() + wait,
            finished_at=func.now() if wait is None else None,
        )
        .returning(WebhookDelivery.id)
    )
    return changed.scalar_one_or_none() is not None


def _webhook(row: Webhook) -> KeptWebhook:
    return KeptWebhook(row.id, row.version, row.created_at, row.updated_at, tuple(row.events), row.enabled, row.content)


def _delivery(row: WebhookDelivery) -> KeptDelivery:
    return KeptDelivery(
        row.id,
        row.webhook_id,
        row.created_at,
        row.event,
        tuple(row.subjects),
        row.state,
        row.attempts,
        row.due_at,
        row.finished_at,
        row.status,
        row.fault,
    )
