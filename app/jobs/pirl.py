"""The elements of a PIRL extract that say something a plan depends on, and how their codes are read.

PIRL is the participant record of WIOA programs (form ETA-9172, OMB 1205-0521; elements as listed with the layout of
6 February 2025, TEGL 23-19 Change 3). A heading is known by its element number, however the state words the rest of
it, and where it has no number by the element's name. Elements are left out where the method must not read them (sex,
race, disability, arrest record), where no plan depends on them, and where their codes could not be verified: 401
(unemployment compensation), 600 (TANF), 602 (SSI) and 603 (SNAP) are such; a list gives these in columns of its own.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from app.jobs.cells import CellError, Column, read_text, read_zip

_NOT_TOLD = "9"  # "did not self-identify" and "not applicable"; not the same as no
_HEADING = re.compile(r"(?:pirl|element|p)?[\s_#.:-]*([1-9][0-9]{2,3})[a-c]?(?=$|[\s_.:)-])")
_DAY = re.compile(r"((?:19|20)[0-9]{2})-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])")
_OCCUPATION = re.compile(r"([0-9]{2})-?([0-9]{4})(?:\.?([0-9]{2}))?")
_FIRST, _LAST = 100, 2999  # numbers the layout uses


def _codes(meanings: Mapping[str, Any]) -> Callable[[str], Any]:
    """A code as the layout defines it; with or without a leading zero."""

    def read(cell: str) -> Any:  # noqa: ANN401 # text, yes or no, or None for not told
        code = cell.removesuffix(".0").lstrip("0") or "0"
        if code == _NOT_TOLD:
            return None
        if code not in meanings:
            raise CellError("not_an_option", "is not a code of this element", f"write one of {', '.join(meanings)}")
        return meanings[code]

    return read


def _birth_year(cell: str) -> int:
    day = _DAY.fullmatch(cell)
    if day is None:
        raise CellError("wrong_format", "is not a day", "write it as YYYYMMDD")
    return int(day[1])


def _occupation(cell: str) -> str | None:
    found = _OCCUPATION.fullmatch(cell)
    if found is None:
        raise CellError("wrong_format", "is not an occupation code", "write eight digits such as 31113100, or leave it")
    if set(cell) <= set("0-.") or set(cell) <= set("9-."):
        return None  # filler of a field that is optional
    # O*NET-SOC gives an occupation of the SOC itself the ending 00.
    return f"{found[1]}-{found[2]}.{found[3] or '00'}"


_YES_NO = _codes({"1": True, "0": False})

# Element, the place of its value in a profile, how it is read, its name.
_READ: tuple[tuple[int, tuple[str, ...], Callable[[str], Any], str], ...] = (
    (100, ("reference",), read_text, "unique individual identifier"),
    (103, ("location", "zip"), read_zip, "zip code of residence"),
    (200, ("eligibility", "birth_year"), _birth_year, "date of birth"),
    (300, ("eligibility", "veteran"), _YES_NO, "veteran status"),
    (400, ("eligibility", "employment_status"),
     _codes({"0": "unemployed", "1": "employed", "2": "notice_received", "3": "not_in_labor_force"}),
     "employment status at program entry"),
    (403, ("work_history", "0", "onet_code"), _occupation,
     "occupational code of most recent employment prior to participation"),
    # A certificate of attendance (3) is no diploma. That 4 comes before 5 is the layout's order, not a slip.
    (408, ("education", "level"),
     _codes({"0": "less_than_high_school", "1": "high_school_diploma", "2": "high_school_equivalency",
             "3": "less_than_high_school", "4": "some_college", "5": "postsecondary_certificate", "6": "associate",
             "7": "bachelor", "8": "graduate"}),
     "highest educational level completed at program entry"),
    (409, ("eligibility", "in_school"),
     _codes({"1": True, "2": True, "3": True, "4": False, "5": False, "6": False}), "school status at program entry"),
    (704, ("eligibility", "foster_youth"), _YES_NO, "foster care youth status at program entry"),
    (800, ("eligibility", "homeless"), _YES_NO,
     "homeless participant, homeless children and youths, or runaway youth at program entry"),
    # Not being served as a dislocated worker does not say that the person is none.
    (904, ("eligibility", "dislocated"), _codes({"0": None, "1": True, "2": True, "3": True}), "dislocated worker"),
)  # fmt: skip

# Names of elements that are left out and often come without their number.
_LEFT_OUT = {
    "sex": 201, "gender": 201, "individual with a disability": 202, "category of disability": 203,
    "ethnicity: hispanic / latino": 210, "ethnicity": 210, "race": 210, "social security number": 2700, "ssn": 2700,
    "state code of residence": 101, "county code of residence": 102, "date of program entry": 900,
    "date of program exit": 901, "low income status at program entry": 802, "ex-offender status at program entry": 801,
    "highest school grade completed at program entry": 407,
}  # fmt: skip

ELEMENTS: dict[str, Column] = {
    f"pirl_{element}": Column(f"pirl_{element}", place, read, f"PIRL {element}: {name}")
    for element, place, read, name in _READ
}
_BY_NAME = {name: element for element, _, _, name in _READ} | _LEFT_OUT


def find_element(heading: str) -> int | None:
    """The element a heading stands for: by its number first, then by its name; None where it is none."""
    plain = " ".join(heading.lower().split())
    numbered = _HEADING.match(plain)
    if numbered is not None and _FIRST <= int(numbered[1]) <= _LAST:
        return int(numbered[1])
    return _BY_NAME.get(plain.removesuffix("(wioa)").strip())
