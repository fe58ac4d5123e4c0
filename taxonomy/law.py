"""Law as dated data: one amount or threshold in force over a span of days, with its citation."""

from datetime import date, timedelta
from typing import Any

from taxonomy.frozen import frozen

# A program on a list of approved Workforce Pell programs is a parameter: this, and the program's id.
APPROVED_WORKFORCE_PELL = "workforce_pell.approved."

# A job on a board's demand list likewise: this, and its O*NET-SOC code.
DEMAND = "demand."

# Minutes a mile by a means of travel, from a board's file, are parameters too: this, and the mode.
MINUTES_A_MILE = "travel."


@frozen
class Parameter:
    """An amount in force from `effective_from` up to and including `effective_to` (None: until changed)."""

    id: str  # "poverty_guideline.base", "pell.maximum", ...
    value: float
    unit: str
    area: str  # "US48", "AK", "HI", "US", a state, a board
    effective_from: str
    effective_to: str | None
    citation: str
    link: str
    checked_on: str
    verified: bool


@frozen
class LegalBar:
    """A federal bar or check tied to an occupation or licence, and the way around it. Shown as a warning only."""

    code: str  # "L1" ...
    name: str
    authority: str
    applies_to: str
    waiver: str | None
    verified: bool


@frozen
class Scenario:
    """A person of the law's test cases: some facts, a day and an area, and what a stream comes to."""

    stream: str
    path: str  # of the file, and of the rule: "wioa/adult"
    name: str  # a sentence
    on: str
    area: str
    facts: tuple[tuple[str, Any], ...]  # what is left out is not known
    status: str
    decides: tuple[str, ...] | None  # what would settle it; None: not part of the case


@frozen
class ReviewSchedule:
    """How long a family of parameters may go unchecked, and on which day of the year its amounts change."""

    family: str  # the part of a parameter's id before the dot, or the whole id
    days: int
    changes_on: str | None  # "MM-DD"
    why: str

    def due_on(self, checked_on: str) -> date:
        """The day by which a parameter checked on a day must be checked again."""
        checked = date.fromisoformat(checked_on)
        latest = checked + timedelta(days=self.days)
        if self.changes_on is None:
            return latest
        month, day = (int(part) for part in self.changes_on.split("-"))
        change = date(checked.year, month, day)
        return min(latest, change if change > checked else date(checked.year + 1, month, day))
