"""Keys and codes: what is kept of a person is under a key of their own, so that to erase is to destroy that key.

AES-256-GCM, bound to the place the value is kept at: board, column and row. A value moved elsewhere does not open.
A person's key is itself wrapped with the secret of the installation, and says with which: so that secret can be changed
while the service runs, and nothing but the wraps is written anew.
"""

import hashlib
import hmac
import os  # for the random bytes of nonces and keys, and a file only its owner may read
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import ConfigurationError
from app.settings import Settings
from taxonomy.frozen import frozen

_FORMAT = b"\x01"
_NAMED = b"\x02"  # a wrap that begins with the name of its secret
_NAME_BYTES = 4
_NONCE_BYTES = 12
_KEY_BYTES = 32


@frozen
class PersonalKey:
    """The key of one person of one board."""

    board: str
    secret: bytes

    def seal(self, plain: bytes, column: str, row: uuid.UUID) -> bytes:
        """Encrypt a value for the place it is kept at."""
        return _seal(self.secret, plain, _place(self.board, column, row))

    def open(self, sealed: bytes, column: str, row: uuid.UUID) -> bytes:
        """The value again.

        Raises:
            ConfigurationError: it was made with another secret key, for another place, or changed since.
        """
        return _open(self.secret, sealed, _place(self.board, column, row))


@frozen
class _Secret:
    """What one secret key gives: its name, which tells nothing of it, and a key for each use."""

    name: bytes
    wrapping: bytes
    audit: bytes
    index: bytes


class Vault:
    """All keys that come from the one secret of the installation; and, while it is changed, from the ones before it."""

    def __init__(self, secret: bytes, previous: Sequence[bytes] = ()) -> None:
        self._secrets = tuple(map(_secret, (secret, *previous)))
        self._newest = self._secrets[0]

    @property
    def newest_mark(self) -> bytes:
        """What every wrap of the newest secret begins with, and no other."""
        return _NAMED + self._newest.name

    def new_key(self, board: str, person: uuid.UUID) -> tuple[PersonalKey, bytes]:
        """A key for a person, and its wrapped form, which is kept."""
        key = PersonalKey(board, os.urandom(_KEY_BYTES))
        return key, self.wrap(person, key)

    def wrap(self, person: uuid.UUID, key: PersonalKey) -> bytes:
        """The form of a person's key that is kept, under the newest secret."""
        place = self.newest_mark + _place(key.board, "person_keys.wrapped", person)
        return self.newest_mark + _encrypt(self._newest.wrapping, key.secret, place)

    def unwrap(self, board: str, person: uuid.UUID, wrapped: bytes) -> PersonalKey:
        """The key of a person from its wrapped form.

        Raises:
            ConfigurationError: it was wrapped with a secret key that is not named, or for another person.
        """
        place = _place(board, "person_keys.wrapped", person)
        head = len(self.newest_mark)
        for secret in self._secrets:
            if wrapped[:head] == _NAMED + secret.name:
                return PersonalKey(board, _decrypt(secret.wrapping, wrapped[head:], wrapped[:head] + place))
        if wrapped[:1] == _FORMAT:  # kept before wraps had names
            for secret in self._secrets:
                with suppress(ConfigurationError):
                    return PersonalKey(board, _open(secret.wrapping, wrapped, place))
        raise ConfigurationError(
            "A person's key was wrapped with another secret key: name that in STACKWAY_PREVIOUS_SECRET_KEYS."
        )

    def digest(self, board: str, use: str, value: bytes) -> bytes:
        """A digest to find equal values of a board by, worth nothing to whoever lacks the secret."""
        return self.digests(board, use, value)[0]

    def digests(self, board: str, use: str, value: bytes) -> tuple[bytes, ...]:
        """What a value may be found by: its digest, and those under the secrets before."""
        content = f"{board}/{use}/".encode() + value
        return tuple(hmac.digest(secret.index, content, hashlib.sha256) for secret in self._secrets)

    def audit_code(self, before: bytes, event: bytes) -> bytes:
        """The code of an event of the audit, which covers the code before it."""
        return self.audit_codes(before, event)[0]

    def audit_codes(self, before: bytes, event: bytes) -> tuple[bytes, ...]:
        """The codes an event may have: the newest secret's first, then those of the secrets before it."""
        return tuple(hmac.digest(secret.audit, before + event, hashlib.sha256) for secret in self._secrets)


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation; its secret is made where none is named and none is there.

    Raises:
        ConfigurationError: the secret, or one before it, is not one.
    """
    listed = "" if settings.previous_secret_keys is None else settings.previous_secret_keys.get_secret_value()
    previous = [_parsed(text, "Each of STACKWAY_PREVIOUS_SECRET_KEYS") for text in listed.split(",") if text.strip()]
    if settings.secret_key is not None:
        return Vault(_parsed(settings.secret_key.get_secret_value(), "STACKWAY_SECRET_KEY"), previous)
    path = settings.data_dir / "secret.key"
    if not path.exists():
        _make(path)
    return Vault(_parsed(path.read_text(encoding="ascii"), f"The file {path.name} in STACKWAY_DATA_DIR"), previous)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(os.urandom(_KEY_BYTES).hex())
        stream.flush()
        os.fsync(stream.fileno())
    try:
        path.hardlink_to(new)  # of several processes that start at once, one gives its secret to all
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _parsed(text: str, name: str) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) != _KEY_BYTES:
        raise ConfigurationError(f"{name} must hold {2 * _KEY_BYTES} hexadecimal digits.")
    return secret


def _secret(secret: bytes) -> _Secret:
    name = _derive(secret, "name")[:_NAME_BYTES]
    return _Secret(name, *(_derive(secret, use) for use in ("wrap", "audit", "index")))


def _derive(secret: bytes, use: str) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=b"stackway/" + use.encode()).derive(secret)


def _place(board: str, column: str, row: uuid.UUID) -> bytes:
    return f"{board}/{column}/{row}".encode()


def _seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    return _FORMAT + _encrypt(key, plain, _FORMAT + place)


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    # The first byte is covered as well, so that a later format cannot be taken for this one.
    return _decrypt(key, sealed[1:], sealed[:1] + place)


def _encrypt(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
    except (InvalidTag, ValueError):  # ValueError: too short to be one
        raise ConfigurationError(
            "A record does not open: it was kept with another secret key, or was changed in the database."
        ) from None
