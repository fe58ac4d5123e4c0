"""How a list's answers fall out between groups of people.

Groups come in a table of their own, by reference; they never reach the method, which has no place for them. A group of
fewer than ten people is not shown, nor, where only one would then be hidden, the next smallest: the total tells.
The four-fifths line (29 CFR 1607.4(D)) marks a share to look into; it proves nothing by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from app.jobs.headings import ListError
from app.jobs.outcomes import Outcome, read_side_table
from app.jobs.output import write_table

LEAST_SHOWN = 10
FOUR_FIFTHS = 0.8
UNKNOWN = "unknown"
COLUMNS = (
    "column", "group", "people", "with_plan", "share_with_plan", "ratio_to_highest_share", "below_four_fifths",
    "median_expected_usd", "median_wage_p50_usd_per_hour",
)  # fmt: skip

Groups = dict[str, dict[str, str]]  # by reference, the group of each column


def read_groups(path: Path) -> tuple[list[str], Groups]:
    """The group columns, and each person's groups, from a CSV with a column `reference`.

    Raises:
        ListError: a reference is missing or is there twice.
    """
    columns, lines = read_side_table(path, "--equity", "reference")
    groups: Groups = {}
    for number, line in lines:
        reference = line["reference"]
        if not reference or reference in groups:
            fault = "is there twice" if reference else "is missing"
            raise ListError(f"--equity: {path.name}: line {number}: reference: {fault}; give each person one line.")
        groups[reference] = {column: line[column] or UNKNOWN for column in columns}
    return columns, groups


def write_equity(path: Path, people: Sequence[Outcome], columns: Sequence[str], groups: Groups) -> str:
    """Write a line for each group of each column, and say in a sentence how many fall below four fifths."""
    lines = [line for column in columns for line in compare(people, column, groups)]
    write_table(path, COLUMNS, lines)
    below = sum(line["below_four_fifths"] == "yes" for line in lines)
    hidden = sum(line["people"] is None for line in lines)
    return (
        f"Equity: {len(lines)} groups in {len(columns)} columns; {below} below four fifths of the highest share with a "
        f"plan; {hidden} too small to show."
    )


def compare(people: Sequence[Outcome], column: str, groups: Groups) -> Iterator[dict[str, object]]:
    """The groups of one column, by name; people without a group are one of their own."""
    members: defaultdict[str, list[Outcome]] = defaultdict(list)
    for person in people:
        members[groups.get(person.reference or "", {}).get(column, UNKNOWN)].append(person)
    shown = _shown({group: len(of) for group, of in members.items()})
    shares = {group: _share(members[group]) for group in shown}
    highest = max((share for group, share in shares.items() if group != UNKNOWN), default=0.0)
    for group in sorted(members):
        line: dict[str, object] = dict.fromkeys(COLUMNS)
        line |= {"column": column, "group": group}
        if group in shown:
            line |= _figures(members[group], shares[group] / highest if highest else None)
        yield line


def _shown(sizes: dict[str, int]) -> frozenset[str]:
    """Groups large enough to show, without the smallest of them where only one other is hidden."""
    shown = sorted((group for group, size in sizes.items() if size >= LEAST_SHOWN), key=lambda group: sizes[group])
    return frozenset(shown[1:] if len(sizes) - len(shown) == 1 else shown)


def _share(people: Sequence[Outcome]) -> float:
    return sum(bool(person.choices) for person in people) / len(people)


def _figures(people: Sequence[Outcome], ratio: float | None) -> dict[str, object]:
    best = [person.choices[0] for person in people if person.choices]
    wages = [choice.wage_usd for choice in best if choice.wage_usd is not None]
    return {
        "people": len(people),
        "with_plan": len(best),
        "share_with_plan": round(_share(people), 4),
        "ratio_to_highest_share": None if ratio is None else round(ratio, 4),
        "below_four_fifths": None if ratio is None else "yes" if ratio < FOUR_FIFTHS else "no",
        "median_expected_usd": round(median(choice.worth_usd for choice in best), 2) if best else None,
        "median_wage_p50_usd_per_hour": round(median(wages), 2) if wages else None,
    }
