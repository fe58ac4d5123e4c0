"""Webhooks over HTTP: registered, shown without their secret, changed, tested and removed."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from fastapi.testclient import TestClient

from app.api.examples import LIST_CSV, PROFILE
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.services.principal import Scope
from app.settings import Settings
from tests.app.conftest import WEBHOOK_HOST, MakeKey, client_of

WANTED = {"url": f"https://{WEBHOOK_HOST}/in", "events": ["batch.done", "referral.created"], "enabled": True}


@pytest.fixture
def address(client: TestClient) -> str:
    """Where a webhook is."""
    return client.post("/v1/webhooks", json=WANTED).headers["location"]


def test_a_webhook_is_kept_and_its_secret_is_told_once(client: TestClient) -> None:
    made = client.post("/v1/webhooks", json=WANTED)
    kept = client.get(made.headers["location"])
    listed = client.get("/v1/webhooks").json()["items"]

    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert "secret" not in kept.json()
    assert made.json().items() >= kept.json().items() >= WANTED.items()
    assert listed == [kept.json()]
    assert made.headers["etag"] == kept.headers["etag"]


def test_the_same_request_is_answered_with_the_same_secret_and_makes_one_webhook(client: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    first, again = (client.post("/v1/webhooks", json=WANTED, headers=key) for _ in range(2))

    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len(client.get("/v1/webhooks").json()["items"]) == 1

    client.delete(first.headers["location"], headers={"If-Match": "*"})
    assert client.post("/v1/webhooks", json=WANTED, headers=key).json()["type"].endswith("reply_erased")


def test_a_webhook_is_changed_by_who_has_read_it(client: TestClient, address: str) -> None:
    read = client.get(address).headers["etag"]
    other = {"url": f"https://{WEBHOOK_HOST}/other", "events": ["review.settled"], "enabled": False}

    bare = client.put(address, json=other)
    changed = client.put(address, json=other, headers={"If-Match": read})
    stale = client.put(address, json=WANTED, headers={"If-Match": read})

    assert [bare.status_code, changed.status_code, stale.status_code] == [428, 200, 412]
    assert client.get(address).json().items() >= other.items()
    assert client.get(address).headers["etag"] == changed.headers["etag"] != read


def test_a_webhook_is_removed_by_who_has_read_it(client: TestClient, address: str) -> None:
    read = client.get(address).headers["etag"]

    replies = [
        client.delete(address, headers=condition).status_code
        for condition in ({}, {"If-Match": '"v9"'}, {"If-Match": read}, {"If-Match": read})
    ]

    assert replies == [428, 412, 204, 404]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "http://hooks.example/in", "wrong_format"),
        ("url", "https://user@hooks.example/in", "wrong_format"),
        ("url", "https://quetzal.example/in", "host_not_listed"),
        ("url", "https://127.0.0.1/in", "host_not_listed"),
        ("url", None, "wrong_kind"),
        ("events", [], "empty"),
        ("events", ["quetzal"], "not_an_option"),
        ("events", ["webhook.test"], "not_an_option"),
        ("enabled", "yes", "wrong_kind"),
        ("secret", "whsec_quetzal", "unknown_field"),
    ],
)
def test_what_is_amiss_is_named_and_never_quoted(
    client: TestClient, address: str, field: str, value: object, code: str
) -> None:
    wanted = {**WANTED, field: value}

    made = client.post("/v1/webhooks", json=wanted)
    changed = client.put(address, json=wanted, headers={"If-Match": "*"})

    for refused in (made, changed):
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == code
        assert "quetzal" not in refused.text
    assert len(client.get("/v1/webhooks").json()["items"]) == 1


def test_without_listed_hosts_webhooks_are_off_and_say_so(settings: Settings, engine: MatchEngine) -> None:
    with client_of(settings.model_copy(update={"webhook_hosts": ()}), engine) as client:
        refused = client.post("/v1/webhooks", json=WANTED)

    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert fault["code"] == "webhooks_off"
    assert "STACKWAY_WEBHOOK_HOSTS" in fault["remedy"]


def test_a_board_has_no_more_than_twenty(client: TestClient) -> None:
    statuses = [client.post("/v1/webhooks", json=WANTED).status_code for _ in range(21)]

    assert statuses == [201] * 20 + [409]


def test_pages_of_webhooks_and_of_events_follow_each_other(client: TestClient, address: str) -> None:
    client.post("/v1/webhooks", json=WANTED)
    tests = {client.post(f"{address}/tests").json()["id"] for _ in range(3)}

    for where, number in (("/v1/webhooks", 2), (f"{address}/deliveries", 3)):
        found, cursor = [], ""
        for _ in range(number):
            page = client.get(f"{where}?limit=1{cursor}").json()
            found += [item["id"] for item in page["items"]]
            cursor = f"&cursor={page['next_cursor']}"
        assert len(set(found)) == number
        assert page["next_cursor"] is None
    assert set(found) == tests


def test_a_test_is_queued_and_shown(client: TestClient, address: str) -> None:
    key = {"Idempotency-Key": "once"}
    sent, again = (client.post(f"{address}/tests", headers=key) for _ in range(2))

    (shown,) = client.get(sent.headers["location"]).json()["items"]

    assert sent.status_code == 202
    assert sent.json() == again.json() == shown
    assert shown["event"] == "webhook.test"
    assert shown["data"] == {"webhook_id": address.rpartition("/")[2]}
    assert (shown["state"], shown["attempts"], shown["status"]) == ("waiting", 0, None)


def test_what_integrators_wait_for_is_told_with_ids_and_no_word_of_a_person(client: TestClient) -> None:
    events = ["batch.cancelled", "referral.created", "review.requested", "review.settled"]
    hook = client.post("/v1/webhooks", json={**WANTED, "events": events}).headers["location"]
    match = client.post("/v1/matches", json={**PROFILE, "reference": "quetzal"})
    at, plan = match.headers["location"], match.json()["plans"][0]["id"]
    words = {"plan": plan, "asked_by": "quetzal", "reason": "quetzal"}

    referred = client.post(
        f"{at}/referrals", json={"plan": plan, "referred_to": "quetzal", "referred_by": "quetzal", "note": "quetzal"}
    ).json()["id"]
    asked = client.post(f"{at}/review-requests", json=words).json()["id"]
    settled = {"result": "upheld", "reason": "quetzal", "decided_by": "quetzal"}
    client.post(f"{at}/review-requests/{asked}/result", json=settled)
    client.post(f"{at}/outcomes", json={"plan": plan, "event": "enrolled", "known_from": "person"})
    sent = client.post("/v1/batches", content=LIST_CSV, headers={"Content-Type": "text/csv"}).headers["location"]
    client.post(f"{sent}/cancel")
    client.post(f"{sent}/cancel")  # changes nothing, and is not told again

    told = client.get(f"{hook}/deliveries").json()["items"]
    ids = {"match_id": at.rpartition("/")[2]}
    assert [(one["event"], one["data"]) for one in reversed(told)] == [
        ("referral.created", {**ids, "referral_id": referred}),
        ("review.requested", {**ids, "review_id": asked}),
        ("review.settled", {**ids, "review_id": asked}),
        ("batch.cancelled", {"batch_id": sent.rpartition("/")[2]}),
    ]
    assert "quetzal" not in json.dumps(told)


def test_a_right_to_read_is_none_to_write_and_others_are_none_at_all(keyed: TestClient, make_key: MakeKey) -> None:
    writer, reader = make_key(scopes={Scope.WEBHOOKS_WRITE}), make_key(scopes={Scope.WEBHOOKS_READ})
    stranger = make_key(scopes=set(Scope) - {Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE})

    made = [keyed.post("/v1/webhooks", json=WANTED, headers=key).status_code for key in (writer, reader, stranger)]
    read = [keyed.get("/v1/webhooks", headers=key).status_code for key in (writer, reader, stranger)]

    assert (made, read) == ([201, 403, 403], [403, 200, 403])


def test_every_read_and_write_stands_in_the_audit(client: TestClient, address: str) -> None:
    client.get(address)
    client.put(address, json=WANTED, headers={"If-Match": "*"})
    event = client.post(f"{address}/tests").json()["id"]
    client.get(f"{address}/deliveries")
    client.delete(address, headers={"If-Match": "*"})

    events = [
        (event["action"], event["subjects"])
        for event in client.get("/v1/audit").json()["items"]
        if event["action"].startswith("webhook.")
    ]

    named = [f"webhook:{uuid.UUID(address.rpartition('/')[2])}"]
    actions = ["create", "read", "change", "test", "deliveries", "delete"]
    assert events == [(f"webhook.{action}", named + [f"delivery:{event}"] * (action == "test")) for action in actions]


def test_a_secret_is_changed_with_an_overlap_and_told_once(client: TestClient) -> None:
    made = client.post("/v1/webhooks", json=WANTED)
    address, key = made.headers["location"], {"Idempotency-Key": "once"}

    changed, again = (client.post(f"{address}/secret", json={"overlap_hours": 48}, headers=key) for _ in range(2))
    read = client.get(address)
    moved = client.put(address, json={**WANTED, "enabled": False}, headers={"If-Match": changed.headers["etag"]})

    assert changed.status_code == 200
    assert changed.json()["secret"].startswith("whsec_")
    assert changed.json()["secret"] != made.json()["secret"]
    assert (again.content, again.headers["idempotency-replayed"]) == (changed.content, "true")
    assert changed.headers["etag"] == read.headers["etag"] != made.headers["etag"]
    assert "secret" not in read.json()
    assert changed.json().items() >= read.json().items()
    until = datetime.fromisoformat(read.json()["previous_secret_until"])
    assert timedelta(hours=47) < until - datetime.now(UTC) < timedelta(hours=49)
    assert moved.json()["previous_secret_until"] == read.json()["previous_secret_until"]


def test_a_change_of_a_secret_that_was_followed_by_another_is_not_told_again(client: TestClient, address: str) -> None:
    first = {"Idempotency-Key": "first"}
    client.post(f"{address}/secret", json={}, headers=first)
    client.post(f"{address}/secret", json={}, headers={"Idempotency-Key": "second"})

    late = client.post(f"{address}/secret", json={}, headers=first)

    assert (late.status_code, late.json()["type"]) == (409, "urn:stackway:problem:reply_erased")


@pytest.mark.parametrize("hours", [-1, 169, 1.5, "24", None])
def test_an_overlap_is_hours_of_a_week_at_most(client: TestClient, address: str, hours: object) -> None:
    refused = client.post(f"{address}/secret", json={"overlap_hours": hours})

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/overlap_hours")


def test_what_was_given_up_is_sent_again_one_or_all_and_nothing_else_is(
    client: TestClient, address: str, database: EmbeddedServer
) -> None:
    events = [client.post(f"{address}/tests").json()["id"] for _ in range(4)]
    where = f"{address}/deliveries"
    _end(database, "given_up", events[:3])
    _end(database, "delivered", events[3:])
    key = {"Idempotency-Key": "once"}

    one, once_more = (client.post(f"{where}/{events[0]}/send-again", headers=key) for _ in range(2))
    others = [client.post(f"{where}/{event}/send-again") for event in (events[0], events[3], str(uuid.uuid4()))]
    every, none = (client.post(f"{address}/send-again") for _ in range(2))

    assert (one.status_code, one.json()["state"], one.json()["attempts"]) == (202, "waiting", 0)
    assert (once_more.content, once_more.headers["idempotency-replayed"]) == (one.content, "true")
    assert [reply.status_code for reply in others] == [409, 409, 404]
    assert (every.status_code, every.json()) == (202, {"queued": 2, "given_up": 0})
    assert none.json() == {"queued": 0, "given_up": 0}
    shown = {item["id"]: item["state"] for item in client.get(where).json()["items"]}
    assert shown == {**dict.fromkeys(events[:3], "waiting"), events[3]: "delivered"}
    audit = [e for e in client.get("/v1/audit").json()["items"] if e["action"] == "webhook.send_again"]
    told = [{s for s in event["subjects"] if s.startswith("delivery:")} for event in audit]
    assert told[0] == {f"delivery:{events[0]}"}
    assert {f"delivery:{events[1]}", f"delivery:{events[2]}"} in told


def test_to_a_webhook_that_is_off_nothing_is_sent_again(
    client: TestClient, address: str, database: EmbeddedServer
) -> None:
    event = client.post(f"{address}/tests").json()["id"]
    _end(database, "given_up", [event])
    client.put(address, json={**WANTED, "enabled": False}, headers={"If-Match": "*"})

    refused = [client.post(f"{address}{end}/send-again") for end in ("", f"/deliveries/{event}")]

    assert [(reply.status_code, reply.json()["type"]) for reply in refused] == [
        (409, "urn:stackway:problem:conflict")
    ] * 2


def _end(database: EmbeddedServer, state: str, deliveries: list[str]) -> None:
    """As a worker leaves them."""
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "update webhook_deliveries set state = %s, attempts = 8, due_at = null, finished_at = now() "
            "where id = any(%s::uuid[])",
            [state, deliveries],
        )
