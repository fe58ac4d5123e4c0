"""The audit: what happened to whose records, so chained that a change shows, with its head kept elsewhere as well."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.db.audit import BEGINNING, Event, list_events
from app.db.keys import list_boards
from app.db.session import Database, Session
from app.services.vault import Vault
from app.settings import Settings

_AT_ONCE = 1000  # events read together


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the newest code of each event goes, out of reach of whoever can change the database."""

    path: Path | None  # None: standard output

    def write(self, event: Event) -> None:
        """One line; lines of several processes do not mix, as each is one write to the end of the file."""
        line = orjson.dumps({"audit": event.board, "number": event.number, "at": event.at, "mac": event.mac.hex()})
        if self.path is None:
            sys.stdout.write(line.decode() + "\n")
            sys.stdout.flush()
            return
        with self.path.open("ab", buffering=0) as stream:
            stream.write(line + b"\n")

    def codes(self) -> dict[str, dict[int, str]]:
        """The code of each event, by board and number, as far as the file has them."""
        found: defaultdict[str, dict[int, str]] = defaultdict(dict)
        if self.path is not None and self.path.exists():
            for line in self.path.read_bytes().splitlines():
                try:
                    document = orjson.loads(line)
                    found[document["audit"]][document["number"]] = document["mac"]
                except (orjson.JSONDecodeError, KeyError, TypeError):
                    continue  # a line of something else, where a log collector wrote the file
        return dict(found)


def open_anchor(settings: Settings) -> Anchor:
    """Where the settings say that codes go."""
    if settings.audit_anchor == "-":
        return Anchor(None)
    if settings.audit_anchor is not None:
        return Anchor(Path(settings.audit_anchor))
    return Anchor(settings.data_dir / "audit-anchor.jsonl")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the audit of one board is worth: how many events hold, and the first fault where there is one."""

    board: str
    events: int
    fault: str | None


def verify(database: Database, vault: Vault, anchors: dict[str, dict[int, str]]) -> tuple[Verdict, ...]:
    """Every event of every board against the one before it, and against the codes kept elsewhere.

    Raises:
        UnavailableError: the database is away.
    """
    with database.session("") as session:
        boards = {*list_boards(session), *anchors}
    return tuple(_verify(database, vault, board, anchors.get(board, {})) for board in sorted(boards))


def _verify(database: Database, vault: Vault, board: str, anchored: dict[int, str]) -> Verdict:
    held, before = 0, BEGINNING
    with database.session(board) as session:
        for event in _all_events(session, board):
            if event.number != held + 1:
                return Verdict(board, held, f"event {held + 1} is missing")
            if vault.audit_code(before, event.content()) != event.mac:
                return Verdict(board, held, f"event {event.number} is not as it was written, or not at its place")
            if anchored.get(event.number, event.mac.hex()) != event.mac.hex():
                return Verdict(board, held, f"event {event.number} is another than the one whose code was kept")
            held, before = event.number, event.mac
    newest = max(anchored, default=0)
    fault = f"the events from {held + 1} to {newest} are missing at the end" if newest > held else None
    return Verdict(board, held, fault)


def _all_events(session: Session, board: str) -> Iterator[Event]:
    newest = 0
    while events := tuple(list_events(session, board, after=newest, limit=_AT_ONCE)):
        yield from events
        newest = events[-1].number
        session.expunge_all()


def list_page(database: Database, board: str, after: int, limit: int) -> tuple[Event, ...]:
    """Events of a board in the order of their numbers.

    Raises:
        UnavailableError: the database is away.
    """
    with database.session(board) as session:
        return tuple(list_events(session, board, after=after, limit=limit))
