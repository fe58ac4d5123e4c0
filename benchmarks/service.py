"""What the service costs beside the engine, as ratios in one run: `python -m benchmarks.service [--results N]`.

`POST /v1/matches` with an API key, storing and not, is held against an endpoint that does what a service of this kind
has to do at least: it validates the body, spends the time at work that the engine takes for this very person, and
gives the same bytes. All services are up at once and asked in turns, so that a machine that is busy for a while is so
for all of them; each turn measures the engine anew, and what is told is the median of the turns' ratios. (Not named
`http`: a script in this folder would find it for the library.)
"""

import asyncio
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from app import logs
from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.answering import open_engine
from app.services.audit import open_anchor
from app.services.keys import Keys
from app.services.ledger import Ledger
from app.services.principal import Scope
from app.services.vault import open_vault
from app.settings import Settings, environment
from benchmarks.endpoints import ANSWER_FILE, BODY
from benchmarks.keeping import CALLER, Lists
from benchmarks.load import Connection, Target, latencies, part_within, requests_a_second

CONNECTIONS = 8
TURNS = 5
SECONDS = 3.0  # of each service in each turn
# People come by chance, so some wait for others: one server that took the same time for each, half of it used, would
# answer the slowest in a hundred after 4 times the median. Of 400 requests chance alone makes that more than 5 in one
# measurement of nine, of 1,500 in one of seventeen.
REQUESTS_AT_HALF = 1500
LIST_ROWS, LIST_TURNS = 100, 3
STARTS = 5

AT_LEAST = {"stored": 0.35, "not stored": 0.5, "list rows": 0.7, "results stored": 0.5}
MOST_P99 = 5.0  # times the median
MOST_SECONDS_TO_READY = 2.0


@dataclass(frozen=True, slots=True)
class Bench:
    """The services under measurement: addresses of each, and what is needed to start ours again."""

    settings: Settings
    folder: Path
    key: str

    @property
    def answer(self) -> Path:
        """What the other endpoints give."""
        return self.folder / "answer.json"

    def target(self, port: int, path: str = "/v1/matches") -> Target:
        """An address that takes the profile."""
        return Target(port, path, BODY, f"Authorization: Bearer {self.key}\r\n")

    @contextmanager
    def service(self) -> Iterator[int]:
        """Ours, as it is run; the port it answers at once it is ready."""
        with self._running("app.cli", "serve", environ=environment(self.settings)) as port:
            yield port

    @contextmanager
    def endpoint(self, name: str) -> Iterator[int]:
        """One of those it is held against."""
        words = ("uvicorn", f"benchmarks.endpoints:{name}", "--factory", "--log-level", "error", "--no-access-log")
        with self._running(*words, environ={**os.environ, ANSWER_FILE: str(self.answer)}) as port:
            yield port

    @contextmanager
    def _running(self, *words: str, environ: dict[str, str]) -> Iterator[int]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        # As installed: compiled once and not at each start.
        kept = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        process = subprocess.Popen([sys.executable, "-m", *words, "--port", str(port)], env=kept)  # noqa: S603 # ours
        try:
            _wait_until_ready(port, process)
            yield port
        finally:
            process.terminate()
            process.wait()


def measure_requests(bench: Bench) -> Iterator[str]:
    """Requests a second against the validating endpoint, and how long they take at half of that."""
    with ExitStack() as up:
        ours = up.enter_context(bench.service())
        bench.answer.write_bytes(_post(bench.target(ours, "/v1/matches?store=false")))
        least, bare = (up.enter_context(bench.endpoint(name)) for name in ("validating", "bare"))
        targets = {
            "stored": bench.target(ours),
            "not stored": bench.target(ours, "/v1/matches?store=false"),
            "validating": bench.target(least),
            "bare": bench.target(bare),
        }
        for target in targets.values():
            _rate(target, 1.0)
        engine, rates = [], {name: list[float]() for name in targets}
        for _ in range(TURNS):
            engine.append(float(_post(Target(least, "/engine", b""))))
            for name, target in targets.items():
                rates[name].append(_rate(target, SECONDS))
        yield f"engine alone {statistics.median(engine) * 1000:.1f} ms a match; {TURNS} turns of {SECONDS:g} s"
        yield f"body {len(BODY):,} bytes, answer {bench.answer.stat().st_size:,} bytes, {CONNECTIONS} connections"
        for name, found in rates.items():
            shares = [rate / base for rate, base in zip(found, rates["validating"], strict=True)]
            told = f"{statistics.median(found):8.1f} requests/s  {statistics.median(shares):8.3f} of validating"
            yield _line(name, f"{told} ({min(shares):.2f} to {max(shares):.2f})", AT_LEAST.get(name))
        for name in ("stored", "not stored"):
            rate = _rate(targets[name], SECONDS) / 2  # of this minute, as the times are
            taken = asyncio.run(latencies(targets[name], rate, REQUESTS_AT_HALF / rate))
            middle, late = part_within(taken, 0.5), part_within(taken, 0.99)
            told = f"p50 {middle * 1000:.1f} ms, p99 {late * 1000:.1f} ms: {late / middle:.2f} x"
            yield f"{name + ', half load':24} {told}; {len(taken)} at {rate:.1f}/s  (at most {MOST_P99:g} x)"


def measure_starts(bench: Bench) -> str:
    """Seconds from the command to ready, on a database that is there."""
    with bench.service():
        pass  # the first compiles
    taken, at_work = [], []
    for _ in range(STARTS):
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        with bench.service():
            taken.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        at_work.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    told = f"{statistics.median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f}), {min(at_work):.2f} s at work"
    return f"{'start to ready':24} {told}  (at most {MOST_SECONDS_TO_READY:g} s)"


def measure_keeping(bench: Bench, owner_url: str, results: int) -> Iterator[str]:
    """Lists, and answers of lists kept."""
    url = bench.settings.database_url
    if url is None:
        raise SystemExit("no database")
    with closing(Database(url.get_secret_value(), bench.settings)) as database:
        ledger = Ledger(database, open_vault(bench.settings), open_anchor(bench.settings))
        lists = Lists(ledger, bench.settings, open_engine(bench.settings))
        rows = lists.rows_a_second(LIST_ROWS, LIST_TURNS)
        yield _line("list rows", f"{rows.ratio:.2f} of the engine alone: {rows.what}", AT_LEAST["list rows"])
        stored = lists.stored(results, owner_url)
        told = f"{stored.ratio:.2f} of raw COPY: {stored.what}; {results:,} results"
        yield _line("results stored", told, AT_LEAST["results stored"])


def _line(name: str, told: str, least: float | None) -> str:
    return f"{name:24} {told}" + ("" if least is None else f"  (at least {least:g})")


def _rate(target: Target, seconds: float) -> float:
    return asyncio.run(requests_a_second(target, CONNECTIONS, seconds))


def _post(target: Target) -> bytes:
    async def ask() -> bytes:
        connection = await Connection.open(target.port)
        content = await connection.ask(target.request())
        await connection.close()
        return content

    return asyncio.run(ask())


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit("the service ended before it was ready")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()  # our own
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit("the service was not ready in time")


@contextmanager
def opened() -> Iterator[tuple[Bench, EmbeddedServer]]:
    """A PostgreSQL with a board and its key, and the service to run on it with the data in use."""
    here = Settings()
    with tempfile.TemporaryDirectory(prefix="sw") as name, embedded.running(Path(name) / "pg") as server:
        migrate.upgrade(server.owner_url)
        settings = here.model_copy(
            update={
                "database_url": SecretStr(server.url),
                "secret_key": SecretStr("5e" * 32),
                "audit_anchor": f"{name}/anchor.jsonl",
                "requests_per_minute": 10**9,
                "log_level": "error",
                "max_list_rows": 10**7,
                "data_dir": here.data_dir,
            }
        )
        with closing(Database(server.owner_url, settings)) as owner:
            key = Keys(owner).create(CALLER.board, frozenset(Scope), None)
        yield Bench(settings, Path(name), key), server


def main() -> None:
    """Measure on the data in use and print what was found."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=int, default=100_000, help="answers to keep; default: %(default)s")
    parser.add_argument("--only", choices=("requests", "starts", "keeping"), help="one part of it")
    chosen = parser.parse_args()
    logs.configure("error")
    with opened() as (bench, server):
        if chosen.only in {None, "starts"}:
            print(measure_starts(bench), flush=True)
        if chosen.only in {None, "requests"}:
            for line in measure_requests(bench):
                print(line, flush=True)
        if chosen.only in {None, "keeping"}:
            for line in measure_keeping(bench, server.owner_url, chosen.results):
                print(line, flush=True)


if __name__ == "__main__":
    main()
