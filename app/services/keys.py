"""API keys: `sw_<id>_<secret>`, 256 bits of chance. What is kept is the secret's SHA-256, found by the id.

A secret of that strength cannot be guessed from its digest, so a slow password hash would only cost time.
"""

import hashlib
import hmac
import re
import secrets
from datetime import UTC, date, datetime, time, timedelta

from app.db.keys import KeptKey, add_key, find_key, list_boards, list_keys, revoke_key
from app.db.session import Database
from app.errors import NotFoundError
from app.services.principal import Principal, Scope
from taxonomy.frozen import frozen

_TOKEN = re.compile(r"sw_([0-9a-f]{12})_([0-9a-f]{64})")
_NOBODY = hashlib.sha256(b"").digest()


@frozen
class Keys:
    """The keys of all boards. To authenticate, the service's own role is enough; the rest is for the owner."""

    database: Database

    def authenticate(self, token: str) -> Principal | None:
        """The caller who holds this key, or None where it is unknown, wrong, expired or revoked.

        Raises:
            UnavailableError: the database is away.
        """
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        key_id, secret = parts.groups()
        with self.database.session("", key_id=key_id) as session:
            kept = find_key(session, key_id)
        # Compared also where there is no key, so that the time taken does not tell which ids exist.
        same = hmac.compare_digest(_digest(secret), kept.secret_digest if kept else _NOBODY)
        if kept is None or not same or not kept.works:
            return None
        known = frozenset(Scope(name) for name in kept.scopes if name in list(Scope))
        return Principal(kept.board, known, kept.id, kept.expires_at)

    def create(self, board: str, scopes: frozenset[Scope], last_day: date | None) -> str:
        """Make a key, and the board where it is new; return the key, which is shown this once.

        A board may hold several keys, so that a new one is in use before the old one is revoked.
        """
        key_id, secret = secrets.token_hex(6), secrets.token_hex(32)
        end = None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), UTC)
        with self.database.session(board) as session, session.begin():
            add_key(session, key_id, board, _digest(secret), sorted(scopes), end)
        return f"sw_{key_id}_{secret}"

    def list(self) -> tuple[KeptKey, ...]:
        """The keys of every board, one board after the other, since row level security binds the owner too."""
        with self.database.session("") as session:
            boards = list_boards(session)
        found: list[KeptKey] = []
        for board in boards:
            with self.database.session(board) as session:
                found += list_keys(session, board)
        return tuple(found)

    def revoke(self, key_id: str) -> None:
        """End a key; the next request with it is refused.

        Raises:
            NotFoundError: there is no such key, or it was revoked before.
        """
        with self.database.session("", key_id=key_id) as session, session.begin():
            if not revoke_key(session, key_id):
                raise NotFoundError("There is no key with this id that is not revoked; see `stackway keys list`.")


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
