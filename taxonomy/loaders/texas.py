"""The Texas statewide eligible training provider list, read in its published CSV layout.

The loader judges form only: what a cell is, not whether it can be true. That is `taxonomy.linking`'s work, the same
for every list.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from taxonomy.linking.listing import Listing
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.loaders.words import clean_text, language_of
from taxonomy.release import LoadReport

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
_NO_LENGTH = frozenset({"99999", "0"})


@dataclass(slots=True)
class _Row:
    """One row with what is needed to report a cell of it."""

    cells: dict[str, str]
    line: int
    rows: Rows

    def raw(self, column: str) -> str:
        return self.cells[column].strip()

    def tell(self, column: str, action: str, reason: str) -> None:
        self.rows.note(self.line, column, self.cells[column], action=action, reason=reason)

    def text(self, column: str) -> str:
        """Words of a cell: HTML entities decoded, white space and broken characters removed."""
        raw = self.raw(column)
        clean = clean_text(raw)
        if clean != " ".join(raw.split()):
            self.tell(column, "repaired", "HTML entity or unreadable character")
        return clean

    def number(self, column: str, sentinels: frozenset[str] = frozenset()) -> float | None:
        raw = self.raw(column)
        if not raw:
            return None
        value = None if raw in sentinels else parse_number(raw.removeprefix("$"))
        if value is None or value < 0:
            reason = "stands for a figure that was not given" if raw in sentinels else "not a number of zero or more"
            self.tell(column, "value_unknown", reason)
            return None
        return value

    def label(self, column: str, labels: dict[str, str] | dict[str, str | None]) -> str | None:
        raw = self.raw(column)
        if raw in labels:
            return labels[raw]
        if raw:
            self.tell(
                column, "value_unknown", "the list's own mark for no value" if raw == _INVALID else "unknown word"
            )
        return None

    def yes_no(self, column: str) -> bool | None:
        return _YES_NO.get(self.raw(column))  # blank on some 70 % of rows: not asked, so unknown, never no

    def date(self, column: str) -> str | None:
        raw = self.raw(column)
        if not raw:
            return None
        try:
            # The list prints a local wall-clock time; only its day is kept.
            return datetime.strptime(raw, "%B %d, %Y %I:%M %p").date().isoformat()  # noqa: DTZ007 - day only
        except ValueError:
            self.tell(column, "value_unknown", "not a date such as 'June 3, 2022 1:05 PM'")
            return None


def load_texas(delivery: Delivery) -> tuple[list[Listing], LoadReport]:
    """Read the Texas list.

    Returns:
        The listings in file order, and every cell that was repaired or could not be read.

    Raises:
        SourceError: a column of the published layout is missing, or the file is cut short.
    """
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "programs", report)
    listings: list[Listing] = []
    seen: set[str] = set()
    for line, cells in rows:
        row = _Row(dict(zip(rows.spec.columns, cells, strict=True)), line, rows)
        number = row.raw("Program ID")
        if not number or not row.raw("Program Name"):
            rows.leave_out(line, "Program ID", number, "a program needs a number and a name")
        elif number in seen:
            rows.leave_out(line, "Program ID", number, "this number was already given")
        else:
            seen.add(number)
            listings.append(_listing(row, delivery.release_id))
            rows.keep()
    rows.close()
    return listings, report


def _listing(row: _Row, release: str) -> Listing:
    education, courses = _prerequisites(row)
    name = row.text("Program Name")
    return Listing(
        id=f"tx-{row.raw('Program ID')}",
        provider_id=f"tx-{row.raw('Provider ID')}",
        provider_name=row.text("ProviderName"),
        provider_kind=row.label("Institution Type", _PROVIDER_KINDS),
        name=name,
        release=release,
        file=row.rows.file.name,
        line=row.line,
        cip=row.raw("Instructional Program (CIP) Code") or None,
        outcome=row.label("Program Outcome", _AWARDS),
        credential_text=_credential_text(row),
        clock_hours=row.number("Length: Contact Hours", _NO_LENGTH),
        weeks=row.number("Length: Weeks", _NO_LENGTH),
        modality=row.label("Delivery Method", _MODALITIES),
        flexible_hours=row.yes_no("Information: Flexible Hours"),
        child_care_onsite=row.yes_no("Information: Onsite Childcare"),
        near_transit=row.yes_no("Information: Public Transit"),
        language=language_of(name),
        tuition_usd=row.number("Required Cost: Tuition & Fees"),
        books_usd=row.number("Required Cost: Books & Supplies"),
        pell=row.label("Pell Eligible", _PELL),
        education_required=education,
        courses_required=courses,
        declared_codes=_declared_codes(row),
        apprentices=_whole(row.number("Number Of Apprentices")),
        street=row.text("Campus Address") or None,
        site=row.raw("Program URL") or None,
        campus=row.raw("Campus ID") or None,
        city=row.text("Campus City") or None,
        county=row.text("Campus County") or None,
        state=row.text("Campus State") or None,
        listed_in="TX",
        zip=_zip(row),
        listed_on=row.date("Program ETPL Start Date"),
        updated_on=row.date("Program ETPL Last Update"),
    )


def _prerequisites(row: _Row) -> tuple[str | None, bool | None]:
    raw = row.raw("Academic PreRequisites")
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
    raw = (row.raw(f"Occupation Code (ONET {n})") for n in (1, 2, 3))
    return tuple(dict.fromkeys(code for code in raw if code))


def _zip(row: _Row) -> str | None:
    raw = row.raw("Campus Zip Code")
    if re.fullmatch(r"\d{5}(-\d{4})?", raw):
        return raw[:5]
    if raw:
        row.tell("Campus Zip Code", "value_unknown", "not a ZIP code")
    return None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
