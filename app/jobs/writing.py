"""Files written whole or not at all: under another name first, onto the disk, and then in place by one rename."""

import os  # fsync only: without it a power cut could keep the rename and lose the bytes
from collections.abc import Iterable
from pathlib import Path

from app.errors import NoRoomError, is_no_room


def write_whole(path: Path, content: Iterable[bytes], *, mark: str = "") -> None:
    """Write a file; until it is whole, what was there before stays, and nothing half written is left behind.

    Args:
        path: the file.
        content: all of it, in pieces.
        mark: sets apart the files of several that may write the same one at once; each puts a whole one in place.

    Raises:
        NoRoomError: the disk is full.
    """
    new = path.with_name(f".{path.name}.{mark}new")
    try:
        with new.open("wb") as stream:
            stream.writelines(content)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    except OSError as error:
        if not is_no_room(error):
            raise
        raise NoRoomError(
            f"{path.name}: its disk is full. Make room there and run the same command again; with --resume it goes on "
            "from what is done."
        ) from None
    finally:
        new.unlink(missing_ok=True)
