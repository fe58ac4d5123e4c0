"""The same course listed several times: exact repeats become one program, other offerings know their siblings."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from taxonomy.programs import Program


def merge_repeats(programs: Sequence[Program]) -> tuple[list[Program], list[str]]:
    """One program for each distinct offering.

    Rows of one provider with the same name and field are the same course. Those that also share ZIP code, delivery,
    length and price are one offering typed in twice (lists open a new campus number for the same building): the
    best-filled row stays. Those that differ stay apart, because
    a seeker without a car needs the online one, and carry each other's ids in `same_course` so that an answer shows
    the course once.

    Args:
        programs: checked programs, in list order.

    Returns:
        The programs kept, in list order, and the ids merged away.
    """
    courses: dict[tuple[str, ...], list[Program]] = defaultdict(list)
    for program in programs:
        courses[program.release, program.provider_id, _same_words(program.name), program.cip_code or ""].append(program)
    kept: dict[str, Program] = {}
    for rows in courses.values():
        ids = [p.id for p in rows]
        for program in _one_per_offering(rows):
            kept[program.id] = replace(program, same_course=tuple(i for i in ids if i != program.id))
    merged = [p.id for p in programs if p.id not in kept]
    return [kept[p.id] for p in programs if p.id in kept], merged


def _one_per_offering(rows: Sequence[Program]) -> list[Program]:
    offerings: dict[tuple[object, ...], list[Program]] = defaultdict(list)
    for p in rows:
        offering = (p.city, p.zip, p.kind, p.modality, p.evening, p.weekend, p.language)
        offerings[*offering, p.weeks, p.clock_hours, p.tuition_usd, p.books_usd].append(p)
    return [max(same, key=_filled) for same in offerings.values()]


def _filled(program: Program) -> tuple[bool, bool, int, str, str]:
    """Order of preference among repeats: award, credential, fewest lost claims, newest, then any fixed choice."""
    return (
        program.award not in (None, "none"),
        program.credential_id is not None,
        -len(program.problems),
        program.updated_on or "",
        program.id,
    )


def _same_words(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))
