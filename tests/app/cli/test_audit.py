"""`stackway audit verify`."""

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

    assert (whole.code, whole.out) == (faults.OK, b'[{"board":"demo","events":1,"fault":null}]')
    assert changed.code == faults.FAULT
    assert "not as it was" in changed.out.decode()
