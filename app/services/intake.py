"""Uploaded lists taken apart by a process with limits, so that no file holds up or brings down the service."""

import os  # hands the environment on to the other process, with few threads
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import IO, Any

import orjson

from app.errors import InvalidListError, UnavailableError
from app.jobs.files import Kind, RawRow
from app.jobs.headings import Heading
from app.jobs.splitting import NAME
from taxonomy.frozen import frozen

_AT_ONCE = 2  # lists a process takes apart at once; more would only wait for each other
_LONGEST_SECONDS = 60.0
# What numeric libraries would otherwise reserve for threads they never need here.
_FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}

_places = BoundedSemaphore(_AT_ONCE)


@frozen
class SplitList:
    """A list taken apart: its heading, and its rows in parts, to be read once."""

    heading: Heading | None
    parts: Iterator[list[RawRow]]


@contextmanager
def split_upload(
    upload: IO[bytes], kind: Kind, *, rows_a_part: int, most_rows: int, numbered: bool = False
) -> Iterator[SplitList]:
    """The rows of an uploaded file.

    Raises:
        InvalidListError: the file is no list that is read, or costs too much to read.
        UnavailableError: too many lists are taken apart now.
    """
    if not _places.acquire(blocking=False):
        raise UnavailableError("Other lists are being read; send this one again in a few seconds.")
    try:
        upload.seek(0)
        how = [kind, str(rows_a_part), str(most_rows), *(["numbered"] if numbered else [])]
        # Our own module with our own words; the file comes as standard input.
        with subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "app.jobs.splitting", *how],
            stdin=upload,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _FEW_THREADS,
        ) as process:
            clock = threading.Timer(_LONGEST_SECONDS, process.kill)
            clock.start()
            try:
                lines = _lines(process)
                heading = next(lines)["heading"]
                yield SplitList(None if heading is None else _heading(heading), (_rows(line) for line in lines))
            finally:
                clock.cancel()
                process.kill()
    finally:
        _places.release()


def _lines(process: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    assert process.stdout is not None  # noqa: S101 # it is piped
    for text in process.stdout:
        line: dict[str, Any] = orjson.loads(text) if text.endswith(b"\n") else {}
        if "refused" in line:
            raise InvalidListError(line["refused"])
        if "end" in line:
            return
        if line:
            yield line
    raise InvalidListError(f"{NAME}: cannot be read within the memory and time a list may take; save it as .csv.")


def _heading(said: dict[str, Any]) -> Heading:
    return Heading(tuple(said["columns"]), tuple(said["left_out"]), said["row_at"])


def _rows(line: dict[str, Any]) -> list[RawRow]:
    return [(number, content) for number, content in line["rows"]]
