"""`stackway match`, `explain`, `eligibility`."""

import json
from datetime import date
from pathlib import Path

import orjson
import pytest

from app.api.examples import PROFILE
from app.api.mapping import answer_bytes, read_seeker
from app.services.answering import MatchEngine
from tests.app.cli.conftest import Stackway

DAY = "2026-11-22"


def test_match_as_json_prints_the_very_bytes_of_the_service(
    stackway: Stackway, profile_file: Path, engine: MatchEngine
) -> None:
    outcome = stackway("match", profile_file, "--format", "json", "--as-of", DAY)

    assert outcome.code == 0
    assert outcome.out == answer_bytes(engine.answer(read_seeker(PROFILE), date.fromisoformat(DAY)))


def test_a_profile_on_standard_input_is_answered_like_a_file(stackway: Stackway, profile_file: Path) -> None:
    from_file = stackway("match", profile_file, "--format", "json", "--as-of", DAY)

    from_stdin = stackway("match", "-", "--format", "json", "--as-of", DAY, stdin=profile_file.read_bytes())

    assert from_stdin.out == from_file.out


def test_lang_es_answers_in_spanish_with_the_same_plans(stackway: Stackway, profile_file: Path) -> None:
    english = json.loads(stackway("match", profile_file, "--format", "json", "--as-of", DAY).out)

    spanish = json.loads(stackway("match", profile_file, "--format", "json", "--as-of", DAY, "--lang", "es").out)

    assert (english["language"], spanish["language"]) == ("en", "es")
    assert [p["id"] for p in spanish["plans"]] == [p["id"] for p in english["plans"]]
    assert spanish["notices"][0].startswith("Esto es una guía")
    assert (
        "programas que llevan allí"
        in stackway("explain", profile_file, "--why-not", "lvn", "--lang", "es").out.decode()
    )


def test_the_table_in_spanish_has_spanish_headings_and_labels(stackway: Stackway, profile_file: Path) -> None:
    table = stackway("match", profile_file, "--as-of", DAY, "--lang", "es").out.decode()

    assert "Dinero propio" in table
    assert "Por qué: " in table
    assert not [word for word in ("Own money", "Why: ", "Not known", "unknown", "weeks in all") if word in table]


def test_the_number_of_plans_is_bounded_by_plans(stackway: Stackway, profile_file: Path) -> None:
    outcome = stackway("match", profile_file, "--plans", 1, "--format", "json")

    assert len(json.loads(outcome.out)["plans"]) == 1


def test_the_table_shows_each_plan_with_its_steps_and_what_is_unknown(stackway: Stackway, profile_file: Path) -> None:
    answer = json.loads(stackway("match", profile_file, "--format", "json").out)

    table = " ".join(stackway("match", profile_file).out.decode().split())

    for number, plan in enumerate(answer["plans"], start=1):
        assert f"Plan {number}: {plan['target']['title']} ({plan['target']['onet_code']})" in table
    assert "unknown" in table
    assert "Ruled out:" in table
    assert "O*NET" in table


def test_words_in_brackets_are_printed_and_not_read_as_markup(stackway: Stackway, profile_file: Path) -> None:
    profile = {**PROFILE, "work_history": [{"title": "[bold]nursing aide[/bold]"}]}
    profile_file.write_text(json.dumps(profile))

    assert "“[bold]nursing aide[/bold]”" in stackway("match", profile_file).out.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is not valid JSON"),
        (b'{"location": {"zip": "78207"}}', "at least one of work_history, skills, credentials, education"),
        (b'{"skills": [{"text": "welding"}], "location": {"zip": "texas"}}', "/location/zip"),
        (b'{"skills": [{"text": "welding"}], "shoe_size": 9}', "/shoe_size is not a field known here"),
    ],
)
def test_an_invalid_profile_is_a_fault_of_use_that_names_file_field_and_remedy(
    content: bytes, said: str, stackway: Stackway, profile_file: Path
) -> None:
    profile_file.write_bytes(content)

    outcome = stackway("match", profile_file)

    assert outcome.code == 2
    assert outcome.out == b""
    assert said in outcome.err
    assert str(profile_file) in outcome.err
    assert "Traceback" not in outcome.err


def test_a_fault_never_repeats_what_the_person_said(stackway: Stackway, profile_file: Path) -> None:
    private = "Jane Roe 123-45-6789"
    profile_file.write_text(json.dumps({"skills": [{"text": "x"}], "location": {"zip": private}, private: 1}))

    outcome = stackway("match", profile_file)

    assert outcome.code == 2
    assert "Roe" not in outcome.err
    assert "6789" not in outcome.err


def test_a_missing_file_is_a_fault_of_use(stackway: Stackway, tmp_path: Path) -> None:
    outcome = stackway("match", tmp_path / "absent.json")

    assert outcome.code == 2
    assert "absent.json: cannot be read" in outcome.err


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "1999-12-31"])
def test_a_day_that_is_none_is_a_fault_of_use(day: str, stackway: Stackway, profile_file: Path) -> None:
    outcome = stackway("match", profile_file, "--as-of", day)

    assert outcome.code == 2
    assert "--as-of" in outcome.err


def test_data_that_is_not_installed_is_a_fault_of_use(stackway: Stackway, profile_file: Path) -> None:
    outcome = stackway("match", profile_file, "--data", "no-such-digest")

    assert outcome.code == 2
    assert "--data: no installed snapshots begin with this" in outcome.err


def test_a_setting_that_cannot_be_read_is_named(
    stackway: Stackway, profile_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STACKWAY_WORKERS", "many")

    outcome = stackway("match", profile_file)

    assert outcome.code == 2
    assert outcome.err.startswith("stackway: STACKWAY_WORKERS: ")


def test_explain_says_why_a_held_credential_is_not_in_the_answer(stackway: Stackway, profile_file: Path) -> None:
    held = json.loads(stackway("match", profile_file, "--format", "json").out)["understood"]["credentials"][0]["code"]

    outcome = stackway("explain", profile_file, "--why-not", held)

    assert outcome.code == 0
    assert "You hold it already" in outcome.out.decode()


def test_explain_refuses_a_code_it_does_not_know(stackway: Stackway, profile_file: Path) -> None:
    outcome = stackway("explain", profile_file, "--why-not", "00-0000.00")

    assert outcome.code == 2
    assert "--why-not" in outcome.err


def test_the_trace_accounts_for_every_program(stackway: Stackway, profile_file: Path) -> None:
    counts = json.loads(stackway("explain", profile_file, "--trace", "--format", "json").out)

    out = sum(number for name, number in counts.items() if name.startswith("out: "))
    assert 0 < out <= counts["programs"]
    assert counts["plans shown"] <= counts["ways kept"] <= counts["ways looked at"]


def test_explain_shows_the_parts_that_add_up_to_each_plans_worth(stackway: Stackway, profile_file: Path) -> None:
    answer = json.loads(stackway("explain", profile_file, "--format", "json").out)

    text = stackway("explain", profile_file).out.decode()

    for part in answer["plans"][0]["value"]["parts"]:
        assert f"${part['usd']:,.2f}" in text


def test_eligibility_as_json_is_the_report_of_the_service(
    stackway: Stackway, profile_file: Path, engine: MatchEngine
) -> None:
    outcome = stackway("eligibility", profile_file, "--format", "json", "--as-of", DAY)

    assert outcome.out == orjson.dumps(engine.screen(read_seeker(PROFILE), date.fromisoformat(DAY)))


def test_eligibility_gives_each_stream_a_status_and_a_rule(stackway: Stackway, profile_file: Path) -> None:
    report = json.loads(stackway("eligibility", profile_file, "--format", "json", "--as-of", DAY).out)

    assert report["as_of"] == DAY
    assert {s["status"] for s in report["streams"]} <= {
        "appears_eligible", "appears_ineligible", "needs_document", "unknown"
    }  # fmt: skip
    assert all(s["citation"] for s in report["streams"])
    assert "Federal Pell Grant" in stackway("eligibility", profile_file).out.decode()


def test_eligibility_for_people_says_what_was_not_met_and_the_veterans_tier(stackway: Stackway, tmp_path: Path) -> None:
    person = tmp_path / "veteran.json"
    facts = {"birth_year": 1988, "veteran": True, "active_duty_days": 800, "tanf": False}
    person.write_text(json.dumps({"education": {"level": "high_school_diploma"}, "eligibility": facts}))

    said = " ".join(stackway("eligibility", person, "--as-of", DAY).out.decode().split())

    assert "80 percent of the full benefit" in said
    # Cells are narrow: the words of one stand on lines of their own.
    assert {"ineligible;", "met:"} <= set(said.split())
