"""The columns of a list as a flat table, and how their cells become a profile.

A column says where in the profile its value goes. What a value may be is decided at the same door as for a single
profile (`app.api.mapping.read_seeker`).
"""

import re
from collections.abc import Mapping
from typing import Any

from app.jobs.cells import (
    NOT_KNOWN,
    CellError,
    Column,
    list_of,
    parts,
    read_capitals,
    read_number,
    read_small,
    read_text,
    read_yes_no,
    read_zip,
)
from app.jobs.pirl import ELEMENTS
from taxonomy.frozen import frozen

JOBS = 9  # numbered job columns read of a row

_YES_NO = "yes or no; empty: not known"

_PLAIN = (
    Column("reference", ("reference",), read_text, "your own name for the person; never a Social Security number"),
    Column("zip", ("location", "zip"), read_zip, "ZIP code"),
    Column("max_miles", ("location", "max_miles"), read_number, "farthest way to class, miles"),
    Column("max_minutes", ("location", "max_minutes"), read_number, "longest way to class, minutes one way"),
    Column("modes", ("location", "modes"), list_of(read_small), "car; transit; bicycle; walk"),
    Column("job_title_#", ("work_history", "#", "title"), read_text, "job title, in any words"),
    Column("job_onet_#", ("work_history", "#", "onet_code"), read_text, "O*NET code, where known"),
    Column("job_months_#", ("work_history", "#", "months"), read_number, "months in the job"),
    Column("job_ended_#", ("work_history", "#", "ended"), read_text, "month it ended, YYYY-MM"),
    Column("job_current_#", ("work_history", "#", "current"), read_yes_no, "yes where still held"),
    Column("job_wage_#", ("work_history", "#", "hourly_wage_usd"), read_number, "US dollars an hour"),
    Column("job_duties_#", ("work_history", "#", "duties"), read_text, "what the person did"),
    Column("education", ("education", "level"), read_small, "highest level, such as high_school_diploma"),
    Column("credentials", ("credentials",), parts("name", "state", "expires"), "name|state|expires; …"),
    Column("skills", ("skills",), parts("text", "level"), "skill|level; …"),
    Column("languages", ("languages",), parts("code", "level"), "es|native; en|working"),
    Column("reading_grade", ("basic_skills", "reading_grade"), read_number, "school grade level of a reading test"),
    Column("math_grade", ("basic_skills", "math_grade"), read_number, "school grade level of a mathematics test"),
    Column("goal_occupations", ("goals", "occupations"), list_of(read_text), "job titles, O*NET or SOC codes wanted"),
    Column("goal_sectors", ("goals", "sectors"), list_of(read_small), "sectors wanted"),
    Column("exclude_sectors", ("goals", "exclude_sectors"), list_of(read_small), "sectors not wanted"),
    Column("interests", ("goals", "interests"), read_capitals, "Holland letters, such as SCI"),
    Column("min_hourly_wage_usd", ("goals", "min_hourly_wage_usd"), read_number, "least pay wanted, dollars an hour"),
    Column("drivers_license", ("constraints", "drivers_license"), read_small, "none, standard or cdl"),
    Column("convictions", ("constraints", "convictions"), list_of(read_text), "warns of license bars, never lowers"),
    Column("physical_limits", ("constraints", "physical_limits"), list_of(read_text), "lifting; standing; …"),
    Column("work_authorized", ("constraints", "work_authorized"), read_yes_no, _YES_NO),
    Column("child_care_needed", ("constraints", "child_care_needed"), read_yes_no, _YES_NO),
    Column("adults", ("household", "adults"), read_number, "adults in the household"),
    Column("children_ages", ("household", "children_ages"), list_of(read_number), "4; 9"),
    Column("annual_income_usd", ("household", "annual_income_usd"), read_number, "household income, US dollars a year"),
    Column(
        "income_last_6_months_usd", ("household", "income_last_6_months_usd"), read_number,
        "the family's income of the last 6 months, as WIOA counts it, US dollars",
    ),
    Column("birth_year", ("eligibility", "birth_year"), read_number, "for minimum ages and funding rules only"),
    Column("employment_status", ("eligibility", "employment_status"), read_small, "unemployed, employed, …"),
    *(
        Column(name, ("eligibility", name), read_yes_no, _YES_NO)
        for name in (
            "dislocated", "snap", "tanf", "ssi", "public_assistance", "school_lunch", "veteran", "ui_claimant",
            "in_school", "foster_youth", "homeless", "selective_service_compliant", "medicaid", "child_care_subsidy",
        )
    ),
    Column("active_duty_days", ("eligibility", "active_duty_days"), read_number, "days after 10 September 2001"),
    Column("student_aid_index", ("eligibility", "student_aid_index"), read_number, "from the FAFSA of the award year"),
    Column("pell_used_percent", ("eligibility", "pell_used_percent"), read_number, "by StudentAid.gov; 600 is all"),
)  # fmt: skip

_LIMITS = (
    ("schedule", list_of(read_small), "day; evening; weekend"),
    ("max_weeks_to_better_pay", read_number, "weeks until better pay, at most"),
    ("max_out_of_pocket_usd", read_number, "own money over the whole plan, at most"),
    ("study_hours_per_week", read_number, "hours of class a week, at most"),
    ("must_earn_while_training", read_yes_no, "yes where pay must go on during class"),
    ("modality", list_of(read_small), "in_person; hybrid; online"),
    ("no_variable_hours", read_yes_no, "yes where hours must not vary from week to week"),
    ("no_overnight_travel", read_yes_no, "yes where nights away are out of the question"),
)

COLUMNS: tuple[Column, ...] = (
    *_PLAIN,
    *(Column(name, ("constraints", name, "value"), read, meaning) for name, read, meaning in _LIMITS),
    *(
        Column(f"{name}_hard", ("constraints", name, "hard"), read_yes_no, "no: a wish; yes or empty: rules out")
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
_READ = BY_NAME | ELEMENTS


def place_of(name: str) -> tuple[str, ...]:
    """Where in a profile the value of a column goes."""
    return _READ[name].place


def clean_name(header: str) -> str:
    """A heading as the columns are named: small letters, words joined by underscores."""
    return re.sub(r"[\s-]+", "_", header.strip().lower())


@frozen
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
        column, cell = _READ[name], raw.strip()
        if cell.lower() in NOT_KNOWN:
            continue
        try:
            value = column.read(cell)
        except CellError as error:
            faults.append((name, error))
            continue
        if value is not None and value != []:
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
