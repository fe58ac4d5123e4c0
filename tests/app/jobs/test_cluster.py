"""Lists on several processes: the same bytes as in one, whoever is killed on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import psutil
import pytest

from app.jobs import batch
from app.jobs.batch import BatchJob, Part, run
from app.jobs.parts import Parts
from app.jobs.rows import read_rows
from app.services.answering import MatchEngine
from tests.app.jobs.conftest import WriteList
from tests.app.jobs.people import ALSO_GOOD, BAD, GOOD, HEADING
from tests.app.jobs.test_batch import quiet
from tests.app.processes import free_port

StartBatch = Callable[..., subprocess.Popen[bytes]]
PATIENCE_SECONDS = 120


@pytest.fixture
def start(data_dir: Path) -> StartBatch:
    """Begin `stackway batch` with some options, without waiting for it."""

    def begin(*options: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app.cli", "batch", *map(str, options)]
        environment = {**os.environ, "STACKWAY_DATA_DIR": str(data_dir)}
        return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)  # noqa: S603 # our own command

    return begin


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said.decode()


def wait_until(holds: Callable[[], bool], *, what: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until, f"{what} in time"
        time.sleep(0.05)


def test_two_processes_write_the_bytes_of_one(
    job: BatchJob, engine: MatchEngine, start: StartBatch, tmp_path: Path
) -> None:
    run(job, engine, quiet)

    code, said = ended(
        start(job.source, "--out", tmp_path / "two.jsonl", "--workers", 2, "--as-of", job.as_of.isoformat())
    )

    assert (code, said.splitlines()[-1]) == (3, "2 of 3 rows answered, 1 failed.")
    assert (tmp_path / "two.jsonl").read_bytes() == job.output.read_bytes()


def test_what_is_sent_to_a_worker_shows_no_person_in_a_log(write_list: WriteList) -> None:
    part = Part(0, tuple(read_rows(write_list(HEADING, GOOD, BAD, ALSO_GOOD))))

    assert "A-1" not in repr(part)
    assert "78207" not in repr(part)


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_named(start: StartBatch, write_list: WriteList, tmp_path: Path) -> None:
    code, said = ended(
        start(write_list(HEADING, GOOD), "--out", tmp_path / "out.jsonl", "--scheduler", "tcp://127.0.0.1:9")
    )

    assert code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in said


@pytest.mark.slow
def test_a_killed_worker_and_a_killed_run_lose_nothing_and_double_nothing(
    write_list: WriteList, start: StartBatch, tmp_path: Path
) -> None:
    people = [GOOD.replace("A-1", f"P-{number}") for number in range(batch.ROWS_A_PART * 8 + 20)]
    output = tmp_path / "out.jsonl"
    options = (write_list(HEADING, *people), "--out", output, "--resume", "--workers", 2)
    parts = Parts(output)

    first = start(*options)
    wait_until(lambda: any(map(parts.has, range(9))), what="a first part was not written")
    workers_of(first)[0].kill()
    written = sum(map(parts.has, range(9)))
    wait_until(lambda: sum(map(parts.has, range(9))) >= written + 3, what="the others did not go on")
    orphans = workers_of(first)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    psutil.wait_procs(orphans, timeout=PATIENCE_SECONDS)
    code, said = ended(start(*options))

    assert not any(process.is_running() for process in orphans), "workers outlived the run"
    assert (code, said.splitlines()[-1]) == (0, f"{len(people)} of {len(people)} rows answered, 0 failed.")
    documents = [orjson.loads(line) for line in output.read_bytes().splitlines()]
    assert [document["reference"] for document in documents] == [f"P-{n}" for n in range(len(people))]


@pytest.mark.slow
def test_the_workers_of_a_scheduler_answer_a_list(
    job: BatchJob, engine: MatchEngine, start: StartBatch, data_dir: Path, tmp_path: Path
) -> None:
    run(job, engine, quiet)
    address = f"tcp://127.0.0.1:{free_port()}"

    with (
        running("dask_scheduler", "--host", address, "--no-dashboard"),
        running("dask_worker", address, "--nthreads", "1", "--no-dashboard", STACKWAY_DATA_DIR=str(data_dir)),
    ):
        options = ("--as-of", job.as_of.isoformat(), "--scheduler", address)
        code, said = ended(start(job.source, "--out", tmp_path / "far.jsonl", *options))

    assert (code, said.splitlines()[-1]) == (3, "2 of 3 rows answered, 1 failed.")
    assert (tmp_path / "far.jsonl").read_bytes() == job.output.read_bytes()


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes of a run that answer."""
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


@contextmanager
def running(program: str, *options: str, **environment: str) -> Iterator[None]:
    """One of Dask's own programs for as long as needed."""
    command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
    process = subprocess.Popen(  # noqa: S603 # Dask's command
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()
