"""Service and workers killed twenty-five times each while lists come in: each list once, each row once, none late."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import orjson
import psycopg
import pytest

from app import clock
from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.audit import open_anchor, verify
from app.services.vault import open_vault
from tests.app.jobs.boards import LEASE_SECONDS, Board
from tests.app.processes import PATIENCE_SECONDS, Service, running_service

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "fresh", reason="many minutes: `make fuzz` does it"),
]

KILLS = 25
ROWS = 60
LATEST_SECONDS = LEASE_SECONDS + 5  # for rows of a worker that was killed to be taken up by another
ADDRESS = f"/v1/batches?plans=1&as_of={clock.today()}"

# Few enough that each can be asked about by itself as well; one has faults.
PEOPLE = [
    {**PROFILE, "reference": f"P-{n}", "constraints": {"study_hours_per_week": {"value": n + 5}}} for n in range(11)
]
PEOPLE.append({"reference": "P-11", "location": {"zip": "7820x"}})
LIST = b"\n".join(orjson.dumps(PEOPLE[n % len(PEOPLE)]) for n in range(ROWS))


@dataclass(slots=True)
class Sender:
    """Sends one list after the other, each until it is taken, and waits until it is done."""

    service: Service
    name: str
    ended: Event = field(default_factory=Event)
    sending: Event = field(default_factory=Event)
    lists: list[str] = field(default_factory=list)
    odd: list[Any] = field(default_factory=list)  # replies that nobody should get, whatever is killed

    def run(self) -> None:
        while not self.ended.is_set():
            key = f"{self.name}-{len(self.lists)}"
            self.lists.append(json.loads(self._until({202}, "POST", ADDRESS, LIST, key))["id"])
            while json.loads(self._until({200}, "GET", f"/v1/batches/{self.lists[-1]}"))["state"] != "done":
                time.sleep(0.05)

    def _until(self, wanted: set[int], method: str, address: str, body: bytes | None = None, key: str = "-") -> bytes:
        while True:
            self.sending.set()
            status, content = self.service.ask(
                method, address, body, Idempotency_Key=key, Content_Type="application/x-ndjson"
            )
            if status in wanted:
                return content
            # 409: the database has not noticed yet that the one before was killed.
            if status not in {0, 409, 503}:
                self.odd.append((status, content))
            time.sleep(0.02)


@contextmanager
def sending(service: Service, *names: str) -> Iterator[list[Sender]]:
    senders = [Sender(service, name) for name in names]
    threads = [Thread(target=sender.run, daemon=True) for sender in senders]
    for thread in threads:
        thread.start()
    yield senders
    for sender in senders:
        sender.ended.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive(), "a list was not done in time"


Held = dict[tuple[str, int], int]  # parts that are being answered, and how often each was taken


def parts(board: Board, where: str) -> Held:
    with psycopg.connect(board.owner_url) as connection:
        found = connection.execute(f"select batch_id::text, number, token from batch_parts where {where}")  # type: ignore[call-overload] # noqa: S608 # our own words
        return {(row[0], row[1]): row[2] for row in found}


def in_the_middle_of_a_part(board: Board) -> Held:
    """Wait until rows are being answered; which."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (held := parts(board, "leased_until > now() and answered_at is null")):
        assert time.monotonic() < until, "nobody answered any rows"
    return held


def seconds_until_taken_up(board: Board, held: Held) -> float:
    """How long it takes until each of these is answered, or has been taken by another worker."""
    started = time.monotonic()
    while True:
        answered, tokens = parts(board, "answered_at is not null"), parts(board, "true")
        if all(part in answered or tokens[part] > token for part, token in held.items()):
            return time.monotonic() - started
        assert time.monotonic() - started < PATIENCE_SECONDS, "rows of a killed worker were not taken up"
        time.sleep(0.02)


def test_service_and_workers_killed_again_and_again_keep_each_list_and_answer_each_row_once(
    board: Board, database: EmbeddedServer, tmp_path: Path
) -> None:
    waits: list[float] = []
    with running_service(database, board.settings, tmp_path / "service.log") as service:
        with ExitStack() as running, sending(service, "one", "two") as senders:
            workers = [running.enter_context(board.worker(tmp_path / "log")) for _ in range(2)]
            for number in range(KILLS):
                held = in_the_middle_of_a_part(board)
                workers[number % 2].send_signal(signal.SIGKILL)
                waits.append(seconds_until_taken_up(board, held))
                workers[number % 2] = running.enter_context(board.worker(tmp_path / "log"))

                senders[number % 2].sending.clear()
                assert senders[number % 2].sending.wait(PATIENCE_SECONDS)
                time.sleep(0.004 * number)  # before it is read, while it is kept, when it is kept and not yet answered
                service.kill()
                service.start()
        lists = [one for sender in senders for one in sender.lists]
        print(f"{len(lists)} lists, taken up after {sorted(waits)}")  # noqa: T201 # figures to report

        assert [sender.odd for sender in senders] == [[], []]
        assert len(lists) >= 4
        check_kept_and_answered_once(board, lists)
        expected = answers_one_by_one(service)
        for one in lists:
            assert service.ask("GET", f"/v1/batches/{one}/results") == (200, expected)
            faults = service.ask("GET", f"/v1/batches/{one}/errors")[1].decode().splitlines()
            assert {line.partition(",")[0] for line in faults[1:]} == {"12", "24", "36", "48", "60"}
        assert max(waits) <= LATEST_SECONDS, waits


def check_kept_and_answered_once(board: Board, lists: list[str]) -> None:
    """The lists are there and no others; each part was written once; and the audit holds."""
    with psycopg.connect(board.owner_url) as connection:
        kept = [str(row[0]) for row in connection.execute("select id from batches").fetchall()]
        written = connection.execute("select count(*) from audit_events where action = 'batch.answer'").fetchone()
        answered = connection.execute("select count(*), count(answered_at), count(rows) from batch_parts").fetchone()
    number_of_parts = ROWS // 20 * len(lists)
    assert sorted(kept) == sorted(lists)
    assert written == (number_of_parts,)
    assert answered == (number_of_parts, number_of_parts, 0)
    with closing(Database(board.owner_url, board.settings)) as pool:
        verdicts = verify(pool, open_vault(board.settings), open_anchor(board.settings).codes())
    assert {verdict.board: verdict.fault for verdict in verdicts}["demo"] is None


def answers_one_by_one(service: Service) -> bytes:
    """The results of a list, put together from what `/v1/matches` answers to each of the people on it."""
    address, kind = f"/v1/matches?store=false&{ADDRESS.partition('?')[2]}", "application/json"
    alone = [service.ask("POST", address, orjson.dumps(person), Content_Type=kind) for person in PEOPLE]
    assert [status for status, _ in alone] == [200] * 11 + [422]
    people = [(row, (row - 1) % len(PEOPLE)) for row in range(1, ROWS + 1) if row % len(PEOPLE)]
    return b"".join(
        b'{"row":%d,"reference":"P-%d","answer":%s}\n' % (row, person, alone[person][1]) for row, person in people
    )
