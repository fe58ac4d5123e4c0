"""What a list's answers come to, person by person, for counting over all of them; and the tables given beside."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from app.jobs.headings import ListError
from taxonomy.frozen import frozen


@frozen
class Choice:
    """One plan of a person; worth in US dollars over the method's horizon, wage in US dollars an hour."""

    plan_id: str
    worth_usd: float
    wage_usd: float | None
    programs: frozenset[str]


@frozen
class Outcome:
    """One person's plans, in the order of the answer."""

    row: int
    reference: str | None
    choices: tuple[Choice, ...]


def outcomes(lines: Iterable[bytes]) -> Iterator[Outcome]:
    """The answered rows of a run's parts."""
    for line in lines:
        document = orjson.loads(line)
        if "answer" in document:
            plans = document["answer"]["plans"]
            yield Outcome(document["row"], document["reference"], tuple(_choice(plan) for plan in plans))


def _choice(plan: dict[str, Any]) -> Choice:
    exits = [step["exit"] for step in plan["steps"] if step["exit"]]
    programs = frozenset(step["program"]["id"] for step in plan["steps"] if step["program"])
    wage = exits[-1]["wage_usd_per_hour"]["p50"] if exits else None
    return Choice(plan["id"], plan["value"]["expected_usd"], wage, programs)


def read_side_table(path: Path, option: str, first: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """A CSV given beside a list: its further columns, and its lines by their number in the file.

    Raises:
        ListError: it cannot be read, or lacks its first column, or has no other.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            columns = [name.strip() for name in reader.fieldnames or ()]
            reader.fieldnames = columns
            lines = [(reader.line_num, {name: line[name].strip() for name in columns}) for line in reader]
    except OSError as error:
        raise ListError(f"{option}: {path.name}: cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise ListError(f"{option}: {path.name}: is not a CSV in UTF-8; save it as one.") from None
    others = [name for name in columns if name and name != first]
    if first not in columns or not others or len(set(columns)) < len(columns):
        raise ListError(f"{option}: {path.name}: needs a column `{first}`, at least one other, and no column twice.")
    return others, lines
