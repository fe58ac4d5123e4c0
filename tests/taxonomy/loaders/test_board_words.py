"""Words in a board's local file: read with their dates; what is wrong with one is named with a remedy."""

from pathlib import Path

import pytest

from taxonomy.loaders.board import load_board_file
from taxonomy.loaders.board_words import load_board_words
from taxonomy.local_words import LocalWord

HEAD = """
[board]
area = "TX:ALAMO"
citation = "Board policy 12"
link = "https://example.org/policy-12"
effective_from = 2026-07-01
checked_on = 2026-11-22
"""


def write(folder: Path, body: str) -> Path:
    path = folder / "alamo.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_a_title_a_skill_and_a_credential_are_read_with_the_dates_of_the_board(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[[title]]\ntext = "tote runner"\nonet_code = "53-7065.00"\neffective_to = 2026-12-31\n'
        '[[skill]]\ntext = "running totes"\ntechnology = "Microsoft Excel"\n'
        '[[credential]]\ntext = "blue card"\ncredential_id = "cna"\n',
    )

    words, report = load_board_words(path)

    assert report.problems == []
    assert words == [
        LocalWord("title", "tote runner", "53-7065.00", "TX:ALAMO", "2026-07-01", "2026-12-31", "board-TX:ALAMO"),
        LocalWord("skill", "running totes", "Microsoft Excel", "TX:ALAMO", "2026-07-01", None, "board-TX:ALAMO"),
        LocalWord("credential", "blue card", "cna", "TX:ALAMO", "2026-07-01", None, "board-TX:ALAMO"),
    ]


def test_words_are_no_amounts(tmp_path: Path) -> None:
    path = write(tmp_path, '[[title]]\ntext = "tote runner"\nonet_code = "53-7065.00"\n')

    parameters, report = load_board_file(path)

    assert (parameters, report.problems) == ([], [])


@pytest.mark.parametrize(
    ("body", "column", "remedy"),
    [
        ('[[title]]\nonet_code = "53-7065.00"\n', "text", "text is missing"),
        ('[[title]]\ntext = "x"\n', "onet_code", "give onet_code"),
        ('[[title]]\ntext = "x"\nonet_code = "stocker"\n', "onet_code", "31-1131.00"),
        ('[[title]]\ntext = "x"\nonet_code = "53-7065.00"\ncode = 1\n', "code", "not a field of title"),
        ('[[skill]]\ntext = "x"\nelement_id = "2.B.1.e"\ntechnology = "y"\n', "element_id", "element_id or technology"),
        ('[[credential]]\ntext = "x"\n', "credential_id", "give credential_id"),
        (
            '[[credential]]\ntext = "x"\ncredential_id = "cna"\neffective_to = 2026-01-01\n',
            "effective_to",
            "before effective_from",
        ),
        (f'[[title]]\ntext = "{"x" * 121}"\nonet_code = "53-7065.00"\n', "text", "at most 120"),
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out_with_its_line_and_remedy(
    tmp_path: Path, body: str, column: str, remedy: str
) -> None:
    words, report = load_board_words(write(tmp_path, body))

    assert words == []
    (problem,) = report.problems
    assert (problem.column, problem.line) == (column, 8)
    assert remedy in problem.reason


def test_the_same_words_twice_on_a_day_are_refused_and_in_turn_are_not(tmp_path: Path) -> None:
    one = '[[title]]\ntext = "floater"\nonet_code = "31-1131.00"\neffective_to = 2026-09-30\n'
    same_days = '[[title]]\ntext = "Floater"\nonet_code = "41-2011.00"\n'
    in_turn = same_days + "effective_from = 2026-10-01\n"

    assert len(load_board_words(write(tmp_path, one + same_days))[0]) == 1
    assert len(load_board_words(write(tmp_path, one + in_turn))[0]) == 2
