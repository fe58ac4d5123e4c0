"""Webhooks of a board: where its events are sent. The address and the secret are sealed; the secret is told once."""

import secrets
import uuid
from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from app.db import people
from app.db import webhooks as kept_webhooks
from app.db.webhooks import KeptWebhook
from app.errors import ConflictError, InvalidInputError, NotFoundError, PreconditionFailedError, ReplyErasedError
from app.services.cursors import Cursors
from app.services.egress import find_fault
from app.services.events import Event
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.principal import Principal
from app.services.vault import PersonalKey
from taxonomy.frozen import frozen, names_of

_CONTENT = "webhooks.content"
_MOST = 20  # of one board
_SECRET_BYTES = 32


@frozen
class Target:
    """Where events are sent, and what they are signed with: for a time after a change, with the secret before as well.

    `changed_by` names the change that the secret came with, so that the same request finds it and no other.
    """

    url: str
    secret: str
    previous_secret: str | None = None
    previous_until: datetime | None = None
    changed_by: uuid.UUID | None = None

    def secrets_at(self, now: datetime) -> tuple[str, ...]:
        """What is signed with at a time, newest first."""
        if self.previous_secret is None or self.previous_until is None or now >= self.previous_until:
            return (self.secret,)
        return (self.secret, self.previous_secret)


@frozen
class Wanted:
    """What a board wants of a webhook."""

    url: str
    events: tuple[Event, ...]
    enabled: bool


@frozen
class WebhookRecord:
    """A webhook without its secret."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    url: str
    events: tuple[str, ...]
    enabled: bool
    previous_secret_until: datetime | None


def open_target(key: PersonalKey, kept: KeptWebhook) -> Target:
    """Where a webhook leads.

    Raises:
        ConfigurationError: it was kept under another key, or changed since.
    """
    held = orjson.loads(key.open(kept.content, _CONTENT, kept.id))
    until, change = held.get("previous_until"), held.get("changed_by")
    return Target(
        held["url"],
        held["secret"],
        held.get("previous_secret"),
        None if until is None else datetime.fromisoformat(until),
        None if change is None else uuid.UUID(change),
    )


@frozen
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
            target = Target(wanted.url, _new_secret())
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
            return _opened(act, found_webhook(act, webhook))

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
            records = tuple(_opened(act, row) for row in rows[:limit])
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
            kept = found_webhook(act, webhook, version=version, lock=True)
            self._check(wanted.url)
            key = act.get_person(webhook, "webhook")
            target = replace(open_target(key, kept), url=wanted.url)
            content = key.seal(orjson.dumps(target), _CONTENT, webhook)
            changed = kept_webhooks.change_webhook(act.session, webhook, wanted.events, content, enabled=wanted.enabled)
            return _record(changed, target)

    def change_secret(self, caller: Principal, webhook: uuid.UUID, overlap: timedelta, once: Once | None) -> Made:
        """Sign with a new secret from now on, and for the length of `overlap` with the one before as well.

        The body tells the new one, which nothing else ever does.

        Raises:
            NotFoundError: this board has no such webhook.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            ReplyErasedError: the same request was answered, and its secret changed since.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.change_secret") as act:
            act.saw("webhook", webhook)
            kept = found_webhook(act, webhook, lock=True)
            key = act.get_person(webhook, "webhook")
            before = open_target(key, kept)
            earlier = act.earlier(once)
            if earlier is not None:
                if before.changed_by != earlier.resource:
                    raise ReplyErasedError
                return Made(webhook, _told_once(kept, before), replayed=True)
            target = replace(
                before,
                secret=_new_secret(),
                previous_secret=before.secret,
                previous_until=kept_webhooks.now(act.session) + overlap,
                changed_by=uuid.uuid4(),
            )
            content = key.seal(orjson.dumps(target), _CONTENT, webhook)
            changed = kept_webhooks.change_webhook(act.session, webhook, kept.events, content, enabled=kept.enabled)
            act.remember(once, target.changed_by or webhook)
            return Made(webhook, _told_once(changed, target), replayed=False)

    def remove(self, caller: Principal, webhook: uuid.UUID, version: int | None) -> None:
        """Remove a webhook with all that was still to be sent to it, and destroy its key.

        Raises:
            NotFoundError: this board has no such webhook.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "webhook.delete") as act:
            act.saw("webhook", webhook)
            found_webhook(act, webhook, version=version, lock=True)
            kept_webhooks.remove_webhook(act.session, webhook)
            people.destroy_key(act.session, webhook)

    def _check(self, url: str) -> None:
        fault = find_fault(url, self.hosts)
        if fault is not None:
            raise InvalidInputError("Nothing is sent to this address; see errors.", errors=(fault,))


def _again(act: Act, webhook: uuid.UUID) -> Made:
    kept = kept_webhooks.find_webhook(act.session, webhook)
    if kept is None:
        raise ReplyErasedError
    return Made(webhook, _told_once(kept, open_target(act.get_person(webhook, "webhook"), kept)), replayed=True)


def found_webhook(act: Act, webhook: uuid.UUID, *, version: int | None = None, lock: bool = False) -> KeptWebhook:
    """A webhook of the board, as kept; nobody else changes it until the act ends where it is locked.

    Raises:
        NotFoundError: this board has no such webhook.
        PreconditionFailedError: `version` is not the newest any more.
    """
    kept = kept_webhooks.find_webhook(act.session, webhook, lock=lock)
    if kept is None:
        raise NotFoundError("No webhook of this board has this id.")
    if version not in (None, kept.version):
        raise PreconditionFailedError
    return kept


def _new_secret() -> str:
    return f"whsec_{b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def _opened(act: Act, kept: KeptWebhook) -> WebhookRecord:
    return _record(kept, open_target(act.get_person(kept.id, "webhook"), kept))


def _record(kept: KeptWebhook, target: Target) -> WebhookRecord:
    return WebhookRecord(
        kept.id,
        kept.version,
        kept.created_at,
        kept.updated_at,
        target.url,
        kept.events,
        kept.enabled,
        target.previous_until,
    )


def _told_once(kept: KeptWebhook, target: Target) -> bytes:
    record = _record(kept, target)
    return orjson.dumps({**{name: getattr(record, name) for name in names_of(WebhookRecord)}, "secret": target.secret})
