"""Source manifests, and the files that belong to them: what a publisher delivers, before any row is read.

A manifest (`taxonomy/sources/<id>.toml`) says who publishes a source, under which licence, in which files, with which
columns and how many rows. File and column names may hold `*` and `?` where an edition changes them.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cache
from itertools import islice
from pathlib import Path

from taxonomy.frozen import frozen
from taxonomy.loaders.files import SourceError, SourceFile, read_lines
from taxonomy.release import LoadReport, Release

SOURCES = Path(__file__).parent.parent / "sources"


@frozen
class TableSpec:
    """One table of a source: its files by name, its columns, and how many rows make it whole."""

    name: str
    files: tuple[str, ...]
    columns: tuple[str, ...]  # needed, in the order the loader reads them
    other_columns: tuple[str, ...]  # published, not read; anything else is new and gives a notice
    minimum_rows: int
    usual_rows: int  # more than this gives a notice
    least_usual_rows: int = 0  # fewer than this too: a part of a list is a list, and may be a whole one cut short
    required: bool = True
    optional_columns: tuple[str, ...] = ()  # of `columns`: unknown throughout where a file lacks them
    delimiter: str = ","  # or a tab, which also means that nothing is quoted
    encoding: str = "utf-8-sig"
    sheet: str | None = None  # None: the first
    header_line: int = 1  # 0: the first line that has all the columns
    records: str | None = None  # of JSON: the key that holds the list; None: the file is the list


@frozen
class Source:
    """A manifest."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    link: str
    every_days: int | None
    edition: str | None  # fixed, or None: found by `edition_pattern`
    edition_pattern: str | None  # regular expression; its group is the edition
    edition_file: str | None  # a file beside the tables whose text names the edition
    tables: tuple[TableSpec, ...]
    # Addresses of the publisher's files; "{edition}" stands for the edition as the publisher writes it there. Empty
    # where the publisher gives no lasting address.
    downloads: tuple[str, ...] = ()
    download_edition: str | None = None  # the newest one known to this package


@frozen
class Delivery:
    """The files of one source in one edition."""

    source: Source
    edition: str
    files: Mapping[str, SourceFile]  # by table name

    @property
    def release_id(self) -> str:
        """Source and edition, such as "onet-30.1"."""
        return f"{self.source.id}-{self.edition}"

    def release(self, report: LoadReport, *, retrieved_on: str | None = None) -> Release:
        """The release record of this delivery, once loaded."""
        digest = hashlib.sha256()
        for _, file in sorted(self.files.items()):
            digest.update(file.read())
        return Release(
            id=self.release_id,
            title=self.source.title,
            publisher=self.source.publisher,
            edition=self.edition,
            licence=self.source.licence,
            attribution=self.source.attribution,
            link=self.source.link,
            retrieved_on=retrieved_on,
            sha256=digest.hexdigest(),
            rows_read=sum(c.rows_read for c in report.counts),
            rows_kept=sum(c.rows_kept for c in report.counts),
            rows_reported=len({(p.file, p.line) for p in report.problems}),
            expected_every_days=self.source.every_days,
        )


def load_source(path: Path) -> Source:
    """A manifest from its file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = tuple(_table_spec(t) for t in data.pop("tables"))
    optional = {name: data.pop(name, None) for name in ("edition", "edition_pattern", "edition_file", "every_days")}
    downloads = {"downloads": tuple(data.pop("downloads", ())), "download_edition": data.pop("download_edition", None)}
    return Source(**data, **optional, **downloads, tables=tables)


def _table_spec(raw: dict[str, object]) -> TableSpec:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return TableSpec(**{"other_columns": (), **values})  # type: ignore[arg-type]  # TOML values; a wrong key raises


@cache
def list_sources() -> tuple[Source, ...]:
    """All manifests that come with the package, by id."""
    return tuple(load_source(p) for p in sorted(SOURCES.glob("*.toml")))


def recognise(
    files: Sequence[SourceFile], sources: Sequence[Source]
) -> tuple[dict[str, Delivery], dict[str, list[str]]]:
    """Deliveries by source id, the newest edition of each, and per source a notice for every file set aside.

    Raises:
        SourceError: a source is there in part: one of its tables has no file.
    """
    deliveries: dict[str, Delivery] = {}
    notices: dict[str, list[str]] = {}
    for source in sources:
        editions = _editions(source, files)
        if not editions:
            continue
        newest = max(editions, key=_edition_order)
        chosen: dict[str, SourceFile] = {}
        aside = [file for edition, found in editions.items() if edition != newest for _, file in found]
        for table, file in editions[newest]:
            if chosen.setdefault(table, file) is not file:
                aside.append(file)
        missing = [t.name for t in source.tables if t.required and t.name not in chosen]
        if missing:
            wanted = ", ".join(t.files[0] for t in source.tables if t.name in missing)
            raise SourceError(f"{source.title} {newest}: missing {wanted}; install all files of the edition together")
        deliveries[source.id] = Delivery(source, newest, chosen)
        if aside:
            notices[source.id] = [f"{f.place}: not used, edition {newest} is read instead" for f in aside]
    return deliveries, notices


def is_known(file: SourceFile, sources: Sequence[Source]) -> bool:
    """Whether a file bears the name of a table of some source, or of the note that tells its edition."""
    return any(
        file.name == source.edition_file or any(_is_named(file, table) for table in source.tables) for source in sources
    )


def _is_named(file: SourceFile, table: TableSpec) -> bool:
    return any(fnmatch(file.name.lower(), pattern.lower()) for pattern in table.files)


def _editions(source: Source, files: Sequence[SourceFile]) -> dict[str, list[tuple[str, SourceFile]]]:
    editions: dict[str, list[tuple[str, SourceFile]]] = {}
    for table in source.tables:
        for file in files:
            if _is_named(file, table):
                editions.setdefault(_edition(source, table, file, files), []).append((table.name, file))
    return editions


def _edition(source: Source, table: TableSpec, file: SourceFile, files: Sequence[SourceFile]) -> str:
    if source.edition is not None:
        return source.edition
    for text in _edition_texts(source, table, file, files):
        match = re.search(source.edition_pattern or "", text, re.IGNORECASE)
        if match:
            edition = match[1].replace("_", ".").replace("–", "-")
            return re.sub(r"^(20\d\d)(\d\d)(\d\d)$", r"\1-\2-\3", edition)  # a day written as one word
    return "unknown"


def _edition_texts(source: Source, table: TableSpec, file: SourceFile, files: Sequence[SourceFile]) -> Iterator[str]:
    # What the publisher wrote in the table or beside it outranks what somebody called the folder.
    if table.header_line > 1:
        for _, cells in islice(read_lines(file, table), table.header_line - 1):
            yield " ".join(cells)
    for other in files:
        beside = other.path.parent == file.path.parent if file.member is None else other.path == file.path
        if beside and other.name == source.edition_file:
            yield other.read().decode("utf-8", errors="replace")
    yield file.place


def _edition_order(edition: str) -> tuple[bool, list[int]]:
    return edition != "unknown", [int(n) for n in re.findall(r"\d+", edition)]
