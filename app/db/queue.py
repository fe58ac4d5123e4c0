"""The queues of parts to answer and of events to send: procrastinate's tables, written to in our own transactions.

A job only says which part may be answered; whether it still is to be, the part itself says. So a job done twice, or
left behind by a worker that died, changes nothing, and one that was lost is made anew by `requeue_lost`. The same holds
for events, which have a queue of their own: whoever is slow to take them keeps no list waiting.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from app.db.session import Session
from taxonomy.frozen import frozen

QUEUE, TASK = "lists", "answer_part"
EVENTS, SEND_EVENT = "webhooks", "send_event"
_PRESSING = 1  # of the priorities of jobs; parts have theirs from 0 downwards
SEARCH_PATH = "queue,public"

_TRY_SWEEP = text("select pg_try_advisory_xact_lock(hashtextextended('stackway.sweep/' || :queue, 0))")
# What waits is not lost while a job for it waits, or was begun within the time a lease lasts.
_HAVE_A_JOB = """
    select j.queueing_lock from queue.procrastinate_jobs j
    where j.queue_name = :queue and j.queueing_lock is not null and (
      j.status = 'todo'
      or j.status = 'doing' and exists (
        select 1 from queue.procrastinate_events e
        where e.job_id = j.id and e.type = 'started' and e.at > now() - cast(:lease as interval)))
"""
_LOST = text(
    f"""
    select p.batch_id, p.number from batch_parts p join batches b on b.id = p.batch_id
    where b.state in ('queued', 'running') and p.answered_at is null
      and (p.leased_until is null or p.leased_until < now())
      and p.batch_id || '/' || p.number not in ({_HAVE_A_JOB})
    """  # noqa: S608 # our own words
)
_DUE = text(
    f"select d.id from webhook_deliveries d where d.due_at <= now() and d.id::text not in ({_HAVE_A_JOB}) "  # noqa: S608 # our own words
    "order by d.due_at limit 500"
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


@frozen
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
    jobs = [
        {
            "task_name": TASK,
            "queueing_lock": _lock(batch, number),
            "priority": _PRESSING if pressing else -number,
            "task_kwargs": {"board": board, "batch": str(batch), "part": number},
        }
        for batch, number in parts
    ]
    _defer(session, QUEUE, jobs)


def defer_events(session: Session, board: str, deliveries: Iterable[uuid.UUID]) -> None:
    """Queue events to be sent; workers hear of them when the transaction commits."""
    jobs = [
        {
            "task_name": SEND_EVENT,
            "queueing_lock": str(delivery),
            "task_kwargs": {"board": board, "delivery": str(delivery)},
        }
        for delivery in deliveries
    ]
    _defer(session, EVENTS, jobs)


def _defer(session: Session, queue: str, described: Sequence[dict[str, Any]]) -> None:
    from procrastinate import App, PsycopgConnector  # noqa: PLC0415 # the service starts sooner without it
    from procrastinate.jobs import Job  # noqa: PLC0415 # as above

    app = App(connector=PsycopgConnector())  # never opened: jobs are deferred on the connection of a session
    jobs = [Job(queue=queue, lock=None, **job) for job in described]
    if jobs:
        with _in_queue(session):
            connection = session.connection().connection.dbapi_connection
            app.job_manager.batch_defer_jobs(jobs=jobs, connection=connection)


def requeue_lost(session: Session, board: str, lease: timedelta) -> int:
    """Queue anew the parts of the session's board that no worker answers; say how many."""
    rows = session.execute(_LOST, {"queue": QUEUE, "lease": lease})
    lost = [(row.batch_id, row.number) for row in rows]
    if lost:
        _forget(session, QUEUE, [_lock(*part) for part in lost])
        # They have waited for a whole lease already: not behind all that others sent in the meantime as well.
        defer(session, board, lost, pressing=True)
    return len(lost)


def requeue_due(session: Session, board: str, lease: timedelta) -> int:
    """Queue the events of the session's board that are due, again or since their job was lost; say how many."""
    due = list(session.scalars(_DUE, {"queue": EVENTS, "lease": lease}))
    requeue_events(session, board, due)
    return len(due)


def requeue_events(session: Session, board: str, deliveries: Sequence[uuid.UUID]) -> None:
    """Queue events, whatever job is left of them."""
    if deliveries:
        _forget(session, EVENTS, [str(delivery) for delivery in deliveries])
        defer_events(session, board, deliveries)


def may_sweep(session: Session, queue: str) -> bool:
    """Whether no other worker looks for what a queue has lost, until the transaction ends."""
    return bool(session.scalar(_TRY_SWEEP, {"queue": queue}))


def _forget(session: Session, queue: str, locks: Sequence[str]) -> None:
    with _in_queue(session):
        session.execute(_FORGET, {"queue": queue, "locks": list(locks)})


@contextmanager
def _in_queue(session: Session) -> Iterator[None]:
    """The library's functions and triggers look for their tables by the search path."""
    session.execute(_PATH, {"path": SEARCH_PATH})
    yield
    session.execute(_PATH, {"path": "public"})


def _lock(batch: uuid.UUID, number: int) -> str:
    return f"{batch}/{number}"
