"""`stackway batch`."""

import csv
from pathlib import Path

import orjson
import pytest

from tests.app.cli.conftest import Stackway

HEADING = "reference,zip,job_title_1,education,max_out_of_pocket_usd"
GOOD = "A-1,78207,nursing home aide,high_school_diploma,"
BAD = "A-2,78207,cashier,phd,lots"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join((HEADING, GOOD, BAD)) + "\n")
    return path


def test_some_failed_rows_end_in_their_own_exit_code(stackway: Stackway, people: Path, tmp_path: Path) -> None:
    out, errors = tmp_path / "out.jsonl", tmp_path / "errors.csv"

    outcome = stackway("batch", people, "--out", out, "--errors", errors)

    assert outcome.code == 3
    assert [orjson.loads(line)["reference"] for line in out.read_bytes().splitlines()] == ["A-1"]
    with errors.open(newline="") as stream:
        assert {line["column"] for line in csv.DictReader(stream)} == {"education", "max_out_of_pocket_usd"}
    assert "1 of 2 rows answered, 1 failed." in outcome.err


def test_a_line_of_a_list_is_the_answer_of_match(stackway: Stackway, people: Path, tmp_path: Path) -> None:
    profile = tmp_path / "seeker.json"
    profile.write_bytes(
        orjson.dumps(
            {
                "reference": "A-1",
                "location": {"zip": "78207"},
                "work_history": [{"title": "nursing home aide"}],
                "education": {"level": "high_school_diploma"},
            }
        )
    )
    out = tmp_path / "out.jsonl"

    stackway("batch", people, "--out", out, "--as-of", "2026-11-22")
    single = stackway("match", profile, "--format", "json", "--as-of", "2026-11-22").out

    assert out.read_bytes() == b'{"row":1,"reference":"A-1","answer":' + single + b"}\n"


def test_without_an_errors_file_the_faults_are_said_without_values(stackway: Stackway, people: Path) -> None:
    outcome = stackway("batch", people, "--dry-run")

    assert outcome.code == 3
    assert "row 2: education" in outcome.err
    assert "lots" not in outcome.err


def test_all_rows_well_end_in_zero(stackway: Stackway, people: Path, tmp_path: Path) -> None:
    people.write_text("\n".join((HEADING, GOOD)) + "\n")

    assert stackway("batch", people, "--out", tmp_path / "out.csv").code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "out.csv", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "--scheduler"),
        (("--out", "out.pdf"), "--format"),
        (("--out", "no/such/folder/out.csv"), "--out"),
        ((), "--out"),
    ],
)
def test_what_this_version_cannot_do_is_refused_by_name(
    options: tuple[str, ...], said: str, stackway: Stackway, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(people.parent)

    outcome = stackway("batch", people, *options)

    assert outcome.code == 2
    assert said in outcome.err


def test_a_list_is_never_overwritten_by_its_answers(stackway: Stackway, people: Path) -> None:
    before = people.read_bytes()

    outcome = stackway("batch", people, "--out", people)

    assert outcome.code == 2
    assert people.read_bytes() == before


def test_the_columns_are_listed_without_a_list(stackway: Stackway) -> None:
    table = stackway("batch", "--columns").out.decode()

    assert "job_title_1 to 9" in table
    assert "max_out_of_pocket_usd_hard" in table
