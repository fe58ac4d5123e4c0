"""What was kept as long as the settings say is erased: by class, board by board, with its events in the audit."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.db import people, retention
from app.db.keys import list_boards
from app.services.ledger import Act, Ledger
from app.services.principal import Principal

_AT_ONCE = 200  # records a transaction, so that nobody waits long behind it


@dataclass(frozen=True, slots=True)
class Classes:
    """How many days each class is kept; None: until somebody erases it."""

    seeker_days: int | None
    match_days: int | None


@dataclass(frozen=True, slots=True)
class Expired:
    """How many records of a board were erased, or would be."""

    board: str
    seekers: int
    matches: int
    demographics: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Erases by age. `eeo` is the ledger of the role for demographic data, where there is one."""

    ledger: Ledger
    eeo: Ledger | None

    def expire(self, classes: Classes, today: date, *, dry_run: bool) -> tuple[Expired, ...]:
        """Erase what is too old in every board, or only count it.

        Raises:
            UnavailableError: the database is away; what was erased before stays erased.
        """
        with self.ledger.database.session("") as session:
            boards = list_boards(session)
        return tuple(self._of_board(board, classes, today, dry_run=dry_run) for board in boards)

    def _of_board(self, board: str, classes: Classes, today: date, *, dry_run: bool) -> Expired:
        caller = Principal(board, frozenset(), None, job="retention")
        seekers = matches = demographics = 0
        if classes.seeker_days is not None:
            seekers = self._seekers(caller, _before(today, classes.seeker_days), dry_run=dry_run)
        if classes.match_days is not None:
            matches = self._matches(caller, _before(today, classes.match_days), dry_run=dry_run)
        if self.eeo is not None and not dry_run:
            with self.eeo.act(caller, "demographics.expire") as act:
                gone = retention.delete_orphaned_demographics(act.session)
                act.saw("seeker", *gone)
                demographics = len(gone)
        return Expired(board, seekers, matches, demographics)

    def _seekers(self, caller: Principal, before: datetime, *, dry_run: bool) -> int:
        if dry_run:
            with self.ledger.database.session(caller.board) as session:
                return len(retention.list_stale_seekers(session, before, 1_000_000))
        total = 0
        while True:
            with self.ledger.act(caller, "seeker.expire") as act:
                stale = retention.list_stale_seekers(act.session, before, _AT_ONCE)
                for person in stale:
                    retention.empty_stale_seeker(act.session, person)
                    _destroy(act, "seeker", person)
            total += len(stale)
            if len(stale) < _AT_ONCE:
                return total

    def _matches(self, caller: Principal, before: datetime, *, dry_run: bool) -> int:
        if dry_run:
            with self.ledger.database.session(caller.board) as session:
                return len(retention.list_stale_matches(session, before, 1_000_000))
        total = 0
        while True:
            with self.ledger.act(caller, "match.expire") as act:
                stale = retention.list_stale_matches(act.session, before, _AT_ONCE)
                for match in stale:
                    _destroy(act, "match", match)
            total += len(stale)
            if len(stale) < _AT_ONCE:
                return total


def _destroy(act: Act, kind: str, person: uuid.UUID) -> None:
    people.destroy_key(act.session, person)
    act.saw(kind, person)


def _before(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(), UTC)
