"""The Texas statewide eligible training provider list, read in its published CSV layout.

The loader judges form only: what a cell is, not whether it can be true. That is `taxonomy.linking`'s work, the same
for every list.
"""

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from taxonomy.linking.listing import Listing
from taxonomy.release import LoadReport

RELEASE = "tx-etpl-2024-03-20"

# A list without these columns is not this list. Provider contacts and descriptions are never read.
COLUMNS = (
    "Provider ID",
    "Campus ID",
    "Program ID",
    "ProviderName",
    "Institution Type",
    "Campus City",
    "Campus State",
    "Campus Zip Code",
    "Campus County",
    "Information: Public Transit",
    "Information: Onsite Childcare",
    "Information: Flexible Hours",
    "Program Name",
    "Instructional Program (CIP) Code",
    "Pell Eligible",
    "Academic PreRequisites",
    "Program Outcome",
    "Associted Credential Name",
    "Length: Contact Hours",
    "Length: Weeks",
    "Delivery Method",
    "Occupation Code (ONET 1)",
    "Occupation Code (ONET 2)",
    "Occupation Code (ONET 3)",
    "Required Cost: Tuition & Fees",
    "Required Cost: Books & Supplies",
    "Number Of Apprentices",
    "Program ETPL Start Date",
    "Program ETPL Last Update",
)

_PROVIDER_KINDS = {
    "Higher Ed -majority of credentials awarded are associates degrees": "community_college",
    "Higher Ed -majority of credentials awarded are Community college certificate of completion": "community_college",
    "Higher Ed -majority of credentials awarded are baccalaureate or higher degrees": "university",
    "Private for-profit": "private_for_profit",
    "Private non-profit": "private_non_profit",
    "National Apprenticeship": "apprenticeship",
    "Public": "public",
    "Other type of institution": "other",
}
# "Measureable" is the list's own spelling. A skill gain that leads to a credential does not say which award that is.
_AWARDS = {
    "Industry recognized certificate or certification": "industry_certificate",
    "Community college certificate of completion": "college_certificate",
    "Associates Degree": "associate",
    "Baccalaureate degree": "bachelor",
    "Government license": "license",
    "Certificate of completion of an apprenticeship": "apprenticeship",
    "Secondary school diploma or its equivalent": "diploma",
    "No credential - employment only": "none",
    "Measureable skill gain leading to employment": "none",
    "Measureable skill gain leading to a credential": None,
}
_MODALITIES = {"In-person": "in_person", "Hybrid": "hybrid", "Distance Education": "online"}
_PELL = {"Yes": "yes", "No": "no", "Pending": "pending"}
# The list allows one choice, so "High School Diploma or Equivalent" alone says that no course is asked for.
_PREREQUISITES: dict[str, tuple[str | None, bool]] = {
    "High School Diploma or Equivalent": ("high_school_diploma", False),
    "Associates Degree": ("associate", False),
    "Bachelors Degree": ("bachelor", False),
    "Courses": (None, True),
    "Combination of Education and Course(s)": (None, True),
}
_YES_NO = {"Yes": True, "No": False}
_INVALID = "INVALID CODE"
_JUNK_CREDENTIALS = {"0", "n/a", "na", "none", "certificate", "certification", "tbd"}
_NO_LENGTH = {"99999", "0"}


class LayoutError(Exception):
    """The file is not the published Texas list."""


@dataclass(slots=True)
class _Row:
    """One row with what is needed to report a cell of it."""

    cells: dict[str, str]
    file: str
    line: int
    report: LoadReport

    def raw(self, column: str) -> str:
        return self.cells[column] or ""

    def tell(self, column: str, action: str, reason: str) -> None:
        self.report.add(self.file, self.line, column, self.raw(column), action=action, reason=reason)

    def text(self, column: str) -> str:
        """Words of a cell: HTML entities decoded, white space and broken characters removed."""
        raw = self.raw(column)
        # The list's export cut some entities' semicolons and escaped others twice.
        words = html.unescape(html.unescape(re.sub(r"&(quot|amp)(?!;)", r"&\1;", raw)))
        clean = " ".join(words.replace("\ufffd", " ").split())
        if clean != " ".join(raw.split()):
            self.tell(column, "repaired", "HTML entity or unreadable character")
        return clean

    def number(self, column: str, sentinels: frozenset[str] | set[str] = frozenset()) -> float | None:
        raw = self.raw(column).strip()
        if not raw:
            return None
        if raw in sentinels:
            self.tell(column, "value_unknown", f"{raw} stands for a figure that was not given")
            return None
        try:
            value = float(raw.replace(",", "").removeprefix("$"))
        except ValueError:
            self.tell(column, "value_unknown", "not a number")
            return None
        if value < 0:
            self.tell(column, "value_unknown", "below zero")
            return None
        return value

    def label(self, column: str, labels: dict[str, str] | dict[str, str | None]) -> str | None:
        raw = self.raw(column).strip()
        if raw in labels:
            return labels[raw]
        if raw:
            self.tell(
                column, "value_unknown", "the list's own mark for no value" if raw == _INVALID else "unknown word"
            )
        return None

    def yes_no(self, column: str) -> bool | None:
        return _YES_NO.get(self.raw(column).strip())  # blank on some 70 % of rows: not asked, so unknown, never no

    def date(self, column: str) -> str | None:
        raw = self.raw(column).strip()
        if not raw:
            return None
        try:
            # The list prints a local wall-clock time; only its day is kept.
            return datetime.strptime(raw, "%B %d, %Y %I:%M %p").date().isoformat()  # noqa: DTZ007 - day only
        except ValueError:
            self.tell(column, "value_unknown", "not a date such as 'June 3, 2022 1:05 PM'")
            return None


def load_texas(path: Path, release: str = RELEASE) -> tuple[list[Listing], LoadReport]:
    """Read the Texas list.

    Returns:
        The listings in file order, and every cell that was repaired or could not be read.

    Raises:
        LayoutError: a column of the published layout is missing.
    """
    report = LoadReport(release)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise LayoutError(f"{path.name} is not the Texas list: no column {', '.join(missing)}")
        rows = (_Row(cells, path.name, number, report) for number, cells in enumerate(reader, start=2))
        return list(_listings(rows, release)), report


def _listings(rows: Iterator[_Row], release: str) -> Iterator[Listing]:
    for row in rows:
        if not row.raw("Program ID").strip() or not row.raw("Program Name").strip():
            row.tell("Program ID", "row_rejected", "a program needs an id and a name")
            continue
        yield _listing(row, release)


def _listing(row: _Row, release: str) -> Listing:
    education, courses = _prerequisites(row)
    name = row.text("Program Name")
    return Listing(
        id=f"tx-{row.raw('Program ID').strip()}",
        provider_id=f"tx-{row.raw('Provider ID').strip()}",
        provider_name=row.text("ProviderName"),
        provider_kind=row.label("Institution Type", _PROVIDER_KINDS),
        name=name,
        release=release,
        file=row.file,
        line=row.line,
        cip=row.raw("Instructional Program (CIP) Code").strip() or None,
        outcome=row.label("Program Outcome", _AWARDS),
        credential_text=_credential_text(row),
        clock_hours=row.number("Length: Contact Hours", {"0", "99999"}),
        weeks=row.number("Length: Weeks", _NO_LENGTH),
        modality=row.label("Delivery Method", _MODALITIES),
        flexible_hours=row.yes_no("Information: Flexible Hours"),
        child_care_onsite=row.yes_no("Information: Onsite Childcare"),
        near_transit=row.yes_no("Information: Public Transit"),
        language=_language(name),
        tuition_usd=row.number("Required Cost: Tuition & Fees"),
        books_usd=row.number("Required Cost: Books & Supplies"),
        pell=row.label("Pell Eligible", _PELL),
        education_required=education,
        courses_required=courses,
        declared_codes=_declared_codes(row),
        apprentices=_whole(row.number("Number Of Apprentices")),
        campus=row.raw("Campus ID").strip() or None,
        city=row.text("Campus City") or None,
        county=row.text("Campus County") or None,
        state=row.text("Campus State") or None,
        zip=_zip(row),
        listed_on=row.date("Program ETPL Start Date"),
        updated_on=row.date("Program ETPL Last Update"),
    )


def _prerequisites(row: _Row) -> tuple[str | None, bool | None]:
    raw = row.raw("Academic PreRequisites").strip()
    if raw in _PREREQUISITES:
        return _PREREQUISITES[raw]
    if raw:
        row.tell("Academic PreRequisites", "value_unknown", "not one of the list's prerequisites")
    return None, None


def _credential_text(row: _Row) -> str | None:
    text = row.text("Associted Credential Name")
    if text.lower().strip(" .-") in _JUNK_CREDENTIALS:
        row.tell("Associted Credential Name", "value_unknown", "names no credential")
        return None
    return text or None


def _declared_codes(row: _Row) -> tuple[str, ...]:
    raw = (row.raw(f"Occupation Code (ONET {n})").strip() for n in (1, 2, 3))
    return tuple(dict.fromkeys(code for code in raw if code))


def _language(name: str) -> str:
    """Spanish when the name says that it is taught in Spanish; a course in the language is not that."""
    return "es" if re.search(r"\(spanish( version)?\)|\bin spanish\b|en espa[nñ]ol", name.lower()) else "en"


def _zip(row: _Row) -> str | None:
    raw = row.raw("Campus Zip Code").strip()
    if re.fullmatch(r"\d{5}(-\d{4})?", raw):
        return raw[:5]
    if raw:
        row.tell("Campus Zip Code", "value_unknown", "not a ZIP code")
    return None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
