"""The pages say what is so: their made parts are what is made now, and what they name exists."""

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from app.services.answering import MatchEngine
from matching.config import MatchConfig
from taxonomy.loaders.board import load_board_file
from taxonomy.tables import TABLES
from tests.architecture import parts_of_method as method
from tests.architecture.pages import COMMAND, PARTS, ROOT, find_part, list_marked
from tests.architecture.parts_of_taxonomy import ROWS

# What the first page says is not done yet, and a sign that it is done. When the sign appears the page has to change.
NOT_YET: dict[str, Callable[[], bool]] = {
    "**Kept answers are not encrypted**": lambda: any(
        "cryptography" in path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")
    ),
    "**Waivers**": lambda: is_read_by_the_method('"waiver.'),
    "**Income limits, completers": lambda: is_read_by_the_method(
        '"income_limits"', '"completions"', '"apprenticeship_occupations"'
    ),
}

MADE = [(page, name) for page, parts in PARTS.items() for name in parts]


def is_read_by_the_method(*names: str) -> bool:
    modules = [p for p in (ROOT / "matching").rglob("*.py") if p.name != "seeker.py"]
    return any(name in path.read_text(encoding="utf-8") for path in modules for name in names)


@pytest.mark.parametrize("phrase", NOT_YET)
def test_what_is_said_not_to_be_done_yet_is_not_done(phrase: str) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")

    assert (phrase in page) is not NOT_YET[phrase]()


@pytest.mark.parametrize(("page", "name"), MADE, ids=lambda value: value)
def test_a_made_part_is_what_is_made_now(page: str, name: str, engine: MatchEngine) -> None:
    found = find_part(page, name)

    assert found is not None
    assert found[0].rstrip("\n") == PARTS[page][name](engine), f"write it anew with: {COMMAND}"


@pytest.mark.parametrize("page", PARTS)
def test_a_page_marks_no_part_that_nobody_makes(page: str) -> None:
    assert list_marked(page) == list(PARTS[page])


def test_every_number_of_the_method_is_described() -> None:
    assert list(method.MEANINGS) == [f.name for f in fields(MatchConfig)], "tests/architecture/parts_of_method.py"


def test_every_table_of_a_snapshot_is_described() -> None:
    assert ROWS.keys() == TABLES.keys(), "tests/architecture/parts_of_taxonomy.py"


def test_the_example_by_hand_is_the_value_of_the_code() -> None:
    by_hand, by_code = method.work_out(), method.valued()

    parts = {part.name: part.usd for part in by_code.parts}
    for name in ("higher_pay", "unfunded_cost", "earnings_forgone"):
        assert parts[name] == pytest.approx(sum(getattr(step, name) for step in by_hand), abs=0.005)
    assert round(sum(parts.values()), 2) == by_code.expected_usd


@pytest.mark.parametrize("page", PARTS)
def test_every_file_and_folder_a_page_links_or_names_exists(page: str) -> None:
    text, folder = (ROOT / page).read_text(encoding="utf-8"), (ROOT / page).parent
    made = "".join(found[0] for name in PARTS[page] if (found := find_part(page, name)))
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = [n for n in re.findall(r"`(\w[\w./]*(?:\.\w+|/))`", text) if "/" in n and n not in made]

    assert [n for n in {*linked, *named} if not ((folder / n).exists() or (ROOT / n).exists())] == []


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_are_targets_of_make(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_board_file_of_the_page_is_read_without_a_fault(tmp_path: Path) -> None:
    page = (ROOT / "taxonomy/README.md").read_text(encoding="utf-8")
    shown = re.search(r"^    \[board\]$.*?(?=^\S)", page, re.MULTILINE | re.DOTALL)
    assert shown is not None
    path = tmp_path / "board.toml"
    path.write_text(re.sub(r"^    ", "", shown[0], flags=re.MULTILINE), encoding="utf-8")

    parameters, report = load_board_file(path)

    assert not report.problems
    assert {p.id for p in parameters} == {"ita.cap", "ita.length_limit", "demand.29-2061.00", "llsil.3"}


def test_the_attribution_that_the_licence_of_o_net_asks_for_is_on_the_first_page() -> None:
    page = " ".join((ROOT / "README.md").read_text(encoding="utf-8").replace("\\", "").split())

    for phrase in (
        "includes information from the O*NET 30.1 Database",
        "by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)",
        "used under the [CC BY 4.0]",
        "O*NET is a trademark of USDOL/ETA",
        "Stackway has modified the information",
        "USDOL/ETA has not approved, endorsed, or tested these modifications",
    ):
        assert phrase in page
