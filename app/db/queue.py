"""The queue of parts to answer: procrastinate's tables, written to within our own transactions.

A job only says which part may be answered; whether it still is to be, the part itself says. So a job done twice, or
left behind by a worker that died, changes nothing, and one that was lost is made anew by `requeue_lost`.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from app.db.session import Session

QUEUE, TASK = "lists", "answer_part"
_PRESSING = 1  # of the priorities of jobs; parts have theirs from 0 downwards
SEARCH_PATH = "queue,public"

_TRY_SWEEP = text("select pg_try_advisory_xact_lock(hashtextextended('stackway.sweep', 0))")
# A waiting part is not lost while a job for it waits, or was begun within the time a lease lasts.
_LOST = text(
    """
    select p.batch_id, p.number from batch_parts p join batches b on b.id = p.batch_id
    where b.state in ('queued', 'running') and p.answered_at is null
      and (p.leased_until is null or p.leased_until < now())
      and p.batch_id || '/' || p.number not in (
        select j.queueing_lock from queue.procrastinate_jobs j
        where j.queue_name = :queue and j.queueing_lock is not null and (
          j.status = 'todo'
          or j.status = 'doing' and exists (
            select 1 from queue.procrastinate_events e
            where e.job_id = j.id and e.type = 'started' and e.at > now() - cast(:lease as interval))))
    """
)
_WAITING = text(
    """
    select count(distinct j.id) filter (where j.status = 'todo') as waiting,
           count(distinct j.id) filter (where j.status = 'doing') as taken,
           extract(epoch from now() - min(e.at) filter (where j.status = 'todo')) as oldest
    from queue.procrastinate_jobs j
    left join queue.procrastinate_events e on e.job_id = j.id and e.type = 'deferred'
    where j.queue_name = :queue and j.status in ('todo', 'doing')
    """
)
_FORGET = text("delete from queue.procrastinate_jobs where queue_name = :queue and queueing_lock = any(:locks)")
_PATH = text("select set_config('search_path', :path, true)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Parts of all boards that wait for a worker, parts that one has taken, and the age of the oldest that waits."""

    waiting: int
    taken: int
    oldest_seconds: float | None


def count_waiting(session: Session) -> Waiting:
    """How much there is to do. The queue knows no boards: these are numbers and nothing else."""
    row = session.execute(_WAITING, {"queue": QUEUE}).one()
    return Waiting(row.waiting, row.taken, None if row.oldest is None else round(float(row.oldest), 1))


def defer(session: Session, board: str, parts: Iterable[tuple[uuid.UUID, int]], *, pressing: bool = False) -> None:
    """Queue parts; workers hear of them when the transaction commits.

    The first parts of all lists come before the second ones, so that a long list does not hold up a short one; those
    that are pressing come before all others.
    """
    from procrastinate import App, PsycopgConnector  # noqa: PLC0415 # the service starts sooner without it
    from procrastinate.jobs import Job  # noqa: PLC0415 # as above

    app = App(connector=PsycopgConnector())  # never opened: jobs are deferred on the connection of a session
    jobs = [
        Job(
            queue=QUEUE,
            task_name=TASK,
            lock=None,
            queueing_lock=_lock(batch, number),
            priority=_PRESSING if pressing else -number,
            task_kwargs={"board": board, "batch": str(batch), "part": number},
        )
        for batch, number in parts
    ]
    if jobs:
        with _in_queue(session):
            connection = session.connection().connection.dbapi_connection
            app.job_manager.batch_defer_jobs(jobs=jobs, connection=connection)


def requeue_lost(session: Session, board: str, lease: timedelta) -> int:
    """Queue anew the parts of the session's board that no worker answers; say how many."""
    rows = session.execute(_LOST, {"queue": QUEUE, "lease": lease})
    lost = [(row.batch_id, row.number) for row in rows]
    if lost:
        with _in_queue(session):
            session.execute(_FORGET, {"queue": QUEUE, "locks": [_lock(*part) for part in lost]})
        # They have waited for a whole lease already: not behind all that others sent in the meantime as well.
        defer(session, board, lost, pressing=True)
    return len(lost)


def may_sweep(session: Session) -> bool:
    """Whether no other worker looks for lost parts, until the transaction ends."""
    return bool(session.scalar(_TRY_SWEEP))


@contextmanager
def _in_queue(session: Session) -> Iterator[None]:
    """The library's functions and triggers look for their tables by the search path."""
    session.execute(_PATH, {"path": SEARCH_PATH})
    yield
    session.execute(_PATH, {"path": "public"})


def _lock(batch: uuid.UUID, number: int) -> str:
    return f"{batch}/{number}"
