"""The tables. Migrations make them; a test holds the two together."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Names of constraints follow one rule, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Board(Base):
    """A local workforce development board: the tenant."""

    __tablename__ = "boards"

    slug: Mapped[str] = mapped_column(String(63), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ApiKey(Base):
    """What a caller proves who they are with; the secret itself is not here."""

    __tablename__ = "api_keys"
    __table_args__ = (Index(None, "board"),)

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    secret_digest: Mapped[bytes] = mapped_column(LargeBinary)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Match(Base):
    """An answer that was given, kept as the very bytes that were sent. Visible to its board only."""

    __tablename__ = "matches"
    __table_args__ = (Index(None, "board", "created_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    input_digest: Mapped[bytes] = mapped_column(LargeBinary)
    snapshot: Mapped[str] = mapped_column(String(64))
    method_version: Mapped[str] = mapped_column(String(32))
    as_of: Mapped[date] = mapped_column(Date)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    # Whose key the answer is under: a seeker's, or one of its own. Null: kept before there were keys, not encrypted.
    person: Mapped[uuid.UUID | None]


class PersonKey(Base):
    """The key all that is kept of a person is under, itself wrapped. Without this row nothing of them can be read."""

    __tablename__ = "person_keys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Seeker(Base):
    """A person under a made-up id; the profile is under their key, the reference is there as a keyed digest only."""

    __tablename__ = "seekers"
    __table_args__ = (
        Index(None, "board", "created_at", "id"),
        Index(None, "board", "reference_digest"),
        CheckConstraint("hold_since is null or erased_at is null", name="held_is_not_erased"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    reference_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    profile: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # While they are on legal hold: from which day, and the reason, sealed.
    hold_since: Mapped[date | None] = mapped_column(Date)
    hold_content: Mapped[bytes | None] = mapped_column(LargeBinary)


class Decision(Base):
    """What a named person decided on a plan; name, reason and changes are under the key of the person matched."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "match_id", "created_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matches.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    plan: Mapped[str] = mapped_column(String(100))
    verdict: Mapped[str] = mapped_column(String(10))
    caller: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class FollowUp(Base):
    """What became of a plan, in words under the key of the person matched; a result names the request it settles."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "match_id", "kind", "created_at"), UniqueConstraint("about"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matches.id"))
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("follow_ups.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    caller: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Demographics(Base):
    """What a person says of race, sex and disability, under their key, where the role that matches cannot look."""

    __tablename__ = "demographics"
    __table_args__ = ({"schema": "eeo"},)

    person: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Reply(Base):
    """A reply to a request that may be sent again with the same Idempotency-Key. Null body: the resource has it."""

    __tablename__ = "replies"
    __table_args__ = (Index(None, "board", "created_at"),)

    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    resource: Mapped[uuid.UUID]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AuditEvent(Base):
    """One read or write of people's records. Each event's code covers the one before it."""

    __tablename__ = "audit_events"

    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    caller: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text))
    request_id: Mapped[str | None] = mapped_column(Text)
    mac: Mapped[bytes] = mapped_column(LargeBinary)


class Batch(Base):
    """A list of people and how far it is answered. Nothing here is of a person."""

    __tablename__ = "batches"
    __table_args__ = (Index(None, "board", "created_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    version: Mapped[int] = mapped_column(Integer)  # grows with each change, so that a watcher knows where it was
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    state: Mapped[str] = mapped_column(String(10))
    failure: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    dry_run: Mapped[bool] = mapped_column(Boolean)
    as_of: Mapped[date] = mapped_column(Date)
    plans: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(10))
    snapshot: Mapped[str] = mapped_column(String(64))
    method_version: Mapped[str] = mapped_column(String(32))
    columns: Mapped[list[str]] = mapped_column(ARRAY(Text))
    left_out: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    errors: Mapped[int] = mapped_column(Integer)
    rounds: Mapped[int] = mapped_column(Integer)  # 1, and 1 more for each list of corrections


class BatchPart(Base):
    """Some rows of a list: what one worker answers at a time, in one transaction, under a lease."""

    __tablename__ = "batch_parts"

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    round: Mapped[int] = mapped_column(Integer)
    row_numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    failed_rows: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    # Heading and rows as sent, answers, faults: each sealed with the key of the list. Rows go when they are answered.
    rows: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers: Mapped[bytes | None] = mapped_column(LargeBinary)
    faults: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Who claims the part raises the token; only who holds the newest one may write.
    token: Mapped[int] = mapped_column(Integer)
    leased_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Webhook(Base):
    """An address that a board's events are sent to; address and secret are sealed with a key of its own."""

    __tablename__ = "webhooks"
    __table_args__ = (Index(None, "board", "created_at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    enabled: Mapped[bool] = mapped_column(Boolean)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class WebhookDelivery(Base):
    """One event for one webhook, until it was taken or given up. It names records and holds nothing of them."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index(None, "webhook_id", "created_at", "id"),
        Index(None, "due_at", postgresql_where=text("due_at is not null")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("boards.slug"))
    webhook_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    event: Mapped[str] = mapped_column(String(40))
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text))
    state: Mapped[str] = mapped_column(String(10))
    # Who takes it counts one more, and moves the day it is due; only the newest count may say what came of it.
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    status: Mapped[int | None] = mapped_column(Integer)
    fault: Mapped[str | None] = mapped_column(String(40))
