"""Keys and codes: what is kept of a person is under a key of their own, so that to erase is to destroy that key.

AES-256-GCM, bound to the place the value is kept at: board, column and row. A value moved elsewhere does not open.
"""

import hashlib
import hmac
import os  # for the random bytes of nonces and keys, and a file only its owner may read
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import ConfigurationError
from app.settings import Settings

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
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


class Vault:
    """All keys that come from the one secret of the installation."""

    def __init__(self, secret: bytes) -> None:
        self._wrapping, self._audit, self._index = (_derive(secret, use) for use in ("wrap", "audit", "index"))

    def new_key(self, board: str, person: uuid.UUID) -> tuple[PersonalKey, bytes]:
        """A key for a person, and its wrapped form, which is kept."""
        secret = os.urandom(_KEY_BYTES)
        return PersonalKey(board, secret), _seal(self._wrapping, secret, _place(board, "person_keys.wrapped", person))

    def unwrap(self, board: str, person: uuid.UUID, wrapped: bytes) -> PersonalKey:
        """The key of a person from its wrapped form.

        Raises:
            ConfigurationError: it was wrapped with another secret key, or for another person.
        """
        return PersonalKey(board, _open(self._wrapping, wrapped, _place(board, "person_keys.wrapped", person)))

    def digest(self, board: str, use: str, value: bytes) -> bytes:
        """A digest to find equal values of a board by, worth nothing to whoever lacks the secret."""
        return hmac.digest(self._index, f"{board}/{use}/".encode() + value, hashlib.sha256)

    def audit_code(self, before: bytes, event: bytes) -> bytes:
        """The code of an event of the audit, which covers the code before it."""
        return hmac.digest(self._audit, before + event, hashlib.sha256)


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation; its secret is made where none is named and none is there.

    Raises:
        ConfigurationError: the secret is not one.
    """
    if settings.secret_key is not None:
        return Vault(_parsed(settings.secret_key.get_secret_value(), "STACKWAY_SECRET_KEY"))
    path = settings.data_dir / "secret.key"
    if not path.exists():
        _make(path)
    return Vault(_parsed(path.read_text(encoding="ascii"), f"The file {path.name} in STACKWAY_DATA_DIR"))


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


def _derive(secret: bytes, use: str) -> bytes:
    return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=b"stackway/" + use.encode()).derive(secret)


def _place(board: str, column: str, row: uuid.UUID) -> bytes:
    return f"{board}/{column}/{row}".encode()


def _seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, _FORMAT + place)


def _open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    nonce, content = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        # The first byte is covered as well, so that a later format cannot be taken for this one.
        return AESGCM(key).decrypt(nonce, content, sealed[:1] + place)
    except InvalidTag:
        raise ConfigurationError(
            "A record does not open: it was kept with another secret key, or was changed in the database."
        ) from None
