"""The starter set: facts and figures in our own CSV layout, so that the first command works with no download.

A table's columns are the fields of its record type, in any order but none missing and none more. A blank cell is
unknown; several values in a cell are separated by ";"; yes and no are spelt out. The files are reviewed data of the
package, so anything else is an error that stops the build, never a row left out in silence.
"""

import csv
import hashlib
import math
import tomllib
import types
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.occupations import Descriptor, Occupation, OccupationTechnology, SkillPhrase, Title, Wage
from taxonomy.places import Zip
from taxonomy.programs import PeerRate, Provider
from taxonomy.release import LoadReport, Release, TableCount
from taxonomy.snapshot import Contents

STARTER = Path(__file__).parent.parent / "starter"

# Snapshot table, its file, its record type and the column it is ordered by (None: the order of the file).
_TABLES: tuple[tuple[str, str, type, str | None], ...] = (
    ("occupations", "occupations.csv", Occupation, "onet_code"),
    ("titles", "titles.csv", Title, None),
    ("descriptors", "descriptors.csv", Descriptor, "element_id"),
    ("skill_phrases", "skill_phrases.csv", SkillPhrase, None),
    ("technologies", "technologies.csv", OccupationTechnology, None),
    ("wages", "wages.csv", Wage, None),
    ("zips", "zips.csv", Zip, "zip"),
    ("providers", "providers.csv", Provider, "id"),
    ("peer_rates", "peer_rates.csv", PeerRate, None),
)
_PROGRAMS = "programs.csv"
_CROSSWALKS = "crosswalks.csv"
_RATINGS = {"need": "ratings_level.csv", "importance": "ratings_importance.csv"}

# The state list prints 0 where a length was not given; the starter keeps the figure as printed, and reads it the same.
_NEVER_ZERO = ("weeks", "clock_hours")

# The row's own place, what proves whose it is, and what the list the starter was taken from does not print.
_NOT_IN_STARTER = ("file", "line", "street", "site", "weeks_least", "starts_on", "seats", "minimum_age", "listed_in")

_RELEASE_FIELDS = tuple(f.name for f in fields(Release))
_COUNTED = ("sha256", "rows_read", "rows_kept", "rows_reported")
_OPTIONAL = ("retrieved_on", "expected_every_days")


@frozen
class _Pair:
    """One row of the crosswalks file; `kind` names the crosswalk."""

    kind: str
    from_code: str
    to_code: str
    release: str


class StarterError(ValueError):
    """A starter file that cannot be read as written; the message names file, line and column."""


@frozen
class Starter:
    """The starter set as read: tables and rating matrices, the program listings not yet judged, and what was repaired.

    The matrices hold a row for each occupation and a column for each descriptor, in the order of the tables. The
    crosswalks cover the codes that occur in the set and no others.
    """

    contents: Contents
    listings: list[Listing]
    crosswalks: Crosswalks
    reports: list[LoadReport]


def load_starter(folder: Path = STARTER) -> Starter:
    """Read the starter set.

    Raises:
        StarterError: a file, column or cell is not as it must be, or a row names a release, occupation or descriptor
            that is not there.
    """
    contents = Contents()
    counts: Counter[str] = Counter()
    for name, file, record_type, order in _TABLES:
        records = _records(folder / file, record_type)
        contents.tables[name] = sorted(records, key=lambda r: getattr(r, order)) if order else records
        counts.update(r.release for r in records)
    counts.update(o.projections_release for o in contents.tables["occupations"] if o.projections_release)
    reports: dict[str, LoadReport] = {}
    listings = [_listing(cells, line, reports) for line, cells in _rows(folder / _PROGRAMS, _listing_columns())]
    counts.update(listing.release for listing in listings)
    for name, file in _RATINGS.items():
        contents.arrays[name] = _matrix(folder / file, contents, counts)
    pairs = _records(folder / _CROSSWALKS, _Pair)
    counts.update(pair.release for pair in pairs)
    contents.tables["releases"] = _releases(folder, counts, reports)
    contents.tables["problems"] = [p for release in sorted(reports) for p in reports[release].problems]
    _check_references(contents)
    return Starter(contents, listings, _crosswalks(pairs), [reports[release] for release in sorted(reports)])


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a file with exactly these columns."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StarterError(f"{path.name} cannot be read: {error}") from error
    reader = csv.reader(text.splitlines(), strict=True)
    header = next(reader, [])
    if sorted(header) != sorted(columns):
        wrong = sorted(set(header) ^ set(columns)) or ["a column given twice"]
        raise StarterError(f"{path.name}, line 1: the columns do not fit the record: {', '.join(wrong)}")
    for cells in reader:
        if len(cells) != len(header):
            raise StarterError(f"{path.name}, line {reader.line_num}: {len(cells)} cells, {len(header)} columns")
        yield reader.line_num, dict(zip(header, cells, strict=True))


def _records(path: Path, record_type: type) -> list[Any]:
    readers = _cell_readers(record_type)
    return [
        record_type(**_read_cells(readers, cells, where=f"{path.name}, line {line}"))
        for line, cells in _rows(path, list(readers))
    ]


def _read_cells(readers: Mapping[str, Callable[[str], Any]], cells: Mapping[str, str], *, where: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, read in readers.items():
        try:
            values[name] = read(cells[name])
        except ValueError as error:
            raise StarterError(f"{where}, {name}: {error}") from error
    return values


@cache
def _cell_readers(record_type: type) -> dict[str, Callable[[str], Any]]:
    hints = get_type_hints(record_type)
    return {f.name: _cell_reader(hints[f.name]) for f in fields(record_type)}


def _cell_reader(hint: object) -> Callable[[str], Any]:
    """How a cell of a field of this type is read."""
    if get_origin(hint) is tuple:
        return lambda cell: tuple(cell.split(";")) if cell else ()
    if get_origin(hint) in (Union, types.UnionType):
        inner = _SCALARS[next(a for a in get_args(hint) if a is not type(None))]
        return lambda cell: inner(cell) if cell else None
    return _SCALARS[hint]


def _text(cell: str) -> str:
    if not cell or cell != cell.strip():
        raise ValueError(f"text without blanks around it is needed, not {cell!r}")
    return cell


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(f"a finite number is needed, not {cell!r}")
    return value


def _yes_no(cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"yes or no is needed, not {cell!r}")
    return cell == "yes"


_SCALARS: dict[object, Callable[[str], Any]] = {str: _text, int: int, float: _number, bool: _yes_no}


def _listing_columns() -> list[str]:
    """All fields of a listing but its place in the file, which is the row itself, and what the starter's list lacks."""
    return [f.name for f in fields(Listing) if f.name not in _NOT_IN_STARTER]


def _listing(cells: dict[str, str], line: int, reports: dict[str, LoadReport]) -> Listing:
    readers = _cell_readers(Listing)
    values = _read_cells({c: readers[c] for c in _listing_columns()}, cells, where=f"{_PROGRAMS}, line {line}")
    report = reports.setdefault(values["release"], LoadReport(values["release"]))
    for column in _NEVER_ZERO:
        if values[column] == 0:
            values[column] = None
            reason = "0 stands for a figure that was not given"
            report.add(_PROGRAMS, line, column, cells[column], action="value_unknown", reason=reason)
    return Listing(**values, file=_PROGRAMS, line=line)


def _matrix(path: Path, contents: Contents, counts: Counter[str]) -> npt.NDArray[np.float32]:
    """Ratings as occupations x descriptors; a row of NaN for an occupation nobody has rated."""
    elements = [d.element_id for d in contents.tables["descriptors"]]
    rated: dict[str, list[float]] = {}
    for line, cells in _rows(path, ["onet_code", *elements, "release"]):
        readers = dict.fromkeys(elements, _number)
        values = _read_cells(readers, cells, where=f"{path.name}, line {line}")
        rated[cells["onet_code"]] = [values[e] for e in elements]
        counts[cells["release"]] += 1
    matrix = np.full((len(contents.tables["occupations"]), len(elements)), np.nan, dtype=np.float32)
    for row, occupation in enumerate(contents.tables["occupations"]):
        if occupation.ratings_from is None:
            continue
        if occupation.ratings_from not in rated:
            raise StarterError(f"{path.name}: no row {occupation.ratings_from}, needed by {occupation.onet_code}")
        matrix[row] = rated[occupation.ratings_from]
    return matrix


def _crosswalks(pairs: Sequence[_Pair]) -> Crosswalks:
    found: dict[str, dict[str, list[str]]] = {f.name: {} for f in fields(Crosswalks)}
    for pair in pairs:
        if pair.kind not in found:
            raise StarterError(f"{_CROSSWALKS}: no such crosswalk: {pair.kind}")
        found[pair.kind].setdefault(pair.from_code, []).append(pair.to_code)
    many = {kind: {code: tuple(sorted(to)) for code, to in codes.items()} for kind, codes in found.items()}
    return Crosswalks(
        onet_2010_to_2019=many["onet_2010_to_2019"],
        onet_to_soc={code: to[0] for code, to in many["onet_to_soc"].items()},
        cip_to_soc=many["cip_to_soc"],
    )


def _releases(folder: Path, counts: Counter[str], reports: Mapping[str, LoadReport]) -> list[Release]:
    """The release records with what was read under each; all share the digest of the starter files."""
    file = folder / "releases.toml"
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))["releases"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise StarterError(f"{file.name} cannot be read: {error}") from error
    known = {entry["id"] for entry in entries}
    if strays := sorted(counts.keys() - known):
        raise StarterError(f"{file.name}: rows name releases that are not there: {', '.join(strays)}")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.csv")))).hexdigest()
    return [
        _release(entry, digest, counts[entry["id"]], reports.get(entry["id"])) for entry in sorted(entries, key=_id)
    ]


def _id(entry: Mapping[str, Any]) -> str:
    return str(entry["id"])


def _release(entry: Mapping[str, Any], digest: str, rows: int, report: LoadReport | None) -> Release:
    needed = set(_RELEASE_FIELDS) - set(_COUNTED) - set(_OPTIONAL)
    if wrong := (needed - entry.keys()) | (entry.keys() - needed - set(_OPTIONAL)):
        raise StarterError(f"releases.toml, {entry['id']}: missing or unknown: {', '.join(sorted(wrong))}")
    if report is not None:
        report.counts.append(TableCount(_PROGRAMS, rows, rows))
    retrieved = entry.get("retrieved_on")
    return Release(
        **{name: entry[name] for name in needed},
        retrieved_on=None if retrieved is None else str(retrieved),
        sha256=digest,
        rows_read=rows,
        rows_kept=rows,
        rows_reported=0 if report is None else len({(p.file, p.line) for p in report.problems}),
        expected_every_days=entry.get("expected_every_days"),
    )


def _check_references(contents: Contents) -> None:
    """Every title, technology and phrase names an occupation or descriptor of the set."""
    codes = {o.onet_code for o in contents.tables["occupations"]}
    elements = {d.element_id for d in contents.tables["descriptors"]}
    named = {
        ("titles", "onet_code"): codes,
        ("technologies", "onet_code"): codes,
        ("skill_phrases", "element_id"): elements,
    }
    for (table, column), known in named.items():
        values = {getattr(record, column) for record in contents.tables[table]} - {None}
        if strays := sorted(values - known):
            raise StarterError(f"{table}.csv, {column}: not in the starter set: {', '.join(strays)}")
