"""`stackway keys` on a real database."""

import json

import pytest
from fastapi.testclient import TestClient

from app.cli import faults
from app.db.embedded import EmbeddedServer
from tests.app.cli.conftest import Stackway


@pytest.fixture(autouse=True)
def _database(database: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STACKWAY_DATABASE_URL", database.url)
    monkeypatch.setenv("STACKWAY_DATABASE_OWNER_URL", database.owner_url)


def test_a_key_is_printed_once_and_works(stackway: Stackway, keyed: TestClient) -> None:
    made = stackway("keys", "create", "--board", "alamo", "--scopes", "lookups:read", "--expires", "2099-12-31")

    token = made.out.decode().strip()
    me = keyed.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).json()
    assert made.code == faults.OK
    assert (me["board"], me["scopes"]) == ("alamo", ["lookups:read"])


def test_keys_are_listed_without_their_secrets_and_revoked(stackway: Stackway) -> None:
    token = stackway("keys", "create", "--board", "alamo").out.decode().strip()
    _, key_id, secret = token.split("_")

    before = stackway("keys", "list")
    ended = stackway("keys", "revoke", key_id)
    (row,) = json.loads(stackway("keys", "list", "--format", "json").out)

    assert key_id in before.out.decode()
    assert secret not in before.out.decode()
    assert ended.code == faults.OK
    assert (row["id"], row["state"]) == (key_id, "revoked")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("create", "--board", "No Board"), "--board"),
        (("create", "--board", "alamo", "--scopes", "everything"), "--scopes"),
        (("create", "--board", "alamo", "--expires", "2020-01-01"), "--expires"),
        (("create", "--board", "alamo", "--expires", "soon"), "--expires"),
        (("revoke", "000000000000"), "keys list"),
    ],
)
def test_what_cannot_be_done_is_a_fault_of_use_that_names_the_option(
    stackway: Stackway, arguments: tuple[str, ...], named: str
) -> None:
    outcome = stackway("keys", *arguments)

    assert outcome.code == faults.USAGE
    assert named in outcome.err
