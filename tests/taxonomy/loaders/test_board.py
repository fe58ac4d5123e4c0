"""A board's local file: what it says becomes dated parameters; what it gets wrong is named with a remedy."""

from pathlib import Path

import pytest

from taxonomy.law import Parameter
from taxonomy.loaders.board import BoardFileError, load_board_file

HEAD = """
[board]
area = "TX:ALAMO"
name = "A board of our own making"
citation = "Board policy 12"
link = "https://example.org/policy-12"
effective_from = 2026-07-01
checked_on = 2026-11-22
"""


def write(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "alamo.toml"
    path.write_text(head + body, encoding="utf-8")
    return path


def test_a_training_account_gives_a_cap_and_a_length_limit_with_the_dates_of_the_board(tmp_path: Path) -> None:
    path = write(tmp_path, "[[training_account]]\ncap_usd = 6000\nlength_limit_weeks = 104\n")

    parameters, report = load_board_file(path)

    assert report.problems == []
    assert parameters[0] == Parameter(
        id="ita.cap",
        value=6000.0,
        unit="USD an account",
        area="TX:ALAMO",
        effective_from="2026-07-01",
        effective_to=None,
        citation="Board policy 12",
        link="https://example.org/policy-12",
        checked_on="2026-11-22",
        verified=True,
    )
    assert (parameters[1].id, parameters[1].value, parameters[1].unit) == ("ita.length_limit", 104.0, "weeks")


@pytest.mark.parametrize(
    ("body", "name", "value", "unit"),
    [
        ('[[in_demand]]\nonet_code = "31-1131.00"\n', "demand.31-1131.00", 1.0, "listed"),
        ('[[in_demand]]\nonet_code = "29206100"\n', "demand.29-2061.00", 1.0, "listed"),
        ('[[travel]]\nmode = "transit"\nminutes_per_mile = 9.5\n', "travel.transit", 9.5, "minutes a mile"),
        ('[[waiver]]\nid = "ita_for_in_school_youth"\n', "waiver.ita_for_in_school_youth", 1.0, "granted"),
        (
            '[[support]]\nkind = "child_care"\nbudget_usd = 250\nper = "week"\n',
            "support.child_care",
            250.0,
            "USD per week",
        ),
        (
            "[[self_sufficiency]]\nadults = 1\nchildren = 2\nwage_usd_per_hour = 30.5\n",
            "self_sufficiency.1a2c",
            30.5,
            "USD an hour",
        ),
        ("[[llsil]]\nfamily_size = 3\nusd_a_year = 45000\n", "llsil.3", 45000.0, "USD a year"),
        ('[[workforce_pell_program]]\nprogram_id = "tx-1-a"\n', "workforce_pell.approved.tx-1-a", 1.0, "approved"),
    ],
)
def test_each_kind_of_entry_becomes_a_parameter(tmp_path: Path, body: str, name: str, value: float, unit: str) -> None:
    parameters, report = load_board_file(write(tmp_path, body))

    assert report.problems == []
    assert [(p.id, p.value, p.unit) for p in parameters] == [(name, value, unit)]


def test_an_entry_may_carry_dates_and_a_citation_of_its_own(tmp_path: Path) -> None:
    dates = "effective_from = 2024-07-01\neffective_to = 2026-06-30\n"
    body = f'[[training_account]]\ncap_usd = 5000\ncitation = "Old policy"\n{dates}'

    parameters, _ = load_board_file(write(tmp_path, body))

    row = parameters[0]
    assert (row.citation, row.effective_from, row.effective_to) == ("Old policy", "2024-07-01", "2026-06-30")


@pytest.mark.parametrize(
    ("body", "field", "remedy"),
    [
        ("[[training_account]]\ncap_usd = -1\n", "cap_usd", "above zero"),
        ("[[training_account]]\ncap_usd = nan\n", "cap_usd", "above zero"),
        ("[[training_account]]\ncap_usd = true\n", "cap_usd", "above zero"),
        ('[[training_account]]\ncap_usd = "6000"\n', "cap_usd", "number"),
        ("[[training_account]]\n", "cap_usd", "leave the entry out"),
        ("[[training_account]]\ncap = 6000\n", "cap", "cap_usd"),
        ('[[in_demand]]\nonet_code = "nurse"\n', "onet_code", "31-1131.00"),
        ("[[in_demand]]\n", "onet_code", "missing"),
        ('[[waiver]]\nid = "Two Words"\n', "id", "lower-case"),
        ('[[support]]\nkind = "child_care"\nbudget_usd = 250\n', "per", "missing"),
        ("[[self_sufficiency]]\nadults = 0\nchildren = 1\nwage_usd_per_hour = 20\n", "adults", "from 1"),
        ("[[llsil]]\nfamily_size = 2.5\nusd_a_year = 30000\n", "family_size", "whole number"),
        ('[[llsil]]\nfamily_size = 2\nusd_a_year = 1\neffective_from = "soon"\n', "effective_from", "2026-07-01"),
        ('[[llsil]]\nfamily_size = 2\nusd_a_year = 1\nverified = "yes"\n', "verified", "true or false"),
        ('[[travel]]\nmode = "ferry"\nminutes_per_mile = 6\n', "mode", "transit"),
        ('[[travel]]\nmode = "walk"\nminutes_per_mile = 0\n', "minutes_per_mile", "above zero"),
        ("[[unheard_of]]\nx = 1\n", "unheard_of", "training_account"),
    ],
)
def test_a_wrong_entry_is_left_out_and_reported_with_line_field_and_remedy(
    tmp_path: Path, body: str, field: str, remedy: str
) -> None:
    good = '[[waiver]]\nid = "kept"\n'

    parameters, report = load_board_file(write(tmp_path, good + body))

    assert [p.id for p in parameters] == ["waiver.kept"]
    (problem,) = report.problems
    assert (problem.file, problem.column, problem.action) == ("alamo.toml", field, "row_rejected")
    assert remedy in problem.reason
    if field != "unheard_of":
        text = (HEAD + good + body).splitlines()
        assert text[problem.line - 1].startswith("[[")


def test_two_caps_for_the_same_days_keep_the_first_and_report_the_second(tmp_path: Path) -> None:
    body = "[[training_account]]\ncap_usd = 5000\n[[training_account]]\ncap_usd = 6000\n"

    parameters, report = load_board_file(write(tmp_path, body))

    assert [p.value for p in parameters] == [5000.0]
    assert "effective_to" in report.problems[0].reason


def test_a_cap_may_follow_another_from_the_day_after_it_ended(tmp_path: Path) -> None:
    old = "[[training_account]]\ncap_usd = 5000\neffective_from = 2025-07-01\neffective_to = 2026-06-30\n"

    parameters, report = load_board_file(write(tmp_path, old + "[[training_account]]\ncap_usd = 6000\n"))

    assert ([p.value for p in parameters], report.problems) == ([5000.0, 6000.0], [])


@pytest.mark.parametrize(
    ("head", "remedy"),
    [
        ("", "add a [board] table"),
        ('[board]\narea = "Alamo"\n', "TX:ALAMO"),
        ('[board]\narea = "TX:ALAMO"\ncolour = 1\n', "colour"),
        ("[board\n", "alamo.toml"),
    ],
)
def test_a_file_that_names_no_board_is_refused_with_the_remedy(tmp_path: Path, head: str, remedy: str) -> None:
    path = write(tmp_path, "", head)

    with pytest.raises(BoardFileError) as caught:
        load_board_file(path)

    assert "alamo.toml" in str(caught.value)
    assert remedy in str(caught.value)


def test_a_file_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BoardFileError, match=r"absent\.toml"):
        load_board_file(tmp_path / "absent.toml")
