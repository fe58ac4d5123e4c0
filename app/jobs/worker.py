"""`stackway worker`: a process that answers lists, and sends events where webhooks are on, until told to end."""

import asyncio
import os  # for the process that started this one
import signal
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from threading import Event, Lock
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ProcrastinateException
from psycopg_pool import PoolTimeout

from app import logs
from app.db.queue import EVENTS, QUEUE, SEARCH_PATH, SEND_EVENT, TASK
from app.db.session import Database
from app.errors import AppError, ConfigurationError, UnavailableError
from app.services.answering import Engine, MatchEngine
from app.services.audit import open_anchor
from app.services.batch_work import BatchWork
from app.services.egress import Egress
from app.services.event_sending import EventSending
from app.services.ledger import Ledger
from app.services.vault import open_vault
from app.settings import Settings
from taxonomy.frozen import frozen
from taxonomy.store import Store

_SWEEP_SECONDS = 2.0
# A worker that is stopped within a transaction would hold its locks, and with them all others, for as long as it is.
_NOT_IDLE = "-c idle_in_transaction_session_timeout=5s"
_POLL_SECONDS = 5.0  # where a notification was missed
_SENT_AT_ONCE = 4  # events a process sends at once: sending is mostly waiting for others
_WAIT_SECONDS = 1.0  # before a database that went away is asked again


@frozen
class Kind:
    """A kind of job. Each has connections and places of its own, so that none waits for another."""

    queue: str
    task: str
    do: Callable[..., object]  # the board, and by their names what else a job says
    requeue: Callable[[], int]
    at_once: int


class Engines:
    """The method on whatever installed data a list was begun with; the last one stays open."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(settings.data_dir)
        self._lock = Lock()
        self._engine: MatchEngine | None = None

    def open(self, digest: str) -> Engine:
        """The method on the data of this digest.

        Raises:
            SnapshotError: it is not installed, or damaged.
        """
        with self._lock:
            if self._engine is None or self._engine.snapshot.digest != digest:
                self._engine = MatchEngine(self._store.open(digest))
            return self._engine


def run(settings: Settings, *, attached: bool = False) -> None:
    """Answer lists until interrupted or told to end; what is not finished then is left to others.

    Args:
        settings: name the database.
        attached: end as well when the process that started this one has ended, however it did.

    Raises:
        ConfigurationError: there is no database, or one the service refuses.
    """
    if settings.database_url is None:
        raise ConfigurationError("Name a PostgreSQL in STACKWAY_DATABASE_URL.")
    logs.configure(settings.log_level)
    url = settings.database_url.get_secret_value()
    with closing(Database(url, settings, options=_NOT_IDLE)) as database:
        _check(database)
        ledger = Ledger(database, open_vault(settings), open_anchor(settings))
        stopping = Event()
        work = BatchWork(ledger, Engines(settings).open, timedelta(seconds=settings.list_lease_seconds), stopping)
        kinds = [_answering(work)]
        if settings.webhook_hosts:
            egress = Egress(settings.webhook_hosts, settings.webhook_networks)
            sending = EventSending(ledger, egress.post, stopping=stopping)
            kinds.append(_sending(sending))
        logs.get_logger().info("worker starts")
        asyncio.run(_work(url, kinds, stopping, attached=attached))


def _answering(work: BatchWork) -> Kind:
    def answer(board: str, batch: str, part: int) -> None:
        work.answer(board, uuid.UUID(batch), part)

    return Kind(QUEUE, TASK, answer, work.requeue_lost, at_once=1)


def _sending(sending: EventSending) -> Kind:
    def send(board: str, delivery: str) -> None:
        sending.send(board, uuid.UUID(delivery))

    return Kind(EVENTS, SEND_EVENT, send, sending.requeue_due, at_once=_SENT_AT_ONCE)


def _check(database: Database) -> None:
    try:
        database.refuse_privilege()
    except UnavailableError:
        logs.get_logger().warning("the database does not answer yet")


async def _work(url: str, kinds: Sequence[Kind], stopping: Event, *, attached: bool) -> None:
    running = asyncio.current_task()
    assert running is not None  # noqa: S101 # it is this very task

    def end() -> None:
        stopping.set()
        running.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, end)
    beside = [asyncio.create_task(_sweep(kind)) for kind in kinds]
    if attached:
        beside.append(asyncio.create_task(_end_with_parent(end)))
    try:
        await asyncio.gather(*(_keep_taking(url, kind, stopping) for kind in kinds))
    except asyncio.CancelledError:
        if not stopping.is_set():
            raise
    finally:
        for task in beside:
            task.cancel()


async def _keep_taking(url: str, kind: Kind, stopping: Event) -> None:
    while not stopping.is_set():
        try:
            await _take_jobs(url, kind)
        except (ProcrastinateException, PoolTimeout, OSError) as error:
            logs.get_logger().warning("the queue does not answer", **logs.whereabouts(error))
        await asyncio.sleep(_WAIT_SECONDS)


async def _end_with_parent(end: Callable[[], object]) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(_WAIT_SECONDS)
    end()


async def _take_jobs(url: str, kind: Kind) -> None:
    """Take jobs until told to end, or until the library gives up because the database went away."""
    kwargs = {"options": f"-c search_path={SEARCH_PATH} {_NOT_IDLE}", "application_name": "stackway worker"}
    queue = App(connector=PsycopgConnector(conninfo=url, kwargs=kwargs, min_size=1, max_size=4, timeout=10))

    def do(board: str, **job: Any) -> None:  # noqa: ANN401 # what was deferred
        try:
            kind.do(board, **job)
        except AppError as error:
            # What was taken stays so until its lease is over, and is then queued anew.
            logs.get_logger().warning("a job was not done", board=board, **logs.whereabouts(error))

    queue.task(name=kind.task, queue=kind.queue)(do)
    async with queue.open_async():
        await queue.run_worker_async(
            queues=[kind.queue],
            concurrency=kind.at_once,
            fetch_job_polling_interval=_POLL_SECONDS,
            delete_jobs="always",  # what was to be done says itself what became of it
            install_signal_handlers=False,
        )


async def _sweep(kind: Kind) -> None:
    while True:
        try:
            found = await asyncio.to_thread(kind.requeue)
        except AppError as error:
            logs.get_logger().warning("lost jobs were not looked for", **logs.whereabouts(error))
        else:
            if found and kind.queue == QUEUE:
                logs.get_logger().warning("lost parts are queued again")
        await asyncio.sleep(_SWEEP_SECONDS)
