"""Limited seats shared over a list: first as many people with a plan as can be, then the most expected worth.

Nothing about a person but their plans enters. A plan takes a seat in every program it uses that has a number of seats;
programs not in the table have room. Solved exactly as an integer program.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from app.jobs.headings import ListError
from app.jobs.outcomes import Choice, Outcome, read_side_table
from app.jobs.output import write_table
from taxonomy.frozen import frozen

COLUMNS = ("row", "reference", "result", "plan_id", "plan", "expected_usd", "programs")


@frozen
class Shared:
    """Who got which plan: for each person the place of a plan in their answer from 0, or None."""

    chosen: tuple[int | None, ...]
    full: int  # programs with no seat left


def read_seats(path: Path, known: Collection[str]) -> dict[str, int]:
    """Seats by program id, from a CSV with the columns `program_id` and `seats`.

    Raises:
        ListError: a line names no program of the data, names one twice, or gives no whole number of seats.
    """
    columns, lines = read_side_table(path, "--seats", "program_id")
    if columns != ["seats"]:
        raise ListError(f"--seats: {path.name}: needs the columns `program_id` and `seats`, and no other.")
    seats: dict[str, int] = {}
    for number, line in lines:
        program, count = line["program_id"], line["seats"]
        where = f"--seats: {path.name}: line {number}"
        if program not in known:
            raise ListError(f"{where}: program_id: is no program of the data in use; take the id from an answer.")
        if program in seats:
            raise ListError(f"{where}: program_id: is there twice; keep one line for each program.")
        if not (count.isascii() and count.isdigit()):
            raise ListError(f"{where}: seats: is not a whole number; write one such as 12.")
        seats[program] = int(count)
    return seats


def share(people: Sequence[Outcome], seats: dict[str, int]) -> Shared:
    """One plan for each person, no program over its seats."""
    options = [(person, place, c) for person, o in enumerate(people) for place, c in enumerate(o.choices)]
    chosen: list[int | None] = [None] * len(people)
    if not options:
        return Shared(tuple(chosen), sum(not free for free in seats.values()))
    limits = [_one_each([person for person, _, _ in options]), _within(options, seats)]
    placed = np.ones(len(options))
    most = int(_solve(placed, limits).sum())
    worth = np.array([choice.worth_usd for _, _, choice in options])
    taken = _solve(worth, [*limits, LinearConstraint(csr_array(placed[None, :]), most, most)]) > 0.5
    left = dict(seats)
    for person, place, choice in (option for option, is_taken in zip(options, taken, strict=True) if is_taken):
        chosen[person] = place
        for program in choice.programs & seats.keys():
            left[program] -= 1
    return Shared(tuple(chosen), sum(not free for free in left.values()))


def write_shared(path: Path, people: Sequence[Outcome], shared: Shared) -> str:
    """Write who got which plan, a line for each person answered, and say it in a sentence."""
    rows = zip(people, shared.chosen, strict=True)
    write_table(path, COLUMNS, (_line(person, place) for person, place in rows))
    placed = sum(place is not None for place in shared.chosen)
    without = sum(not person.choices for person in people)
    return (
        f"Seats: {placed} of {len(people)} people have a plan with a seat; {without} had no plan, "
        f"{len(people) - placed - without} found no seat; {shared.full} programs are full."
    )


def _line(person: Outcome, place: int | None) -> dict[str, object]:
    line: dict[str, object] = {"row": person.row, "reference": person.reference}
    if place is None:
        return {**line, "result": "no_seat" if person.choices else "no_plan"}
    choice = person.choices[place]
    return {
        **line,
        "result": "placed",
        "plan_id": choice.plan_id,
        "plan": place + 1,
        "expected_usd": choice.worth_usd,
        "programs": "; ".join(sorted(choice.programs)),
    }


def _one_each(persons: Sequence[int]) -> LinearConstraint:
    ones = (np.ones(len(persons)), (persons, range(len(persons))))
    return LinearConstraint(csr_array(ones), -np.inf, 1)


def _within(options: Sequence[tuple[int, int, Choice]], seats: dict[str, int]) -> LinearConstraint:
    rows = {program: row for row, program in enumerate(seats)}
    uses = [
        (rows[program], column)
        for column, (_, _, choice) in enumerate(options)
        for program in sorted(choice.programs & seats.keys())
    ]
    at, of = zip(*uses, strict=True) if uses else ((), ())
    matrix = csr_array((np.ones(len(uses)), (at, of)), shape=(max(1, len(seats)), len(options)))
    return LinearConstraint(matrix, -np.inf, np.array(list(seats.values()) if seats else [0], np.float64))


def _solve(wanted: npt.NDArray[np.float64], limits: Sequence[LinearConstraint]) -> npt.NDArray[np.float64]:
    """Yes (1) or no (0) for each option, so that the sum of what is wanted is greatest."""
    found = milp(-wanted, integrality=np.ones(len(wanted)), bounds=Bounds(0, 1), constraints=limits)
    if found.x is None:
        raise ListError(f"--seats: could not be shared: {found.message}")
    result: npt.NDArray[np.float64] = np.round(found.x)
    return result
