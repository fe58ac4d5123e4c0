"""Webhooks of a board: where its events are sent. The address and the secret are sealed; the secret is told once."""

import secrets
import uuid
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

import orjson

from app.db import people
from app.db import webhooks as kept_webhooks
from app.db.webhooks import KeptDelivery, KeptWebhook
from app.errors import ConflictError, InvalidInputError, NotFoundError, PreconditionFailedError, ReplyErasedError
from app.services.cursors import Cursors
from app.services.egress import find_fault
from app.services.events import TEST, Event, ids_of, keep
from app.services.ledger import Act, Ledger, Once
from app.services.listing import Page
from app.services.matches import Made
from app.services.principal import Principal
from app.services.vault import PersonalKey

_CONTENT = "webhooks.content"
_MOST = 20  # of one board
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Target:
    """Where events are sent, and what they are signed with."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a board wants of a webhook."""

    url: str
    events: tuple[Event, ...]
    enabled: bool


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class WebhookRecord:
    """A webhook without its secret."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    url: str
    events: tuple[str, ...]
    enabled: bool


def open_target(key: PersonalKey, kept: KeptWebhook) -> Target:
    """Where a webhook leads.

    Raises:
        ConfigurationError: it was kept under another key, or changed since.
    """
    return Target(**orjson.loads(key.open(kept.content, _CONTENT, kept.id)))


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Webhooks, each seen by its board only. `hosts` are those that may be sent to; without any, none is taken."""

    ledger: Ledger
    hosts: tuple[str, ...]

    def create(self, caller: Principal, wanted: Wanted, once: Once | None) -> Made:
        """Keep a webhook; the body tells its secret, which nothing else ever does.

        Raises:
            InvalidInputError: nothing is sent to this address.
            ConflictError: the board has as many as it may.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            ReplyErasedError: the same request was answered, and its webhook removed.
            UnavailableError: the database is away.
        """
        self._check(wanted.url)
        with self.ledger.act(caller, "webhook.create") as act:
            earlier = act.earlier(once)
            if earlier is not None:
                act.saw("webhook", earlier.resource)
                return _again(act, earlier.resource)
            if kept_webhooks.count_webhooks(act.session) >= _MOST:
                raise ConflictError(f"A board has at most {_MOST} webhooks; remove one that is not in use.")
            webhook = uuid.uuid4()
            target = Target(wanted.url, f"whsec_{b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}")
            content = act.new_person(webhook).seal(orjson.dumps(target), _CONTENT, webhook)
            kept = kept_webhooks.add_webhook(
                act.session, act.board, webhook, wanted.events, content, enabled=wanted.enabled
            )
            act.remember(once, webhook)  # without the body: what is kept to be sent again is under nobody's key
            act.saw("webhook", webhook)
            return Made(webhook, _told_once(kept, target), replayed=False)

    def get(self, caller: Principal, webhook: uuid.UUID) -> WebhookRecord:
        """A webhook.

        Raises:
            NotFoundError: this board has no such webhook.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.read") as act:
            act.saw("webhook", webhook)
            return _record(act, _found(act, webhook))

    def list(self, caller: Principal, *, limit: int, cursor: str | None) -> Page[WebhookRecord]:
        """Webhooks, newest first.

        Raises:
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, "webhooks")
        before = cursors.place(cursor)
        with self.ledger.act(caller, "webhook.list") as act:
            rows = kept_webhooks.list_webhooks(act.session, limit=limit + 1, before=before)
            act.saw("webhook", *(row.id for row in rows[:limit]))
            records = tuple(_record(act, row) for row in rows[:limit])
        return Page(records, cursors.after_last(rows, limit))

    def replace(self, caller: Principal, webhook: uuid.UUID, version: int | None, wanted: Wanted) -> WebhookRecord:
        """Put another address and other events in place of `version`; None: of whichever is the newest.

        Raises:
            NotFoundError: this board has no such webhook.
            PreconditionFailedError: `version` is not the newest any more.
            InvalidInputError: nothing is sent to this address.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.change") as act:
            act.saw("webhook", webhook)
            kept = _found(act, webhook, version=version, lock=True)
            self._check(wanted.url)
            key = act.get_person(webhook, "webhook")
            target = Target(wanted.url, open_target(key, kept).secret)
            content = key.seal(orjson.dumps(target), _CONTENT, webhook)
            changed = kept_webhooks.change_webhook(act.session, webhook, wanted.events, content, enabled=wanted.enabled)
            return _record(act, changed)

    def remove(self, caller: Principal, webhook: uuid.UUID, version: int | None) -> None:
        """Remove a webhook with all that was still to be sent to it, and destroy its key.

        Raises:
            NotFoundError: this board has no such webhook.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.delete") as act:
            act.saw("webhook", webhook)
            _found(act, webhook, version=version, lock=True)
            kept_webhooks.remove_webhook(act.session, webhook)
            people.destroy_key(act.session, webhook)

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
            _found(act, webhook)
            earlier = act.earlier(once)
            if earlier is not None:
                return Made(earlier.resource, earlier.body or b"", replayed=True)
            (delivery,) = keep(act, [webhook], TEST, [f"webhook_id:{webhook}"])
            body = orjson.dumps(_delivery(kept_webhooks.get_delivery(act.session, delivery)))
            act.remember(once, delivery, body)
            return Made(delivery, body, replayed=False)

    def list_deliveries(
        self, caller: Principal, webhook: uuid.UUID, *, limit: int, cursor: str | None
    ) -> Page[DeliveryRecord]:
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
            _found(act, webhook)
            rows = kept_webhooks.list_deliveries(act.session, webhook, limit=limit + 1, before=before)
        return Page(tuple(map(_delivery, rows[:limit])), cursors.after_last(rows, limit))

    def _check(self, url: str) -> None:
        fault = find_fault(url, self.hosts)
        if fault is not None:
            raise InvalidInputError("Nothing is sent to this address; see errors.", errors=(fault,))


def _again(act: Act, webhook: uuid.UUID) -> Made:
    kept = kept_webhooks.find_webhook(act.session, webhook)
    if kept is None:
        raise ReplyErasedError
    return Made(webhook, _told_once(kept, open_target(act.get_person(webhook, "webhook"), kept)), replayed=True)


def _found(act: Act, webhook: uuid.UUID, *, version: int | None = None, lock: bool = False) -> KeptWebhook:
    kept = kept_webhooks.find_webhook(act.session, webhook, lock=lock)
    if kept is None:
        raise NotFoundError("No webhook of this board has this id.")
    if version not in (None, kept.version):
        raise PreconditionFailedError
    return kept


def _record(act: Act, kept: KeptWebhook) -> WebhookRecord:
    url = open_target(act.get_person(kept.id, "webhook"), kept).url
    return WebhookRecord(kept.id, kept.version, kept.created_at, kept.updated_at, url, kept.events, kept.enabled)


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


def _told_once(kept: KeptWebhook, target: Target) -> bytes:
    record = WebhookRecord(
        kept.id, kept.version, kept.created_at, kept.updated_at, target.url, kept.events, kept.enabled
    )
    return orjson.dumps({**{name: getattr(record, name) for name in WebhookRecord.__slots__}, "secret": target.secret})
