"""The columns of a list as a flat table, and how their cells become a profile.

A column says where in the profile its value goes. What a value may be is decided at the same door as for a single
profile (`app.api.mapping.read_seeker`); here a cell only becomes text, a number, yes or no, or a list of these.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

JOBS = 9  # numbered job columns read of a row
_NOT_KNOWN = frozenset({"", "unknown", "n/a", "na", "null", "-"})
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "si", "sí"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|-?\.\d+")
_ZIP = re.compile(r"(\d{4,5})(-\d{4})?")


class CellError(ValueError):
    """A cell that cannot be read; says what it must be, never what it was."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value goes (# stands for the number of a job), how its cell is read, what it means."""

    name: str
    place: tuple[str, ...]
    read: Callable[[str], Any]
    meaning: str


def _text(cell: str) -> str:
    return cell


def _small(cell: str) -> str:
    return cell.lower().replace(" ", "_")


def _capitals(cell: str) -> str:
    return cell.upper()


def _number(cell: str) -> float | int:
    plain = cell.removeprefix("$").strip()
    if not _NUMBER.fullmatch(plain):
        raise CellError("wrong_kind", "is not a number", "write a number such as 1200 or 14.50")
    value = float(plain.replace(",", ""))
    return int(value) if value.is_integer() else value


def _yes_no(cell: str) -> bool:
    said = cell.lower()
    if said not in _YES | _NO:
        raise CellError("wrong_kind", "is neither yes nor no", "write yes or no, or leave it empty where not known")
    return said in _YES


def _zip(cell: str) -> str:
    # Spreadsheets drop the leading zero of a ZIP code, and some systems add four digits more.
    found = _ZIP.fullmatch(cell)
    return found[1].zfill(5) if found else cell


def _list_of(read: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    return lambda cell: [read(part.strip()) for part in cell.split(";") if part.strip()]


def _parts(*names: str) -> Callable[[str], list[Any]]:
    """A list whose entries have parts after a bar: "CNA|TX|2027-03"."""

    def read(cell: str) -> dict[str, str]:
        said = [part.strip() for part in cell.split("|")]
        if len(said) > len(names):
            raise CellError("wrong_format", "has too many parts", f"write {'|'.join(names)}; separate entries by ;")
        return {name: part for name, part in zip(names, said, strict=False) if part}

    return _list_of(read)


_YES_NO = "yes or no; empty: not known"

_PLAIN = (
    Column("reference", ("reference",), _text, "your own name for the person; never a Social Security number"),
    Column("zip", ("location", "zip"), _zip, "ZIP code"),
    Column("max_miles", ("location", "max_miles"), _number, "farthest way to class, miles"),
    Column("modes", ("location", "modes"), _list_of(_small), "car; transit; bicycle; walk"),
    Column("job_title_#", ("work_history", "#", "title"), _text, "job title, in any words"),
    Column("job_onet_#", ("work_history", "#", "onet_code"), _text, "O*NET code, where known"),
    Column("job_months_#", ("work_history", "#", "months"), _number, "months in the job"),
    Column("job_ended_#", ("work_history", "#", "ended"), _text, "month it ended, YYYY-MM"),
    Column("job_current_#", ("work_history", "#", "current"), _yes_no, "yes where still held"),
    Column("job_wage_#", ("work_history", "#", "hourly_wage_usd"), _number, "US dollars an hour"),
    Column("job_duties_#", ("work_history", "#", "duties"), _text, "what the person did"),
    Column("education", ("education", "level"), _small, "highest level, such as high_school_diploma"),
    Column("credentials", ("credentials",), _parts("name", "state", "expires"), "name|state|expires; …"),
    Column("skills", ("skills",), _parts("text", "level"), "skill|level; …"),
    Column("languages", ("languages",), _parts("code", "level"), "es|native; en|working"),
    Column("reading_grade", ("basic_skills", "reading_grade"), _number, "school grade level of a reading test"),
    Column("math_grade", ("basic_skills", "math_grade"), _number, "school grade level of a mathematics test"),
    Column("goal_occupations", ("goals", "occupations"), _list_of(_text), "job titles or O*NET codes wanted"),
    Column("goal_sectors", ("goals", "sectors"), _list_of(_small), "sectors wanted"),
    Column("exclude_sectors", ("goals", "exclude_sectors"), _list_of(_small), "sectors not wanted"),
    Column("interests", ("goals", "interests"), _capitals, "Holland letters, such as SCI"),
    Column("min_hourly_wage_usd", ("goals", "min_hourly_wage_usd"), _number, "least pay wanted, US dollars an hour"),
    Column("drivers_license", ("constraints", "drivers_license"), _small, "none, standard or cdl"),
    Column("convictions", ("constraints", "convictions"), _list_of(_text), "warns of licence bars, never lowers"),
    Column("physical_limits", ("constraints", "physical_limits"), _list_of(_text), "lifting; standing; …"),
    Column("work_authorized", ("constraints", "work_authorized"), _yes_no, _YES_NO),
    Column("child_care_needed", ("constraints", "child_care_needed"), _yes_no, _YES_NO),
    Column("adults", ("household", "adults"), _number, "adults in the household"),
    Column("children_ages", ("household", "children_ages"), _list_of(_number), "4; 9"),
    Column("annual_income_usd", ("household", "annual_income_usd"), _number, "household income, US dollars a year"),
    Column("birth_year", ("eligibility", "birth_year"), _number, "for minimum ages and funding rules only"),
    Column("employment_status", ("eligibility", "employment_status"), _small, "unemployed, employed, …"),
    *(
        Column(name, ("eligibility", name), _yes_no, _YES_NO)
        for name in (
            "dislocated", "snap", "tanf", "ssi", "public_assistance", "school_lunch", "veteran", "ui_claimant",
            "in_school", "foster_youth", "homeless", "selective_service_compliant", "medicaid", "child_care_subsidy",
        )
    ),
    Column("active_duty_days", ("eligibility", "active_duty_days"), _number, "days after 10 September 2001"),
)  # fmt: skip

_LIMITS = (
    ("schedule", _list_of(_small), "day; evening; weekend"),
    ("max_weeks_to_better_pay", _number, "weeks until better pay, at most"),
    ("max_out_of_pocket_usd", _number, "own money over the whole plan, at most"),
    ("study_hours_per_week", _number, "hours of class a week, at most"),
    ("must_earn_while_training", _yes_no, "yes where pay must go on during class"),
    ("modality", _list_of(_small), "in_person; hybrid; online"),
    ("no_variable_hours", _yes_no, "yes where hours must not vary from week to week"),
    ("no_overnight_travel", _yes_no, "yes where nights away are out of the question"),
)

COLUMNS: tuple[Column, ...] = (
    *_PLAIN,
    *(Column(name, ("constraints", name, "value"), read, meaning) for name, read, meaning in _LIMITS),
    *(
        Column(f"{name}_hard", ("constraints", name, "hard"), _yes_no, "no: a wish; yes or empty: rules out")
        for name, _, _ in _LIMITS
    ),
)


def _numbered() -> dict[str, Column]:
    every: dict[str, Column] = {}
    for column in COLUMNS:
        for number in range(1, JOBS + 1) if "#" in column.name else (0,):
            place = tuple(str(number - 1) if part == "#" else part for part in column.place)
            name = column.name.replace("#", str(number))
            every[name] = Column(name, place, column.read, column.meaning)
    return every


BY_NAME: dict[str, Column] = _numbered()


def clean_name(header: str) -> str:
    """A heading as the columns are named: small letters, words joined by underscores."""
    return re.sub(r"[\s-]+", "_", header.strip().lower())


@dataclass(frozen=True, slots=True)
class FlatProfile:
    """A row as a profile, the column each place of it came from, and the cells that could not be read."""

    profile: dict[str, Any]
    column_of: dict[tuple[str, ...], str]
    faults: tuple[tuple[str, CellError], ...]


def read_cells(cells: Mapping[str, str]) -> FlatProfile:
    """Cells by column name as a profile. Empty cells, and words for not knowing, leave the field out."""
    profile: dict[str, Any] = {}
    column_of: dict[tuple[str, ...], str] = {}
    faults = []
    for name, raw in cells.items():
        column, cell = BY_NAME[name], raw.strip()
        if cell.lower() in _NOT_KNOWN:
            continue
        try:
            value = column.read(cell)
        except CellError as error:
            faults.append((name, error))
            continue
        if value != []:
            _put(profile, column.place, value)
            column_of[column.place] = name
    return FlatProfile(_with_jobs(profile, column_of), column_of, tuple(faults))


def _put(profile: dict[str, Any], place: tuple[str, ...], value: object) -> None:
    for part in place[:-1]:
        profile = profile.setdefault(part, {})
    profile[place[-1]] = value


def _with_jobs(profile: dict[str, Any], column_of: dict[tuple[str, ...], str]) -> dict[str, Any]:
    """Jobs as a list without gaps, and a limit's word on hardness dropped where the limit itself is not given."""
    jobs = profile.get("work_history")
    if jobs is not None:
        given = sorted(jobs)
        profile["work_history"] = [jobs[number] for number in given]
        for new, old in enumerate(given):
            for place in [p for p in column_of if p[:2] == ("work_history", old)]:
                column_of["work_history", str(new), *place[2:]] = column_of.pop(place)
    limits = profile.get("constraints", {})
    for name in [n for n, limit in limits.items() if isinstance(limit, dict) and "value" not in limit]:
        del limits[name]
    return profile


def column_at(pointer: str, column_of: Mapping[tuple[str, ...], str]) -> str:
    """The column behind a JSON pointer: the one that filled that place, or the nearest around it."""
    place = tuple(pointer.split("/")[1:])
    for length in range(len(place), 0, -1):
        if place[:length] in column_of:
            return column_of[place[:length]]
        inside = [name for filled, name in column_of.items() if filled[:length] == place[:length]]
        if inside:
            return inside[0]
    return ""
