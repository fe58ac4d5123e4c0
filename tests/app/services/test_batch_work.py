"""A part is written by who holds it, whole or not at all; what nobody answers is queued again."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta

import psycopg
import pytest

from app.db import batches
from app.db.batches import KeptBatch
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.jobs.files import Kind
from app.services.answering import Engine, MatchEngine
from app.services.audit import open_anchor
from app.services.batch_results import BatchResults
from app.services.batch_work import BatchWork
from app.services.batches import Batches, HowToAnswer, Upload
from app.services.ledger import Ledger
from app.services.principal import Principal, Scope
from app.services.vault import open_vault
from app.settings import Settings
from taxonomy.snapshot import SnapshotError
from tests.app.jobs.people import ALSO_GOOD, BAD, HEADING

CALLER = Principal("demo", frozenset(Scope), None)
AT_ONCE = timedelta(0)  # a lease that is over as soon as it is taken


@dataclass(frozen=True, slots=True)
class Sent:
    """A list of two people, one with faults, and who may answer it."""

    id: uuid.UUID
    batches: Batches
    results: BatchResults
    work: BatchWork
    owner_url: str

    def kept(self) -> KeptBatch:
        return self.batches.get(CALLER, self.id)

    def forget_jobs(self) -> int:
        """As if the queue had lost them."""
        with psycopg.connect(self.owner_url, options="-c search_path=queue,public") as connection:
            return connection.execute("delete from procrastinate_jobs").rowcount


@pytest.fixture
def sent(settings: Settings, database: EmbeddedServer, engine: MatchEngine) -> Iterator[Sent]:
    with closing(Database(database.url, settings)) as pool, tempfile.TemporaryFile() as file:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        lists = Batches(ledger, settings)
        file.write("\n".join((HEADING, ALSO_GOOD, BAD)).encode())
        how = HowToAnswer(date(2026, 11, 22), 1, "en", engine.snapshot.digest, dry_run=False)
        made = lists.create(CALLER, Upload(file, Kind.CSV), how, None)
        work = BatchWork(ledger, lambda _: engine, timedelta(seconds=30))
        yield Sent(made.id, lists, BatchResults(ledger), work, database.owner_url)


def test_who_lost_the_lease_writes_nothing(sent: Sent) -> None:
    pool = sent.work.ledger.database
    with pool.session("demo") as session, session.begin():
        first = batches.claim_part(session, sent.id, 0, AT_ONCE)
    with pool.session("demo") as session, session.begin():
        second = batches.claim_part(session, sent.id, 0, timedelta(seconds=30))
    assert first is not None
    assert second is not None
    with pool.session("demo") as session, session.begin():
        late = batches.answer_part(session, first, [], b"late", None)
        renewed = batches.renew_lease(session, first, timedelta(seconds=30))
    with pool.session("demo") as session, session.begin():
        held = batches.answer_part(session, second, [2], b"held", None)

    assert (late, renewed) == (None, False)
    assert held is not None
    assert (held.state, held.done, held.errors) == ("done", 2, 1)


def test_a_part_is_taken_by_one_and_answered_once(sent: Sent) -> None:
    with sent.work.ledger.database.session("demo") as session, session.begin():
        assert batches.claim_part(session, sent.id, 0, timedelta(seconds=30)) is not None

    assert not sent.work.answer("demo", sent.id, 0)
    assert sent.kept().done == 0


def test_what_was_answered_is_not_answered_again(sent: Sent) -> None:
    assert sent.work.answer("demo", sent.id, 0)
    first = list(sent.results.answers(CALLER, sent.id))

    assert not sent.work.answer("demo", sent.id, 0)
    assert list(sent.results.answers(CALLER, sent.id)) == first


def test_a_part_whose_job_is_gone_is_queued_again_once(sent: Sent) -> None:
    assert sent.work.requeue_lost() == 0
    assert sent.forget_jobs() == 1

    assert sent.work.requeue_lost() == 1
    assert sent.work.requeue_lost() == 0
    assert sent.work.answer("demo", sent.id, 0)
    assert sent.forget_jobs() == 1
    assert sent.work.requeue_lost() == 0


def test_a_part_that_was_lost_comes_before_all_that_was_sent_since(sent: Sent) -> None:
    sent.forget_jobs()
    with tempfile.TemporaryFile() as file:
        file.write("\n".join((HEADING, *([ALSO_GOOD] * 50))).encode())
        how = HowToAnswer(date(2026, 11, 22), 1, "en", sent.kept().snapshot, dry_run=False)
        sent.batches.create(CALLER, Upload(file, Kind.CSV), how, None)
    assert sent.work.requeue_lost() == 1

    with psycopg.connect(sent.owner_url, options="-c search_path=queue,public") as connection:
        in_turn = connection.execute(
            "select args->>'batch' from procrastinate_jobs order by priority desc, id"  # as the library takes them
        ).fetchall()
    assert len(in_turn) == 4
    assert in_turn[0] == (str(sent.id),)


def test_another_board_cannot_answer_it(sent: Sent) -> None:
    assert not sent.work.answer("cameron", sent.id, 0)
    assert sent.kept().state == "queued"


def test_a_worker_told_to_end_gives_back_what_it_has(sent: Sent) -> None:
    sent.work.stopping.set()
    assert not sent.work.answer("demo", sent.id, 0)
    sent.work.stopping.clear()

    assert sent.work.answer("demo", sent.id, 0)
    assert sent.kept().state == "done"


def test_without_the_data_it_was_begun_with_a_list_fails_and_keeps_nobodys_rows(sent: Sent) -> None:
    def gone(_: str) -> Engine:
        raise SnapshotError("no such data")

    assert not replace(sent.work, open_engine=gone).answer("demo", sent.id, 0)

    assert (sent.kept().state, sent.kept().failure) == ("failed", "data_gone")
    with psycopg.connect(sent.owner_url) as connection:
        assert connection.execute("select count(rows) from batch_parts").fetchone() == (0,)


class Untouchable(MatchEngine):
    """Whose every use would end the process once more."""

    def __init__(self) -> None:
        pass

    def __getattribute__(self, name: str) -> object:
        raise SystemExit(name)


def test_a_part_that_ends_all_its_workers_is_given_up_row_by_row(sent: Sent) -> None:
    with psycopg.connect(sent.owner_url) as connection:
        connection.execute("update batch_parts set token = 40")

    assert replace(sent.work, open_engine=lambda _: Untouchable()).answer("demo", sent.id, 0)

    faults = list(sent.results.faults(CALLER, sent.id))
    assert [fault["code"] for fault in faults if fault["row"] == 1] == ["given_up"]
    assert sent.kept().errors == 2
