"""Encryption bound to its place, and the secret it all comes from."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.errors import ConfigurationError
from app.services.vault import PersonalKey, Vault, open_vault
from app.settings import Settings

ROW, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
VAULT = Vault(b"s" * 32)


def test_what_was_sealed_opens_at_its_place_and_never_looks_the_same_twice() -> None:
    key, wrapped = VAULT.new_key("alamo", ROW)
    sealed = key.seal(b"plain", "seekers.profile", ROW)

    assert VAULT.unwrap("alamo", ROW, wrapped).open(sealed, "seekers.profile", ROW) == b"plain"
    assert sealed != key.seal(b"plain", "seekers.profile", ROW)
    assert b"plain" not in sealed


@pytest.mark.parametrize(
    ("board", "column", "row"),
    [("cameron", "seekers.profile", ROW), ("alamo", "matches.answer", ROW), ("alamo", "seekers.profile", OTHER)],
)
def test_a_value_opens_nowhere_else(board: str, column: str, row: uuid.UUID) -> None:
    key, _ = VAULT.new_key("alamo", ROW)
    sealed = key.seal(b"plain", "seekers.profile", ROW)

    with pytest.raises(ConfigurationError):
        PersonalKey(board, key.secret).open(sealed, column, row)


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_a_changed_value_does_not_open(place: int) -> None:
    key, _ = VAULT.new_key("alamo", ROW)
    sealed = bytearray(key.seal(b"plain", "seekers.profile", ROW))
    sealed[place] ^= 1

    with pytest.raises(ConfigurationError):
        key.open(bytes(sealed), "seekers.profile", ROW)


def test_a_key_wrapped_for_another_person_or_with_another_secret_does_not_unwrap() -> None:
    _, wrapped = VAULT.new_key("alamo", ROW)

    with pytest.raises(ConfigurationError):
        VAULT.unwrap("alamo", OTHER, wrapped)
    with pytest.raises(ConfigurationError):
        Vault(b"t" * 32).unwrap("alamo", ROW, wrapped)


def test_equal_values_of_two_boards_have_two_digests() -> None:
    digests = {VAULT.digest(board, "reference", b"A-1042") for board in ("alamo", "cameron", "alamo")}

    assert len(digests) == 2


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")

    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(open_vault, [settings] * 8))

    assert len({vault.digest("alamo", "reference", b"A") for vault in vaults}) == 1
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("secret", ["", "ab", "zz" * 32])
def test_a_secret_that_is_none_is_refused_by_name(secret: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="STACKWAY_SECRET_KEY"):
        open_vault(Settings(secret_key=SecretStr(secret), data_dir=tmp_path))
