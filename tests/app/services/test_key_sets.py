"""Keys of an identity provider are kept, renewed, withdrawn, and never fetched as often as a stranger likes."""

from typing import Any

import jwt
import pytest

from app.errors import UnavailableError
from app.services.key_sets import KeySet, UnknownKeyError
from tests.app.services.conftest import IdentityProvider


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(provider: IdentityProvider, clock: Clock) -> KeySet:
    return KeySet(provider.issuer, f"{provider.issuer}/keys", clock)


def test_a_key_is_fetched_once_and_kept(keys: KeySet, provider: IdentityProvider) -> None:
    for _ in range(5):
        keys.get("main", "RS256")

    assert provider.fetches == 1


def test_a_new_key_is_found_and_made_up_names_cause_no_flood(
    keys: KeySet, provider: IdentityProvider, clock: Clock
) -> None:
    keys.get("main", "RS256")
    provider.add_key("next")
    for number in range(50):
        with pytest.raises(UnknownKeyError):
            keys.get(f"made-up-{number}", "RS256")
    assert provider.fetches == 1

    clock.seconds += 31

    assert keys.get("next", "RS256")
    assert provider.fetches == 2


def test_a_withdrawn_key_is_refused_within_ten_minutes(keys: KeySet, provider: IdentityProvider, clock: Clock) -> None:
    keys.get("main", "RS256")
    provider.published["keys"].clear()
    keys.get("main", "RS256")

    clock.seconds += 601

    with pytest.raises(UnknownKeyError):
        keys.get("main", "RS256")


def test_known_keys_outlive_a_short_absence_of_the_provider_and_no_long_one(
    keys: KeySet, provider: IdentityProvider, clock: Clock
) -> None:
    keys.get("main", "RS256")
    provider.away = True

    clock.seconds += 1800
    assert keys.get("main", "RS256")
    with pytest.raises(UnavailableError):
        keys.get("unknown", "RS256")

    clock.seconds += 1801
    with pytest.raises(UnavailableError):
        keys.get("main", "RS256")


def test_a_provider_that_comes_back_is_used_again(keys: KeySet, provider: IdentityProvider, clock: Clock) -> None:
    provider.away = True
    with pytest.raises(UnavailableError):
        keys.get("main", "RS256")

    provider.away, clock.seconds = False, clock.seconds + 31

    assert keys.get("main", "RS256")


def test_without_an_address_the_provider_says_where_its_keys_are(provider: IdentityProvider) -> None:
    assert KeySet(provider.issuer, None).get("curved", "ES256")


@pytest.mark.parametrize(
    "spoil",
    [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"use": "enc"},
        {"n": "AQAB"},
        {"alg": "PS256"},
        {"kty": "unknown"},
        {"d": "AQAB"},
        {"kid": "another"},
    ],
    ids=str,
)
def test_a_key_that_is_not_for_this_use_is_none(
    keys: KeySet, provider: IdentityProvider, spoil: dict[str, Any]
) -> None:
    provider.published["keys"][0] |= spoil

    with pytest.raises(UnknownKeyError):
        keys.get("main", "RS256")
    assert keys.get("curved", "ES256")


def test_a_short_rsa_key_is_none(keys: KeySet, provider: IdentityProvider) -> None:
    provider.add_key("short", bits=1024)

    with pytest.raises(jwt.PyJWTError):
        keys.get("short", "RS256")


@pytest.mark.parametrize("published", [[], {}, {"keys": 1}, {"keys": [1]}, {"keys": [{}]}, None], ids=str)
def test_what_is_no_set_of_keys_holds_none(keys: KeySet, provider: IdentityProvider, published: Any) -> None:  # noqa: ANN401 # any JSON
    provider.published = published

    with pytest.raises((UnavailableError, UnknownKeyError)):
        keys.get("main", "RS256")


def test_keys_are_not_fetched_in_the_clear_from_elsewhere() -> None:
    with pytest.raises(UnavailableError):
        KeySet("http://login.example", None).get("main", "RS256")
