"""The secret key is changed while the service works: nothing is lost, and the one before opens nothing any more."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.db.audit import Act as AuditedAct
from app.db.audit import append_event
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.errors import ConfigurationError
from app.serve import rewrap
from app.services.answering import MatchEngine
from app.services.audit import Verdict, open_anchor, verify
from app.services.ledger import Ledger
from app.services.rewrapping import Rewrapped
from app.services.rewrapping import rewrap as rewrap_all
from app.services.vault import Vault, open_vault
from app.settings import Settings
from tests.app.conftest import client_of

OLD, NEW = "0d" * 32, "e1" * 32
ONCE = {"Idempotency-Key": "a-1"}


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.rewrapping._AT_ONCE", 3)


def under(settings: Settings, newest: str, *previous: str) -> Settings:
    """The settings of a process with these secret keys."""
    listed = SecretStr(",".join(previous)) if previous else None
    return settings.model_copy(update={"secret_key": SecretStr(newest), "previous_secret_keys": listed})


@pytest.fixture
def owned(settings: Settings, database: EmbeddedServer, tmp_path: Path) -> Settings:
    """The settings of whoever runs the service."""
    url, anchor = SecretStr(database.owner_url), str(tmp_path / "anchor.jsonl")
    return settings.model_copy(update={"database_owner_url": url, "audit_anchor": anchor})


def keep(client: TestClient, profile: dict[str, Any], reference: str) -> dict[str, str]:
    """Keep a person and an answer to them, and what they say of themselves: the address of each."""
    person = client.post("/v1/seekers", json={**profile, "reference": reference}).headers["location"]
    client.put(f"{person}/demographics", json={"sex": "female"}, headers={"If-None-Match": "*"})
    return {
        "person": person,
        "demographics": f"{person}/demographics",
        "answer": client.post(f"{person}/matches").headers["location"],
        "answer to nobody": client.post("/v1/matches", json=profile, headers=ONCE).headers["location"],
    }


def read(client: TestClient, kept: dict[str, str]) -> dict[str, bytes]:
    """What is under each address."""
    replies = {name: client.get(address) for name, address in kept.items()}
    assert {reply.status_code for reply in replies.values()} == {200}
    return {name: reply.content for name, reply in replies.items()}


@contextmanager
def busy(client: TestClient, profile: dict[str, Any], statuses: list[int]) -> Iterator[None]:
    """Somebody keeps people and reads them again as long as this lasts."""
    ended = Event()

    def work() -> None:
        while not ended.is_set():
            made = client.post("/v1/seekers", json=profile)
            statuses.extend((made.status_code, client.get(made.headers.get("location", "/")).status_code))

    worker = Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join(30)


def verdict(settings: Settings, database: EmbeddedServer) -> Verdict:
    with closing(Database(database.owner_url, settings)) as pool:
        (found,) = verify(pool, open_vault(settings), open_anchor(settings).codes())
    return found


def test_the_secret_key_is_changed_while_the_service_works_and_nothing_is_lost(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(under(owned, OLD), engine) as client:
        kept = [keep(client, profile, f"A-{number}") for number in range(4)]
        before = [read(client, one) for one in kept]
    statuses: list[int] = []

    # As processes are started anew one after the other: each knows both keys, and the newest is another.
    with client_of(under(owned, OLD, NEW), engine) as first, client_of(under(owned, NEW, OLD), engine) as second:
        late = keep(first, profile, "A-late")
        assert read(second, late) == read(first, late)
        early = keep(second, profile, "A-early")
        assert read(first, early) == read(second, early)
        replayed = [c.post("/v1/matches", json=profile, headers=ONCE) for c in (first, second)]
    assert {reply.headers["location"] for reply in replayed} == {kept[0]["answer to nobody"]}
    with client_of(under(owned, NEW, OLD), engine) as client, busy(client, profile, statuses):
        (done,) = rewrap(under(owned, NEW, OLD))
        (again,) = rewrap(under(owned, NEW, OLD))

    assert set(statuses) == {201, 200}
    assert done == Rewrapped("demo", 6, 0)  # of five people and of one answer to nobody; the rest is under the newest
    assert again == Rewrapped("demo", 0, 0)
    with client_of(under(owned, NEW), engine) as client:
        assert [read(client, one) for one in kept] == before
        found = [client.post("/v1/seekers/search", json={"reference": f"A-{n}"}).json()["items"] for n in range(4)]
    assert [f"/v1/seekers/{one['id']}" for (one,) in found] == [one["person"] for one in kept]
    held = verdict(under(owned, NEW, OLD), database)
    assert held.fault is None
    assert 0 < held.under_previous_keys < held.events


def test_the_key_before_opens_nothing_after_it(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(under(owned, OLD), engine) as client:
        keep(client, profile, "A-1")
    rewrap(under(owned, NEW, OLD))

    with psycopg.connect(database.owner_url) as connection:
        kept = connection.execute("select board, id, wrapped from person_keys").fetchall()

    assert len(kept) == 2
    for board, person, wrapped in kept:
        Vault(bytes.fromhex(NEW)).unwrap(board, person, wrapped)
        with pytest.raises(ConfigurationError, match="STACKWAY_PREVIOUS_SECRET_KEYS"):
            Vault(bytes.fromhex(OLD)).unwrap(board, person, wrapped)


def test_what_no_named_key_opens_is_counted_and_left(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(under(owned, OLD), engine) as client:
        keep(client, profile, "A-1")
    with psycopg.connect(database.owner_url) as connection:
        before = connection.execute("select id, wrapped from person_keys order by id").fetchall()

    (done,) = rewrap(under(owned, NEW))

    assert done == Rewrapped("demo", 0, 2)
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select id, wrapped from person_keys order by id").fetchall() == before
    with client_of(under(owned, OLD), engine) as client:
        assert client.post("/v1/seekers/search", json={"reference": "A-1"}).json()["items"]


def test_an_event_forged_with_the_key_that_was_given_up_is_found(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(under(owned, OLD), engine) as client:
        client.post("/v1/seekers", json=profile)
    rewrap(under(owned, NEW, OLD))
    with closing(Database(database.owner_url, owned)) as pool, pool.session("demo") as session, session.begin():
        forged = AuditedAct("somebody", "seeker.read", ("seeker:x",), None)
        append_event(session, "demo", forged, Vault(bytes.fromhex(OLD)).audit_code)

    found = verdict(under(owned, NEW, OLD), database)

    assert found.events == 2
    assert (found.fault or "").startswith("event 3 has a code of an earlier secret key")


def test_the_service_itself_cannot_change_a_key_that_is_kept(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(under(owned, OLD), engine) as client:
        client.post("/v1/seekers", json=profile)
    settings = under(owned, NEW, OLD)

    with closing(Database(database.url, settings)) as pool:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        with pytest.raises(Exception, match="permission denied for table person_keys"):
            rewrap_all(ledger)


def test_keys_wrapped_before_wraps_had_names_open_and_are_named(
    owned: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    from app.services import vault as module  # noqa: PLC0415 # the form of before, made with its own parts

    with client_of(under(owned, OLD), engine) as client:
        kept = keep(client, profile, "A-1")
        before = read(client, kept)
    vault = Vault(bytes.fromhex(OLD))
    with psycopg.connect(database.owner_url) as connection:
        for board, person, wrapped in connection.execute("select board, id, wrapped from person_keys").fetchall():
            secret = vault.unwrap(board, person, wrapped).secret
            place = module._place(board, "person_keys.wrapped", person)
            plain = module._seal(module._secret(bytes.fromhex(OLD)).wrapping, secret, place)
            connection.execute("update person_keys set wrapped = %s where id = %s", [plain, person])

    with client_of(under(owned, NEW, OLD), engine) as client:
        assert read(client, kept) == before
    rewrap(under(owned, NEW, OLD))

    with client_of(under(owned, NEW), engine) as client:
        assert read(client, kept) == before


def test_a_key_that_is_none_is_refused_by_name(owned: Settings) -> None:
    with pytest.raises(ConfigurationError, match="STACKWAY_PREVIOUS_SECRET_KEYS"):
        open_vault(under(owned, NEW, OLD, "abc"))


def test_the_keys_are_in_no_text_of_the_settings(owned: Settings) -> None:
    settings = under(owned, NEW, OLD)

    assert OLD not in repr(settings) + json.dumps(settings.model_dump(mode="json"))
