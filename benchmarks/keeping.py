"""Lists and stored results of the service, against the engine alone and against raw COPY into the same PostgreSQL."""

import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import orjson
import psycopg

from app import clock
from app.db import batches
from app.db.batches import Claim
from app.jobs.batch import Answered, answer_row
from app.jobs.files import Kind
from app.jobs.rows import Row, read_row
from app.services.answering import MatchEngine
from app.services.batch_rows import ROWS_A_PART, open_rows, part_id
from app.services.batch_work import BatchWork
from app.services.batches import Batches, HowToAnswer, Upload
from app.services.ledger import Ledger
from app.services.principal import Principal, Scope, Worker
from app.settings import Settings

CALLER = Principal("bench", frozenset(Scope), None)
_LEASE = timedelta(minutes=10)
_SLICE = 5_000  # answers kept, and then copied, in one turn
_TITLES = ("nursing home aide", "warehouse picker", "cashier", "welder", "line cook")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds for the same work, done by the service and in the least way."""

    service: float
    least: float
    what: str

    @property
    def ratio(self) -> float:
        """Of the service's speed to the other's."""
        return self.least / self.service


def people(count: int) -> Iterator[bytes]:
    """A list as JSON lines: people who differ in their job, its length and their limit of money."""
    for row in range(count):
        job = {"title": _TITLES[row % len(_TITLES)], "months": 6 + row % 60}
        limits = {"max_out_of_pocket_usd": {"value": 100 * (1 + row % 40), "hard": True}}
        yield orjson.dumps(
            {
                "reference": f"P-{row}",
                "location": {"zip": "78207"},
                "work_history": [job],
                "education": {"level": "high_school_diploma"},
                "constraints": limits,
            }
        )


class Lists:
    """Lists sent and answered within this process, by what `stackway worker` runs."""

    def __init__(self, ledger: Ledger, settings: Settings, engine: MatchEngine) -> None:
        self._ledger, self._engine = ledger, engine
        self._lists = Batches(ledger, settings)
        self._work = BatchWork(ledger, lambda _: engine, _LEASE)

    def send(self, count: int) -> uuid.UUID:
        """A list of so many people, taken apart and kept, as `POST /v1/batches` does."""
        how = HowToAnswer(clock.today(), None, "en", self._engine.snapshot.digest, dry_run=False)
        with tempfile.TemporaryFile() as file:
            file.write(b"\n".join(people(count)))
            return self._lists.create(CALLER, Upload(file, Kind.JSONL), how, None).id

    def rows_a_second(self, count: int, rounds: int) -> Times:
        """Answering a list from its first part to its last, against the engine alone on the same people."""
        sent = [self.send(count) for _ in range(rounds)]
        rows = self._rows(sent[0], count)
        pairs = [(self._seconds_of_list(batch, count), self._seconds_of_engine(rows)) for batch in sent]
        service, least = (statistics.median(times) for times in zip(*pairs, strict=True))
        return Times(service, least, f"{count / service:.1f} rows/s in a list, {count / least:.1f} by the engine alone")

    def stored(self, count: int, owner_url: str) -> Times:
        """Keeping so many answers as lists do, part by part, against one COPY of a row for each.

        Slice by slice in turns, so that a machine that is busy for a while is so for both, and what is copied does not
        fill the disk.
        """
        batch = self.send(5 * ROWS_A_PART)
        rows = self._rows(batch, 5 * ROWS_A_PART)
        answers = [answer_row(row, self._engine, clock.today(), None, "en") for row in rows]
        pairs = []
        for start in range(0, count, _SLICE):
            few = min(_SLICE, count - start)
            pairs.append((self._seconds_of_keeping(few, rows, answers), _seconds_of_copy(owner_url, answers, few)))
        service, least = (sum(seconds) for seconds in zip(*pairs, strict=True))
        shares = sorted(copied / kept for kept, copied in pairs)
        size = statistics.mean(len(answer.line or b"") for answer in answers)
        said = (
            f"{count / service:,.0f} results/s kept, {count / least:,.0f} by COPY; {size:,.0f} bytes each; "
            f"{len(pairs)} slices in turns ({shares[0]:.2f} to {shares[-1]:.2f})"
        )
        return Times(service, least, said)

    def _seconds_of_keeping(self, count: int, rows: list[Row], answers: list[Answered]) -> float:
        """The answers to a list of so many, the same few again and again, kept part by part."""
        batch, seconds = self.send(count), 0.0
        for number in range(_parts(count)):
            claim = self._claimed(batch, number)
            start = (number * ROWS_A_PART) % len(rows)
            part = list(islice(zip(rows, answers, strict=True), start, start + len(claim.row_numbers)))
            started = time.perf_counter()
            if not self._work.keep(CALLER.board, claim, part):
                raise SystemExit("a part was not kept")
            seconds += time.perf_counter() - started
        return seconds

    def _rows(self, batch: uuid.UUID, count: int) -> list[Row]:
        found: list[Row] = []
        for number in range(_parts(count)):
            claim = self._claimed(batch, number, timedelta(0))
            with self._ledger.act(Worker(CALLER.board), "batch.answer") as act:
                key = act.get_person(batch, "batch")
            heading, sent = open_rows(key, part_id(batch, number), claim.rows)
            found += [read_row(heading, raw) for raw in sent]
        return found

    def _claimed(self, batch: uuid.UUID, number: int, lease: timedelta = _LEASE) -> Claim:
        with self._ledger.database.session(CALLER.board) as session, session.begin():
            claim = batches.claim_part(session, batch, number, lease)
        if claim is None:
            raise SystemExit(f"part {number} is not to be had")
        return claim

    def _seconds_of_list(self, batch: uuid.UUID, count: int) -> float:
        started = time.perf_counter()
        for number in range(_parts(count)):
            if not self._work.answer(CALLER.board, batch, number):
                raise SystemExit(f"part {number} was not answered")
        return time.perf_counter() - started

    def _seconds_of_engine(self, rows: list[Row]) -> float:
        seekers = [row.seeker for row in rows if row.seeker is not None]
        started = time.perf_counter()
        for seeker in seekers:
            self._engine.answer(seeker, clock.today())
        return time.perf_counter() - started


def _parts(count: int) -> int:
    return -(-count // ROWS_A_PART)


def _seconds_of_copy(owner_url: str, answers: list[Answered], count: int) -> float:
    """One COPY, in the binary format, of a row for each answer as it is: not compressed, encrypted or written down."""
    batch = uuid.uuid4()
    with psycopg.connect(owner_url) as connection:
        connection.execute("create table copied (batch uuid, row integer, answer bytea)")
        # The server's own compression, tried on each answer, would cost more than all the rest.
        connection.execute("alter table copied alter column answer set storage external")
        connection.commit()
        started = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("copy copied from stdin (format binary)") as copy:
            copy.set_types(("uuid", "int4", "bytea"))
            for row in range(count):
                copy.write_row((batch, row, answers[row % len(answers)].line))
        connection.commit()
        seconds = time.perf_counter() - started
        connection.execute("drop table copied")
        return seconds
