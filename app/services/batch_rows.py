"""What is kept of the rows of a list: compressed first, then sealed with the key of the list, a part at a time."""

import uuid
from collections.abc import Sequence

import orjson
import pyarrow as pa

from app.jobs.files import RawRow
from app.jobs.headings import Heading
from app.services.vault import PersonalKey

ROWS_A_PART = 20  # a second or so of work: what a killed worker's successor has to do again

_LENGTH_BYTES = 8


def part_id(batch: uuid.UUID, number: int) -> uuid.UUID:
    """The place a part's values are bound to."""
    return uuid.uuid5(batch, str(number))


def seal_rows(key: PersonalKey, part: uuid.UUID, heading: Heading | None, rows: Sequence[RawRow]) -> bytes:
    """Rows as they were sent, with the heading they stand under."""
    return seal(key, part, "rows", orjson.dumps({"heading": heading, "rows": rows}))


def open_rows(key: PersonalKey, part: uuid.UUID, sealed: bytes) -> tuple[Heading | None, list[RawRow]]:
    """The rows again.

    Raises:
        ConfigurationError: they were kept with another secret key, or changed since.
    """
    document = orjson.loads(unseal(key, part, "rows", sealed))
    said = document["heading"]
    heading = None if said is None else Heading(tuple(said["columns"]), tuple(said["left_out"]), said["row_at"])
    return heading, [(number, content) for number, content in document["rows"]]


def seal_lines(key: PersonalKey, part: uuid.UUID, column: str, lines: Sequence[bytes]) -> bytes | None:
    """Lines to keep; None where there are none."""
    return seal(key, part, column, b"\n".join(lines)) if lines else None


def open_lines(key: PersonalKey, part: uuid.UUID, column: str, sealed: bytes | None) -> list[bytes]:
    """The lines again.

    Raises:
        ConfigurationError: they were kept with another secret key, or changed since.
    """
    return [] if sealed is None else unseal(key, part, column, sealed).split(b"\n")


def seal(key: PersonalKey, part: uuid.UUID, column: str, plain: bytes) -> bytes:
    """Compressed, since answers repeat themselves and what is encrypted cannot be compressed; then encrypted."""
    packed: bytes = pa.compress(plain, codec="zstd", asbytes=True)
    return key.seal(len(plain).to_bytes(_LENGTH_BYTES, "big") + packed, f"batch_parts.{column}", part)


def unseal(key: PersonalKey, part: uuid.UUID, column: str, sealed: bytes) -> bytes:
    """The value again."""
    content = key.open(sealed, f"batch_parts.{column}", part)
    length = int.from_bytes(content[:_LENGTH_BYTES], "big")
    plain: bytes = pa.decompress(content[_LENGTH_BYTES:], decompressed_size=length, codec="zstd", asbytes=True)
    return plain
