"""What a request says of itself: a key on one that asks and keeps nothing is neither refused nor kept."""

import psycopg
from fastapi.testclient import TestClient

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from tests.app.conftest import MakeKey
from tests.app.test_access_of_boards import operations
from tests.app.test_conventions import ASKS_ONLY


def test_a_post_that_keeps_nothing_takes_a_key_without_keeping_what_it_was_asked(
    keyed: TestClient, make_key: MakeKey, database: EmbeddedServer
) -> None:
    key = make_key()
    for operation in operations(keyed):
        if operation.name not in ASKS_ONLY:
            continue
        headers = {**key, "Content-Type": operation.media_type, "Idempotency-Key": "of-every-post"}
        first, again = (keyed.post(operation.address({}), content=operation.body, headers=headers) for _ in range(2))
        assert (first.status_code, again.status_code) == (200, 200), operation.name
        assert again.content == first.content, operation.name
        assert "idempotency-replayed" not in again.headers, operation.name
    profile = keyed.post("/v1/matches?store=false", json=PROFILE, headers={**key, "Idempotency-Key": "of-every-post"})
    assert profile.status_code == 200

    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from replies").fetchone() == (0,)
