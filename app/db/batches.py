"""Lists and their parts: the queries. Services begin and commit; nothing here does.

All times are the database's own, since the clocks of machines differ. A part is answered under a lease: who claims it
raises its token, and what is written later under an older token is refused.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, tuple_, update

from app.db.people import Place
from app.db.session import Session
from app.db.tables import Batch, BatchPart
from taxonomy.frozen import frozen

OPEN = ("queued", "running")
_FREE = or_(BatchPart.leased_until.is_(None), BatchPart.leased_until < func.now())


@frozen
class KeptBatch:
    """A list as kept: what it is answered from, and how far."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    state: str
    failure: str | None
    kind: str
    dry_run: bool
    as_of: date
    plans: int | None
    language: str
    snapshot: str
    method_version: str
    columns: tuple[str, ...]
    columns_left_out: tuple[int, ...]
    total: int
    done: int
    errors: int
    rounds: int


@frozen
class NewPart:
    """Rows to answer; `rows` is sealed."""

    number: int
    round: int
    row_numbers: tuple[int, ...]
    rows: bytes


@frozen
class Claim:
    """A part taken under a lease; `token` counts how often it was."""

    batch: KeptBatch
    number: int
    row_numbers: tuple[int, ...]
    rows: bytes
    token: int


@frozen
class KeptPart:
    """What an answered part left; answers and faults are sealed."""

    number: int
    round: int
    row_numbers: tuple[int, ...]
    failed_rows: tuple[int, ...]
    answers: bytes | None
    faults: bytes | None


def add_batch(session: Session, board: str, **values: Any) -> None:  # noqa: ANN401 # columns of the table
    """Keep a new list, queued."""
    session.execute(insert(Batch).values(board=board, version=1, state="queued", done=0, errors=0, rounds=1, **values))


def add_parts(session: Session, board: str, batch: uuid.UUID, parts: Sequence[NewPart]) -> None:
    """Keep rows to answer."""
    rows = [
        {
            "batch_id": batch,
            "number": part.number,
            "board": board,
            "round": part.round,
            "row_numbers": list(part.row_numbers),
            "failed_rows": [],
            "rows": part.rows,
            "token": 0,
        }
        for part in parts
    ]
    session.execute(insert(BatchPart), rows)


def find_batch(session: Session, batch: uuid.UUID, *, lock: bool = False) -> KeptBatch | None:
    """A list of the session's board, or None; nobody else changes it until the transaction ends where it is locked."""
    query = select(Batch).where(Batch.id == batch)
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else _kept(row)


def list_batches(session: Session, *, limit: int, before: Place | None) -> tuple[KeptBatch, ...]:
    """Lists of the session's board, newest first."""
    query = select(Batch).order_by(Batch.created_at.desc(), Batch.id.desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(Batch.created_at, Batch.id) < before)
    return tuple(_kept(row) for row in session.scalars(query))


def change_batch(
    session: Session,
    batch: uuid.UUID,
    *,
    finished: bool = False,
    **values: Any,  # noqa: ANN401 # columns of the table
) -> KeptBatch:
    """Change a list that is there; `finished` says that it came to its end now."""
    if finished:
        values["finished_at"] = func.now()
    row = session.scalars(
        update(Batch)
        .where(Batch.id == batch)
        .values(version=Batch.version + 1, updated_at=func.now(), **values)
        .returning(Batch)
        .execution_options(populate_existing=True)
    ).one()
    return _kept(row)


def remove_batch(session: Session, batch: uuid.UUID) -> None:
    """Remove a list with its parts."""
    session.execute(delete(Batch).where(Batch.id == batch))


def drop_waiting_rows(session: Session, batch: uuid.UUID) -> None:
    """Let go of what was sent and will not be answered."""
    session.execute(
        update(BatchPart).where(BatchPart.batch_id == batch, BatchPart.answered_at.is_(None)).values(rows=None)
    )


def claim_part(session: Session, batch: uuid.UUID, number: int, lease: timedelta) -> Claim | None:
    """Take a part that waits; None where it is answered, another has it, or its list is at an end."""
    # The list is locked before its part, here and wherever else, so that no two wait for each other.
    kept = find_batch(session, batch, lock=True)
    if kept is None or kept.state not in OPEN:
        return None
    taken = session.execute(
        update(BatchPart)
        .where(BatchPart.batch_id == batch, BatchPart.number == number, BatchPart.answered_at.is_(None), _FREE)
        .values(token=BatchPart.token + 1, leased_until=func.now() + lease)
        .returning(BatchPart.row_numbers, BatchPart.rows, BatchPart.token)
    ).one_or_none()
    if taken is None:
        return None
    if kept.state == "queued":
        kept = change_batch(session, batch, state="running")
    return Claim(kept, number, tuple(taken.row_numbers), taken.rows, taken.token)


def renew_lease(session: Session, claim: Claim, lease: timedelta) -> bool:
    """Hold a part longer; False where another has taken it."""
    return _under_lease(session, claim, leased_until=func.now() + lease)


def release_part(session: Session, claim: Claim) -> None:
    """Give a part back, to be taken by anyone at once."""
    _under_lease(session, claim, leased_until=None)


def answer_part(
    session: Session, claim: Claim, failed: Sequence[int], answers: bytes | None, faults: bytes | None
) -> KeptBatch | None:
    """Keep what a part came to; None, and nothing is kept, where another has taken it or its list is at an end."""
    kept = find_batch(session, claim.batch.id, lock=True)
    if kept is None or kept.state != "running":
        return None
    done = {"answers": answers, "faults": faults, "failed_rows": list(failed), "rows": None}
    if not _under_lease(session, claim, answered_at=func.now(), leased_until=None, **done):
        return None
    count = kept.done + len(claim.row_numbers)
    finished = count == kept.total
    state = "done" if finished else kept.state
    errors = kept.errors + len(failed)
    return change_batch(session, kept.id, finished=finished, state=state, done=count, errors=errors)


def list_parts(session: Session, batch: uuid.UUID, round_: int, *, after: int, limit: int) -> tuple[KeptPart, ...]:
    """Answered parts of one round in their order."""
    rows = session.scalars(
        select(BatchPart)
        .where(BatchPart.batch_id == batch, BatchPart.round == round_, BatchPart.number > after)
        .where(BatchPart.answered_at.is_not(None))
        .order_by(BatchPart.number)
        .limit(limit)
    )
    return tuple(
        KeptPart(r.number, r.round, tuple(r.row_numbers), tuple(r.failed_rows), r.answers, r.faults) for r in rows
    )


def iter_row_numbers(session: Session, batch: uuid.UUID) -> Iterator[tuple[int, int, list[int], list[int]]]:
    """Number, round, rows and failed rows of every part, in the order they were sent."""
    query = select(BatchPart.number, BatchPart.round, BatchPart.row_numbers, BatchPart.failed_rows)
    for row in session.execute(query.where(BatchPart.batch_id == batch).order_by(BatchPart.number)):
        yield tuple(row)  # type: ignore[misc] # the four columns selected


def _under_lease(session: Session, claim: Claim, **values: Any) -> bool:  # noqa: ANN401 # columns of the table
    changed = session.execute(
        update(BatchPart)
        .where(
            BatchPart.batch_id == claim.batch.id,
            BatchPart.number == claim.number,
            BatchPart.token == claim.token,
            BatchPart.answered_at.is_(None),
        )
        .values(**values)
        .returning(BatchPart.number)
    )
    return changed.scalar_one_or_none() is not None


def _kept(row: Batch) -> KeptBatch:
    return KeptBatch(
        row.id,
        row.version,
        row.created_at,
        row.updated_at,
        row.finished_at,
        row.state,
        row.failure,
        row.kind,
        row.dry_run,
        row.as_of,
        row.plans,
        row.language,
        row.snapshot,
        row.method_version,
        tuple(row.columns),
        tuple(row.left_out),
        row.total,
        row.done,
        row.errors,
        row.rounds,
    )
