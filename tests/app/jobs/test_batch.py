"""A list through the method: the same answers, each row by itself, and nothing lost or doubled by a kill."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from app.api.mapping import answer_bytes
from app.jobs import batch
from app.jobs.batch import BatchJob, check, resumed_day, run
from app.jobs.output import PLAN_COLUMNS, Format
from app.jobs.parts import Parts, PartsError
from app.jobs.rows import read_rows
from app.services.answering import MatchEngine
from matching.answer import Answer
from matching.seeker import Seeker
from tests.app.jobs.conftest import WriteList
from tests.app.jobs.people import ALSO_GOOD, DAY, GOOD, HEADING


def quiet(_rows: int) -> None:
    """No progress shown."""


def errors_of(job: BatchJob) -> list[dict[str, str]]:
    assert job.errors is not None
    return list(csv.DictReader(io.StringIO(job.errors.read_text())))


def test_each_answer_is_byte_for_byte_that_of_a_single_match(job: BatchJob, engine: MatchEngine) -> None:
    run(job, engine, quiet)

    rows = [row for row in read_rows(job.source) if row.seeker is not None]
    expected = b"".join(
        b'{"row":%d,"reference":"%s","answer":%s}\n'
        % (row.number, (row.reference or "").encode(), answer_bytes(engine.answer(row.seeker, DAY)))
        for row in rows
        if row.seeker
    )
    assert job.output.read_bytes() == expected


def test_a_list_can_be_answered_in_spanish(job: BatchJob, engine: MatchEngine) -> None:
    run(replace(job, language="es"), engine, quiet)

    assert {orjson.loads(line)["answer"]["language"] for line in job.output.read_bytes().splitlines()} == {"es"}


def test_a_bad_row_goes_to_the_errors_and_stops_no_other(job: BatchJob, engine: MatchEngine) -> None:
    tally = run(job, engine, quiet)

    assert (tally.rows, tally.failed) == (3, 1)
    assert [orjson.loads(line)["row"] for line in job.output.read_bytes().splitlines()] == [1, 3]
    assert {(e["row"], e["column"]) for e in errors_of(job)} == {("2", "zip"), ("2", "job_months_1")}
    assert all(e["message"] and e["fix"] and e["code"] for e in errors_of(job))


def test_csv_and_parquet_hold_a_line_for_each_plan(job: BatchJob, engine: MatchEngine, tmp_path: Path) -> None:
    run(job, engine, quiet)
    answers = [orjson.loads(line)["answer"] for line in job.output.read_bytes().splitlines()]
    plans = [plan["id"] for answer in answers for plan in answer["plans"]]

    run(replace(job, output=tmp_path / "out.csv", kind=Format.CSV), engine, quiet)
    run(replace(job, output=tmp_path / "out.parquet", kind=Format.PARQUET), engine, quiet)

    with (tmp_path / "out.csv").open(newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert list(lines[0]) == list(PLAN_COLUMNS)
    assert [line["plan_id"] for line in lines] == plans
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.column("plan_id").to_pylist() == plans
    assert [line["expected_usd"] for line in lines] == [str(v) for v in table.column("expected_usd").to_pylist()]


def test_every_export_carries_the_attribution_of_its_data(job: BatchJob, engine: MatchEngine, tmp_path: Path) -> None:
    for kind in Format:
        run(replace(job, output=tmp_path / f"out.{kind}", kind=kind), engine, quiet)

    wanted = {(r.id, r.attribution, r.licence) for r in engine.snapshot.answer_releases}
    with (tmp_path / "out.sources.csv").open(newline="", encoding="utf-8") as stream:
        beside = list(csv.DictReader(stream))
    inside = orjson.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"sources"])
    lines = [orjson.loads(line)["answer"]["sources"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    for sources in (beside, inside, *lines):
        assert {(s["id"], s["attribution"], s["licence"]) for s in sources} == wanted


def test_a_reference_that_looks_like_a_formula_is_disarmed_in_csv(
    write_list: WriteList, job: BatchJob, engine: MatchEngine, tmp_path: Path
) -> None:
    source = write_list(HEADING, GOOD.replace("A-1", '"=HYPERLINK(""x"")"'))

    run(replace(job, source=source, output=tmp_path / "out.csv", kind=Format.CSV), engine, quiet)

    with (tmp_path / "out.csv").open(newline="") as stream:
        assert {line["reference"] for line in csv.DictReader(stream)} == {'\'=HYPERLINK("x")'}


def test_a_person_without_a_plan_still_has_a_line(
    write_list: WriteList, job: BatchJob, engine: MatchEngine, tmp_path: Path
) -> None:
    source = write_list(f"{HEADING},max_miles,goal_sectors", f"{ALSO_GOOD},1,agriculture")

    run(replace(job, source=source, output=tmp_path / "out.csv", kind=Format.CSV), engine, quiet)

    with (tmp_path / "out.csv").open(newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert line["plan_id"] == ""
    assert "No plan fits all of this" in line["to_check"]


def test_a_line_says_what_to_look_at_in_the_profile_and_what_work_is_open_without_a_course(
    write_list: WriteList, job: BatchJob, engine: MatchEngine, tmp_path: Path
) -> None:
    source = write_list("job_title_1,job_wage_1,zip,credentials", "zzqx,13,78207,CDL Class A||2030-01")

    run(replace(job, source=source, output=tmp_path / "out.csv", kind=Format.CSV), engine, quiet)

    with (tmp_path / "out.csv").open(newline="") as stream:
        first, *_ = csv.DictReader(stream)
    assert "“zzqx”" in first["to_confirm"]
    assert "Class A opens this work without a course" in first["open_now"]


class FailingEngine:
    """Fails on the cashier, as a fault nobody foresaw would."""

    def __init__(self, engine: MatchEngine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # hands on whatever the engine has
        return getattr(self._engine, name)

    def answer(self, seeker: Seeker, today: date, max_plans: int | None = None, language: str = "en") -> Answer:
        if seeker.work_history[0].title == "cashier":
            raise KeyError("what the person said")
        return self._engine.answer(seeker, today, max_plans, language)


def test_a_row_the_engine_fails_on_is_one_failed_row(job: BatchJob, engine: MatchEngine) -> None:
    tally = run(job, FailingEngine(engine), quiet)

    assert (tally.rows, tally.failed) == (3, 2)
    (fault,) = [e for e in errors_of(job) if e["row"] == "3"]
    assert fault["code"] == "internal_error"
    assert "what the person said" not in fault["message"]


class UnreadyEngine(FailingEngine):
    """Fails to read the cashier's words too, with everybody's."""

    def read_ahead(self, _seekers: Iterable[Seeker], _today: date) -> None:
        raise KeyError("what the person said")


def test_words_that_cannot_be_read_with_others_fail_no_other_row(job: BatchJob, engine: MatchEngine) -> None:
    tally = run(job, UnreadyEngine(engine), quiet)

    assert (tally.rows, tally.failed) == (3, 2)
    assert {e["code"] for e in errors_of(job) if e["row"] == "3"} == {"internal_error"}


def test_a_dry_run_reads_every_row_and_answers_none(job: BatchJob) -> None:
    tally = check(job.source, job.errors)

    assert (tally.rows, tally.failed) == (3, 1)
    assert not job.output.exists()
    assert errors_of(job)


def test_parts_are_gone_when_the_output_is_whole(job: BatchJob, engine: MatchEngine, tmp_path: Path) -> None:
    run(job, engine, quiet)

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {job.source.name, job.output.name, f"{job.output.name}.done.json", "errors.csv"}


class UnusedEngine:
    """Has the data, and fails when it is asked."""

    def __init__(self, engine: MatchEngine) -> None:
        self.snapshot = engine.snapshot

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # nothing is there
        raise AssertionError(name)


def test_a_finished_run_is_not_run_again(job: BatchJob, engine: MatchEngine) -> None:
    first = run(job, engine, quiet)
    faults = errors_of(job)
    (job.errors or job.output).unlink()

    again = run(replace(job, resume=True), UnusedEngine(engine), quiet)

    assert again == first
    assert errors_of(job) == faults
    assert resumed_day(job.output) == DAY
    assert not Parts(job.output).folder.exists()


def test_a_finished_run_whose_output_was_changed_is_run_again(job: BatchJob, engine: MatchEngine) -> None:
    run(job, engine, quiet)
    whole = job.output.read_bytes()
    job.output.write_bytes(whole[:100])

    run(replace(job, resume=True), engine, quiet)

    assert job.output.read_bytes() == whole


def interrupted(job: BatchJob, engine: MatchEngine) -> None:
    """Run until the first part is written, and stop there."""

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, engine, stop)


def test_a_resumed_run_answers_only_what_is_missing(
    job: BatchJob, engine: MatchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "ROWS_A_PART", 2)
    interrupted(job, engine)
    kept = Parts(job.output).folder / "000000.jsonl"
    written = kept.stat().st_mtime_ns

    seen = []
    run(replace(job, resume=True), engine, lambda _: seen.append(kept.stat().st_mtime_ns))

    assert set(seen) == {written}
    assert [orjson.loads(line)["row"] for line in job.output.read_bytes().splitlines()] == [1, 3]


def test_a_run_resumed_next_day_keeps_the_day_it_began(job: BatchJob, engine: MatchEngine) -> None:
    interrupted(job, engine)

    assert resumed_day(job.output) == DAY


def test_parts_made_from_another_list_are_refused(job: BatchJob, engine: MatchEngine, write_list: WriteList) -> None:
    interrupted(job, engine)
    write_list(HEADING, ALSO_GOOD)

    with pytest.raises(PartsError, match="another input"):
        run(replace(job, resume=True), engine, quiet)


def test_two_runs_into_one_output_are_refused(job: BatchJob, engine: MatchEngine) -> None:
    with Parts(job.output).held(), pytest.raises(PartsError, match="another run"):
        run(job, engine, quiet)


def test_a_killed_run_loses_nothing_and_doubles_nothing(write_list: WriteList, data_dir: Path, tmp_path: Path) -> None:
    people = [GOOD.replace("A-1", f"P-{number}") for number in range(batch.ROWS_A_PART + 20)]
    source, output = write_list(HEADING, *people), tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "app.cli", "batch", str(source), "--out", str(output), "--resume"]
    environment = {**os.environ, "STACKWAY_DATA_DIR": str(data_dir)}

    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603 # our own command
    wait_for(Parts(output).folder / "000000.jsonl")
    process.send_signal(signal.SIGKILL)
    killed = process.wait()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 # as above

    assert killed == -signal.SIGKILL
    assert done.returncode == 0
    documents = [orjson.loads(line) for line in output.read_bytes().splitlines()]
    assert [document["reference"] for document in documents] == [f"P-{n}" for n in range(len(people))]
    assert [document["row"] for document in documents] == list(range(1, len(people) + 1))


def wait_for(path: Path) -> None:
    until = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < until, "no part was written in time"
        time.sleep(0.02)
