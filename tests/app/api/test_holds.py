"""Legal holds over HTTP: who is on one is not erased, by hand or by age, until it is lifted."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.audit import open_anchor
from app.services.ledger import Ledger
from app.services.principal import Scope
from app.services.retention import Classes, Expired, Retention
from app.services.vault import open_vault
from app.settings import Settings
from tests.app.conftest import MakeKey

ANY = {"If-Match": "*"}
HOLD = {"since": "2026-11-20", "reason": "quetzal asked for the records"}


@pytest.fixture
def address(client: TestClient, profile: dict[str, Any]) -> str:
    """Where a person is."""
    return client.post("/v1/seekers", json=profile).headers["location"]


@pytest.fixture
def retention(settings: Settings, database: EmbeddedServer) -> Iterator[Retention]:
    """The job, with the same rights as the service."""
    with closing(Database(database.url, settings)) as app:
        yield Retention(Ledger(app, open_vault(settings), open_anchor(settings)), None)


def test_who_is_on_hold_is_not_erased_until_it_is_lifted(client: TestClient, address: str) -> None:
    held = client.put(f"{address}/hold", json=HOLD, headers={"If-Match": '"v1"'})
    refused = client.delete(address, headers=ANY)
    still = client.get(address)
    lifted = client.delete(f"{address}/hold", headers={"If-Match": held.headers["etag"]})
    erased = client.delete(address, headers=ANY)

    assert (held.status_code, held.json()["since"], held.json()["reason"]) == (200, HOLD["since"], HOLD["reason"])
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:stackway:problem:on_hold")
    assert (still.status_code, still.json()["on_hold_since"]) == (200, HOLD["since"])
    assert [lifted.status_code, erased.status_code, client.get(address).status_code] == [204, 204, 404]


def test_a_hold_is_shown_on_the_person_and_its_reason_only_where_it_is_asked_for(
    client: TestClient, address: str
) -> None:
    before = client.get(address)
    held = client.put(f"{address}/hold", json=HOLD, headers=ANY)
    after, listed = client.get(address), client.get("/v1/seekers")
    read = client.get(f"{address}/hold")
    changed = client.put(address, json=after.json()["profile"], headers={"If-Match": after.headers["etag"]})

    assert before.json()["on_hold_since"] is None
    assert before.headers["etag"] != after.headers["etag"] == held.headers["etag"] == read.headers["etag"]
    assert read.json() == held.json()
    assert listed.json()["items"][0]["on_hold_since"] == after.json()["on_hold_since"] == HOLD["since"]
    assert "quetzal" not in after.text + listed.text
    assert changed.json()["on_hold_since"] == HOLD["since"]
    assert client.get(f"{address}/hold").json()["reason"] == HOLD["reason"]


def test_a_hold_is_put_lifted_and_read_by_who_has_the_right_to_it_alone(
    keyed: TestClient, make_key: MakeKey, profile: dict[str, Any]
) -> None:
    holds = {Scope.HOLDS_READ, Scope.HOLDS_WRITE}
    privileged, other = make_key(scopes=holds), make_key(scopes=set(Scope) - holds)
    address = keyed.post("/v1/seekers", json=profile, headers=other).headers["location"]

    refused = [
        keyed.request(method, f"{address}/hold", json=body, headers={**other, **ANY}).status_code
        for method, body in (("PUT", HOLD), ("GET", None), ("DELETE", None))
    ]
    done = [
        keyed.request(method, f"{address}/hold", json=body, headers={**privileged, **ANY}).status_code
        for method, body in (("PUT", HOLD), ("GET", None), ("DELETE", None))
    ]

    assert (refused, done) == ([403] * 3, [200, 200, 204])


def test_who_is_on_no_hold_has_none_to_read_or_lift(client: TestClient, address: str) -> None:
    read, lifted = client.get(f"{address}/hold"), client.delete(f"{address}/hold", headers=ANY)

    assert [read.status_code, lifted.status_code] == [404, 404]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("since", "2026-02-30", "out_of_range"),
        ("since", "quetzal", "wrong_format"),
        ("since", f"{clock.today() + timedelta(days=1):%F}", "out_of_range"),
        ("since", None, "wrong_kind"),
        ("reason", "", "empty"),
        ("reason", "quetzal\x00", "wrong_format"),
        ("until", "2027-01-01", "unknown_field"),
    ],
)
def test_what_is_amiss_is_named_and_never_quoted(
    client: TestClient, address: str, field: str, value: object, code: str
) -> None:
    refused = client.put(f"{address}/hold", json={**HOLD, field: value}, headers=ANY)

    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["pointer"]) == (422, f"/{field}")
    assert fault["code"] == code
    assert "quetzal" not in refused.text
    assert client.get(address).json()["on_hold_since"] is None


def test_what_the_person_said_for_equal_opportunity_is_held_as_well(client: TestClient, address: str) -> None:
    client.put(f"{address}/demographics", json={"sex": "male"}, headers={"If-None-Match": "*"})
    client.put(f"{address}/hold", json=HOLD, headers=ANY)

    refused = client.delete(f"{address}/demographics", headers=ANY)
    client.delete(f"{address}/hold", headers=ANY)
    removed = client.delete(f"{address}/demographics", headers=ANY)

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:stackway:problem:on_hold")
    assert removed.status_code == 204


def test_age_erases_nobody_on_hold_and_they_are_counted(client: TestClient, address: str, retention: Retention) -> None:
    client.put(f"{address}/hold", json=HOLD, headers=ANY)
    classes, later = Classes(seeker_days=365, match_days=None, list_days=None), clock.today() + timedelta(days=400)

    counted = retention.expire(classes, later, dry_run=True)
    kept = retention.expire(classes, later, dry_run=False)
    read = client.get(address).status_code
    client.delete(f"{address}/hold", headers=ANY)
    erased = retention.expire(classes, later, dry_run=False)

    assert counted == kept == (Expired("demo", 0, 0, 0, 0, held=1),)
    assert read == 200
    assert erased == (Expired("demo", 1, 0, 0, 0, held=0),)


def test_no_version_of_the_service_can_erase_who_is_on_hold(
    client: TestClient, address: str, database: EmbeddedServer
) -> None:
    client.put(f"{address}/hold", json=HOLD, headers=ANY)
    erase = "update seekers set erased_at = now(), profile = null where id = %s"

    with psycopg.connect(database.owner_url) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(erase, [address.rpartition("/")[2]])


def test_the_reason_is_nowhere_in_the_database_as_it_was_written(
    client: TestClient, address: str, database: EmbeddedServer
) -> None:
    client.put(f"{address}/hold", json=HOLD, headers=ANY)

    with psycopg.connect(database.owner_url) as connection:
        (kept,) = connection.execute("select hold_content from seekers where hold_since is not null").fetchall()

    assert b"quetzal" not in kept[0]


def test_of_a_hold_and_an_erasure_at_once_the_one_that_came_first_holds(
    client: TestClient, profile: dict[str, Any]
) -> None:
    def hold(address: str) -> int:
        return client.put(f"{address}/hold", json=HOLD, headers=ANY).status_code

    def erase(address: str) -> int:
        return client.delete(address, headers=ANY).status_code

    with ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            address = client.post("/v1/seekers", json=profile).headers["location"]
            both = pool.submit(hold, address), pool.submit(erase, address)
            came_to = both[0].result(), both[1].result()
            assert came_to in {(200, 409), (404, 204)}
            assert client.get(address).status_code == (200 if came_to[0] == 200 else 404)


def test_every_read_and_write_of_a_hold_stands_in_the_audit(client: TestClient, address: str) -> None:
    client.put(f"{address}/hold", json=HOLD, headers=ANY)
    client.get(f"{address}/hold")
    client.delete(f"{address}/hold", headers=ANY)

    audit = client.get("/v1/audit").json()["items"]

    told = [(e["action"], e["subjects"]) for e in audit if e["action"].startswith("hold.")]
    subject = [f"seeker:{address.rpartition('/')[2]}"]
    assert told == [("hold.set", subject), ("hold.read", subject), ("hold.lift", subject)]
    assert "quetzal" not in json.dumps(audit)
