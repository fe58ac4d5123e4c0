"""A list is taken apart before anything of it is kept: whoever sends a long one keeps no connection from others."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date

import psutil
import psycopg
import pytest

from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.errors import ConflictError
from app.jobs.files import Kind
from app.services.answering import MatchEngine
from app.services.audit import open_anchor
from app.services.batch_work import BatchWork
from app.services.batches import Batches, HowToAnswer, Upload
from app.services.ledger import Ledger, Made, Once
from app.services.vault import open_vault
from app.settings import Settings
from tests.app.jobs.people import ALSO_GOOD, BAD, HEADING
from tests.app.services.test_batch_work import AT_ONCE as OVER_AT_ONCE
from tests.app.services.test_batch_work import CALLER

SECONDS = 60.0  # for a process to be there, on a machine with much else to do
PEOPLE = 2500  # of whom the parts are more than are kept together


@dataclass(frozen=True, slots=True)
class Lists:
    """A board's lists, and the database they are kept in."""

    batches: Batches
    snapshot: str
    owner_url: str

    def send(self, content: bytes, once: Once | None = None) -> Made:
        how = HowToAnswer(date(2026, 11, 22), 1, "en", self.snapshot, dry_run=False)
        with tempfile.TemporaryFile() as file:
            file.write(content)
            return self.batches.create(CALLER, Upload(file, Kind.CSV), how, once)

    def in_a_transaction(self) -> int:
        """Connections of the service that hold one open."""
        with psycopg.connect(self.owner_url) as connection:
            found = connection.execute(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and application_name = 'stackway' and state <> 'idle'"
            ).fetchone()
        assert found is not None
        return int(found[0])


@pytest.fixture
def lists(settings: Settings, database: EmbeddedServer, engine: MatchEngine) -> Iterator[Lists]:
    with closing(Database(database.url, settings)) as pool:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        yield Lists(Batches(ledger, settings), engine.snapshot.digest, database.owner_url)


def stopped_at_work() -> psutil.Process:
    """The process that takes a list apart, standing still."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                if "app.jobs.splitting" in process.cmdline():
                    os.kill(process.pid, signal.SIGSTOP)
                    return process
    raise AssertionError("nobody took the list apart")


@pytest.mark.parametrize("once", [None, Once("k-1", "POST /v1/batches", b"sent")], ids=["once", "with a key"])
def test_while_a_list_is_taken_apart_no_connection_is_held(lists: Lists, once: Once | None) -> None:
    content = "\n".join([HEADING, *([ALSO_GOOD] * PEOPLE)]).encode()
    with ThreadPoolExecutor(1) as sender:
        sending = sender.submit(lists.send, content, once)
        at_work = stopped_at_work()
        held = lists.in_a_transaction()
        at_work.send_signal(signal.SIGCONT)
        made = sending.result(SECONDS)

    kept = lists.batches.get(CALLER, made.id)
    with psycopg.connect(lists.owner_url) as connection:
        parts = connection.execute("select number, row_numbers from batch_parts order by number").fetchall()
    assert held == 0
    assert (kept.state, kept.total) == ("queued", PEOPLE)
    assert [number for number, _ in parts] == list(range(PEOPLE // 20))
    assert [row for _, rows in parts for row in rows] == list(range(1, PEOPLE + 1))


def test_a_list_that_is_sent_twice_at_once_with_one_key_is_kept_once(lists: Lists) -> None:
    content, once = "\n".join([HEADING, ALSO_GOOD]).encode(), Once("k-1", "POST /v1/batches", b"sent")
    with ThreadPoolExecutor(1) as sender:
        slow = sender.submit(lists.send, content, once)
        at_work = stopped_at_work()
        quick = lists.send(content, once)
        at_work.send_signal(signal.SIGCONT)
        told = slow.result(SECONDS)

    assert (quick.replayed, told.replayed) == (False, True)
    assert (told.id, told.body) == (quick.id, quick.body)
    assert len(lists.batches.list(CALLER, limit=9, cursor=None).items) == 1


def test_corrections_of_a_list_that_was_corrected_while_they_were_read_are_not_taken(
    lists: Lists, engine: MatchEngine
) -> None:
    made = lists.send("\n".join([HEADING, ALSO_GOOD, BAD]).encode())
    work = BatchWork(lists.batches.ledger, lambda _: engine, OVER_AT_ONCE)
    assert work.answer("demo", made.id, 0)
    corrected = f"row,{HEADING}\n2,{ALSO_GOOD}\n".encode()

    def correct() -> Made:
        with tempfile.TemporaryFile() as file:
            file.write(corrected)
            return lists.batches.correct(CALLER, made.id, Upload(file, Kind.CSV), None)

    with ThreadPoolExecutor(1) as sender:
        slow = sender.submit(correct)
        at_work = stopped_at_work()
        correct()
        assert work.answer("demo", made.id, 1)
        at_work.send_signal(signal.SIGCONT)
        with pytest.raises(ConflictError, match="send them again"):
            slow.result(SECONDS)

    kept = lists.batches.get(CALLER, made.id)
    assert (kept.state, kept.done, kept.errors, kept.rounds) == ("done", 2, 0, 2)
