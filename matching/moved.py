"""Moved: which figures of an answer other data would give another value, read off the answer alone.

An answer names the rows its figures come from: programs, jobs, areas, credentials, providers, studies. Each of them is
looked up in the data the answer was made from and in the other, and fields that differ are told. Nobody's profile is
needed, so answers kept without one can be asked. What the answer does not name cannot be seen: a nearer area that only
the other data has, or a program that would now come first. For that, ask again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from taxonomy.frozen import frozen
from taxonomy.snapshot import Snapshot
from taxonomy.tables import TABLES

# Which edition a row came from is not a figure.
_PROVENANCE = frozenset({"release", "projections_release", "source", "edition"})
# The nation's projection stands in the row of the occupation; an answer may have used another area's.
_PROJECTED = frozenset({"growth_pct", "openings_per_year", "employment", "projections_area", "projections_of"})
_NATION = "US"
# By which fields the rows of a table are looked up; several rows may share them.
_BY: dict[str, tuple[str, ...]] = {
    "programs": ("id",),
    "program_occupations": ("program_id", "onet_code"),
    "occupations": ("onet_code",),
    "wages": ("soc_code", "area"),
    "projections": ("soc_code", "area"),
    "credentials": ("id",),
    "outcome_rates": ("provider_id", "measure"),
    "peer_rates": ("measure", "group"),
    "studies": ("id",),
    "effects": ("study_id",),
    "parameters": ("id", "area"),
}

Key = tuple[str | None, ...]
Document = Mapping[str, Any]


@frozen
class MovedFigure:
    """One figure behind an answer that differs. `plan` and `step` (from 1) are None where it holds for all of it."""

    plan: str | None
    step: int | None
    table: str
    row: str  # its key, as `data diff` writes it
    about: str  # in words
    figure: str  # field of the row; "row" where the whole row came or went
    before: Any
    after: Any


@frozen
class _Cited:
    """Rows an answer's step rests on. `projected`: of an occupation's row, the nation's projection too."""

    table: str
    key: Key
    about: str
    projected: bool = False


class Comparison:
    """Two snapshots, indexed once, and asked about many answers."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._before, self._after = before, after
        self._index: dict[tuple[bool, str], dict[Key, list[Any]]] = {}

    def moved(self, answer: Document) -> tuple[MovedFigure, ...]:
        """The figures of an answer made from the first snapshot that the second gives otherwise, in plan order."""
        found: dict[tuple[Any, ...], MovedFigure] = {}
        for plan in answer["plans"]:
            for number, step in enumerate(plan["steps"], start=1):
                for cited in self._cited(step):
                    for figure in self._differences(cited):
                        moved = MovedFigure(plan["id"], number, cited.table, _label(cited.key), cited.about, *figure)
                        found.setdefault((plan["id"], number, cited.table, cited.key, figure[0]), moved)
        return (*found.values(), *self._law(answer))

    def _cited(self, step: Document) -> Iterator[_Cited]:
        program, credential, exit_ = step["program"], step["credential"], step["exit"]
        if credential and credential["id"]:
            yield _Cited("credentials", (credential["id"],), credential["name"])
        if program:
            yield _Cited("programs", (program["id"],), program["name"])
        if exit_:
            yield from self._exit(exit_, program)
        yield from self._evidence(step)

    def _exit(self, exit_: Document, program: Document | None) -> Iterator[_Cited]:
        code, title, wage = exit_["onet_code"], exit_["title"], exit_["wage_usd_per_hour"]
        area = exit_["projections_area"]
        yield _Cited("occupations", (code,), title, projected=area == _NATION)
        if program:
            yield _Cited("program_occupations", (program["id"], code), f"{program['name']} leads to {title}")
        job = next(iter(self._rows(self._before, "occupations", (code,))), None)
        if job is None:
            return
        yield _Cited("wages", (job.soc_code, wage["area"]), f"{title}, {wage['area_name']}")
        # Where the nation's projection stood in, one of the area whose wage was told would now come first.
        nearest = wage["area"] if area == _NATION else area
        if nearest not in (None, _NATION):
            group = self._rows(self._before, "projections", (job.projections_of, nearest))
            soc = job.projections_of if group else job.soc_code
            yield _Cited("projections", (soc, nearest), f"{title}, {nearest}")

    def _evidence(self, step: Document) -> Iterator[_Cited]:
        evidence = step["evidence"] or {"studies": (), "rates": ()}
        for study in evidence["studies"]:
            yield _Cited("studies", (study["study_id"],), study["program"])
            yield _Cited("effects", (study["study_id"],), study["program"])
        for rate in evidence["rates"]:
            measure = rate["measure"]
            if step["provider"]:
                provider = step["provider"]
                yield _Cited("outcome_rates", (provider["id"], measure), f"{provider['name']}, {measure}")
            field = ((step["program"] or {}).get("cip_code") or "")[:2]
            own = self._rows(self._before, "peer_rates", (measure, field))
            yield _Cited("peer_rates", (measure, field if own else "all"), f"peers, {measure}")

    def _law(self, answer: Document) -> Iterator[MovedFigure]:
        """Amounts and thresholds in force on the answer's day, of the nation and of the places its programs lie in."""
        states = {p.state for p in self._programs(answer)}
        keys = {(p.id, p.area) for s in (self._before, self._after) for p in s.table("parameters")}
        for key in sorted(keys):
            if key[1].startswith("US") or key[1].split(":")[0] in states:
                old, new = (self._in_force(s, key, answer["as_of"]) for s in (self._before, self._after))
                if old != new:
                    yield MovedFigure(None, None, "parameters", _label(key), key[0], "value", old, new)

    def _in_force(self, snapshot: Snapshot, key: Key, day: str) -> float | None:
        rows = self._rows(snapshot, "parameters", key)
        return next(
            (p.value for p in rows if p.effective_from <= day and (p.effective_to is None or day <= p.effective_to)),
            None,
        )

    def _programs(self, answer: Document) -> Iterator[Any]:
        for plan in answer["plans"]:
            for step in plan["steps"]:
                if step["program"]:
                    yield from self._rows(self._before, "programs", (step["program"]["id"],))

    def _differences(self, cited: _Cited) -> Iterator[tuple[str, Any, Any]]:
        old, new = (self._rows(s, cited.table, cited.key) for s in (self._before, self._after))
        left = _PROVENANCE if cited.projected else _PROVENANCE | _PROJECTED
        if cited.table != "occupations":
            left = _PROVENANCE
        names = [f.name for f in fields(TABLES[cited.table]) if f.name not in left]
        if len(old) == len(new) == 1:
            pairs = ((name, getattr(old[0], name), getattr(new[0], name)) for name in names)
            yield from ((name, a, b) for name, a, b in pairs if a != b)
        elif not old or not new:
            if old or new:
                yield "row", "there" if old else "absent", "there" if new else "gone"
        else:
            yield from self._of_several(old, new, names)

    def _of_several(self, old: list[Any], new: list[Any], names: list[str]) -> Iterator[tuple[str, Any, Any]]:
        gone, come = ([_said(row, names) for row in rows] for rows in (old, new))
        if sorted(map(repr, gone)) != sorted(map(repr, come)):
            yield "rows", [g for g in gone if g not in come], [c for c in come if c not in gone]

    def _rows(self, snapshot: Snapshot, table: str, key: Key) -> list[Any]:
        place = (snapshot is self._after, table)
        if place not in self._index:
            self._index[place] = _indexed(snapshot.table(table), _BY[table])
        return self._index[place].get(key, [])


def _indexed(rows: Iterable[Any], names: tuple[str, ...]) -> dict[Key, list[Any]]:
    index: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        index[tuple(getattr(row, name) for name in names)].append(row)
    return dict(index)


def _said(row: Any, names: list[str]) -> dict[str, Any]:  # noqa: ANN401 - a record of any table
    return {name: value for name in names if (value := getattr(row, name)) is not None}


def _label(key: Key) -> str:
    return " ".join(part for part in key if part is not None)
