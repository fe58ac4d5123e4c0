"""Mapping files read and checked: every fault names the file and the entry."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from taxonomy.frozen import frozen
from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.list_mapping import (
    FIELDS,
    KINDS,
    LABELS,
    NEEDED,
    UNITS,
    Counts,
    Directory,
    Earnings,
    LeaveOut,
    ListMapping,
    Reading,
    Sum,
    fold,
)
from taxonomy.loaders.source import SOURCES, Source, TableSpec

_TEXTS = ("id", "prefix", "title", "publisher", "licence", "attribution", "link")
_LIST_KEYS = {
    *_TEXTS,
    *("edition", "edition_pattern", "every_days", "files", "sheet", "delimiter", "encoding", "header_line", "records"),
    *("other_columns", "minimum_rows", "least_usual_rows", "usual_rows"),
}
_MEASURES = {"completion", "employment_q2", "employment_q4", "credential"}
_PAID = {"earnings_q2", "earnings_q4", "earnings_q8"}
_STATISTICS = {"median", "mean"}
_POPULATIONS = {"all_students", "wioa", "completers", "exiters"}


@cache
def list_mappings() -> tuple[ListMapping, ...]:
    """The mappings that come with the package."""
    return tuple(read_mapping(p.read_bytes(), p.name) for p in sorted((SOURCES / "lists").glob("*.toml")))


def is_mapping(file: SourceFile) -> bool:
    """Whether a file on disk is a mapping: a TOML with a table [list]."""
    if file.member is not None or file.path.suffix.lower() != ".toml":
        return False
    return re.search(rb"^\s*\[list\]", file.read(), re.MULTILINE) is not None


def read_mapping(raw: bytes, name: str) -> ListMapping:
    """A mapping from its text.

    Raises:
        SourceError: it is not such a file; the message names the file and the entry.
    """
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{name}: is not a TOML file: {error}") from error
    return _Parser(name).mapping(data)


def _unknown(raw: Mapping[str, str] | Iterable[object]) -> dict[str, str]:
    said = raw if isinstance(raw, Mapping) else dict.fromkeys(map(str, raw), "stands for a value that was not given")
    return {fold(cell): reason for cell, reason in said.items()}


@frozen
class _Parser:
    """Reads one mapping file; every fault names it and the entry."""

    name: str

    def mapping(self, data: Mapping[str, Any]) -> ListMapping:
        self._known(data, {"list", "fields", "directory", "leave_out", "sums", "outcomes", "earnings"}, "the file")
        about = self._table(data.get("list"), "[list]")
        self._known(about, _LIST_KEYS, "[list]")
        entries = self._table(data.get("fields"), "[fields]")
        self._known(entries, FIELDS, "[fields]")
        if missing := [f for f in NEEDED if f not in entries]:
            raise self._fault("[fields]", f"{', '.join(missing)} must be given")
        readings = {field: tuple(self._readings(field, entry)) for field, entry in entries.items()}
        if constant := [field for field in NEEDED if not readings[field][0].columns]:
            raise self._fault(f"[fields.{constant[0]}]", "must be read from a column")
        leave_out = tuple(self._leave_out(e) for e in data.get("leave_out", ()))
        sums = tuple(self._sum(e) for e in data.get("sums", ()))
        counts = tuple(self._counts(e) for e in data.get("outcomes", ()))
        earnings = tuple(self._earnings(e) for e in data.get("earnings", ()))
        asked_by = {column: r.entry for rs in readings.values() for r in rs for column in r.columns}
        asked_by |= {one.column: "[[leave_out]]" for one in leave_out}
        asked_by |= {column: "[[sums]]" for one in sums for column in (one.total, *one.parts)}
        for one in counts:
            columns = (one.numerator, one.denominator, one.not_above)
            asked_by |= {c: "[[outcomes]]" for c in columns if c is not None}
        asked_by |= {c: "[[earnings]]" for pay in earnings for c in (pay.column, pay.people) if c is not None}
        directory, providers = self._directory(data.get("directory"))
        if directory is not None:
            asked_by |= dict.fromkeys((directory.asked, *directory.columns), "[directory]")
        spared = {c for pay in earnings if pay.optional for c in (pay.column, pay.people) if c is not None}
        elsewhere = {column for rs in readings.values() for r in rs for column in r.columns}
        source = self._source(about, tuple(asked_by), tuple(sorted(spared - elsewhere)))
        return ListMapping(
            name=self.name,
            source=replace(source, tables=(*source.tables, *providers)),
            directory=directory,
            prefix=about["prefix"],
            readings=readings,
            leave_out=leave_out,
            sums=sums,
            counts=counts,
            earnings=earnings,
            asked_by={column: f"asked for by {self.name}, {entry}" for column, entry in asked_by.items()},
        )

    def _source(self, about: Mapping[str, Any], columns: tuple[str, ...], optional: tuple[str, ...]) -> Source:
        for key in _TEXTS:
            if not isinstance(about.get(key), str) or not about[key].strip():
                raise self._fault(f"[list] {key}", "must be given, as text")
        for key in ("id", "prefix"):
            if not re.fullmatch(r"[a-z][a-z0-9-]*", about[key]):
                raise self._fault(f"[list] {key}", f"{about[key]!r} is not lower-case letters, digits and hyphens")
        if ("edition" in about) == ("edition_pattern" in about):
            raise self._fault("[list] edition", "give either edition or edition_pattern")
        if len(columns) < 2:
            raise self._fault("[fields]", "a list has at least two columns")
        stem = self.name.rpartition(".")[0]
        table = TableSpec(
            name="programs",
            files=tuple(
                about.get("files", [f"{stem}.{ending}" for ending in ("csv", "txt", "xlsx", "json", "parquet")])
            ),
            columns=columns,
            optional_columns=optional,
            other_columns=tuple(about.get("other_columns", ())),
            minimum_rows=about.get("minimum_rows", 1),
            least_usual_rows=about.get("least_usual_rows", 0),
            usual_rows=about.get("usual_rows", 100_000),
            delimiter=about.get("delimiter", ","),
            encoding=about.get("encoding", "utf-8-sig"),
            sheet=about.get("sheet"),
            header_line=about.get("header_line", 1),
            records=about.get("records"),
        )
        return Source(
            **{key: about[key] for key in _TEXTS if key != "prefix"},
            every_days=about.get("every_days"),
            edition=about.get("edition"),
            edition_pattern=about.get("edition_pattern"),
            edition_file=None,
            tables=(table,),
        )

    def _readings(self, field: str, raw: Any) -> Iterator[Reading]:  # noqa: ANN401 - what a TOML file may hold
        for number, entry in enumerate(raw if isinstance(raw, list) else [raw], start=1):
            place = f"[fields.{field}]" + (f" number {number}" if isinstance(raw, list) else "")
            table = self._table(entry, place)
            keys = {"column", "columns", "constant", "values", "unknown", "unit", "split", "format", "suffix", "slug"}
            self._known(table, keys, place)
            columns = self._columns(table, place)
            if bool(columns) == ("constant" in table):
                raise self._fault(place, "give column, columns or constant")
            if (unit := table.get("unit")) is not None and unit not in UNITS.get(field, ()):
                raise self._fault(place, f"unit {unit!r} is none of {', '.join(sorted(UNITS.get(field, ()))) or 'any'}")
            values = table.get("values")
            self._check_values(field, values, table.get("constant"), place)
            yield Reading(
                entry=place,
                columns=columns,
                values=None if values is None else {fold(word): ours for word, ours in values.items()},
                unknown=_unknown(table.get("unknown", ())),
                constant=table.get("constant"),
                unit=unit,
                split=table.get("split"),
                date_format=table.get("format", "%Y-%m-%d"),
                suffix=table.get("suffix", ""),
                slug=bool(table.get("slug", False)),
            )

    def _check_values(self, field: str, values: object, constant: object, place: str) -> None:
        given = [*self._table(values, f"{place} values").values()] if values is not None else []
        given += [constant] if constant is not None else []
        allowed = LABELS.get(field)
        if KINDS.get(field) == "yes_no":
            if values is None and constant is None:
                raise self._fault(place, 'needs values, such as { "Y" = true, "N" = false }')
            wrong = [v for v in given if not isinstance(v, bool)]
            expected = "true or false"
        elif KINDS.get(field) == "number":
            wrong = [v for v in given if isinstance(v, bool) or not isinstance(v, int | float) or v < 0]
            expected = "a number of zero or more"
        else:
            if allowed and not given:
                raise self._fault(place, f"needs values, which give {', '.join(sorted(allowed))}")
            wrong = [v for v in given if not isinstance(v, str) or (allowed is not None and v not in allowed)]
            expected = ", ".join(sorted(allowed)) if allowed else "text"
        if wrong:
            raise self._fault(f"{place} values", f"{wrong[0]!r} is none of {expected}")

    def _columns(self, table: Mapping[str, Any], place: str) -> tuple[str, ...]:
        given = table.get("columns", [table["column"]] if "column" in table else [])
        if not isinstance(given, list) or not all(isinstance(c, str) and c for c in given):
            raise self._fault(place, "column is one name, columns a list of names")
        return tuple(given)

    def _directory(self, raw: object) -> tuple[Directory | None, tuple[TableSpec, ...]]:
        if raw is None:
            return None, ()
        table = self._table(raw, "[directory]")
        self._known(table, {"files", "key", "for", "columns"}, "[directory]")
        self._needed(table, ("files", "key", "for", "columns"), "[directory]")
        columns = self._table(table["columns"], "[directory] columns")
        spec = TableSpec(
            name="providers",
            files=tuple(table["files"]),
            columns=(table["key"], *columns.values()),
            other_columns=("*",),
            minimum_rows=1,
            usual_rows=100_000,
            required=False,
        )
        return Directory(table["for"], tuple(columns)), (spec,)

    def _leave_out(self, raw: object) -> LeaveOut:
        table = self._table(raw, "[[leave_out]]")
        self._needed(table, ("column", "values", "reason"), "[[leave_out]]")
        return LeaveOut(table["column"], frozenset(map(fold, table["values"])), table["reason"])

    def _sum(self, raw: object) -> Sum:
        table = self._table(raw, "[[sums]]")
        self._needed(table, ("total", "parts"), "[[sums]]")
        return Sum(table["total"], tuple(table["parts"]))

    def _counts(self, raw: object) -> Counts:
        table = self._table(raw, "[[outcomes]]")
        self._needed(table, ("measure", "numerator", "denominator", "population"), "[[outcomes]]")
        for key, allowed in (("measure", _MEASURES), ("population", _POPULATIONS)):
            if table[key] not in allowed:
                raise self._fault(f"[[outcomes]] {key}", f"{table[key]!r} is none of {', '.join(sorted(allowed))}")
        return Counts(
            measure=table["measure"],
            numerator=table["numerator"],
            denominator=table["denominator"],
            not_above=table.get("not_above"),
            population=table["population"],
            period=table.get("period"),
            unknown=_unknown(table.get("unknown", ())),
        )

    def _earnings(self, raw: object) -> Earnings:
        place = "[[earnings]]"
        table = self._table(raw, place)
        self._known(table, {f.name for f in fields(Earnings)}, place)
        self._needed(table, ("measure", "column", "statistic", "population"), place)
        for key, allowed in (("measure", _PAID), ("statistic", _STATISTICS), ("population", _POPULATIONS)):
            if table[key] not in allowed:
                raise self._fault(f"{place} {key}", f"{table[key]!r} is none of {', '.join(sorted(allowed))}")
        return Earnings(
            measure=table["measure"],
            column=table["column"],
            statistic=table["statistic"],
            people=table.get("people"),
            population=table["population"],
            period=table.get("period"),
            unknown=_unknown(table.get("unknown", ())),
            optional=bool(table.get("optional", False)),
        )

    def _needed(self, table: Mapping[str, Any], keys: tuple[str, ...], place: str) -> None:
        if missing := [key for key in keys if key not in table]:
            raise self._fault(place, f"{', '.join(missing)} must be given")

    def _known(self, table: Mapping[str, Any], keys: set[str], place: str) -> None:
        if strangers := sorted(set(table) - keys):
            raise self._fault(place, f"{', '.join(strangers)} is unknown; known: {', '.join(sorted(keys))}")

    def _table(self, raw: object, place: str) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            raise self._fault(place, "must be a table")
        return raw

    def _fault(self, place: str, text: str) -> SourceError:
        return SourceError(f"{self.name}: {place}: {text}")
