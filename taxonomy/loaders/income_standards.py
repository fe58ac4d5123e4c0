"""Poverty guidelines and the Lower Living Standard Income Level, from a plain form, as dated parameters of law."""

import re
from datetime import date
from functools import partial

from taxonomy.law import Parameter
from taxonomy.loaders.records import NUMBER, TEXT, WHOLE, Cell, needed, one_of, read_records
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport

_GUIDELINE, _LLSIL = "poverty_guideline", "llsil"
_AREAS = {_GUIDELINE: re.compile("US48|AK|HI"), _LLSIL: re.compile(r"[A-Z]{2}(:[A-Z0-9_]+)?")}


def load_income_standards(delivery: Delivery) -> tuple[list[Parameter], LoadReport]:
    """The amounts of the form. The guideline is kept as the law states it: one person, and each further one.

    A guideline whose family sizes are not equal steps apart, or that lacks the first two, contradicts itself: it is
    reported and none of it becomes law.
    """
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "standards", report)
    standard = Cell(one_of(poverty_guideline=_GUIDELINE, llsil=_LLSIL), "poverty_guideline or llsil", needed=True)
    size = Cell(lambda text: n if (n := WHOLE.read(text)) and n > 0 else None, "a number of persons", needed=True)
    usd = Cell(lambda text: n if (n := NUMBER.read(text)) and n > 0 else None, "an amount above zero", needed=True)
    day = Cell(_day, "a day such as 2026-01-15")
    cells = (standard, needed(TEXT), size, usd, needed(day), day, needed(TEXT), needed(TEXT), needed(day))
    found = read_records(rows, cells, partial(_amount, rows), lambda p: (p.id, p.area, p.effective_from))
    return [*(p for p in found if p.id.startswith(_LLSIL)), *_guidelines(rows, found)], report


def _amount(rows: Rows, standard: str, area: str, size: int, usd: float, *dated: str) -> Parameter:
    begins, ends, citation, link, checked_on = dated
    if not _AREAS[standard].fullmatch(area):
        rows.note(0, "area", area, action="notice", reason=f"no rule of {standard} looks for this area")
    return Parameter(
        f"{standard}.{size}", usd, "USD a year", area, begins, ends or None, citation, link, checked_on, verified=True
    )


def _guidelines(rows: Rows, found: list[Parameter]) -> list[Parameter]:
    """Base and additional amount of each area and day."""
    tables: dict[tuple[str, str], dict[int, Parameter]] = {}
    for row in (p for p in found if p.id.startswith(_GUIDELINE)):
        tables.setdefault((row.area, row.effective_from), {})[int(row.id.rpartition(".")[2])] = row
    kept: list[Parameter] = []
    for (area, day), sizes in tables.items():
        step = sizes[2].value - sizes[1].value if {1, 2} <= sizes.keys() else None
        if step is None or any(p.value != sizes[1].value + step * (size - 1) for size, p in sizes.items()):
            reason = "the sizes of family 1 and 2 must be there, and all sizes the same step apart; none is used"
            rows.note(0, "usd_a_year", f"{area} {day}", action="claim_lost", reason=reason)
            continue
        base = sizes[1]
        unit = "USD a year per further person"
        rest = (base.area, base.effective_from, base.effective_to, base.citation, base.link, base.checked_on)
        kept.append(Parameter(f"{_GUIDELINE}.base", base.value, base.unit, *rest, verified=True))
        kept.append(Parameter(f"{_GUIDELINE}.additional", step, unit, *rest, verified=True))
    return kept


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
