"""What was kept long enough is erased; nothing else is."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.api.examples import LIST_CSV
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.audit import open_anchor, verify
from app.services.ledger import Ledger
from app.services.retention import Classes, Expired, Retention
from app.services.vault import open_vault
from app.settings import Settings

YEAR = Classes(seeker_days=365, match_days=365, list_days=365)
OLD = "interval '400 days'"


@pytest.fixture
def retention(settings: Settings, database: EmbeddedServer) -> Iterator[Retention]:
    """The job, with the same rights as the service."""
    vault, anchor = open_vault(settings), open_anchor(settings)
    with closing(Database(database.url, settings)) as app, closing(Database(database.eeo_url, settings)) as eeo:
        yield Retention(Ledger(app, vault, anchor), Ledger(eeo, vault, anchor))


@pytest.fixture
def made(client: TestClient, profile: dict[str, Any], database: EmbeddedServer) -> dict[str, str]:
    """Addresses: two people of long ago, one of them matched of late; a person of today; answers old and new."""
    people = {name: client.post("/v1/seekers", json=profile).headers["location"] for name in ("old", "busy", "new")}
    client.put(f"{people['old']}/demographics", json={"sex": "male"}, headers={"If-None-Match": "*"})
    answers = {name: client.post("/v1/matches", json=profile).headers["location"] for name in ("old answer", "answer")}
    of_old = client.post(f"{people['old']}/matches").headers["location"]
    client.post(f"{people['busy']}/matches")
    with psycopg.connect(database.owner_url) as connection:
        for name in ("old", "busy"):
            connection.execute(
                f"update seekers set updated_at = updated_at - {OLD} where id = %s",  # type: ignore[call-overload] # noqa: S608 # our own words
                [people[name].rsplit("/", maxsplit=1)[-1]],
            )
        for place in (answers["old answer"], of_old):
            connection.execute(
                f"update matches set created_at = created_at - {OLD} where id = %s",  # type: ignore[call-overload] # noqa: S608 # our own words
                [place.rsplit("/", maxsplit=1)[-1]],
            )
    return {**people, **answers, "of old": of_old}


def test_what_is_too_old_is_erased_and_nothing_else(
    client: TestClient, retention: Retention, made: dict[str, str], settings: Settings, database: EmbeddedServer
) -> None:
    counted = retention.expire(YEAR, clock.today(), dry_run=True)
    first = retention.expire(YEAR, clock.today(), dry_run=False)
    again = retention.expire(YEAR, clock.today(), dry_run=False)

    assert counted == (Expired("demo", 1, 1, 0, 0, held=0),)
    assert first == (Expired("demo", 1, 1, 0, 1, held=0),)
    assert again == (Expired("demo", 0, 0, 0, 0, held=0),)
    gone = {name for name, place in made.items() if client.get(place).status_code == 404}
    assert gone == {"old", "old answer", "of old"}
    events = [event for event in client.get("/v1/audit").json()["items"] if event["caller"] == "job:retention"]
    assert [event["action"] for event in events] == ["seeker.expire", "match.expire", "demographics.expire"]
    with closing(Database(database.url, settings)) as pool:
        assert [verdict.fault for verdict in verify(pool, open_vault(settings), {})] == [None]


def test_without_a_class_nothing_is_erased(retention: Retention, made: dict[str, str]) -> None:
    assert made
    assert retention.expire(Classes(None, None, None), date(2099, 1, 1), dry_run=False) == (
        Expired("demo", 0, 0, 0, 0, held=0),
    )


def test_a_day_makes_the_difference(client: TestClient, retention: Retention, profile: dict[str, Any]) -> None:
    client.post("/v1/matches", json=profile)
    day = clock.today() + timedelta(days=365)

    assert [retention.expire(YEAR, day + timedelta(days=d), dry_run=True)[0].matches for d in (0, 1)] == [0, 1]


def test_a_list_that_did_not_move_is_erased_with_its_key_and_one_that_did_is_not(
    client: TestClient, retention: Retention, database: EmbeddedServer
) -> None:
    of_csv = {"Content-Type": "text/csv"}
    old, new = (client.post("/v1/batches", content=LIST_CSV, headers=of_csv).headers["location"] for _ in range(2))
    with psycopg.connect(database.owner_url) as connection:
        ids = [old.rpartition("/")[2]]
        connection.execute(f"update batches set updated_at = updated_at - {OLD} where id = %s", ids)  # type: ignore[call-overload] # noqa: S608 # our own words

    counted = retention.expire(YEAR, clock.today(), dry_run=True)
    erased = retention.expire(YEAR, clock.today(), dry_run=False)

    assert counted == erased == (Expired("demo", 0, 0, 1, 0, held=0),)
    assert [client.get(place).status_code for place in (old, new)] == [404, 200]
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from person_keys").fetchone() == (1,)
        assert connection.execute("select count(*) from batch_parts where batch_id = %s", ids).fetchone() == (0,)
    (event,) = [event for event in client.get("/v1/audit").json()["items"] if event["action"] == "batch.expire"]
    assert event["subjects"] == [f"batch:{ids[0]}"]
