"""Keys at rest."""

import re

import psycopg
import pytest

from app.db.embedded import EmbeddedServer
from app.errors import NotFoundError
from app.services.keys import Keys
from app.services.principal import Scope


def test_a_key_holds_256_bits_and_its_secret_is_nowhere_in_the_database(keys: Keys, database: EmbeddedServer) -> None:
    token = keys.create("alamo", frozenset(Scope), None)

    assert re.fullmatch(r"sw_[0-9a-f]{12}_[0-9a-f]{64}", token)
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute("select k::text from api_keys k").fetchall()
    assert len(rows) == 1
    assert token.split("_")[2] not in str(rows)


def test_a_key_gives_its_board_and_its_scopes(keys: Keys) -> None:
    token = keys.create("alamo", frozenset({Scope.MATCHES_READ}), None)

    principal = keys.authenticate(token)

    assert principal is not None
    assert (principal.board, principal.scopes) == ("alamo", {Scope.MATCHES_READ})
    assert principal.name == f"key:{token.split('_')[1]}"


def test_keys_of_all_boards_are_listed_and_none_is_revoked_twice(keys: Keys) -> None:
    ids = [keys.create(board, frozenset(Scope), None).split("_")[1] for board in ("alamo", "cameron")]
    keys.revoke(ids[0])

    assert {key.id: key.works for key in keys.list()} == {ids[0]: False, ids[1]: True}
    with pytest.raises(NotFoundError):
        keys.revoke(ids[0])
