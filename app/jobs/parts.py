"""A run kept in parts: each written whole by one rename, so that a killed run loses and doubles nothing.

OUTPUT.parts/run.json      what the parts were made from; a resumed run must be the same
OUTPUT.parts/000000.jsonl  a line for each row of the first part, in row order
OUTPUT.done.json           what the whole output was made from, so that a finished run is not run again
"""

import fcntl
import hashlib
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from app.jobs.writing import write_whole


class PartsError(Exception):
    """The parts that are there cannot be used; the message says why and what to do."""


class Parts:
    """The parts of one run."""

    def __init__(self, output: Path) -> None:
        self.folder = output.with_name(output.name + ".parts")
        self._output = output
        self._note = output.with_name(output.name + ".done.json")
        self._run = self.folder / "run.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """One run at a time. The system frees the lock of a killed process.

        Raises:
            PartsError: another run holds it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PartsError(f"{self.folder.name}: another run is writing there; wait for it to end.") from None
            for begun in self.folder.glob(".*.new"):  # by workers that were killed
                begun.unlink(missing_ok=True)
            yield

    def made_from(self) -> dict[str, Any] | None:
        """What the parts were made from, or None where there are none."""
        try:
            made: dict[str, Any] = orjson.loads(self._run.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            return None
        return made

    def begin(self, made_from: dict[str, Any]) -> None:
        """Forget any parts and start anew."""
        for path in self.folder.glob("*.json*"):
            path.unlink()
        write_whole(self._run, [orjson.dumps(made_from)])

    def has(self, number: int) -> bool:
        """Whether a part is written."""
        return self._part(number).exists()

    def write(self, number: int, lines: Iterable[bytes]) -> None:
        """Write one part: all of it or nothing.

        A worker that was given up may still be alive and write the part beside its successor, with the same bytes.
        """
        write_whole(self._part(number), (line + b"\n" for line in lines), mark=f"{uuid.uuid4().hex}.")

    def read(self) -> Iterator[bytes]:
        """The lines of all parts, in row order."""
        for path in sorted(self.folder.glob("[0-9]*.jsonl")):
            with path.open("rb") as stream:
                yield from (line.rstrip(b"\n") for line in stream)

    def finish(self, made_from: dict[str, Any], outcome: dict[str, Any]) -> None:
        """Drop the parts, now that the output holds all of them, and leave a note of what it was made from."""
        note = {"made_from": made_from, "output": _digest(self._output), "outcome": outcome}
        write_whole(self._note, [orjson.dumps(note)])
        self.remove()

    def remove(self) -> None:
        """Drop the parts."""
        shutil.rmtree(self.folder)

    def made_whole_from(self) -> dict[str, Any] | None:
        """What the output that is there says it was made from, or None."""
        note = self._read_note()
        made: dict[str, Any] | None = note.get("made_from")
        return made

    def outcome(self, made_from: dict[str, Any]) -> dict[str, Any] | None:
        """How the run ended that made the output that is there, or None where it is not of the same input whole."""
        note = self._read_note()
        if note.get("made_from") != made_from or not self._output.exists() or note["output"] != _digest(self._output):
            return None
        outcome: dict[str, Any] = note["outcome"]
        return outcome

    def _read_note(self) -> dict[str, Any]:
        try:
            note: dict[str, Any] = orjson.loads(self._note.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            return {}
        return note

    def _part(self, number: int) -> Path:
        return self.folder / f"{number:06d}.jsonl"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
