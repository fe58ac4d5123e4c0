"""The reviewed vocabularies of the starter set: TOML arrays of tables to typed records.

A file holds arrays named after snapshot tables (`[[credentials]]`, `[[effects]]`, ...) and may begin with a
`[defaults]` table, whose values stand for every entry of the file that does not give its own: the source, edition and
day of checking are written once. TOML has no null: a field that may be unknown is left out, and is then None or empty.
A field that may not be unknown has no silent default, and a misspelt field is an error, never ignored.
"""

import datetime
import tomllib
import types
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from taxonomy.tables import TABLES

STARTER = Path(__file__).parent.parent / "starter"

# Which files of the starter folder hold which tables.
SOURCES: dict[str, tuple[str, ...]] = {
    "credentials/*.toml": ("credentials",),
    "stack_rules.toml": ("stack_rules",),
    "legal_bars.toml": ("legal_bars",),
    "job_signals.toml": ("job_signals",),
    "screens.toml": ("screens",),
    "studies/*.toml": ("studies", "effects", "ratings", "study_links"),
    "supports.toml": ("supports",),
    "law/*.toml": ("parameters",),
}

# The field that names an entry, where one must be unique.
KEYS = {"credentials": "id", "legal_bars": "code", "studies": "id", "supports": "id"}

# Fields that name an entry of another table: (table, field) -> table.
REFERENCES = {
    ("stack_rules", "from_credential"): "credentials",
    ("stack_rules", "to_credential"): "credentials",
    ("credentials", "legal_bars"): "legal_bars",
    ("screens", "credential_id"): "credentials",
    ("effects", "study_id"): "studies",
    ("ratings", "study_id"): "studies",
    ("study_links", "study_id"): "studies",
    ("supports", "credential_ids"): "credentials",
}


class VocabularyError(ValueError):
    """A vocabulary file that cannot be read as written; the message names file, entry and field."""


def load_vocabulary(folder: Path = STARTER) -> dict[str, list[Any]]:
    """All vocabulary tables of a starter folder, by snapshot table name, in the order of files and entries.

    Raises:
        VocabularyError: a field is missing, unknown or of the wrong type, a key is repeated, or an entry names
            another that does not exist.
    """
    tables: dict[str, list[Any]] = {name: [] for names in SOURCES.values() for name in names}
    for pattern, names in SOURCES.items():
        for path in sorted(folder.glob(pattern)):
            for name, records in read_records(path, names).items():
                tables[name].extend(records)
    _check_keys(tables)
    _check_references(tables)
    return tables


def read_records(path: Path, tables: tuple[str, ...]) -> dict[str, list[Any]]:
    """The records of one file, which may hold only the named tables.

    Raises:
        VocabularyError: the file is not TOML of this shape, or an entry does not fit its record type.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error}") from error
    defaults = content.pop("defaults", {})
    strays = sorted(content.keys() - set(tables))
    if strays:
        raise VocabularyError(f"{path.name}: holds {', '.join(tables)}, not {', '.join(strays)}")
    known = {name for table in tables for name in _hints(TABLES[table])}
    strays = sorted(defaults.keys() - known)
    if strays:
        raise VocabularyError(f"{path.name}, defaults: no record here has a field {', '.join(strays)}")
    return {
        table: [
            _to_record(TABLES[table], entry, defaults, where=f"{path.name}, {_label(table, number, entry)}")
            for number, entry in enumerate(_entries(path, table, content.get(table, [])), start=1)
        ]
        for table in tables
    }


def _entries(path: Path, table: str, value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise VocabularyError(f"{path.name}: {table} must be an array of tables, [[{table}]]")
    return value


def _label(table: str, number: int, entry: Mapping[str, Any]) -> str:
    """How a person finds the entry: its key if it has one, else its place in the file."""
    return f"{table} {entry.get(KEYS.get(table, 'id'), number)!r}"


@cache
def _hints(record_type: type) -> dict[str, Any]:
    return get_type_hints(record_type)


def _to_record(record_type: type, entry: Mapping[str, Any], defaults: Mapping[str, Any], *, where: str) -> object:
    hints = _hints(record_type)
    strays = sorted(entry.keys() - hints.keys())
    if strays:
        raise VocabularyError(f"{where}: unknown field {', '.join(strays)}")
    merged = {**defaults, **entry}
    cells = {f.name: _cell(merged.get(f.name), hints[f.name], where=f"{where}, {f.name}") for f in fields(record_type)}
    return record_type(**cells)


def _cell(value: object, hint: type, *, where: str) -> object:
    """One value, checked against the type of its field."""
    if get_origin(hint) is tuple:
        return _tuple_cell(value, get_args(hint)[0], where=where)
    nullable = get_origin(hint) in (Union, types.UnionType)
    (expected,) = [a for a in get_args(hint) if a is not type(None)] if nullable else [hint]
    if value is None:
        if nullable:
            return None
        raise VocabularyError(f"{where}: missing")
    return _scalar(value, expected, where=where)


def _tuple_cell(value: object, item_type: type, *, where: str) -> tuple[object, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise VocabularyError(f"{where}: a list is needed, not {value!r}")
    return tuple(_scalar(item, item_type, where=where) for item in value)


def _scalar(value: object, expected: type, *, where: str) -> object:
    if expected is str and isinstance(value, datetime.date):
        return value.isoformat()
    if expected is float and type(value) is int:
        return float(value)
    # `type` and not `isinstance`: True is an int to Python, and must not pass as one here.
    if type(value) is not expected:
        raise VocabularyError(f"{where}: {expected.__name__} is needed, not {value!r}")
    if value == "":
        raise VocabularyError(f"{where}: empty text; leave the field out when it is unknown")
    return value


def _check_keys(tables: Mapping[str, list[Any]]) -> None:
    for table, key in KEYS.items():
        counts = Counter(getattr(record, key) for record in tables[table])
        repeated = sorted(name for name, count in counts.items() if count > 1)
        if repeated:
            raise VocabularyError(f"{table}: {key} given more than once: {', '.join(repeated)}")


def _check_references(tables: Mapping[str, list[Any]]) -> None:
    for (table, field_name), target in REFERENCES.items():
        known = {getattr(record, KEYS[target]) for record in tables[target]}
        missing = sorted({name for name in _named(tables[table], field_name) if name not in known})
        if missing:
            raise VocabularyError(f"{table}, {field_name}: no such {target}: {', '.join(missing)}")


def _named(records: list[Any], field_name: str) -> Iterator[str]:
    for record in records:
        value = getattr(record, field_name)
        named = value if isinstance(value, tuple) else (value,)
        yield from (name for name in named if name is not None)
