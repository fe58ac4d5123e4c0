"""The tables. Migrations make them; a test holds the two together."""

import uuid
from datetime import date, datetime

from sqlalchemy import ARRAY, Date, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, Text, func
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
