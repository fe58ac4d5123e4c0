"""`/v1/seekers` on a real database."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from psycopg import sql

from app.db.embedded import EmbeddedServer
from app.settings import Settings
from tests.app.conftest import MakeKey

CANARY = "canary underwater basket weaver"


@pytest.fixture
def kept(client: TestClient, profile: dict[str, Any]) -> str:
    """The address of a kept person."""
    return client.post("/v1/seekers", json=profile).headers["location"]


def test_a_kept_person_is_read_as_sent(client: TestClient, profile: dict[str, Any]) -> None:
    created = client.post("/v1/seekers", json=profile)
    read = client.get(created.headers["location"])

    assert created.status_code == 201
    assert created.headers["etag"] == read.headers["etag"] == '"v1"'
    assert read.json()["profile"] == profile
    assert "profile" not in created.json()


def test_what_is_no_profile_is_not_kept(client: TestClient) -> None:
    assert client.post("/v1/seekers", json={"location": {"zip": "7820X"}}).status_code == 422
    assert client.get("/v1/seekers").json()["items"] == []


def test_nothing_of_a_person_is_in_the_database(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    profile |= {"reference": "canary-8841", "work_history": [{"title": CANARY}]}
    seeker = client.post("/v1/seekers", json=profile, headers={"Idempotency-Key": "a"}).headers["location"]
    client.post("/v1/matches", json=profile, headers={"Idempotency-Key": "a"})
    match = client.post(f"{seeker}/matches")
    decision = {"plan": match.json()["plans"][0]["id"], "decision": "accept", "reason": CANARY, "decided_by": CANARY}
    assert client.post(f"{match.headers['location']}/decisions", json=decision).status_code == 201

    with psycopg.connect(database.owner_url) as connection:
        tables = [name for (name,) in connection.execute("select tablename from pg_tables where schemaname = 'public'")]
        rows = [
            bytes(v) if isinstance(v, bytes) else str(v).encode()
            for t in tables
            for row in connection.execute(sql.SQL("select * from {}").format(sql.Identifier(t)))
            for v in row
        ]
    assert len(rows) > 40
    assert not [value for value in rows if b"canary" in value]


def test_a_change_needs_the_version_it_changes(client: TestClient, kept: str, profile: dict[str, Any]) -> None:
    other = {**profile, "reference": "B-7"}

    assert client.put(kept, json=other).status_code == 428
    assert client.put(kept, json=other, headers={"If-Match": '"v2"'}).status_code == 412
    assert client.put(kept, json=other, headers={"If-Match": "v1"}).status_code == 412
    changed = client.put(kept, json=other, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"v2"')
    assert client.get(kept).json()["profile"]["reference"] == "B-7"


def test_of_sixty_changes_to_one_version_one_is_made(client: TestClient, kept: str, profile: dict[str, Any]) -> None:
    def change(number: int) -> int:
        changed = {**profile, "reference": f"R-{number}"}
        return client.put(kept, json=changed, headers={"If-Match": '"v1"'}).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = sorted(pool.map(change, range(60)))

    assert statuses == [200] + [412] * 59
    assert client.get(kept).json()["version"] == 2


def test_two_hundred_posts_with_one_key_keep_one_person(client: TestClient, profile: dict[str, Any]) -> None:
    def post(_: int) -> tuple[int, str | None, str | None]:
        sent = client.post("/v1/seekers", json=profile, headers={"Idempotency-Key": '"once"'})
        return sent.status_code, sent.headers.get("location"), sent.headers.get("idempotency-replayed")

    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(post, range(200)))

    assert {status for status, *_ in replies} <= {201, 409}
    assert len({place for status, place, _ in replies if status == 201}) == 1
    assert sum(status == 201 and replayed is None for status, _, replayed in replies) == 1
    assert len(client.get("/v1/seekers").json()["items"]) == 1


def test_an_erased_person_can_be_read_no_more_not_even_in_an_older_copy_of_the_records(
    client: TestClient, kept: str, database: EmbeddedServer
) -> None:
    match = client.post(f"{kept}/matches").headers["location"]
    with psycopg.connect(database.owner_url) as connection:
        older = connection.execute("select profile from seekers").fetchone()

    assert client.delete(kept).status_code == 428
    assert client.delete(kept, headers={"If-Match": '"v9"'}).status_code == 412
    assert client.delete(kept, headers={"If-Match": '"v1"'}).status_code == 204

    assert [client.get(path).status_code for path in (kept, match, f"{match}/decisions")] == [404, 404, 404]
    assert client.get("/v1/matches").json()["items"] == client.get("/v1/seekers").json()["items"] == []
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from person_keys").fetchone() == (0,)
        connection.execute("update seekers set profile = %s, erased_at = null", older)
    assert client.get(kept).status_code == 404


def test_a_profile_moved_to_another_person_does_not_open(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    one, other = (client.post("/v1/seekers", json=profile).headers["location"] for _ in range(2))
    with psycopg.connect(database.owner_url) as connection:
        moved = connection.execute("select profile from seekers where id = %s", [one.split("/")[-1]]).fetchone()
        assert moved is not None
        connection.execute("update seekers set profile = %s where id = %s", [moved[0], other.split("/")[-1]])

    assert client.get(one).status_code == 200
    assert client.get(other).status_code == 500


def test_people_are_found_by_reference_and_by_board_only(client: TestClient, kept: str, make_key: MakeKey) -> None:
    found = client.post("/v1/seekers/search", json={"reference": "A-1042"}).json()["items"]

    assert [row["id"] for row in found] == [kept.rsplit("/", maxsplit=1)[-1]]
    assert client.post("/v1/seekers/search", json={"reference": "A-1043"}).json()["items"] == []
    theirs = client.post("/v1/seekers/search", json={"reference": "A-1042"}, headers=make_key("cameron"))
    assert theirs.json()["items"] == []


def test_a_kept_person_is_answered_as_their_profile_would_be(
    client: TestClient, kept: str, profile: dict[str, Any]
) -> None:
    sent = client.post("/v1/matches?as_of=2026-11-22", json=profile)
    made = client.post(f"{kept}/matches?as_of=2026-11-22")

    assert made.status_code == 201
    assert made.content == sent.content == client.get(made.headers["location"]).content
    listed = client.get(f"/v1/matches?seeker={kept.rsplit('/', maxsplit=1)[-1]}").json()["items"]
    assert [row["id"] for row in listed] == [made.headers["x-match-id"]]


def test_an_unknown_person_is_not_found(client: TestClient) -> None:
    nobody = f"/v1/seekers/{uuid.uuid4()}"

    assert client.get(nobody).status_code == 404
    assert client.post(f"{nobody}/matches").status_code == 404
    assert client.delete(nobody, headers={"If-Match": "*"}).status_code == 404


def test_a_page_ends_where_the_next_begins(client: TestClient, profile: dict[str, Any]) -> None:
    made = [client.post("/v1/seekers", json=profile).json()["id"] for _ in range(5)]

    seen, address = [], "/v1/seekers?limit=2"
    while address:
        page = client.get(address)
        seen += [row["id"] for row in page.json()["items"]]
        address = page.links["next"]["url"] if "next" in page.links else ""

    assert seen == made[::-1]
    assert client.get("/v1/seekers?cursor=abc").status_code == 422


def test_the_secret_is_readable_by_its_owner_only(client: TestClient, settings: Settings) -> None:
    assert client.get("/livez").status_code == 200
    assert (Path(settings.data_dir) / "secret.key").stat().st_mode & 0o077 == 0
