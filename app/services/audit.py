"""The audit: what happened to whose records, so chained that a change shows, with its head kept elsewhere as well."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import orjson

from app.db.audit import BEGINNING, Event, list_events
from app.db.keys import list_boards
from app.db.session import Database, Session
from app.services.vault import Vault
from app.settings import Settings
from taxonomy.frozen import frozen

REWRAP = "keys.rewrap"  # what it is called that everything was put under the newest secret key

_AT_ONCE = 1000  # events read together


@frozen
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


@frozen
class Verdict:
    """What the audit of one board is worth: how many events hold, and the first fault where there is one.

    `under_previous_keys`: the last event whose code is of an earlier secret key than the newest; 0 where there is none.
    """

    board: str
    events: int
    fault: str | None
    under_previous_keys: int = 0


def verify(database: Database, vault: Vault, anchors: dict[str, dict[int, str]]) -> tuple[Verdict, ...]:
    """Every event of every board against the one before it, and against the codes kept elsewhere.

    Raises:
        UnavailableError: the database is away.
    """
    with database.session("") as session:
        boards = {*list_boards(session), *anchors}
    return tuple(_verify(database, vault, board, anchors.get(board, {})) for board in sorted(boards))


def _verify(database: Database, vault: Vault, board: str, anchored: dict[int, str]) -> Verdict:
    held, under_previous, before = 0, 0, BEGINNING
    oldest = None  # secret key that may still give codes, by its place among the known ones
    with database.session(board) as session:
        for event in _all_events(session, board):
            fault, age = _fault(vault, event, before, anchored, held)
            if fault is None and oldest is not None and age > oldest:
                fault = f"event {event.number} has a code of an earlier secret key, which was given up before it"
            if fault is not None:
                return Verdict(board, held, fault, under_previous)
            if event.action == REWRAP:
                oldest = age
            under_previous = event.number if age > 0 else under_previous
            held, before = event.number, event.mac
    newest = max(anchored, default=0)
    fault = f"the events from {held + 1} to {newest} are missing at the end" if newest > held else None
    return Verdict(board, held, fault, under_previous)


def _fault(vault: Vault, event: Event, before: bytes, anchored: dict[int, str], held: int) -> tuple[str | None, int]:
    """What is amiss with an event, and how many secret keys ago its code was made."""
    if event.number != held + 1:
        return f"event {held + 1} is missing", 0
    codes = vault.audit_codes(before, event.content())
    if event.mac not in codes:
        return f"event {event.number} is not as it was written, or not at its place", 0
    if anchored.get(event.number, event.mac.hex()) != event.mac.hex():
        return f"event {event.number} is another than the one whose code was kept", 0
    return None, codes.index(event.mac)


def _all_events(session: Session, board: str) -> Iterator[Event]:
    newest = 0
    while events := tuple(list_events(session, board, after=newest, limit=_AT_ONCE)):
        yield from events
        newest = events[-1].number
        session.expunge_all()
