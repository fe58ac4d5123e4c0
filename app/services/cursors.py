"""Cursors of lists by time: the place of the last record seen, so that pages never shift while records are added."""

import base64
import binascii
import uuid
from datetime import datetime

from app.db.people import Place
from app.errors import FieldError, InvalidInputError


def cursor_of(place: Place) -> str:
    """A place as an opaque word."""
    at, record = place
    return base64.urlsafe_b64encode(f"{at.isoformat()} {record.hex}".encode()).decode().rstrip("=")


def place_of(cursor: str | None) -> Place | None:
    """The place again; None for the beginning.

    Raises:
        InvalidInputError: the cursor is not one we gave.
    """
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        at, _, record = text.partition(" ")
        place = (datetime.fromisoformat(at), uuid.UUID(hex=record))
    except (binascii.Error, ValueError):
        place = None
    if place is None or place[0].tzinfo is None:
        fault = FieldError("/query/cursor", "wrong_format", "is not a cursor given here", "follow next_cursor as given")
        raise InvalidInputError("The cursor is not one given here.", errors=(fault,))
    return place
