"""Events are kept with what they tell of, signed, sent until they are taken, and given up in the end."""

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest

from app.db.embedded import EmbeddedServer
from app.services.deliveries import Deliveries
from app.services.event_sending import WAITS, EventSending, signed
from app.services.ledger import Ledger
from app.services.webhooks import Wanted, Webhooks
from tests.app.services.telling import ALAMO, Sent, answers, happen, is_due_now, queued, register, shown, verified


def test_the_signature_is_that_of_the_example_everybody_publishes() -> None:
    at = datetime.fromtimestamp(1614265330, tz=UTC).astimezone(timezone(timedelta(hours=-6)))

    headers = signed(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], uuid.UUID(int=7), at, b'{"test": 2432232314}')

    assert headers["webhook-timestamp"] == "1614265330"
    assert verified("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}', headers)
    published = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert verified("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}', published)


def test_an_event_is_sent_signed_to_who_wants_it_with_ids_and_nothing_else(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    wanting, _other = register(webhooks, "batch.done"), register(webhooks, "review.settled")
    batch = happen(ledger, "batch.done")
    sent: Sent = []

    (delivery,) = queued(database)
    assert EventSending(ledger, answers(sent, 204)).send("alamo", delivery)

    ((url, body, headers),) = sent
    told = json.loads(body)
    assert url == "https://hooks.example/in"
    assert verified(wanting["secret"], body, headers)
    assert headers["webhook-id"] == str(delivery)
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    assert told.keys() == {"type", "timestamp", "data"}
    assert (told["type"], told["data"]) == ("batch.done", {"batch_id": str(batch)})


@pytest.mark.parametrize("first", [500, 302, 404, 429, "too_slow", "tls", "no_such_host", "address_refused"])
def test_what_is_not_taken_is_sent_again_later_under_the_same_id(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer, first: int | str
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    sent: Sent = []
    sending = EventSending(ledger, answers(sent, first, 200))

    assert not sending.send("alamo", delivery)
    assert not sending.send("alamo", delivery)  # it is not due yet
    waiting = shown(webhooks, made)
    is_due_now(database)
    assert sending.send("alamo", delivery)
    assert not sending.send("alamo", delivery)  # it was taken

    one, two = sent
    assert one[:2] == two[:2]
    assert one[2]["webhook-id"] == two[2]["webhook-id"]
    assert all(verified(made["secret"], body, headers) for _, body, headers in sent)
    assert (waiting.state, waiting.attempts) == ("waiting", 1)
    assert (waiting.status, waiting.fault) == ((first, "refused") if isinstance(first, int) else (None, first))
    done = shown(webhooks, made)
    assert (done.state, done.attempts, done.status, done.fault, done.due_at) == ("delivered", 2, 200, None, None)


def test_each_wait_is_longer_than_the_one_before_and_in_the_end_it_is_given_up(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    sent: Sent = []
    sending = EventSending(ledger, answers(sent, 500))
    waits = []

    for _ in range(len(WAITS) + 3):
        before = datetime.now(UTC)
        sending.send("alamo", delivery)
        due = shown(webhooks, made).due_at
        waits += [] if due is None else [due - before]
        is_due_now(database)

    assert len(sent) == len(WAITS) + 1
    assert all(abs(wait - wanted) < timedelta(seconds=3) for wait, wanted in zip(waits, WAITS, strict=True))
    assert sorted(WAITS) == list(WAITS)
    assert timedelta(hours=24) < sum(WAITS, timedelta()) < timedelta(hours=48)
    assert (shown(webhooks, made).state, shown(webhooks, made).fault) == ("given_up", "refused")
    assert sending.requeue_due() == 0


def test_who_says_gone_or_is_switched_off_is_not_asked_again(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    for _ in range(2):
        happen(ledger, "batch.done")
    one, other = queued(database)
    sent: Sent = []
    sending = EventSending(ledger, answers(sent, 410))

    sending.send("alamo", one)
    webhooks.replace(ALAMO, uuid.UUID(made["id"]), None, Wanted(made["url"], ("batch.done",), enabled=False))
    sending.send("alamo", other)
    happen(ledger, "batch.done")

    shown = Deliveries(ledger).list(ALAMO, uuid.UUID(made["id"]), limit=50, cursor=None).items
    assert {(one.state, one.status, one.fault) for one in shown} == {
        ("given_up", 410, "refused"),
        ("given_up", None, "disabled"),
    }
    assert len(sent) == 1


def test_of_two_workers_with_the_same_job_one_sends_it(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    sent: Sent = []
    other = EventSending(ledger, answers(sent, 204))
    tried = []

    def meanwhile(_url: str, _body: bytes, _headers: dict[str, str]) -> int:
        tried.append(other.send("alamo", delivery))
        return 204

    assert EventSending(ledger, meanwhile).send("alamo", delivery)
    assert (tried, sent) == ([False], [])


def test_a_worker_that_wakes_after_its_lease_writes_nothing_over_what_another_wrote(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    other = EventSending(ledger, answers([], 204))

    def asleep(_url: str, _body: bytes, _headers: dict[str, str]) -> int:
        is_due_now(database)  # its lease is over
        assert other.send("alamo", delivery)
        return 500

    assert not EventSending(ledger, asleep).send("alamo", delivery)
    assert (shown(webhooks, made).state, shown(webhooks, made).attempts) == ("delivered", 2)


def test_an_event_whose_worker_died_is_queued_again_when_its_lease_is_over(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    sent: Sent = []

    def dies(_url: str, _body: bytes, _headers: dict[str, str]) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        EventSending(ledger, dies).send("alamo", delivery)
    sending = EventSending(ledger, answers(sent, 204))
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("set search_path to queue, public")  # where the library looks for its tables
        connection.execute("delete from procrastinate_jobs")
    assert sending.requeue_due() == 0  # it may still be at it
    is_due_now(database)

    assert sending.requeue_due() == 1
    assert sending.requeue_due() == 0  # it is queued
    assert queued(database) == [delivery]
    assert sending.send("alamo", delivery)
    assert len(sent) == 1


def test_nothing_is_held_in_the_database_while_others_take_their_time(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    open_transactions = []

    def looks(_url: str, _body: bytes, _headers: dict[str, str]) -> int:
        with psycopg.connect(database.owner_url) as connection:
            held = connection.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                " and xact_start is not null"
            ).fetchone()
        open_transactions.append(held)
        return 204

    EventSending(ledger, looks).send("alamo", delivery)
    assert open_transactions == [(0,)]


def test_every_attempt_that_ended_stands_in_the_audit(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    sending = EventSending(ledger, answers([], 500, 204))
    sending.send("alamo", delivery)
    is_due_now(database)
    sending.send("alamo", delivery)

    with psycopg.connect(database.owner_url) as connection:
        events = connection.execute(
            "select caller, action, subjects from audit_events where board = 'alamo' order by number"
        ).fetchall()

    webhook, event = f"webhook:{made['id']}", f"delivery:{delivery}"
    assert events == [
        ("local", "webhook.create", [webhook]),
        ("worker", "webhook.send", [webhook, event]),
        ("worker", "webhook.send", [webhook, event]),
    ]


def test_while_a_secret_is_changed_receivers_of_either_one_can_check_what_is_sent(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    before = made["secret"]
    after = _changed(webhooks, made, timedelta(hours=1))
    sent: Sent = []

    _send_next(ledger, database, sent)
    after_that = _changed(webhooks, made, timedelta(0))
    _send_next(ledger, database, sent)

    (_, body, headers), (_, later, later_headers) = sent
    assert len({before, after, after_that}) == 3
    assert headers["webhook-signature"].count("v1,") == 2
    assert verified(before, body, headers)
    assert verified(after, body, headers)
    assert later_headers["webhook-signature"].count("v1,") == 1
    assert verified(after_that, later, later_headers)
    assert not verified(after, later, later_headers)


def test_what_was_given_up_is_sent_again_when_it_is_asked_for_as_often_as_a_new_event(
    ledger: Ledger, webhooks: Webhooks, database: EmbeddedServer
) -> None:
    made = register(webhooks, "batch.done")
    _send_next(ledger, database, sent := [], 410)
    given_up = shown(webhooks, made)
    _no_jobs_are_left(database)

    Deliveries(ledger).send_again(ALAMO, uuid.UUID(made["id"]), given_up.id, None)
    again = shown(webhooks, made)
    assert queued(database) == [given_up.id]
    assert not EventSending(ledger, answers(sent, 500)).send("alamo", given_up.id)

    assert given_up.state == "given_up"
    assert (again.id, again.state, again.attempts) == (given_up.id, "waiting", 0)
    assert {headers["webhook-id"] for _, _, headers in sent} == {str(given_up.id)}
    assert shown(webhooks, made).state == "waiting"  # one attempt more does not give it up


def _changed(webhooks: Webhooks, made: dict[str, Any], overlap: timedelta) -> str:
    told: dict[str, Any] = json.loads(webhooks.change_secret(ALAMO, uuid.UUID(made["id"]), overlap, None).body)
    assert told.keys() == made.keys()
    secret: str = told["secret"]
    return secret


def _send_next(ledger: Ledger, database: EmbeddedServer, sent: Sent, status: int = 204) -> None:
    """Something happens and is sent."""
    _no_jobs_are_left(database)
    happen(ledger, "batch.done")
    (delivery,) = queued(database)
    EventSending(ledger, answers(sent, status)).send("alamo", delivery)


def _no_jobs_are_left(database: EmbeddedServer) -> None:
    """As when a worker has done them."""
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("set search_path to queue, public")  # the library's triggers look for its tables by it
        connection.execute("delete from procrastinate_jobs")
