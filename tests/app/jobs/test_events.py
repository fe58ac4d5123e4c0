"""A worker as a process of its own sends events, whatever is slow and whatever is killed; lists do not wait for it."""

import json
import signal
import time
import uuid
from pathlib import Path

import psycopg
import pytest

from app.services.answering import MatchEngine
from app.services.webhooks import Wanted, Webhooks
from tests.app.jobs.boards import CALLER, Board
from tests.app.receivers import NAMES, OK, Receiver, answering, dribbling, make_certificate, receiver

SILENT = dribbling(b"", 0.5)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_certificate(tmp_path / "tls.pem", *NAMES)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    return made


def _sending(board: Board, to: Receiver) -> tuple[Board, uuid.UUID]:
    """The board with a webhook that leads to this machine, and its workers allowed to send there."""
    host = f"localhost:{to.port}"
    allowed = {"webhook_hosts": (host,), "webhook_networks": ("127.0.0.0/8", "::1/128")}
    sending = Board(board.settings.model_copy(update=allowed), board.batches, board.results, board.owner_url)
    wanted = Wanted(f"https://{host}/in", ("batch.done",), enabled=True)
    return sending, Webhooks(board.batches.ledger, (host,)).create(CALLER, wanted, None).id


def _wait_until(board: Board, state: str, number: int) -> None:
    until = time.monotonic() + 60
    while True:
        with psycopg.connect(board.owner_url) as connection:
            row = connection.execute("select count(*) from webhook_deliveries where state = %s", [state]).fetchone()
        if row == (number,):
            return
        assert time.monotonic() < until, f"no {number} events became {state}"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_list_that_is_done_is_told_and_a_receiver_that_sleeps_keeps_no_list_waiting(
    board: Board, tmp_path: Path, engine: MatchEngine, certificate: Path
) -> None:
    with receiver(certificate, *[SILENT] * 5, answering(OK)) as asleep:
        sending, _ = _sending(board, asleep)
        first = sending.send(tmp_path, 20, engine.snapshot.digest)
        with sending.worker(tmp_path / "log"):
            asleep.wait_for(1)  # and it does not answer
            lists = [sending.send(tmp_path, 20, engine.snapshot.digest) for _ in range(4)]
            began = time.monotonic()
            sending.wait_for(100)
            assert time.monotonic() - began < 8  # less than one attempt takes, of which five are under way
            _wait_until(sending, "delivered", 5)

    told = [json.loads(one.body)["data"]["batch_id"] for one in asleep.came]
    assert set(told) == {str(batch) for batch in (first, *lists)}
    assert len({one.headers["webhook-id"] for one in asleep.came}) == 5


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_leaves_the_event_to_another_under_the_same_id(
    board: Board, tmp_path: Path, engine: MatchEngine, certificate: Path
) -> None:
    with receiver(certificate, SILENT, answering(OK)) as asleep:
        sending, _ = _sending(board, asleep)
        batch = sending.send(tmp_path, 20, engine.snapshot.digest)
        with sending.worker(tmp_path / "log") as worker:
            asleep.wait_for(1)
            worker.send_signal(signal.SIGKILL)
        with psycopg.connect(board.owner_url) as connection:  # its lease is over
            connection.execute("update webhook_deliveries set due_at = now() where due_at is not null")
            connection.execute("update queue.procrastinate_events set at = at - interval '10 minutes'")
        with sending.worker(tmp_path / "log"):
            asleep.wait_for(2)
            _wait_until(sending, "delivered", 1)

    one, two = asleep.came
    assert (one.body, one.headers["webhook-id"]) == (two.body, two.headers["webhook-id"])
    assert json.loads(one.body)["data"] == {"batch_id": str(batch)}


@pytest.mark.slow
def test_a_worker_that_is_told_to_end_ends_soon_though_a_receiver_sleeps(
    board: Board, tmp_path: Path, engine: MatchEngine, certificate: Path
) -> None:
    with receiver(certificate, SILENT) as asleep:
        sending, _ = _sending(board, asleep)
        sending.send(tmp_path, 20, engine.snapshot.digest)
        with sending.worker(tmp_path / "log") as worker:
            asleep.wait_for(1)
            worker.terminate()
            assert worker.wait(20) == 0
    _wait_until(sending, "waiting", 1)
