"""The public keys of an identity provider (JWKS): fetched when needed, kept for a while, asked for again with care."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Lock
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from app.errors import UnavailableError
from app.logs import get_logger, whereabouts
from app.settings import is_safe_to_fetch

_FRESH_SECONDS = 600  # a key is asked for again after this, so that one the provider withdrew is soon refused
_KEPT_SECONDS = 3_600  # a key is still used for this long while the provider is away
_PAUSE_SECONDS = 30  # between two fetches, whatever callers send: a made-up key id must not become a request of ours
_TIMEOUT_SECONDS = 3
_LONGEST_BYTES = 1_000_000
_LEAST_RSA_BITS = 2_048
_KINDS = ("RSA", "EC", "OKP")  # never "oct": a shared secret has no place in a public document


class UnknownKeyError(jwt.PyJWTError):
    """The provider has no such key, or not for this algorithm."""


@dataclass(slots=True)
class KeySet:
    """The keys of one issuer; safe to share between threads."""

    issuer: str
    address: str | None  # None: as the issuer's own configuration says
    now: Callable[[], float] = time.monotonic
    _keys: dict[str, tuple[str | None, Any]] = field(default_factory=dict)
    _fetched: float = float("-inf")
    _tried: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def get(self, key_id: str, algorithm: str) -> Any:  # noqa: ANN401 # a public key of whichever kind
        """The key of this name.

        Raises:
            UnknownKeyError: the issuer has no such key, or has it for another algorithm.
            UnavailableError: the issuer does not answer and no key of this name is known.
        """
        with self._lock:
            self._refresh(key_id)
            age = self.now() - self._fetched
            if age > _KEPT_SECONDS or (key_id not in self._keys and self._tried > self._fetched):
                raise UnavailableError("The identity provider does not answer; try again in a few seconds.")
            meant_for, key = self._keys.get(key_id, (None, None))
        if key is None or meant_for not in (None, algorithm):
            raise UnknownKeyError
        return key

    def _refresh(self, key_id: str) -> None:
        now = self.now()
        known_and_fresh = key_id in self._keys and now - self._fetched < _FRESH_SECONDS
        if known_and_fresh or now - self._tried < _PAUSE_SECONDS:
            return
        self._tried = now
        try:
            self._keys = self._fetch()
        except (OSError, HTTPException, ValueError, TypeError, LookupError) as error:
            get_logger().warning("the keys of an identity provider cannot be had", **whereabouts(error))
            return
        self._fetched = now

    def _fetch(self) -> dict[str, tuple[str | None, Any]]:
        address = self.address
        if address is None:
            configuration = _get_json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if configuration["issuer"] != self.issuer:
                raise ValueError("the configuration is another issuer's")
            address = configuration["jwks_uri"]
        keys = {}
        for described in _get_json(address)["keys"]:
            key = _usable(described)
            if key is not None:
                keys[str(described["kid"])] = (described.get("alg"), key)
        return keys


def _usable(described: Any) -> Any:  # noqa: ANN401 # any JSON in; a public key of whichever kind out, or None
    if not isinstance(described, dict):
        return None
    if described.get("use", "sig") != "sig" or described.get("kty") not in _KINDS or "kid" not in described:
        return None
    try:
        key = jwt.PyJWK(described).key
    except (jwt.PyJWTError, ValueError, TypeError, LookupError):
        return None  # a kind we do not know leaves the others usable
    if "d" in described or (isinstance(key, RSAPublicKey) and key.key_size < _LEAST_RSA_BITS):
        return None
    return key


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Keys come from the address we were given or from nowhere."""

    def redirect_request(self, *_: object) -> None:
        """Refuse; the status is then told as an error."""


def _get_json(address: str) -> dict[str, Any]:
    if not is_safe_to_fetch(address):
        raise ValueError("keys are fetched over https only")
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(address, timeout=_TIMEOUT_SECONDS) as reply:
        body = reply.read(_LONGEST_BYTES + 1)
    if len(body) > _LONGEST_BYTES:
        raise ValueError("longer than any set of keys")
    document = orjson.loads(body)
    if not isinstance(document, dict):
        raise TypeError("not an object")
    return document
