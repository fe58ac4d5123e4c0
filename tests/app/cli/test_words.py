"""`stackway resolve` and `evaluate`."""

import json
from pathlib import Path

import pytest

from tests.app.cli.conftest import Stackway


def test_resolve_prints_a_line_for_each_text_in_their_order(stackway: Stackway) -> None:
    outcome = stackway("resolve", "titles", "nursing home aide", "welder", "nursing home aide", "--format", "jsonl")

    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert [line["text"] for line in lines] == ["nursing home aide", "welder", "nursing home aide"]
    assert lines[0] == lines[2]
    assert lines[0]["candidates"][0]["code"] == "31-1131.00"
    assert {"code", "title", "score", "probability"} <= lines[0]["candidates"][0].keys()
    assert isinstance(lines[0]["confirm"], bool)


def test_resolve_reads_texts_from_a_file_and_gives_at_most_top_candidates(stackway: Stackway, tmp_path: Path) -> None:
    file = tmp_path / "titles.txt"
    file.write_text("forklift operator\n\ncashier\n")

    outcome = stackway("resolve", "titles", "--file", file, "--top", 2, "--format", "jsonl")

    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert [line["text"] for line in lines] == ["forklift operator", "cashier"]
    assert all(1 <= len(line["candidates"]) <= 2 for line in lines)


@pytest.mark.parametrize(("kind", "text"), [("skills", "taking vital signs"), ("credentials", "CNA")])
def test_skills_and_credentials_resolve_too(kind: str, text: str, stackway: Stackway) -> None:
    outcome = stackway("resolve", kind, text, "--format", "jsonl")

    assert json.loads(outcome.out)["candidates"]


def test_what_is_not_understood_is_said_in_the_table(stackway: Stackway) -> None:
    assert "not understood" in stackway("resolve", "credentials", "zzqx").out.decode()


def test_what_is_denied_or_expired_is_said_with_its_reason(stackway: Stackway) -> None:
    printed = stackway("resolve", "skills", "no experience with QuickBooks", "--format", "jsonl").out
    denied = json.loads(printed)
    expired = json.loads(stackway("resolve", "credentials", "A+ cert (expired)", "--format", "jsonl").out)

    assert denied["candidates"] == []
    assert denied["readings"][0]["candidates"][0]["code"] == "Intuit QuickBooks"
    assert (expired["candidates"][0]["code"], expired["confirm"]) == ("a-plus", True)
    assert (expired["readings"][0]["valid"], expired["readings"][0]["note"]) == (
        False,
        "said to be expired: ask what it takes to renew it",
    )


def test_every_skill_of_a_sentence_is_among_the_candidates(stackway: Stackway) -> None:
    outcome = stackway(
        "resolve", "skills", "drawing bloods, Exccel and a little Python", "--top", 3, "--format", "jsonl"
    )

    line = json.loads(outcome.out)
    assert len(line["candidates"]) == 3
    assert [r["code"] for r in line["readings"]] == [c["code"] for c in line["candidates"]]
    assert line["readings"][2]["level"] == "basic"


def test_a_language_we_do_not_read_is_named_in_the_table(stackway: Stackway) -> None:
    assert "language not supported" in " ".join(stackway("resolve", "titles", "Krankenschwester").out.decode().split())


def test_resolve_without_a_text_is_a_fault_of_use(stackway: Stackway) -> None:
    outcome = stackway("resolve", "titles")

    assert outcome.code == 2
    assert "at least one text" in outcome.err


def test_evaluate_counts_how_often_known_titles_are_right(stackway: Stackway, tmp_path: Path) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text("title,codes\nnursing home aide,31-1131\nwelder,51-4121\nwelder,31-1131\n")

    labelled, listed, *made_up = json.loads(stackway("evaluate", "resolve", file, "--cases", 5, "--format", "json").out)

    assert (labelled["cases"], labelled["first"]["n"]) == ("labelled.csv", 3)
    assert (listed["cases"], listed["first"]["n"]) == ("labelled.csv, as listed", 3)
    assert labelled["first"]["value"] == pytest.approx(2 / 3)
    assert {figures["kind"] for figures in made_up} == {"titles", "skills", "credentials", "programs"}


def test_evaluate_prints_what_was_said_beside_what_was_so(stackway: Stackway, tmp_path: Path) -> None:
    file = tmp_path / "titles.csv"
    file.write_text("title,onet_codes\nwelder,51-4121.00|51-4122.00\n")

    printed = stackway("evaluate", "resolve", file, "--cases", 0).out.decode()

    assert "Calibration error" in printed
    assert "Mean said" in printed


def test_evaluate_names_the_columns_it_needs(stackway: Stackway, tmp_path: Path) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text("job,code\nwelder,51-4121\n")

    outcome = stackway("evaluate", "resolve", file)

    assert outcome.code == 2
    assert "needs the columns title and codes" in outcome.err
