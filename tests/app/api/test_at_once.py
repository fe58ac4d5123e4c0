"""Many requests at once that must come to one thing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from fastapi.testclient import TestClient

from app.db.embedded import EmbeddedServer

SENDERS = 50


def test_two_hundred_posts_with_one_key_make_one_record(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    def post(_: int) -> tuple[int, str | None, bool]:
        reply = client.post("/v1/seekers", json=profile, headers={"Idempotency-Key": "the-same"})
        return reply.status_code, reply.headers.get("location"), "idempotency-replayed" in reply.headers

    with ThreadPoolExecutor(SENDERS) as pool:
        replies = list(pool.map(post, range(200)))
    last = post(200)

    made = [place for status, place, _ in replies if status == 201]
    with psycopg.connect(database.owner_url) as connection:
        kept = connection.execute("select id::text from seekers").fetchall()
    assert len(kept) == 1
    assert set(made) == {f"/v1/seekers/{kept[0][0]}"} == {last[1]}
    assert sum(status == 201 and not again for status, _, again in replies) == 1
    # 409: while the first is being kept; 503: more at once than the database has connections for.
    assert {status for status, _, _ in replies} <= {201, 409, 503}
    assert last[2]


def test_of_sixty_changes_to_one_version_one_is_made(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    made = client.post("/v1/seekers", json=profile)
    place, version = made.headers["location"], {"If-Match": client.get(made.headers["location"]).headers["etag"]}

    def put(number: int) -> int:
        changed = {**profile, "reference": f"A-{number}"}
        return client.put(place, json=changed, headers=version).status_code

    with ThreadPoolExecutor(SENDERS) as pool:
        statuses = Counter(pool.map(put, range(60)))

    assert statuses == {200: 1, 412: 59}
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select version from seekers").fetchall() == [(2,)]
