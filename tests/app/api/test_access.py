"""Who may ask what: with which key, from where, and how often."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from app.api.examples import LIST_CSV
from app.db.embedded import EmbeddedServer
from app.errors import ConfigurationError
from app.main import create_app
from app.services.answering import MatchEngine
from app.services.keys import Keys
from app.services.principal import Scope
from app.settings import Settings
from tests.app.conftest import MakeKey, client_of

NOBODY = "00000000-0000-4000-8000-000000000000"


def _operations(client: TestClient) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, an address that leads there, and the description of every operation below /v1."""
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if path.startswith("/v1"):
            address = "/".join(NOBODY if part.startswith("{") else part for part in path.split("/"))
            yield from ((method.upper(), address, operation) for method, operation in methods.items())


def test_every_operation_asks_for_a_key_and_says_how(keyed: TestClient) -> None:
    for method, address, operation in _operations(keyed):
        response = keyed.request(method, address)

        assert response.status_code == 401, address
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert operation["security"], address


def test_no_operation_lets_a_key_in_that_lacks_its_right(keyed: TestClient, make_key: MakeKey) -> None:
    tried = 0
    for method, address, operation in _operations(keyed):
        for scope in operation["x-required-scopes"]:
            response = keyed.request(method, address, headers=make_key(scopes=set(Scope) - {Scope(scope)}))

            assert response.status_code == 403, address
            assert f'scope="{scope}"' in response.headers["www-authenticate"]
            tried += 1
    assert tried >= 15


def test_only_me_is_open_to_every_key(keyed: TestClient) -> None:
    assert [path for _, path, operation in _operations(keyed) if not operation["x-required-scopes"]] == ["/v1/me"]


def test_a_key_reads_and_writes_for_its_board(
    keyed: TestClient, make_key: MakeKey, profile: dict[str, Any], database: EmbeddedServer
) -> None:
    created = keyed.post("/v1/matches", json=profile, headers=make_key("alamo"))

    assert created.status_code == 201
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select board from matches").fetchall() == [("alamo",)]


@pytest.mark.parametrize("spoil", ["{}0", "{}", "Basic {}", "Bearer", "Bearer {}x", "Bearer sw_{}", "Bearer \xe9"])
def test_what_is_no_key_is_refused(keyed: TestClient, keys: Keys, spoil: str) -> None:
    token = keys.create("alamo", frozenset(Scope), None)
    sent = spoil.format(token).encode("latin-1")

    assert keyed.get("/v1/me", headers=[(b"authorization", sent)]).status_code == 401


def test_another_keys_secret_is_refused(keyed: TestClient, keys: Keys) -> None:
    one, other = (keys.create("alamo", frozenset(Scope), None).split("_") for _ in range(2))
    mixed = f"sw_{one[1]}_{other[2]}"

    assert keyed.get("/v1/me", headers={"Authorization": f"Bearer {mixed}"}).status_code == 401


def test_a_key_works_through_its_last_day_and_no_longer(
    keyed: TestClient, keys: Keys, database: EmbeddedServer
) -> None:
    over = keys.create("alamo", frozenset(Scope), date(2020, 1, 31))
    lasting = keys.create("alamo", frozenset(Scope), date(2099, 1, 31))

    assert keyed.get("/v1/me", headers={"Authorization": f"Bearer {over}"}).status_code == 401
    assert keyed.get("/v1/me", headers={"Authorization": f"Bearer {lasting}"}).json()["expires_at"] == (
        "2099-02-01T00:00:00+00:00"
    )
    assert {key.works for key in keys.list()} == {True, False}
    with psycopg.connect(database.owner_url) as connection:
        ends = connection.execute("select min(expires_at) at time zone 'UTC' from api_keys").fetchone()
    assert str(ends) == "(datetime.datetime(2020, 2, 1, 0, 0),)"


def test_keys_overlap_and_a_revoked_one_is_refused_at_once(keyed: TestClient, keys: Keys, make_key: MakeKey) -> None:
    old, new = make_key("alamo"), make_key("alamo")
    assert [keyed.get("/v1/me", headers=key).status_code for key in (old, new)] == [200, 200]

    keys.revoke(old["Authorization"].split("_")[1])

    assert [keyed.get("/v1/me", headers=key).status_code for key in (old, new)] == [401, 200]


def test_local_mode_needs_no_key_and_says_so(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    me = client.get("/v1/me").json()

    assert (me["board"], me["key_id"]) == ("demo", None)
    assert me["notice"].startswith("Local mode")
    assert set(me["scopes"]) == set(Scope)
    assert capsys.readouterr().out == ""


def test_local_mode_says_so_in_the_log(
    settings: Settings, engine: MatchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    with client_of(settings, engine):
        pass

    assert "local mode: no API key is needed" in capsys.readouterr().err


def test_local_mode_takes_keys_too(client: TestClient, make_key: MakeKey) -> None:
    assert client.get("/v1/me", headers=make_key("alamo")).json()["board"] == "alamo"
    assert client.get("/v1/me", headers={"Authorization": "Bearer sw_none"}).status_code == 401


@pytest.mark.parametrize(("caller", "name"), [("192.0.2.7", "127.0.0.1"), ("127.0.0.1", "stackway.example")])
def test_local_mode_is_for_this_machine_only(client: TestClient, caller: str, name: str) -> None:
    elsewhere = TestClient(client.app, base_url=f"http://{name}:8765", client=(caller, 50000))

    assert elsewhere.get("/v1/me").status_code == 401
    assert elsewhere.get("/livez").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        [("Host", "quetzal~.example:8765")],  # as some browsers send it and few servers read it
        [("Host", "127.0.0.1@quetzal.example")],
        [("Host", "127.0.0.1:x")],
        [("Host", "")],
        [("Host", "127.0.0.1:8765"), ("Host", "quetzal.example")],
        [("Host", "127.0.0.1:8765"), ("Origin", "https://quetzal.example")],
        [("Host", "127.0.0.1:8765"), ("Origin", "null")],
        [("Host", "127.0.0.1:8765"), ("Sec-Fetch-Site", "cross-site")],
    ],
)
def test_a_page_elsewhere_is_not_this_machine_however_it_names_it(
    client: TestClient, headers: list[tuple[str, str]]
) -> None:
    for method, address in (("GET", "/v1/seekers"), ("GET", "/metrics"), ("POST", f"/v1/batches/{NOBODY}/cancel")):
        assert client.request(method, address, headers=headers).status_code == 401, (method, address)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:8765"},
        {"Host": "[::1]:8765"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_whoever_is_at_this_machine_is_let_in_by_each_of_its_names(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/v1/me", headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "stackway.example"])  # noqa: S104 # refused
def test_local_mode_never_listens_on_a_network(settings: Settings, host: str) -> None:
    with pytest.raises(ConfigurationError, match="STACKWAY_HOST"):
        create_app(settings.model_copy(update={"host": host}))


def test_a_key_hears_what_is_left_and_is_stopped_for_a_while(
    settings: Settings, engine: MatchEngine, make_key: MakeKey
) -> None:
    key, other = make_key("alamo"), make_key("alamo")
    with client_of(settings.model_copy(update={"requests_per_minute": 2}), engine) as client:
        first, _, third = (client.get("/v1/me", headers=key) for _ in range(3))

        assert first.headers["ratelimit-policy"] == '"key";q=2;w=60'
        assert first.headers["ratelimit"].startswith('"key";r=1;')
        assert third.status_code == 429
        assert 1 <= int(third.headers["retry-after"]) <= 30
        assert client.get("/v1/me", headers=other).status_code == 200


def test_who_may_see_how_far_a_list_is_may_not_for_that_take_everyones_answers(
    keyed: TestClient, make_key: MakeKey
) -> None:
    headers = {**make_key(), "Content-Type": "text/csv"}
    sent = keyed.post("/v1/batches", content=LIST_CSV, headers=headers).headers["location"]
    reader = make_key(scopes={Scope.BATCHES_READ})

    assert [keyed.get(f"{sent}{end}", headers=reader).status_code for end in ("", "/results")] == [200, 403]
