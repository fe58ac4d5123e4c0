"""`stackway serve`: the embedded database where none is named, its migrations, and the worker processes."""

import gc
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from pydantic import SecretStr

from app import clock, logs
from app.db import embedded, migrate
from app.db.keys import add_board
from app.db.session import Database
from app.errors import ConfigurationError
from app.services import rewrapping
from app.services.answering import Engine, open_engine
from app.services.audit import open_anchor
from app.services.ledger import Ledger
from app.services.retention import Classes, Expired, Retention
from app.services.rewrapping import Rewrapped
from app.services.vault import open_vault
from app.settings import Settings, environment, publish, share_metrics
from app.sooner import validators_later, without
from migrations import NEWEST

# The framework asks of all it reads whether it is of the first pydantic, which it would load for that; the server would
# load what starts it anew when code changes.
with validators_later(), without("pydantic.v1"), without("watchfiles"):
    import uvicorn
    from fastapi import FastAPI

    from app.main import create_app

_START_SECONDS = 3.0
_RESTART_SECONDS = 1.0
_END_SECONDS = 20.0


def serve(settings: Settings) -> None:
    """Serve until interrupted or told to end; the embedded database stops with it.

    Raises:
        ConfigurationError: there is no database, or one the service refuses.
    """
    logs.configure(settings.log_level)
    # uvicorn passes the signal on when it has finished; as an ordinary exit it lets the database stop as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    opened = _being_opened(settings) if settings.workers == 1 else None
    with database_ready(settings) as ready, _lists_answered(ready):
        if opened is not None:
            _run(_settled(create_app(ready, engine=lambda _: opened.result())), ready)
        else:
            publish(ready)
            with tempfile.TemporaryDirectory(prefix="stackway-metrics") as folder:
                share_metrics(Path(folder))
                _run("app.serve:app_of_worker", ready)


def _being_opened(settings: Settings) -> Future[Engine]:
    """The method on the data in use, made ready while the embedded database starts; most of that is waiting."""
    opened: Future[Engine] = Future()

    def open_() -> None:
        try:
            opened.set_result(open_engine(settings))
        except Exception as error:  # noqa: BLE001 # told where it is waited for
            opened.set_exception(error)

    Thread(target=open_, daemon=True).start()  # no end of this process waits for it
    return opened


def work(settings: Settings, *, attached: bool = False) -> None:
    """`stackway worker`: answer lists until interrupted or told to end.

    Args:
        settings: name the database; without one, the embedded one is used.
        attached: end with the process that started this one.

    Raises:
        ConfigurationError: there is no database, or one the service refuses.
    """
    from app.jobs import worker  # noqa: PLC0415 # the queue's library, which the service starts sooner without

    if settings.database_url is not None:
        worker.run(settings, attached=attached)
        return
    with database_ready(settings) as ready:
        worker.run(ready, attached=attached)


@contextmanager
def _lists_answered(settings: Settings) -> Iterator[None]:
    """On the embedded database, a worker beside the service: nobody else would start one. Started again if it dies."""
    if settings.access != "local":
        yield
        return
    ending = Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep_running() -> None:
        ending.wait(_START_SECONDS)  # the service comes first; lists can wait
        while not ending.is_set():
            command = [sys.executable, "-P", "-m", "app.cli", "worker", "--attached"]
            running[:] = [subprocess.Popen(command, env=environment(settings))]  # noqa: S603 # our own words
            running[0].wait()
            ending.wait(_RESTART_SECONDS)

    keeper = Thread(target=keep_running, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        for process in running:
            process.terminate()
        keeper.join(_END_SECONDS)
        for process in running:
            process.kill()


@contextmanager
def database_ready(settings: Settings) -> Iterator[Settings]:
    """Settings that name a database: the one given, or the embedded one, started and brought up to date.

    Raises:
        ConfigurationError: the embedded database cannot run.
    """
    if settings.database_url is not None:
        if settings.access == "local":
            raise ConfigurationError(
                "Local mode needs no key and is for the embedded PostgreSQL only: unset STACKWAY_ACCESS, or "
                "STACKWAY_DATABASE_URL."
            )
        yield settings
        return
    folder = settings.embedded_dir or embedded.default_folder(settings.data_dir)
    with embedded.running(folder) as server:
        migrate.upgrade(server.owner_url)
        _make_board(server.owner_url, settings)
        yield settings.model_copy(
            update={
                "database_url": SecretStr(server.url),
                "eeo_database_url": SecretStr(server.eeo_url),
                "access": "local",
            }
        )


@contextmanager
def unprivileged(settings: Settings) -> Iterator[Database]:
    """The named database, or the embedded one, as the role the service runs as: it sees one board at a time.

    Raises:
        ConfigurationError: the embedded database cannot run, or the named one is at another revision or is given with
            rights that would show all boards.
        UnavailableError: the database does not answer.
    """
    with database_ready(settings) as ready:
        url = ready.database_url
        if url is None:
            raise ConfigurationError("Name a PostgreSQL in STACKWAY_DATABASE_URL.")
        with closing(Database(url.get_secret_value(), ready)) as database:
            database.refuse_privilege()
            _require_newest(database)
            yield database


@contextmanager
def owned(settings: Settings) -> Iterator[Database]:
    """The named database, or the embedded one, as the owner of the tables.

    Raises:
        ConfigurationError: the embedded database cannot run, or the named one is at another revision.
        UnavailableError: the database does not answer.
    """
    with _owner_url(settings) as url, closing(Database(url, settings)) as database:
        _require_newest(database)
        yield database


def _require_newest(database: Database) -> None:
    if database.revision() != NEWEST:
        raise ConfigurationError("The database is at another revision: run `stackway db upgrade` first.")


@contextmanager
def _owner_url(settings: Settings) -> Iterator[str]:
    owner = settings.database_owner_url or settings.database_url
    if owner is not None:
        yield owner.get_secret_value()
        return
    with embedded.running(settings.embedded_dir or embedded.default_folder(settings.data_dir)) as server:
        migrate.upgrade(server.owner_url)
        yield server.owner_url


def _make_board(owner_url: str, settings: Settings) -> None:
    """The board of local mode, which no `keys create` has made."""
    with closing(Database(owner_url, settings)) as database, database.session("") as session, session.begin():
        add_board(session, settings.board)


def upgrade(settings: Settings) -> str:
    """`stackway db upgrade`: bring the named database, or the embedded one, to the newest revision; say which.

    Raises:
        ConfigurationError: the embedded database cannot run.
        UnavailableError: the database does not answer.
    """
    owner = settings.database_owner_url or settings.database_url
    if owner is not None:
        return migrate.upgrade(owner.get_secret_value())
    with database_ready(settings):
        return NEWEST


def expire(settings: Settings, *, dry_run: bool) -> tuple[Expired, ...]:
    """`stackway db expire`: erase what was kept as long as the settings say, or count it; how many of each board.

    Raises:
        ConfigurationError: the embedded database cannot run.
        UnavailableError: the database does not answer.
    """
    classes = Classes(settings.retain_seeker_days, settings.retain_match_days, settings.retain_list_days)
    with database_ready(settings) as ready, ExitStack() as opened:
        vault, anchor = open_vault(ready), open_anchor(ready)
        ledgers = [
            None if url is None else Ledger(opened.enter_context(closing(Database(url, ready))), vault, anchor)
            for url in (_plain(ready.database_url), _plain(ready.eeo_database_url))
        ]
        if ledgers[0] is None:
            raise ConfigurationError("There is no database.")
        return Retention(ledgers[0], ledgers[1]).expire(classes, clock.today(), dry_run=dry_run)


def rewrap(settings: Settings) -> tuple[Rewrapped, ...]:
    """`stackway db rewrap`: put every key of people under the newest secret key; how many of each board.

    Raises:
        ConfigurationError: the embedded database cannot run, or the named one is at another revision.
        UnavailableError: the database does not answer.
    """
    with owned(settings) as database:
        return rewrapping.rewrap(Ledger(database, open_vault(settings), open_anchor(settings)))


def _plain(url: SecretStr | None) -> str | None:
    return None if url is None else url.get_secret_value()


def app_of_worker() -> FastAPI:
    """The application of one worker process, whose settings come through the environment."""
    return _settled(create_app(Settings()))


def _settled(app: FastAPI) -> FastAPI:
    """What is there once the service has started stays: it is not gone through for garbage again and again.

    Nor is it while it is loaded, which takes a sixth of the start.
    """
    gc.disable()
    started = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Mapping[str, object] | None]:
        async with started(app) as state:
            gc.freeze()
            gc.enable()
            yield state

    app.router.lifespan_context = lifespan  # type: ignore[assignment] # it may have a state or none
    return app


def _run(app: FastAPI | str, settings: Settings) -> None:
    uvicorn.run(
        app,
        factory=isinstance(app, str),
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        http="app.connections:PatientProtocol",
        ws="none",  # nothing here speaks it
        access_log=False,  # ours has no addresses in it
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=20,
    )
