"""Events are kept with what they tell of, for their own board, sealed where they have to be, and not for ever."""

import base64
import uuid

import psycopg
import pytest
from psycopg import sql

from app.db.embedded import EmbeddedServer
from app.services.deliveries import Deliveries
from app.services.event_sending import EventSending
from app.services.events import announce
from app.services.ledger import Ledger
from app.services.principal import Principal, Scope
from app.services.webhooks import Webhooks
from tests.app.services.telling import ALAMO, Sent, answers, happen, queued, register


def test_what_is_not_done_is_not_told(ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer) -> None:
    register(webhooks, "batch.done")

    def fails_at_the_end() -> None:
        with ledger.act(ALAMO, "batch.cancel") as act:
            announce(act, "batch.done", batch_id=uuid.uuid4())
            raise KeyError

    with pytest.raises(KeyError):
        fails_at_the_end()

    assert queued(database) == []


def test_other_boards_webhooks_hear_nothing(ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer) -> None:
    cameron = Principal("cameron", frozenset(Scope), None)
    register(webhooks, "batch.done", caller=cameron)

    happen(ledger, "batch.done")
    assert queued(database) == []

    happen(ledger, "batch.done", caller=cameron)
    (delivery,) = queued(database)
    sent: Sent = []
    assert not EventSending(ledger, answers(sent, 204)).send("alamo", delivery)
    assert sent == []


@pytest.mark.parametrize("table", ["webhooks", "webhook_deliveries"])
def test_the_database_itself_shows_a_board_its_own_webhooks_only(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer, table: str
) -> None:
    register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    count = sql.SQL("select count(*) from {}").format(sql.Identifier(table))

    for board, seen in (("alamo", 1), ("cameron", 0), ("", 0)):
        with psycopg.connect(database.url) as connection:
            connection.execute("select set_config('stackway.board', %s, true)", [board])
            assert connection.execute(count).fetchone() == (seen,)


def test_address_and_secret_are_sealed(ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer) -> None:
    made = register(webhooks, "batch.done", path="quetzal")
    happen(ledger, "batch.done")

    with psycopg.connect(database.owner_url) as connection:
        written = b"".join(
            str(row).encode() + (row[0] if isinstance(row[0], bytes) else b"")
            for table in ("webhooks", "webhook_deliveries", "replies", "audit_events", "queue.procrastinate_jobs")
            for row in connection.execute(f"select row_to_json(t)::text from {table} t")  # type: ignore[call-overload] # noqa: S608 # our own words
        )
        (content,) = connection.execute("select content from webhooks").fetchone() or ()

    secret = base64.b64decode(made["secret"].removeprefix("whsec_"))
    for word in (b"quetzal", b"hooks.example", made["secret"].encode(), secret):
        assert word not in written + content


def test_what_a_removed_webhook_was_still_to_be_sent_is_let_go(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)

    webhooks.remove(ALAMO, uuid.UUID(made["id"]), 1)

    sent: Sent = []
    assert not EventSending(ledger, answers(sent, 204)).send("alamo", delivery)
    assert sent == []
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from person_keys").fetchone() == (0,)


def test_what_ended_a_month_ago_is_let_go_and_what_waits_is_not(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    happen(ledger, "batch.done")
    EventSending(ledger, answers([], 204)).send("alamo", queued(database)[0])
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "update webhook_deliveries set created_at = created_at - interval '31 days',"
            " finished_at = finished_at - interval '31 days'"
        )

    happen(ledger, "batch.done")

    shown = Deliveries(ledger).list(ALAMO, uuid.UUID(made["id"]), limit=50, cursor=None).items
    assert [one.state for one in shown] == ["waiting", "waiting"]
