"""Bearer tokens of identity providers (OpenID Connect): signed by whom, meant for whom, until when, for which board.

Issuers and algorithms are taken from a list of ours, never from the token, and so is where a provider's keys are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import jwt

from app.db.keys import list_boards
from app.db.session import Database
from app.logs import get_logger
from app.services.key_sets import KeySet
from app.services.principal import Principal, Scope
from app.settings import Settings, TrustedIssuer
from taxonomy.frozen import frozen

_LONGEST = 8_192  # characters; a token of ours is a tenth of that
_LEEWAY_SECONDS = 30  # what clocks of two well-kept machines differ at most
_REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_SUBJECT = re.compile(r"[!-~]{1,255}")


class _RefusedError(Exception):
    """Why a token is not one that works; the reason goes to the log, never to the caller."""


@frozen
class Tokens:
    """Tokens of the issuers that the settings trust."""

    database: Database
    issuers: Mapping[str, tuple[TrustedIssuer, KeySet]]
    algorithms: Sequence[str]
    board_claim: str
    scope_claim: str
    _boards: set[str] = field(default_factory=set)  # seen to exist; boards are never removed

    def authenticate(self, token: str) -> Principal | None:
        """The caller a token speaks for, or None where it is none that works here.

        Raises:
            UnavailableError: the issuer's keys cannot be had, or the database is away.
        """
        try:
            return self._principal(token)
        except (jwt.PyJWTError, _RefusedError, ValueError, TypeError, OverflowError, RecursionError) as error:
            # Its class and our own words only: a library's message may quote the token.
            reason = str(error) if isinstance(error, _RefusedError) else type(error).__name__
            get_logger().warning("token refused", error=reason)
            return None

    def _principal(self, token: str) -> Principal:
        if len(token) > _LONGEST:
            raise _RefusedError("TooLong")
        header = jwt.get_unverified_header(token)
        algorithm, key_id = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or not isinstance(key_id, str):
            raise _RefusedError("Header")
        if algorithm not in self.algorithms or "crit" in header:
            raise _RefusedError("Header")
        if str(header.get("typ", "jwt")).lower() not in _TYPES:
            raise _RefusedError("Type")
        # Read before the signature is checked, only to choose among the issuers we trust.
        trusted = self.issuers.get(str(_unverified(token).get("iss")))
        if trusted is None:
            raise _RefusedError("Issuer")
        issuer, keys = trusted
        claims = jwt.decode(
            token,
            keys.get(key_id, algorithm),
            algorithms=[algorithm],
            issuer=issuer.issuer,
            audience=issuer.audience,
            leeway=_LEEWAY_SECONDS,
            options={"require": _REQUIRED},
        )
        return self._of_claims(issuer, claims)

    def _of_claims(self, issuer: TrustedIssuer, claims: Mapping[str, Any]) -> Principal:
        subject = claims["sub"]
        if not isinstance(subject, str) or not _SUBJECT.fullmatch(subject):
            raise _RefusedError("Subject")
        board = claims.get(self.board_claim, issuer.boards[0] if len(issuer.boards) == 1 else None)
        if not isinstance(board, str) or board not in issuer.boards or not self._exists(board):
            raise _RefusedError("Board")
        named = claims.get(self.scope_claim, "")
        named = named.split() if isinstance(named, str) else named
        scopes = frozenset(scope for scope in Scope if scope in named) if isinstance(named, list) else frozenset()
        host = urlsplit(issuer.issuer).hostname
        return Principal(board, scopes, None, datetime.fromtimestamp(int(claims["exp"]), UTC), f"{subject}@{host}")

    def _exists(self, board: str) -> bool:
        if board not in self._boards:
            with self.database.session("") as session:
                self._boards.update(list_boards(session))
        return board in self._boards


def open_tokens(settings: Settings, database: Database) -> Tokens:
    """The tokens that the settings let in: none, where they name no issuer."""
    issuers = {issuer.issuer: (issuer, KeySet(issuer.issuer, issuer.jwks_url)) for issuer in settings.oidc_issuers}
    return Tokens(database, issuers, settings.oidc_algorithms, settings.oidc_board_claim, settings.oidc_scope_claim)


def _unverified(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims
