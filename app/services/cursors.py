"""Cursors: the place of the last item seen, so that pages never shift while items are added.

A cursor carries a code of what it says: one that was altered, or given for another list or to another board, is refused
as not given here. It is never read as some other place, which would leave out whoever stands between.
"""

import base64
import binascii
import hmac
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from app.db.people import Place
from app.errors import FieldError, InvalidInputError
from app.services.vault import Vault
from taxonomy.frozen import frozen

CODE_BYTES = 16

Codes = Callable[[bytes], Iterable[bytes]]  # of what a cursor says: the one that is given, then others that hold


def pack(said: str, codes: Codes) -> str:
    """What a cursor says as an opaque word."""
    content = said.encode()
    return _word(next(iter(codes(content)))[:CODE_BYTES] + content)


def unpack(cursor: str, codes: Codes) -> str:
    """What a cursor says.

    Raises:
        InvalidInputError: it is not one given here.
    """
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        code, content = packed[:CODE_BYTES], packed[CODE_BYTES:]
        # The last letter of a word may have bits that say nothing: only the very word that was given is one.
        if any(hmac.compare_digest(code, one[:CODE_BYTES]) for one in codes(content)) and _word(packed) == cursor:
            return content.decode()
    except (binascii.Error, ValueError):
        pass
    fault = FieldError("/query/cursor", "wrong_format", "is not a cursor given here", "follow next_cursor as given")
    raise InvalidInputError("The cursor is not one given here.", errors=(fault,))


class Placed(Protocol):
    """A record of a list."""

    @property
    def id(self) -> uuid.UUID:
        """Its name, which tells it from others made at the same moment."""

    @property
    def created_at(self) -> datetime | None:
        """When it was made; None before it is kept."""


@frozen
class Cursors:
    """Cursors of one list of records of one board, in the order they were made or the other way round."""

    vault: Vault
    board: str
    name: str

    def after_last(self, rows: Sequence["Placed"], limit: int) -> str | None:
        """The cursor of what comes after the first `limit` of these; None where that is all."""
        if len(rows) <= limit:
            return None
        last = rows[limit - 1]
        if last.created_at is None:
            raise ValueError("only records that are kept have a place in a list")
        return pack(f"{last.created_at.isoformat()} {last.id.hex}", self._codes)

    def place(self, cursor: str | None) -> Place | None:
        """The place again; None for the beginning.

        Raises:
            InvalidInputError: the cursor is not one given to this board for this list.
        """
        if cursor is None:
            return None
        at, _, record = unpack(cursor, self._codes).partition(" ")
        return datetime.fromisoformat(at), uuid.UUID(hex=record)

    def between(self, after: int, last: int) -> str:
        """The cursor of numbered records after one of them, up to the last that the list had when it was begun."""
        return pack(f"{after} {last}", self._codes)

    def numbers(self, cursor: str) -> tuple[int, int]:
        """The two numbers again.

        Raises:
            InvalidInputError: the cursor is not one given to this board for this list.
        """
        after, _, last = unpack(cursor, self._codes).partition(" ")
        return int(after), int(last)

    def _codes(self, content: bytes) -> Iterable[bytes]:
        return self.vault.digests(self.board, f"cursor/{self.name}", content)


def _word(packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")
