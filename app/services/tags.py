"""ETags of records that have no version: they come from the bytes, and change when those do."""

import hashlib

from app.errors import PreconditionFailedError
from taxonomy.frozen import frozen


def tag_of(content: bytes) -> str:
    """A strong tag: equal bytes, equal tag."""
    return f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'


@frozen
class State:
    """What a caller takes a record to be. Neither of both: whichever it is, but there."""

    tag: str | None = None
    absent: bool = False

    def check(self, content: bytes | None) -> None:
        """Compare it with the record, None where there is none.

        Raises:
            PreconditionFailedError: it is another one, or there when it was not to be, or not there.
        """
        if self.absent == (content is None) and (content is None or self.tag in (None, tag_of(content))):
            return
        raise PreconditionFailedError
