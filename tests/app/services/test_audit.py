"""Whatever is done to the audit behind its back is found."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.answering import MatchEngine
from app.services.audit import Anchor, Verdict, verify
from app.services.vault import Vault
from app.settings import Settings
from tests.app.conftest import MakeKey, client_of

SECRET = "ab" * 32


@pytest.fixture
def audited(settings: Settings, engine: MatchEngine, tmp_path: Path, profile: dict[str, Any]) -> Settings:
    """A service that kept a person, read them four times, and listed them."""
    with_anchor = settings.model_copy(
        update={"audit_anchor": str(tmp_path / "anchor.jsonl"), "secret_key": SecretStr(SECRET)}
    )
    with client_of(with_anchor, engine) as client:
        kept = client.post("/v1/seekers", json=profile).headers["location"]
        for _ in range(4):
            client.get(kept)
        client.get("/v1/seekers")
    return with_anchor


def _verdict(settings: Settings, database: EmbeddedServer) -> Verdict:
    pool = Database(database.owner_url, settings)
    (verdict,) = verify(pool, Vault(bytes.fromhex(SECRET)), Anchor(Path(settings.audit_anchor or "")).codes())
    pool.close()
    return verdict


def test_every_read_and_write_is_there_and_holds(audited: Settings, database: EmbeddedServer) -> None:
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute("select action, cardinality(subjects) from audit_events order by number").fetchall()

    assert rows == [("seeker.create", 1), *[("seeker.read", 1)] * 4, ("seeker.list", 1)]
    assert _verdict(audited, database) == Verdict("demo", 6, None)


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("update audit_events set caller = 'somebody' where number = 3", "event 3 is not as it was written"),
        ("update audit_events set at = at + interval '1 us' where number = 2", "event 2 is not as it was written"),
        ("delete from audit_events where number = 3", "event 3 is missing"),
        ("delete from audit_events where number = 1", "event 1 is missing"),
        (
            "update audit_events set number = number + 100 where number > 3; "
            "insert into audit_events select board, 4, at, caller, action, subjects, request_id, mac "
            "from audit_events where number = 3; "
            "update audit_events set number = number - 99 where number > 100",
            "event 4 is not as it was written",
        ),
        (
            "update audit_events set number = 99 where number = 3; "
            "update audit_events set number = 3 where number = 4; "
            "update audit_events set number = 4 where number = 99",
            "event 3 is not as it was written",
        ),
        ("delete from audit_events where number > 4", "the events from 5 to 6 are missing at the end"),
        ("delete from audit_events", "the events from 1 to 6 are missing at the end"),
    ],
    ids=["edit", "edit time", "delete", "delete first", "insert", "reorder", "cut tail", "delete all"],
)
def test_tampering_is_found_where_it_was_done(
    audited: Settings, database: EmbeddedServer, tampering: str, fault: str
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(tampering)  # type: ignore[call-overload] # our own words

    assert (_verdict(audited, database).fault or "").startswith(fault)


def test_a_chain_made_anew_without_the_secret_is_found(audited: Settings, database: EmbeddedServer) -> None:
    pool = Database(database.owner_url, audited)

    (verdict,) = verify(pool, Vault(bytes(32)), {})

    assert (verdict.fault or "").startswith("event 1 is not as it was written")
    pool.close()


def test_the_service_cannot_change_what_it_wrote(audited: Settings, database: EmbeddedServer) -> None:
    for words in ("update audit_events set caller = ''", "delete from audit_events", "truncate audit_events"):
        with (
            psycopg.connect(database.url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(words)  # type: ignore[call-overload] # our own words
    assert _verdict(audited, database).fault is None


def test_an_act_that_fails_leaves_neither_record_nor_event(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("revoke insert on audit_events from stackway_app")

    assert client.post("/v1/seekers", json=profile).status_code == 500
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from seekers").fetchone() == (0,)


def test_a_board_reads_its_own_events_by_number(keyed: TestClient, make_key: MakeKey, profile: dict[str, Any]) -> None:
    mine, theirs = make_key("alamo"), make_key("cameron")
    keyed.post("/v1/seekers", json=profile, headers=mine)
    keyed.get("/v1/seekers", headers=mine)

    events = keyed.get("/v1/audit", headers=mine).json()["items"]

    assert [event["action"] for event in events] == ["seeker.create", "seeker.list"]
    assert {event["caller"] for event in events} == {f"key:{mine['Authorization'].split('_')[1]}"}
    assert [e["number"] for e in keyed.get("/v1/audit?after=1&limit=1", headers=mine).json()["items"]] == [2]
    assert keyed.get("/v1/audit", headers=theirs).json()["items"] == []


def test_each_page_of_the_audit_that_is_read_stands_in_it(keyed: TestClient, make_key: MakeKey) -> None:
    key = make_key("alamo")
    for _ in range(3):
        keyed.get("/v1/me", headers=key)
        keyed.post("/v1/seekers", json=PROFILE, headers=key)

    first = keyed.get("/v1/audit?limit=2", headers=key)
    second = keyed.get(first.headers["link"].removeprefix("<").partition(">")[0], headers=key)
    events = keyed.get("/v1/audit?after=3", headers=key).json()["items"]

    assert [event["number"] for event in (*first.json()["items"], *second.json()["items"])] == [1, 2, 3]
    assert [(event["action"], event["subjects"]) for event in events] == [
        ("audit.read", ["audit:1-2"]),
        ("audit.read", ["audit:3-3"]),
    ]
    assert events[0]["caller"].startswith("key:")
    assert events[0]["request_id"] == first.headers["x-request-id"]


def test_to_read_on_comes_to_an_end_whether_by_cursor_or_by_number(client: TestClient) -> None:
    for _ in range(4):
        client.post("/v1/seekers", json=PROFILE)

    address, pages = "/v1/audit?limit=1", 0
    while address:
        page = client.get(address)
        address, pages = page.headers.get("link", "").removeprefix("<").partition(">")[0], pages + 1
        assert pages <= 4
    seen, asked = 0, 0
    while items := client.get(f"/v1/audit?after={seen}").json()["items"]:
        seen, asked = items[-1]["number"], asked + 1
        assert asked <= 2

    assert pages == 4
    assert client.get(f"/v1/audit?after={seen}").json() == {"items": [], "next_cursor": None}


def test_codes_can_go_to_standard_output(
    settings: Settings, engine: MatchEngine, profile: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with client_of(settings.model_copy(update={"audit_anchor": "-"}), engine) as client:
        client.post("/v1/seekers", json=profile)

    assert '"audit":"demo","number":1' in capsys.readouterr().out
