"""A board's local rules: one small dated TOML file, read into dated parameters of the board's area.

    [board]
    area = "TX:ALAMO"                      # the state, a colon, the board
    citation = "Board policy WIOA-12"      # the rule's name, for every entry that gives no other
    link = "https://..."
    effective_from = 2026-07-01
    checked_on = 2026-11-22

    [[training_account]]                   # cap_usd and/or length_limit_weeks
    [[in_demand]]                          # onet_code
    [[waiver]]                             # id
    [[support]]                            # kind, budget_usd, per
    [[self_sufficiency]]                   # adults, children, wage_usd_per_hour
    [[llsil]]                              # family_size, usd_a_year (100 %, not 70 %)
    [[travel]]                             # mode: car, transit, bicycle or walk; minutes_per_mile as the crow flies
    [[workforce_pell_program]]             # program_id: approved by the Governor and the Secretary
    [[title]], [[skill]], [[credential]]   # words people there use: see board_words

Every entry may carry its own citation, link, effective_from, effective_to, checked_on and verified. An entry that
cannot be read is left out and reported with its line, field and remedy; the others are kept. What a board does not
say stays unknown.
"""

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from taxonomy.codes import parse_onet_code
from taxonomy.frozen import frozen
from taxonomy.law import APPROVED_WORKFORCE_PELL, DEMAND, MINUTES_A_MILE, Parameter
from taxonomy.release import LoadReport

_AREA = re.compile(r"[A-Z]{2}:[A-Z0-9_]+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HEADER = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
COMMON = ("citation", "link", "effective_from", "effective_to", "checked_on", "verified")
MODES = ("car", "transit", "bicycle", "walk")  # means of travel, by their names in a profile
WORDS = ("title", "skill", "credential")  # kinds of entry that are words, not amounts
_REQUIRED_TEXT = ("citation", "link")


class BoardFileError(ValueError):
    """A board file that cannot be used at all; the message names file, field and remedy."""


class FieldError(ValueError):
    """One field of one entry that cannot be read."""

    def __init__(self, field: str, value: object, remedy: str) -> None:
        super().__init__(remedy)
        self.field, self.value, self.remedy = field, value, remedy


@frozen
class _Amount:
    """What an entry says, before its dates: the parameter's id, value and unit."""

    id: str
    value: float
    unit: str


def read_board_file(path: Path) -> tuple[dict[str, Any], Mapping[str, Any], dict[str, list[int]]]:
    """A board's file: its entries by kind, its [board] table, and the lines the entries begin at.

    Raises:
        BoardFileError: the file is not TOML, or does not say which board it is for.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BoardFileError(f"{path.name}: {error}") from error
    return content, _board(path, content.pop("board", None)), _lines_of_entries(text)


def load_board_file(path: Path) -> tuple[list[Parameter], LoadReport]:
    """Read a board's local file.

    Returns:
        The parameters of the board's area, in the order of the file, and what was left out and why.

    Raises:
        BoardFileError: the file is not TOML, or does not say which board it is for.
    """
    content, board, lines = read_board_file(path)
    report = LoadReport(f"board-{board['area']}")
    parameters: list[Parameter] = []
    for kind, entries in content.items():
        if kind in WORDS:
            continue
        if kind not in _READERS or not isinstance(entries, list):
            remedy = f"use one of {', '.join(f'[[{name}]]' for name in (*_READERS, *WORDS))}"
            report.add(
                path.name, line_of(lines, kind, 0), kind, "", action="row_rejected", reason=f"not known: {remedy}"
            )
            continue
        for number, entry in enumerate(entries):
            try:
                rows = _parameters(kind, entry, board)
                _check_overlap(rows, parameters)
                parameters.extend(rows)
            except FieldError as error:
                line = line_of(lines, kind, number)
                reason = f"{kind} {number + 1}: {error.remedy}"
                report.add(path.name, line, error.field, str(error.value), action="row_rejected", reason=reason)
    return parameters, report


def _board(path: Path, board: object) -> Mapping[str, Any]:
    if not isinstance(board, dict):
        raise BoardFileError(f'{path.name}: add a [board] table with area = "TX:ALAMO", say')
    area = board.get("area")
    if not isinstance(area, str) or not _AREA.fullmatch(area):
        raise BoardFileError(f"{path.name}, board, area: write the state, a colon and the board, as in TX:ALAMO")
    strays = sorted(board.keys() - {"area", "name", *COMMON})
    if strays:
        raise BoardFileError(f"{path.name}, board: unknown field {', '.join(strays)}; remove or correct it")
    return board


def _parameters(kind: str, entry: object, board: Mapping[str, Any]) -> list[Parameter]:
    if not isinstance(entry, dict):
        raise FieldError(kind, entry, f"write it as a table, [[{kind}]]")
    reader, own = _READERS[kind]
    for field in entry:
        if field not in own and field not in COMMON:
            raise FieldError(field, entry[field], f"not a field of {kind}; it has {', '.join(own)}")
    merged = {**{k: v for k, v in board.items() if k in COMMON}, **entry}
    for field in _REQUIRED_TEXT:
        text_of(merged, field)
    return [
        Parameter(
            id=amount.id,
            value=amount.value,
            unit=amount.unit,
            area=board["area"],
            effective_from=day_of(merged, "effective_from"),
            effective_to=day_of(merged, "effective_to") if "effective_to" in merged else None,
            citation=text_of(merged, "citation"),
            link=text_of(merged, "link"),
            checked_on=day_of(merged, "checked_on"),
            verified=_flag(merged, "verified"),
        )
        for amount in reader(entry)
    ]


def _check_overlap(rows: list[Parameter], earlier: list[Parameter]) -> None:
    """Two amounts for one thing on one day: which one holds is the board's to say."""
    for row in rows:
        for other in earlier:
            if row.id == other.id and _meet(row, other):
                remedy = "another entry holds on the same days; give the older one an effective_to"
                raise FieldError("effective_from", row.effective_from, remedy)


def _meet(one: Parameter, other: Parameter) -> bool:
    starts_in_time = other.effective_to is None or one.effective_from <= other.effective_to
    return starts_in_time and (one.effective_to is None or other.effective_from <= one.effective_to)


def _training_account(entry: Mapping[str, Any]) -> list[_Amount]:
    amounts = []
    if "cap_usd" in entry:
        amounts.append(_Amount("ita.cap", _positive(entry, "cap_usd"), "USD an account"))
    if "length_limit_weeks" in entry:
        amounts.append(_Amount("ita.length_limit", _positive(entry, "length_limit_weeks"), "weeks"))
    if not amounts:
        raise FieldError(
            "cap_usd", "", "give cap_usd, length_limit_weeks or both; leave the entry out if neither is set"
        )
    return amounts


def _in_demand(entry: Mapping[str, Any]) -> list[_Amount]:
    text = text_of(entry, "onet_code")
    code = parse_onet_code(text)
    if code is None:
        raise FieldError("onet_code", text, "write an O*NET-SOC code such as 31-1131.00")
    return [_Amount(f"{DEMAND}{code}", 1.0, "listed")]


def _waiver(entry: Mapping[str, Any]) -> list[_Amount]:
    return [_Amount(f"waiver.{_name(entry, 'id')}", 1.0, "granted")]


def _support(entry: Mapping[str, Any]) -> list[_Amount]:
    per = text_of(entry, "per")
    return [_Amount(f"support.{_name(entry, 'kind')}", _positive(entry, "budget_usd"), f"USD per {per}")]


def _self_sufficiency(entry: Mapping[str, Any]) -> list[_Amount]:
    family = f"{_count(entry, 'adults', least=1)}a{_count(entry, 'children', least=0)}c"
    return [_Amount(f"self_sufficiency.{family}", _positive(entry, "wage_usd_per_hour"), "USD an hour")]


def _llsil(entry: Mapping[str, Any]) -> list[_Amount]:
    size = _count(entry, "family_size", least=1)
    return [_Amount(f"llsil.{size}", _positive(entry, "usd_a_year"), "USD a year")]


def _travel(entry: Mapping[str, Any]) -> list[_Amount]:
    mode = text_of(entry, "mode")
    if mode not in MODES:
        raise FieldError("mode", mode, f"use one of {', '.join(MODES)}")
    return [_Amount(f"{MINUTES_A_MILE}{mode}", _positive(entry, "minutes_per_mile"), "minutes a mile")]


def _workforce_pell_program(entry: Mapping[str, Any]) -> list[_Amount]:
    return [_Amount(f"{APPROVED_WORKFORCE_PELL}{text_of(entry, 'program_id')}", 1.0, "approved")]


_READERS: dict[str, tuple[Callable[[Mapping[str, Any]], list[_Amount]], tuple[str, ...]]] = {
    "training_account": (_training_account, ("cap_usd", "length_limit_weeks")),
    "in_demand": (_in_demand, ("onet_code",)),
    "waiver": (_waiver, ("id",)),
    "support": (_support, ("kind", "budget_usd", "per")),
    "self_sufficiency": (_self_sufficiency, ("adults", "children", "wage_usd_per_hour")),
    "llsil": (_llsil, ("family_size", "usd_a_year")),
    "travel": (_travel, ("mode", "minutes_per_mile")),
    "workforce_pell_program": (_workforce_pell_program, ("program_id",)),
}


def text_of(entry: Mapping[str, Any], field: str) -> str:
    """The text of a field that must have one."""
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise FieldError(field, value, f"{field} is missing: write it as text in quotes")
    return value.strip()


def _name(entry: Mapping[str, Any], field: str) -> str:
    value = text_of(entry, field)
    if not _NAME.fullmatch(value):
        raise FieldError(field, value, "use lower-case letters, digits and underscores, as in child_care")
    return value


def _positive(entry: Mapping[str, Any], field: str) -> float:
    value = entry.get(field)
    # bool is an int to Python; inf and nan are floats to TOML.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        raise FieldError(field, value, f"{field} must be a number above zero; leave the entry out when it is not known")
    return float(value)


def _count(entry: Mapping[str, Any], field: str, *, least: int) -> int:
    value = entry.get(field)
    if type(value) is not int or not least <= value <= 20:
        raise FieldError(field, value, f"{field} must be a whole number from {least} to 20")
    return value


def day_of(entry: Mapping[str, Any], field: str) -> str:
    """The day of a field, as ISO text."""
    value = entry.get(field)
    if type(value) is datetime.date:
        return value.isoformat()
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise FieldError(field, value, f"{field} must be a day such as 2026-07-01") from error


def _flag(entry: Mapping[str, Any], field: str) -> bool:
    value = entry.get(field, True)
    if not isinstance(value, bool):
        raise FieldError(field, value, f"{field} must be true or false")
    return value


def _lines_of_entries(text: str) -> dict[str, list[int]]:
    """The line each entry begins at: TOML readers do not say."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line):
            lines.setdefault(match.group(1), []).append(number)
    return lines


def line_of(lines: Mapping[str, list[int]], kind: str, number: int) -> int:
    """The line an entry begins at."""
    found = lines.get(kind, [])
    return found[number] if number < len(found) else 1
