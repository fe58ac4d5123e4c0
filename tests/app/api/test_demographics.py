"""Race, sex and disability: kept apart, out of reach of whoever matches."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from psycopg import sql

from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.services.principal import Scope
from app.settings import Settings
from tests.app.conftest import MakeKey, client_of

FIRST = {"If-None-Match": "*"}
SAID = {"race": ["asian", "white"], "hispanic": "no", "disability": "declined", "preferred_language": "es"}


@pytest.fixture
def address(client: TestClient, profile: dict[str, Any]) -> str:
    """Where the demographics of a kept person are."""
    return client.post("/v1/seekers", json=profile).headers["location"] + "/demographics"


def test_what_is_said_last_is_kept(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
    first = client.put(address, json={"sex": "male"}, headers=FIRST)
    second = client.put(address, json=SAID, headers={"If-Match": first.headers["etag"]})

    kept = client.get(address)

    assert [first.status_code, second.status_code] == [200, 200]
    assert {name: kept.json()[name] for name in SAID} == SAID
    assert kept.json()["sex"] is None
    assert kept.headers["etag"] == second.headers["etag"] != first.headers["etag"]
    removed = [client.delete(address, headers={"If-Match": kept.headers["etag"]}).status_code for _ in range(2)]
    assert removed == [204, 404]


@pytest.mark.parametrize(
    ("condition", "before", "after"),
    [
        ({}, 428, 428),
        (FIRST, 200, 412),
        ({"If-None-Match": '"x"'}, 428, 428),
        ({"If-Match": "*"}, 412, 200),
        ({"If-Match": '"v1"'}, 412, 412),
    ],
)
def test_a_statement_is_put_in_place_of_the_one_that_was_read(
    client: TestClient, address: str, condition: dict[str, str], before: int, after: int
) -> None:
    assert client.put(address, json=SAID, headers=condition).status_code == before
    client.put(address, json=SAID, headers=FIRST)
    read = client.get(address).headers["etag"]

    assert client.put(address, json={"sex": "male"}, headers=condition).status_code == after
    assert (client.get(address).headers["etag"] != read) == (after == 200)


def test_of_twenty_first_statements_at_once_one_is_kept(client: TestClient, address: str) -> None:
    with ThreadPoolExecutor(10) as pool:
        statuses = Counter(pool.map(lambda _: client.put(address, json=SAID, headers=FIRST).status_code, range(20)))

    assert statuses == {200: 1, 412: 19}


@pytest.mark.parametrize("said", [{"race": ["martian"]}, {"race": []}, {"religion": "x"}, {"birth_year": 12}])
def test_what_is_not_asked_is_refused(client: TestClient, address: str, said: dict[str, Any]) -> None:
    assert client.put(address, json=said, headers=FIRST).status_code == 422


def test_the_role_that_matches_cannot_even_look(client: TestClient, address: str, database: EmbeddedServer) -> None:
    client.put(address, json=SAID, headers=FIRST)

    for statement in (
        "select * from eeo.demographics",
        "set role stackway_eeo",
        "truncate eeo.demographics",
    ):
        with psycopg.connect(database.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)  # type: ignore[call-overload] # our own words


def test_the_role_for_demographics_sees_no_profile_and_no_answer(database: EmbeddedServer) -> None:
    for table in ("seekers", "matches", "decisions", "follow_ups", "replies", "api_keys"):
        with psycopg.connect(database.eeo_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.SQL("select * from {}").format(sql.Identifier(table)))


def test_it_is_sealed_bound_to_its_board_and_erased_with_the_person(
    client: TestClient, address: str, database: EmbeddedServer
) -> None:
    client.put(address, json=SAID, headers=FIRST)
    with psycopg.connect(database.eeo_url) as connection:
        assert connection.execute("select count(*) from eeo.demographics").fetchone() == (0,)
    with psycopg.connect(database.owner_url) as connection:
        assert b"asian" not in b"".join(row[0] for row in connection.execute("select content from eeo.demographics"))

    client.delete(address.removesuffix("/demographics"), headers={"If-Match": "*"})

    assert client.get(address).status_code == 404


def test_every_read_and_write_stands_in_the_audit(client: TestClient, address: str) -> None:
    client.put(address, json=SAID, headers=FIRST)
    client.get(address)

    actions = [event["action"] for event in client.get("/v1/audit").json()["items"]]

    assert actions[-2:] == ["demographics.write", "demographics.read"]


def test_rights_to_people_are_no_rights_to_this(keyed: TestClient, make_key: MakeKey, profile: dict[str, Any]) -> None:
    owner = make_key("alamo")
    others = make_key("alamo", set(Scope) - {Scope.DEMOGRAPHICS_READ, Scope.DEMOGRAPHICS_WRITE})
    address = keyed.post("/v1/seekers", json=profile, headers=owner).headers["location"] + "/demographics"

    assert [keyed.put(address, json=SAID, headers={**key, **FIRST}).status_code for key in (owner, others)] == [
        200,
        403,
    ]
    assert [keyed.get(address, headers=key).status_code for key in (owner, others)] == [200, 403]


def test_without_the_second_role_none_is_taken(
    settings: Settings, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(settings.model_copy(update={"eeo_database_url": None}), engine) as client:
        address = client.post("/v1/seekers", json=profile).headers["location"] + "/demographics"
        refused = client.put(address, json=SAID, headers=FIRST)

    assert refused.status_code == 503
    assert "STACKWAY_EEO_DATABASE_URL" in refused.json()["detail"]
