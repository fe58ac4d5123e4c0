"""Lists over HTTP: sent, answered by a worker, read, corrected, cancelled and erased."""

import csv
import io
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from app.api.examples import LIST_CSV, PROFILE
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.jobs.batch import BatchJob, run
from app.jobs.output import Format
from app.services.answering import MatchEngine
from app.services.audit import open_anchor
from app.services.batch_work import BatchWork
from app.services.ledger import Ledger
from app.services.principal import Scope
from app.services.vault import open_vault
from app.settings import Settings
from tests.app.conftest import MakeKey
from tests.app.jobs.people import ALSO_GOOD, BAD, DAY, GOOD, HEADING

CSV = {"Content-Type": "text/csv"}
PEOPLE = "\n".join((HEADING, GOOD, BAD, ALSO_GOOD)).encode()


class Work:
    """Does what a worker does, when a test says so."""

    def __init__(self, work: BatchWork, database: EmbeddedServer) -> None:
        self._work, self._url = work, database.owner_url

    def __call__(self) -> None:
        """Answer all that is queued."""
        with psycopg.connect(self._url, autocommit=True, options="-c search_path=queue,public") as connection:
            query = "delete from procrastinate_jobs returning args"
            for (args,) in connection.execute(query).fetchall():
                self._work.answer(args["board"], uuid.UUID(args["batch"]), args["part"])


@pytest.fixture
def work(settings: Settings, database: EmbeddedServer, engine: MatchEngine) -> Iterator[Work]:
    with closing(Database(database.url, settings)) as pool:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        yield Work(BatchWork(ledger, lambda _: engine, timedelta(seconds=30)), database)


def send(client: TestClient, content: bytes = PEOPLE, path: str = "/v1/batches", **headers: str) -> dict[str, Any]:
    response = client.post(
        f"{path}?as_of={DAY}" if path.endswith("s") else path, content=content, headers=CSV | headers
    )
    assert response.status_code == 202, response.text
    sent: dict[str, Any] = response.json()
    return sent


def errors_of(client: TestClient, batch: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/v1/batches/{batch}/errors").text)))


def answers_of(client: TestClient, batch: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in client.get(f"/v1/batches/{batch}/results").content.splitlines()]


def test_a_list_is_taken_at_once_and_answered_later(client: TestClient, work: Work) -> None:
    response = client.post("/v1/batches", content=PEOPLE, headers=CSV)
    address = response.headers["location"]
    before = client.get(address)

    work()

    after = client.get(address)
    assert (response.status_code, response.headers["etag"]) == (202, before.headers["etag"])
    assert (before.json()["state"], before.json()["total"], before.json()["done"]) == ("queued", 3, 0)
    assert {after.json()[name]: name for name in ("total", "done")} == {3: "done"}
    assert (after.json()["state"], after.json()["errors"]) == ("done", 1)
    assert before.headers["etag"] != after.headers["etag"] == f'"v{after.json()["version"]}"'


def test_what_comes_out_is_byte_for_byte_what_the_command_writes(
    client: TestClient, work: Work, engine: MatchEngine, tmp_path: Path
) -> None:
    batch = send(client)["id"]
    work()

    source = tmp_path / "list.csv"
    source.write_bytes(PEOPLE)
    for kind in Format:
        job = BatchJob(source, tmp_path / f"out.{kind}", tmp_path / "errors.csv", kind, DAY)
        run(job, engine, lambda _: None)
        sent = client.get(f"/v1/batches/{batch}/results?format={kind}").content
        assert sent == job.output.read_bytes(), kind
    assert client.get(f"/v1/batches/{batch}/errors").content == (tmp_path / "errors.csv").read_bytes()


def test_one_person_gets_the_same_bytes_alone_and_on_a_list(client: TestClient, work: Work) -> None:
    alone = client.post(f"/v1/matches?store=false&as_of={DAY}", json=PROFILE).content

    response = client.post(
        f"/v1/batches?as_of={DAY}", content=orjson.dumps(PROFILE), headers={"Content-Type": "application/x-ndjson"}
    )
    work()

    (line,) = client.get(f"/v1/batches/{response.json()['id']}/results").content.splitlines()
    assert line == b'{"row":1,"reference":"A-1042","answer":' + alone + b"}"


def test_a_dry_run_tells_the_faults_and_answers_nobody(client: TestClient, work: Work) -> None:
    sent = client.post("/v1/batches?dry_run=true", content=PEOPLE, headers=CSV).json()
    work()

    done = client.get(f"/v1/batches/{sent['id']}").json()
    assert (done["state"], done["done"], done["errors"]) == ("done", 3, 1)
    assert {(e["row"], e["column"]) for e in errors_of(client, sent["id"])} == {("2", "zip"), ("2", "job_months_1")}
    assert answers_of(client, sent["id"]) == []


def test_only_the_rows_that_failed_are_sent_again(client: TestClient, work: Work) -> None:
    batch = send(client)["id"]
    work()
    first = answers_of(client, batch)
    good_again = BAD.replace("7820x", "78207").replace("twelve", "12")

    sent = send(client, f"row,{HEADING}\n2,{good_again}\n".encode(), f"/v1/batches/{batch}/corrections")
    assert (sent["state"], sent["done"], sent["errors"]) == ("queued", 2, 0)
    work()

    done = client.get(f"/v1/batches/{batch}").json()
    assert (done["state"], done["done"], done["errors"], done["rounds"]) == ("done", 3, 0, 2)
    assert [row["row"] for row in answers_of(client, batch)] == [1, 2, 3]
    assert [row for row in answers_of(client, batch) if row["row"] != 2] == first
    assert errors_of(client, batch) == []


def test_a_row_corrected_wrongly_is_told_its_new_faults_only(client: TestClient, work: Work) -> None:
    batch = send(client)["id"]
    work()

    again = BAD.replace("7820x", "78207")
    send(client, f"row,{HEADING}\n2,{again}\n".encode(), f"/v1/batches/{batch}/corrections")
    work()

    assert {(e["row"], e["column"]) for e in errors_of(client, batch)} == {("2", "job_months_1")}


@pytest.mark.parametrize("row", ["1", "9", "x", ""])
def test_a_correction_of_a_row_that_did_not_fail_is_refused_whole(client: TestClient, work: Work, row: str) -> None:
    batch = send(client)["id"]
    work()
    before = client.get(f"/v1/batches/{batch}").json()

    content = f"row,{HEADING}\n{row},{GOOD}\n".encode()
    response = client.post(f"/v1/batches/{batch}/corrections", content=content, headers=CSV)

    assert response.status_code == 422
    assert client.get(f"/v1/batches/{batch}").json() == before


def test_a_list_is_not_corrected_or_read_before_it_is_done(client: TestClient) -> None:
    batch = send(client)["id"]

    assert client.get(f"/v1/batches/{batch}/results").status_code == 409
    assert client.get(f"/v1/batches/{batch}/errors").status_code == 409
    assert client.post(f"/v1/batches/{batch}/corrections", content=PEOPLE, headers=CSV).status_code == 409


def test_a_cancelled_list_is_answered_no_further_and_keeps_nothing_of_who_waited(
    client: TestClient, work: Work, database: EmbeddedServer
) -> None:
    batch = send(client)["id"]

    cancelled = client.post(f"/v1/batches/{batch}/cancel").json()
    work()

    assert client.post(f"/v1/batches/{batch}/cancel").json() == cancelled == client.get(f"/v1/batches/{batch}").json()
    assert cancelled["state"] == "cancelled"
    assert answers_of(client, batch) == []
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(rows), count(answers) from batch_parts").fetchone() == (0, 0)


def test_an_erased_list_leaves_neither_key_nor_rows(client: TestClient, work: Work, database: EmbeddedServer) -> None:
    batch = send(client)["id"]
    work()
    etag = client.get(f"/v1/batches/{batch}").headers["etag"]

    assert client.delete(f"/v1/batches/{batch}").status_code == 428
    assert client.delete(f"/v1/batches/{batch}", headers={"If-Match": '"v1"'}).status_code == 412
    assert client.delete(f"/v1/batches/{batch}", headers={"If-Match": etag}).status_code == 204
    assert client.get(f"/v1/batches/{batch}/results").status_code == 404
    with psycopg.connect(database.owner_url) as connection:
        for table in ("batches", "batch_parts", "person_keys"):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (0,), table  # noqa: S608 # ours


def test_the_same_list_sent_under_one_key_is_one_list(client: TestClient, work: Work) -> None:
    first = client.post("/v1/batches", content=PEOPLE, headers=CSV | {"Idempotency-Key": "k1"})
    work()
    again = client.post("/v1/batches", content=PEOPLE, headers=CSV | {"Idempotency-Key": "k1"})
    other = client.post("/v1/batches", content=PEOPLE + b"\n", headers=CSV | {"Idempotency-Key": "k1"})

    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert other.status_code == 422
    assert len(client.get("/v1/batches").json()["items"]) == 1


def test_progress_is_told_as_it_goes_on_and_taken_up_after_a_break(client: TestClient, work: Work) -> None:
    batch = send(client)["id"]
    queued = client.get(f"/v1/batches/{batch}/events?seconds=0").text
    work()
    done = client.get(f"/v1/batches/{batch}/events").text
    seen = client.get(f"/v1/batches/{batch}").json()["version"]
    nothing_new = client.get(f"/v1/batches/{batch}/events", headers={"Last-Event-ID": str(seen)}).text

    assert '"state":"queued"' in queued
    assert f"id: {seen}\nevent: progress\n" in done
    assert '"state":"done"' in done
    assert "data:" not in nothing_new


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "text/csv", 422),
        (b"reference\n", "text/csv", 422),
        (b"maria garcia,1980\nA,1\n", "text/csv", 422),
        (b"no workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 422),
        (b"no parquet", "application/vnd.apache.parquet", 422),
        (PEOPLE, "application/json", 415),
        (PEOPLE, "", 415),
    ],
)
def test_what_is_no_list_is_refused_at_once_and_keeps_nothing(
    client: TestClient, database: EmbeddedServer, content: bytes, kind: str, status: int
) -> None:
    response = client.post("/v1/batches", content=content, headers={"Content-Type": kind})

    assert response.status_code == status
    assert "maria" not in response.text
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from batches").fetchone() == (0,)


def test_nothing_anyone_said_is_readable_in_the_database(
    client: TestClient, work: Work, database: EmbeddedServer
) -> None:
    send(client, LIST_CSV.replace("nursing home aide", "canary-aide").encode())
    with psycopg.connect(database.owner_url) as connection:
        kept = connection.execute("select string_agg(p::text || b::text, '') from batch_parts p, batches b").fetchone()
        jobs = connection.execute("select string_agg(j::text, '') from queue.procrastinate_jobs j").fetchone()
    work()
    with psycopg.connect(database.owner_url) as connection:
        after = connection.execute("select string_agg(p::text, '') from batch_parts p").fetchone()

    for text in (kept, jobs, after):
        assert b"canary".hex() not in str(text)
        assert "canary" not in str(text)
        assert "A-1042" not in str(text)


def test_a_long_list_in_parts_keeps_the_order_of_its_rows(client: TestClient, work: Work) -> None:
    lines = [BAD if number % 3 else "" for number in range(130)]
    sent = client.post("/v1/batches?dry_run=true", content="\n".join((HEADING, *lines)).encode(), headers=CSV).json()
    work()

    rows = [int(e["row"]) for e in errors_of(client, sent["id"])]
    assert sent["total"] == sum(bool(line) for line in lines)
    assert rows == sorted(rows)
    assert set(rows) == {number + 1 for number, line in enumerate(lines) if line}


def test_who_may_not_is_refused_before_the_list_is_read(keyed: TestClient, make_key: MakeKey) -> None:
    reader = make_key(scopes=[Scope.BATCHES_READ])

    assert keyed.post("/v1/batches", content=PEOPLE, headers=CSV | reader).status_code == 403
    assert keyed.get("/v1/batches", headers=reader).status_code == 200


def test_results_as_parquet_are_a_table(client: TestClient, work: Work) -> None:
    batch = send(client)["id"]
    work()

    response = client.get(f"/v1/batches/{batch}/results?format=parquet")

    table = pq.read_table(io.BytesIO(response.content))
    assert response.headers["content-type"] == "application/vnd.apache.parquet"
    assert response.headers["link"] == '</sources>; rel="license"'
    assert client.get("/sources", headers={"Authorization": ""}).status_code == 200
    assert set(table.column("row").to_pylist()) == {1, 3}
