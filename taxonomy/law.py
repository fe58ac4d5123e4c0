"""Law as dated data: one amount or threshold in force over a span of days, with its citation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class LegalBar:
    """A federal bar or check tied to an occupation or licence, and the way around it. Shown as a warning only."""

    code: str  # "L1" ...
    name: str
    authority: str
    applies_to: str
    waiver: str | None
    verified: bool
