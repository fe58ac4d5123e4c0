"""People's keys put under the newest secret key, while the service works, so that the one before can be given up."""

import uuid

from app.db import people
from app.db.keys import list_boards
from app.db.people import WrappedKey
from app.errors import ConfigurationError
from app.services.audit import REWRAP
from app.services.ledger import Act, Ledger
from app.services.principal import Principal
from app.services.seekers import opened_profile, reference_digest
from taxonomy.frozen import frozen

_AT_ONCE = 200  # keys a transaction, so that nobody waits long behind it
_FIRST = uuid.UUID(int=0)


@frozen
class Rewrapped:
    """How many keys of a board were put under the newest secret key, and how many no known secret key opens."""

    board: str
    keys: int
    unreadable: int


def rewrap(ledger: Ledger) -> tuple[Rewrapped, ...]:
    """Wrap every key anew that is not under the newest secret key. It may be run again, and stopped at any time.

    With the rights of the owner of the tables: the service itself cannot change a key that is kept.

    Raises:
        UnavailableError: the database is away; what was wrapped before stays wrapped.
    """
    with ledger.database.session("") as session:
        boards = list_boards(session)
    return tuple(_of_board(ledger, board) for board in boards)


def _of_board(ledger: Ledger, board: str) -> Rewrapped:
    caller = Principal(board, frozenset(), None, job="rewrap")
    done = unreadable = 0
    after = _FIRST
    while True:
        with ledger.act(caller, "keys.rewrap_some") as act:
            found = people.list_keys_not_marked(act.session, act.vault.newest_mark, after, _AT_ONCE)
            for key in found:
                try:
                    done += _wrap_anew(act, key)
                except ConfigurationError:
                    unreadable += 1
        if len(found) < _AT_ONCE:
            break
        after = found[-1].person
    if unreadable == 0:
        # From here on the audit takes no code of an earlier secret key.
        with ledger.act(caller, REWRAP) as act:
            act.subjects.append(f"keys:{done}")
    return Rewrapped(board, done, unreadable)


def _wrap_anew(act: Act, key: WrappedKey) -> bool:
    opened = act.vault.unwrap(act.board, key.person, key.wrapped)
    reference = None
    if key.profile is not None:
        reference = reference_digest(act.vault, act.board, opened_profile(opened, key.person, key.profile))
    return people.rewrap_key(act.session, key, act.vault.wrap(key.person, opened), reference)
