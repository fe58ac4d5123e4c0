"""What was kept as long as the settings say is erased: by class, board by board, with its events in the audit."""

from datetime import UTC, date, datetime, time, timedelta

from app.db import people, retention
from app.db.keys import list_boards
from app.services.ledger import Ledger
from app.services.principal import Principal
from taxonomy.frozen import frozen

_AT_ONCE = 200  # records a transaction, so that nobody waits long behind it


@frozen
class Classes:
    """How many days each class is kept; None: until somebody erases it."""

    seeker_days: int | None
    match_days: int | None
    list_days: int | None


@frozen
class Expired:
    """How many records of a board were erased, or would be. `held`: people as old who are kept, being on hold."""

    board: str
    seekers: int
    matches: int
    lists: int
    demographics: int
    held: int


@frozen
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
        seekers = matches = lists = demographics = held = 0
        if classes.seeker_days is not None:
            before = _before(today, classes.seeker_days)
            seekers = self._erase(caller, retention.SEEKERS, before, dry_run=dry_run)
            with self.ledger.database.session(board) as session:
                held = retention.count_held(session, before)
        if classes.match_days is not None:
            matches = self._erase(caller, retention.MATCHES, _before(today, classes.match_days), dry_run=dry_run)
        if classes.list_days is not None:
            lists = self._erase(caller, retention.LISTS, _before(today, classes.list_days), dry_run=dry_run)
        if self.eeo is not None and not dry_run:
            with self.eeo.act(caller, "demographics.expire") as act:
                gone = retention.delete_orphaned_demographics(act.session)
                act.saw("seeker", *gone)
                demographics = len(gone)
        return Expired(board, seekers, matches, lists, demographics, held)

    def _erase(self, caller: Principal, kind: retention.Kind, before: datetime, *, dry_run: bool) -> int:
        if dry_run:
            with self.ledger.database.session(caller.board) as session:
                return len(kind.list_stale(session, before, 1_000_000))
        total = 0
        while True:
            with self.ledger.act(caller, f"{kind.name}.expire") as act:
                stale = kind.list_stale(act.session, before, _AT_ONCE)
                for record in stale:
                    if kind.empty is not None:
                        kind.empty(act.session, record)
                    people.destroy_key(act.session, record)
                    act.saw(kind.name, record)
            total += len(stale)
            if len(stale) < _AT_ONCE:
                return total


def _before(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(), UTC)
