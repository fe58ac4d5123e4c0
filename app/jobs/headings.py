"""The heading of a list: which column each cell of a row belongs to, and which columns are left out."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from app.jobs.columns import BY_NAME, clean_name, place_of
from app.jobs.pirl import ELEMENTS, find_element
from taxonomy.frozen import frozen

ROW = "row"
MOST_COLUMNS = 1000  # a whole PIRL record has fewer
_SHOWN = 5  # of the faults of one heading
# Shown only where it looks like a name of a column: in a list without a heading this line is a person.
_LIKE_A_NAME = re.compile(r"[a-z]{1,20}(_[a-z0-9]{1,20}){0,5}")


class ListError(Exception):
    """A file that cannot be read as a list at all; the message names the file, the fault and the remedy."""


@frozen
class Heading:
    """The columns in their order, None for one that is left out, and the PIRL elements that are."""

    columns: tuple[str | None, ...]
    left_out: tuple[int, ...] = ()
    row_at: int | None = None  # the place of the column that numbers the rows, in a list of corrections

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that are read."""
        return tuple(name for name in self.columns if name is not None)


def is_known(heading: str) -> bool:
    """Whether a heading is of one of our columns or of a PIRL element."""
    return clean_name(heading) in BY_NAME or find_element(heading) is not None


def read_heading(name: str, cells: Sequence[str], *, numbered: bool = False) -> Heading:
    """The columns a first line names: ours by their names, those of a PIRL extract by element.

    Args:
        name: what messages call the file.
        cells: the first line.
        numbered: whether one column, `row`, numbers the rows.

    Raises:
        ListError: it names a column that is not known, or one twice.
    """
    headings = list(cells)
    while headings and not headings[-1].strip():
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise ListError(
            f"{name}: has more than {MOST_COLUMNS} columns; keep those that `stackway batch --columns` lists."
        )
    row_at = _find_row(headings, name) if numbered else None
    columns: list[str | None] = []
    left_out: list[int] = []
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        column = clean_name(heading)
        element = None if column in BY_NAME else find_element(heading)
        if column in BY_NAME or f"pirl_{element}" in ELEMENTS:
            columns.append(column if element is None else f"pirl_{element}")
        elif element is not None:
            columns.append(None)
            left_out.append(element)
        elif place == row_at:
            columns.append(None)
        else:
            unknown.append(_said(place + 1, column))
    if unknown:
        raise ListError(f"{name}: {_of_unknown(unknown, any_known=any(columns))}")
    _refuse_twice(name, columns)
    return Heading(tuple(columns), tuple(left_out), row_at)


def _find_row(headings: Sequence[str], name: str) -> int:
    for place, heading in enumerate(headings):
        if clean_name(heading) == ROW:
            return place
    raise ListError(f"{name}: needs a column `{ROW}` with the numbers of the rows to correct.")


def _of_unknown(unknown: Sequence[str], *, any_known: bool) -> str:
    # A misspelt limit left out in silence would let through what a person cannot do.
    if not any_known:
        # A list without a heading: nothing of its first line is shown, since that is a person.
        return "its first line names no column that is read (see `stackway batch --columns`)."
    more = "" if len(unknown) <= _SHOWN else f" and {len(unknown) - _SHOWN} more"
    named = ", ".join(unknown[:_SHOWN]) + more
    return f"columns not known: {named}. Correct or remove them; `stackway batch --columns` lists what is read."


def _said(number: int, heading: str) -> str:
    shown = heading if _LIKE_A_NAME.fullmatch(heading) else f"the one at place {number}"
    close = get_close_matches(heading[:100], BY_NAME, 1)
    return f"{shown} (did you mean {close[0]}?)" if close else shown


def _refuse_twice(name: str, columns: Sequence[str | None]) -> None:
    # By the place of the value: `zip` and PIRL 103 are one column as well.
    seen: dict[tuple[str, ...], str] = {}
    twice = set()
    for column in columns:
        if column is not None:
            place = place_of(column)
            if place in seen:
                twice |= {seen[place], column}
            seen[place] = column
    if twice:
        raise ListError(f"{name}: columns given twice: {', '.join(sorted(twice))}. Keep one of each.")
