"""`stackway audit verify`."""

from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient

from app.api.examples import PROFILE
from app.cli import faults
from app.db.embedded import EmbeddedServer
from tests.app.cli.conftest import Stackway


def test_it_says_whether_the_audit_holds(
    stackway: Stackway, client: TestClient, database: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STACKWAY_DATABASE_OWNER_URL", database.owner_url)
    monkeypatch.setenv("STACKWAY_AUDIT_ANCHOR", "no-such-file.jsonl")
    client.post("/v1/seekers", json=PROFILE)

    whole = stackway("audit", "verify", "--format", "json")
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("update audit_events set action = 'seeker.list'")
    changed = stackway("audit", "verify")

    assert (whole.code, whole.out) == (
        faults.OK,
        b'[{"board":"demo","events":1,"fault":null,"under_previous_keys":0}]',
    )
    assert changed.code == faults.FAULT
    assert "not as it was" in changed.out.decode()


def test_keys_are_put_under_a_new_secret_key_or_it_says_which_one_is_missing(
    stackway: Stackway, client: TestClient, database: EmbeddedServer, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    monkeypatch.setenv("STACKWAY_DATABASE_OWNER_URL", database.owner_url)
    monkeypatch.setenv("STACKWAY_SECRET_KEY", "e1" * 32)
    client.post("/v1/seekers", json=PROFILE)

    alone = stackway("db", "rewrap")
    monkeypatch.setenv("STACKWAY_PREVIOUS_SECRET_KEYS", (data_dir / "secret.key").read_text())
    both = stackway("db", "rewrap")

    assert (alone.code, both.code) == (faults.FAULT, faults.OK)
    assert "STACKWAY_PREVIOUS_SECRET_KEYS" in alone.err
    assert [word for word in both.out.decode().splitlines()[3].split() if word.isalnum()] == ["demo", "1", "0"]
