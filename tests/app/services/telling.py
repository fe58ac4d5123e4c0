"""A board that is told of events: what it registers, what happens, and how a receiver answers."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable
from typing import Any

import psycopg

from app.db.embedded import EmbeddedServer
from app.services.deliveries import Deliveries
from app.services.egress import EgressError
from app.services.events import Event, announce
from app.services.ledger import Ledger
from app.services.principal import Principal, Scope
from app.services.webhooks import Wanted, Webhooks

ALAMO = Principal("alamo", frozenset(Scope), None)
HOST = "hooks.example"
Sent = list[tuple[str, bytes, dict[str, str]]]


def register(webhooks: Webhooks, *events: Event, caller: Principal = ALAMO, path: str = "in") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        webhooks.create(caller, Wanted(f"https://{HOST}/{path}", events, enabled=True), None).body
    )
    return made


def happen(ledger: Ledger, event: Event, *, caller: Principal = ALAMO) -> uuid.UUID:
    """Something that is told of."""
    batch = uuid.uuid4()
    with ledger.act(caller, "batch.cancel") as act:
        announce(act, event, batch_id=batch)
    return batch


def answers(sent: Sent, *statuses: int | str) -> Callable[[str, bytes, dict[str, str]], int]:
    """How each is answered, the last one for ever; a word is a fault on the way."""

    def post(url: str, body: bytes, headers: dict[str, str]) -> int:
        sent.append((url, body, headers))
        status = statuses[min(len(sent), len(statuses)) - 1]
        if isinstance(status, str):
            raise EgressError(status)
        return status

    return post


def queued(database: EmbeddedServer) -> list[uuid.UUID]:
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "select args->>'delivery' from queue.procrastinate_jobs where queue_name = 'webhooks'"
        )
        return [uuid.UUID(row[0]) for row in rows]


def is_due_now(database: EmbeddedServer) -> None:
    """As time goes by."""
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("update webhook_deliveries set due_at = now() where due_at is not null")


def verified(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    """As a receiver does it that knows nothing of our library: the text of the specification, word by word."""
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    code = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return f"v1,{code}" in headers["webhook-signature"].split(" ")


def shown(webhooks: Webhooks, made: dict[str, Any]) -> Any:  # noqa: ANN401 # as the service shows it
    (one,) = Deliveries(webhooks.ledger).list(ALAMO, uuid.UUID(made["id"]), limit=50, cursor=None).items
    return one
