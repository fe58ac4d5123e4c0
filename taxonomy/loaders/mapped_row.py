"""One row of a mapped provider list: each field read as the mapping says, and every cell that could not be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from taxonomy.loaders.list_mapping import KINDS, OTHERWISE, WEEKS_PER, Counts, Earnings, ListMapping, Reading, fold
from taxonomy.loaders.outcomes import quarterly_fault
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.words import clean_text

# A dollar: publishers round the parts of a total.
_ROUNDING_USD = 1.0
_DEGREES = ("latitude", "longitude")


@dataclass(slots=True)
class MappedRow:
    """One row with what is needed to report a cell of it."""

    cells: dict[str, str]
    line: int
    rows: Rows

    def tell(self, column: str, action: str, reason: str) -> None:
        """Report a cell of this row."""
        self.rows.note(self.line, column, self.cells[column], action=action, reason=reason)

    def fill_blanks(self, mapping: ListMapping, providers: Mapping[str, tuple[str, ...]]) -> None:
        """Take from the directory what the list leaves blank of the provider."""
        if mapping.directory is None:
            return
        given = providers.get(self.cells[mapping.directory.asked].strip(), ())
        filled = [c for c, cell in zip(mapping.directory.columns, given, strict=False) if cell and not self.cells[c]]
        self.cells.update((c, g) for c, g in zip(mapping.directory.columns, given, strict=False) if c in filled)
        if filled:
            self.tell(filled[0], "repaired", f"taken from the directory of providers: {', '.join(filled)}")

    def left_out(self, mapping: ListMapping) -> tuple[str, str, str] | None:
        """Column, value and reason where the row is no program of the list."""
        for rule in mapping.leave_out:
            if fold(self.cells[rule.column]) in rule.values:
                return rule.column, self.cells[rule.column], rule.reason
        return None

    def read(self, field: str, mapping: ListMapping) -> Any:  # noqa: ANN401 - a field of a listing, of its own type
        """The field by the first reading that says something."""
        for reading in mapping.readings.get(field, ()):
            value = reading.constant if reading.constant is not None else self._read(field, reading)
            if value is not None and value != ():
                return value
        return () if KINDS.get(field) == "codes" else None

    def _read(self, field: str, reading: Reading) -> Any:  # noqa: ANN401 - as above
        match KINDS.get(field):
            case "number":
                return self._sum(field, reading)
            case "yes_no":
                found = [self._word(column, reading) for column in reading.columns]
                return True if True in found else False if False in found else None
            case "codes":
                parts = (part for column in reading.columns for part in self._parts(column, reading))
                return tuple(dict.fromkeys(f"{part}{reading.suffix}" for part in parts))
            case "date":
                return next((day for c in reading.columns if (day := self._date(c, reading))), None)
            case "zip":
                return next((code for c in reading.columns if (code := self._zip(c, reading))), None)
        return self._said(reading)

    def _said(self, reading: Reading) -> Any:  # noqa: ANN401 - as above
        """Text, or our word for it, of the first column that says something."""
        if reading.slug:
            return slug(" ".join(self.cells[column] for column in reading.columns)) or None
        read = self._text if reading.values is None else self._word
        return next((value for c in reading.columns if (value := read(c, reading)) is not None), None)

    def _text(self, column: str, reading: Reading) -> str | None:
        raw = self.cells[column]
        if (meaning := reading.unknown.get(fold(raw))) is not None:
            self.tell(column, "value_unknown", meaning)
            return None
        clean = clean_text(raw)
        if clean != " ".join(raw.split()):
            self.tell(column, "repaired", "quotation marks, an HTML entity or an unreadable character")
        return clean or None

    def _parts(self, column: str, reading: Reading) -> list[str]:
        raw = self.cells[column].strip()
        if not raw or fold(raw) in reading.unknown:
            return []
        if reading.split is None:
            return [raw]
        parts = raw.split(reading.split) if reading.split else list(raw)
        return [part.strip() for part in parts if part.strip()]

    def _word(self, column: str, reading: Reading) -> Any:  # noqa: ANN401 - as above
        """Our word for the cell. Of several words in a cell the one that stands first in the mapping is taken."""
        values = reading.values or {}
        words = {fold(clean_text(part)) for part in self._parts(column, reading)}
        for word, ours in values.items():
            if word in words:
                return ours
        if words and OTHERWISE in values:
            return values[OTHERWISE]
        if words:
            self.tell(column, "value_unknown", f"a word that {reading.entry} does not list")
        return None

    def _sum(self, field: str, reading: Reading) -> float | None:
        """The columns added up; unknown where the first is, for the others are additions to it."""
        amounts = [self._number(column, reading, below_zero=field in _DEGREES) for column in reading.columns]
        if not amounts or amounts[0] is None:
            return None
        total = sum(amount for amount in amounts if amount is not None)
        return total * WEEKS_PER.get(reading.unit or "", 1.0)

    def _number(self, column: str, reading: Reading, *, below_zero: bool = False) -> float | None:
        if reading.values is not None:
            word: float | None = self._word(column, reading)
            return word
        raw = self.cells[column].strip()
        if not raw:
            return None
        meaning = reading.unknown.get(fold(raw))
        value = None if meaning else parse_number(raw.removeprefix("$"))
        if value is None or (value < 0 and not below_zero):
            self.tell(column, "value_unknown", meaning or "not a number of zero or more")
            return None
        return value

    def _date(self, column: str, reading: Reading) -> str | None:
        raw = self.cells[column].strip()
        if not raw or fold(raw) in reading.unknown:
            return None
        try:
            # A list prints local wall-clock time where it prints one; only the day is kept.
            return datetime.strptime(raw, reading.date_format).date().isoformat()  # noqa: DTZ007 - day only
        except ValueError:
            self.tell(column, "value_unknown", f"not a date of the form {reading.date_format}")
            return None

    def _zip(self, column: str, reading: Reading) -> str | None:
        raw = self.cells[column].strip()
        if not raw or fold(raw) in reading.unknown:
            return None
        if re.fullmatch(r"\d{5}(-?\d{4})?", raw):
            return raw[:5]
        if re.fullmatch(r"\d{3,4}", raw):
            self.tell(column, "repaired", "a leading zero was lost")
            return raw.zfill(5)
        self.tell(column, "value_unknown", "not a ZIP code")
        return None

    def counted(self, counts: Counts) -> tuple[float, float] | None:
        """Numerator and denominator, or None where they are not given or cannot both be true."""
        reading = Reading("", (), None, counts.unknown)
        some = self._number(counts.numerator, reading)
        every = self._number(counts.denominator, reading)
        if some is None or not every:
            return None
        most = None if counts.not_above is None else self._number(counts.not_above, reading)
        if some > every:
            self.tell(counts.numerator, "claim_lost", f"more than {counts.denominator}: two cohorts, so no rate")
            return None
        if most is not None and every > most:
            self.tell(counts.denominator, "claim_lost", f"more than {counts.not_above}: two cohorts, so no rate")
            return None
        return some, every

    def paid(self, earnings: Earnings) -> tuple[float, int | None] | None:
        """A quarter's earnings and of how many people, or None where they are not given or no quarter's."""
        reading = Reading("", (), None, earnings.unknown)
        usd = self._number(earnings.column, reading)
        if usd is None:
            return None
        if (fault := quarterly_fault(usd)) is not None:
            self.tell(earnings.column, "claim_lost", fault)
            return None
        people = None if earnings.people is None else self._number(earnings.people, reading)
        return usd, None if people is None else int(people)

    def check_sums(self, mapping: ListMapping) -> None:
        """A total that contradicts its parts loses its claim; the parts stand."""
        for rule in mapping.sums:
            parts = [parse_number(self.cells[c].removeprefix("$")) for c in rule.parts]
            total = parse_number(self.cells[rule.total].removeprefix("$"))
            added = sum(p for p in parts if p is not None)
            if total is not None and abs(total - added) > _ROUNDING_USD:
                self.tell(rule.total, "claim_lost", f"its parts add up to {added:g}, which is used")


def slug(name: str) -> str:
    """A provider's name as its number, where the list gives none."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))
