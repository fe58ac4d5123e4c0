"""Who asks, and what they may do."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from taxonomy.frozen import frozen


class Scope(StrEnum):
    """A right. Every operation names the one it needs; a key holds some of them."""

    LOOKUPS_READ = "lookups:read"
    ELIGIBILITY_READ = "eligibility:read"
    MATCHES_READ = "matches:read"
    MATCHES_WRITE = "matches:write"
    SEEKERS_READ = "seekers:read"
    SEEKERS_WRITE = "seekers:write"
    SEEKERS_ERASE = "seekers:erase"
    HOLDS_READ = "holds:read"
    HOLDS_WRITE = "holds:write"
    DECISIONS_READ = "decisions:read"
    DECISIONS_WRITE = "decisions:write"
    REFERRALS_READ = "referrals:read"
    REFERRALS_WRITE = "referrals:write"
    OUTCOMES_READ = "outcomes:read"
    OUTCOMES_WRITE = "outcomes:write"
    REVIEWS_READ = "reviews:read"
    REVIEWS_WRITE = "reviews:write"
    DEMOGRAPHICS_READ = "demographics:read"
    DEMOGRAPHICS_WRITE = "demographics:write"
    AUDIT_READ = "audit:read"
    BATCHES_READ = "batches:read"
    BATCHES_EXPORT = "batches:export"  # the answers to everyone on a list; how far it is needs less
    BATCHES_WRITE = "batches:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


class Authenticator(Protocol):
    """What knows callers by what they send."""

    def authenticate(self, token: str) -> "Principal | None":
        """The caller a token speaks for, or None where it is none that works here."""


class Caller(Protocol):
    """Whoever acts on records of a board: a person or program that asks, or a worker."""

    @property
    def board(self) -> str:
        """Whose records they see."""

    @property
    def name(self) -> str:
        """What the audit calls them."""


@frozen
class Worker:
    """A process that answers lists of a board."""

    board: str
    name: str = "worker"


@frozen
class Principal:
    """A caller: the board whose records they see, and their rights.

    One of `key_id` (an API key) and `subject` (a person, as their identity provider names them) is set; in local mode
    neither is.
    """

    board: str
    scopes: frozenset[Scope]
    key_id: str | None
    expires_at: datetime | None = None
    subject: str | None = None
    job: str | None = None  # a task of the service itself

    @property
    def is_local(self) -> bool:
        """Whether nothing but the machine says who this is."""
        return self.key_id is None and self.subject is None

    @property
    def name(self) -> str:
        """What the audit calls the caller."""
        if self.job is not None:
            return f"job:{self.job}"
        if self.subject is not None:
            return f"user:{self.subject}"
        return "local" if self.key_id is None else f"key:{self.key_id}"
