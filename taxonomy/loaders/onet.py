"""O*NET text tables: occupations, titles, technologies, related occupations and the rating matrices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from taxonomy.codes import OnetCode, parse_onet_code
from taxonomy.frozen import frozen
from taxonomy.loaders.onet_reference import load_reference
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.occupations import Descriptor, Occupation, OccupationTechnology, RelatedOccupation, TaskStatement, Title
from taxonomy.release import LoadReport

Matrix = npt.NDArray[np.float32]

# Order of the rating tables, which is the order of the matrices' columns.
KINDS = ("skill", "knowledge", "ability")
# O*NET scales: the level a job needs, 0-7, and how important the element is, 1-5.
SCALES = {"LV": (0.0, 7.0), "IM": (1.0, 5.0)}

_TASK_KINDS = {"Core": "core", "Supplemental": "supplemental"}  # others are not rated yet
_POSTSECONDARY_TEACHERS = "25-1"
_MILITARY = "55-"


@dataclass(slots=True)
class OnetTables:
    """What the O*NET database says about occupations, ratings apart. Every list is in the order of the files."""

    occupations: list[Occupation] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    technologies: list[OccupationTechnology] = field(default_factory=list)
    tasks: list[TaskStatement] = field(default_factory=list)
    related: list[RelatedOccupation] = field(default_factory=list)
    # Rows of the reference tables, by the snapshot table they go into.
    reference: dict[str, list[Any]] = field(default_factory=dict)


@frozen
class Ratings:
    """Matrices over `onet_codes` (sorted) and `descriptors`; a cell that nobody rated is NaN."""

    onet_codes: tuple[str, ...]
    descriptors: tuple[Descriptor, ...]
    need: Matrix
    importance: Matrix


def load_onet(delivery: Delivery) -> tuple[OnetTables, LoadReport]:
    """Occupations with job zones, titles, technologies and related occupations, sorted by occupation code.

    `ratings_from`, the education and the projections are left unknown: other tables know them.
    """
    report = LoadReport(delivery.release_id)
    zones = _load_job_zones(Rows(delivery, "job_zones", report))
    tables = OnetTables()
    occupations: dict[str, Occupation] = {}
    rows = Rows(delivery, "occupations", report)
    for line, code, (_, title) in _coded(rows):
        if code in occupations:
            rows.leave_out(line, "O*NET-SOC Code", code, "this occupation was already given", action="merged")
            continue
        occupations[code] = _occupation(code, title.strip(), zones.get(code), delivery.release_id)
        tables.titles.append(Title(title.strip(), code, "occupation", delivery.release_id))
        rows.keep()
    rows.close()
    tables.occupations = [occupations[code] for code in sorted(occupations)]
    known = set(occupations)
    for table, kind in (("alternate_titles", "alternate"), ("reported_titles", "reported")):
        tables.titles += _load_titles(Rows(delivery, table, report), known, kind, delivery.release_id)
    tables.technologies = _load_technologies(Rows(delivery, "technologies", report), known, delivery.release_id)
    tables.tasks = _load_tasks(Rows(delivery, "tasks", report), known, delivery.release_id)
    tables.related = _load_related(Rows(delivery, "related", report), known, delivery.release_id)
    tables.reference = load_reference(delivery, report)
    return tables, report


def load_ratings(delivery: Delivery) -> tuple[Ratings, LoadReport]:
    """Level and importance of every skill, knowledge area and ability that O*NET rates.

    A value O*NET recommends suppressing, because its sample is small, is kept and reported: leaving a hole would make
    the element look unneeded.
    """
    report = LoadReport(delivery.release_id)
    values: dict[tuple[str, str, str], float] = {}
    descriptors: list[Descriptor] = []
    for kind in KINDS:
        names: dict[str, str] = {}
        _load_rating_table(Rows(delivery, kind, report), values, names)
        descriptors += [Descriptor(e, names[e], kind, delivery.release_id) for e in sorted(names)]
    codes = sorted({code for code, _, _ in values})
    row_of = {code: i for i, code in enumerate(codes)}
    column_of = {d.element_id: j for j, d in enumerate(descriptors)}
    matrices = {s: np.full((len(codes), len(descriptors)), np.nan, dtype=np.float32) for s in SCALES}
    for (code, element, scale), value in values.items():
        matrices[scale][row_of[code], column_of[element]] = value
    return Ratings(tuple(codes), tuple(descriptors), matrices["LV"], matrices["IM"]), report


def align_ratings(occupations: Sequence[Occupation], ratings: Ratings) -> tuple[list[Occupation], Matrix, Matrix]:
    """Occupations with `ratings_from` and `barred` set, and the need and importance matrices in their order.

    An occupation without ratings of its own takes those of its ".00" parent, else of the first rated occupation of the
    same SOC code; an "All Other" group takes none, because no member stands for the rest.
    """
    row_of = {code: i for i, code in enumerate(ratings.onet_codes)}
    shape = (len(occupations), len(ratings.descriptors))
    need, importance = (np.full(shape, np.nan, dtype=np.float32) for _ in range(2))
    by_soc: dict[str, list[str]] = {}
    for code in ratings.onet_codes:
        by_soc.setdefault(code[:7], []).append(code)
    aligned = []
    for i, occupation in enumerate(occupations):
        own = occupation.onet_code in row_of
        lender = occupation.onet_code if own else _lender(occupation, by_soc)
        if lender is not None:
            need[i], importance[i] = ratings.need[row_of[lender]], ratings.importance[row_of[lender]]
        aligned.append(replace(occupation, ratings_from=lender, barred=_barred(occupation, rated=own)))
    return aligned, need, importance


def _lender(occupation: Occupation, by_soc: Mapping[str, list[str]]) -> str | None:
    rated = by_soc.get(occupation.soc_code, [])
    if not rated or _is_all_other(occupation):
        return None
    parent = f"{occupation.soc_code}.00"
    return parent if parent in rated else rated[0]


def _barred(occupation: Occupation, *, rated: bool) -> str | None:
    if occupation.soc_code.startswith(_MILITARY):
        return "military"
    if occupation.soc_code.startswith(_POSTSECONDARY_TEACHERS):
        return "postsecondary_teacher"
    if _is_all_other(occupation) and not rated and occupation.job_zone is None:
        return "all_other_without_profile"
    return None


def _is_all_other(occupation: Occupation) -> bool:
    return "all other" in occupation.title.lower()


def _occupation(code: str, title: str, job_zone: int | None, release: str) -> Occupation:
    """An occupation of which only code, title and job zone are known."""
    return Occupation(
        onet_code=code,
        title=title,
        soc_code=code[:7],  # by construction of O*NET-SOC 2019: the SOC 2018 code and an extension
        job_zone=job_zone,
        typical_education=None,
        work_experience=None,
        on_the_job_training=None,
        growth_pct=None,
        openings_per_year=None,
        employment=None,
        projections_area=None,
        ratings_from=None,
        barred=None,
        release=release,
        projections_release=None,
    )


def _coded(rows: Rows) -> Iterator[tuple[int, OnetCode, tuple[str, ...]]]:
    """Rows whose first cell is an O*NET code; the others are left out."""
    for line, cells in rows:
        code = parse_onet_code(cells[0])
        if code is None:
            rows.leave_out(line, rows.spec.columns[0], cells[0], "not an O*NET-SOC code")
        else:
            yield line, code, cells


def _of_known(rows: Rows, known: set[str]) -> Iterator[tuple[int, OnetCode, tuple[str, ...]]]:
    """Rows of occupations that Occupation Data holds."""
    for line, code, cells in _coded(rows):
        if code in known:
            yield line, code, cells
        else:
            rows.leave_out(line, rows.spec.columns[0], code, "not an occupation of this edition")


def _load_job_zones(rows: Rows) -> dict[str, int]:
    zones: dict[str, int] = {}
    for line, code, (_, zone) in _coded(rows):
        if zone.strip() not in {"1", "2", "3", "4", "5"}:
            rows.leave_out(line, "Job Zone", zone, "not a job zone, 1 to 5")
            continue
        zones[code] = int(zone)
        rows.keep()
    rows.close()
    return zones


def _load_titles(rows: Rows, known: set[str], kind: str, release: str) -> list[Title]:
    titles: list[Title] = []
    seen: set[tuple[str, str]] = set()
    for line, code, (_, *texts) in _of_known(rows, known):
        # The second text of Alternate Titles is a short form, "n/a" when there is none.
        fresh = [t.strip() for t in texts if t.strip() and t.strip() != "n/a"]
        fresh = [t for t in dict.fromkeys(fresh) if (code, t.casefold()) not in seen]
        if not fresh:
            rows.leave_out(line, rows.spec.columns[1], texts[0], "blank, or already given", action="merged")
            continue
        seen.update((code, t.casefold()) for t in fresh)
        titles += [Title(t, code, kind, release) for t in fresh]
        rows.keep()
    rows.close()
    return titles


def _load_technologies(rows: Rows, known: set[str], release: str) -> list[OccupationTechnology]:
    technologies: dict[tuple[str, str], OccupationTechnology] = {}
    for line, code, (_, technology, hot) in _of_known(rows, known):
        key = (code, technology.strip())
        if key in technologies or not key[1]:
            rows.leave_out(line, "Example", technology, "blank, or already given", action="merged")
            continue
        technologies[key] = OccupationTechnology(code, key[1], hot.strip() == "Y", release)
        rows.keep()
    rows.close()
    return list(technologies.values())


def _load_tasks(rows: Rows, known: set[str], release: str) -> list[TaskStatement]:
    tasks: dict[tuple[str, str], TaskStatement] = {}
    for line, code, (_, text, task_id, kind) in _of_known(rows, known):
        key = (code, text.strip())
        if key in tasks or not key[1]:
            rows.leave_out(line, "Task", text[:120], "blank, or already given", action="merged")
            continue
        tasks[key] = TaskStatement(code, key[1], release, task_id.strip() or None, _TASK_KINDS.get(kind.strip()))
        rows.keep()
    rows.close()
    return list(tasks.values())


def _load_related(rows: Rows, known: set[str], release: str) -> list[RelatedOccupation]:
    related: list[RelatedOccupation] = []
    for line, code, (_, other, index) in _of_known(rows, known):
        if other not in known or not index.isdigit():
            rows.leave_out(line, "Related O*NET-SOC Code", other, "not an occupation of this edition, or no rank")
            continue
        related.append(RelatedOccupation(code, other, int(index), release))
        rows.keep()
    rows.close()
    return related


def _load_rating_table(rows: Rows, values: dict[tuple[str, str, str], float], names: dict[str, str]) -> None:
    for line, code, (_, element, name, scale, text, suppress) in _coded(rows):
        value = parse_number(text)
        low, high = SCALES.get(scale, (0.0, 0.0))
        if scale not in SCALES or value is None or not low <= value <= high:
            rows.leave_out(line, "Data Value", text, f"not a number on O*NET's scale {scale}")
        elif (code, element, scale) in values:
            rows.leave_out(line, "Element ID", element, "this rating was already given", action="merged")
        else:
            if suppress == "Y":
                rows.note(line, "Recommend Suppress", text, action="notice", reason="small sample; the value is used")
            values[code, element, scale] = value
            names[element] = name.strip()
            rows.keep()
    rows.close()
