"""A board that sends lists to a real database, and workers that are processes of their own."""

import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import psycopg

from app import clock
from app.jobs.files import Kind
from app.services.batch_results import BatchResults
from app.services.batches import Batches, HowToAnswer, Upload
from app.services.principal import Principal, Scope
from app.settings import Settings, environment
from tests.app.jobs.people import ALSO_GOOD, BAD, HEADING

LEASE_SECONDS = 2
START_SECONDS = 20  # for a worker to be there, on a machine with much else to do
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
    def worker(self, log: Path, **environ: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A worker of its own process, with these in its environment; killed at the end, if it still runs."""
        command = [sys.executable, "-m", "app.cli", "worker"]
        with log.open("ab") as stream:
            process = subprocess.Popen(command, env={**environment(self.settings), **environ}, stderr=stream)  # noqa: S603 # ours
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
