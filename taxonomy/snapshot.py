"""A snapshot: the compiled, immutable set of releases that answers use, named by the digest of its content.

On disk a snapshot is a folder: one Arrow file a table, one .npy file an array (`need` and `importance`, float32,
occupations x descriptors, and derived indexes), and `manifest.json` with the sha256 of each file. The digest is the
sha256 of the manifest, so equal content has an equal name and a changed byte is found.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from taxonomy.columns import Table, distinct_texts, to_arrow
from taxonomy.credentials import Credential
from taxonomy.occupations import Occupation
from taxonomy.programs import Program
from taxonomy.release import Release
from taxonomy.tables import FOR_ANSWERS, FOR_LOOKING_UP, TABLES

FORMAT = 1


class SnapshotError(Exception):
    """A snapshot that cannot be used: missing, half-written, of another format, or with a changed byte."""


@dataclass(slots=True)
class Contents:
    """What goes into a snapshot: rows per table, and the rating matrices aligned with occupations and descriptors."""

    tables: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in TABLES})
    # "need" (O*NET level 0-7) and "importance" (1-5), occupations x descriptors, and whatever arrays later stages
    # derive at install (search indexes) so that no process builds them at start.
    arrays: dict[str, npt.NDArray[Any]] = field(default_factory=dict)


def write_snapshot(contents: Contents, folder: Path) -> str:
    """Write a snapshot into an empty `folder` and return its digest. The same contents give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, record_type in TABLES.items():
        table = to_arrow(record_type, contents.tables[name])
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    for name, array in sorted(contents.arrays.items()):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array))
    written = [p for p in sorted(folder.iterdir()) if p.name != "manifest.json"]
    files = {p.name: _sha256(p) for p in written}
    sizes = {p.name: p.stat().st_size for p in written}
    rows = {name: len(contents.tables[name]) for name in TABLES}
    described = {"format": FORMAT, "files": files, "sizes": sizes, "rows": rows}
    manifest = json.dumps(described, sort_keys=True, indent=1).encode()
    (folder / "manifest.json").write_bytes(manifest)
    return hashlib.sha256(manifest).hexdigest()


def _is_whole(path: Path, size: int | None) -> bool:
    """Whether a file is there with all its bytes. `size` None: compiled before the manifest told sizes."""
    try:
        found = path.stat()
    except OSError:
        return False
    return path.is_file() and size in (None, found.st_size)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Snapshot:
    """An opened snapshot. Tables are mapped on first use and shared by all processes that map the same folder."""

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.digest = digest
        self._tables: dict[str, Table[Any]] = {}
        self._arrays: dict[str, npt.NDArray[Any]] = {}

    @classmethod
    def open(cls, folder: Path, *, verify: bool = False) -> "Snapshot":
        """Open a snapshot folder. `verify` re-reads every byte; without it only names and sizes are checked.

        Raises:
            SnapshotError: the folder is not a whole snapshot of this format.
        """
        try:
            raw = (folder / "manifest.json").read_bytes()
            manifest = json.loads(raw)
        except (OSError, ValueError) as error:
            raise SnapshotError(f"{folder.name} is not a snapshot: its manifest cannot be read") from error
        if manifest.get("format") != FORMAT:
            raise SnapshotError(f"{folder.name} has format {manifest.get('format')}, this version reads {FORMAT}")
        for name, digest in manifest["files"].items():
            path = folder / name
            if not _is_whole(path, manifest.get("sizes", {}).get(name)) or (verify and _sha256(path) != digest):
                raise SnapshotError(f"{folder.name}: file {name} is missing or changed; install the data again")
        return cls(folder, hashlib.sha256(raw).hexdigest())

    def table(self, name: str) -> Table[Any]:
        """A table by its name in TABLES.

        Raises:
            SnapshotError: it is damaged, or was compiled before a field was known that it must have.
        """
        if name not in self._tables:
            stored = self._stored(name)
            try:
                # Compiled before the package knew this table, it holds no rows of it.
                data = to_arrow(TABLES[name], []) if stored is None else stored
                self._tables[name] = Table(TABLES[name], data)
            except ValueError as error:
                raise SnapshotError(f"{self.folder.name}: {error}") from error
        return self._tables[name]

    def _stored(self, name: str) -> pa.Table | None:
        path = self.folder / f"{name}.arrow"
        if not path.exists():
            return None
        try:
            return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        except ValueError as error:
            raise SnapshotError(f"{self.folder.name}: {error}") from error

    def array(self, name: str) -> npt.NDArray[Any]:
        """A stored array, mapped read-only.

        Raises:
            SnapshotError: the snapshot holds no such array.
        """
        if name not in self._arrays:
            try:
                self._arrays[name] = np.load(f"{self.folder}/{name}.npy", mmap_mode="r")
            except OSError as error:
                raise SnapshotError(f"{self.folder.name} has no array {name}; install the data again") from error
        return self._arrays[name]

    @cached_property
    def answer_releases(self) -> tuple[Release, ...]:
        """The releases that answers may be made from: all but those of which only tables for looking up hold rows."""
        beside = {release for name in FOR_LOOKING_UP for release in self._releases_of(name)}
        within = {release for name in FOR_ANSWERS for release in self._releases_of(name)}
        return tuple(release for release in self.table("releases") if release.id not in beside - within)

    def _releases_of(self, name: str) -> set[str]:
        stored = None if name == "problems" else self._stored(name)
        if stored is None or "release" not in stored.schema.names:
            return set()
        return {release for release in distinct_texts(stored, "release") if release is not None}

    @property
    def need(self) -> npt.NDArray[np.float32]:
        """Level each occupation needs, occupations x descriptors, 0-7; NaN rows have no ratings."""
        return self.array("need")

    @property
    def importance(self) -> npt.NDArray[np.float32]:
        """Importance of each descriptor, occupations x descriptors, 1-5; NaN rows have no ratings."""
        return self.array("importance")

    @property
    def occupations(self) -> Table[Occupation]:
        """All occupations, ordered by code; the row number is the occupation's index in the matrices."""
        return self.table("occupations")

    @property
    def programs(self) -> Table[Program]:
        """All programs after merging repeated listings."""
        return self.table("programs")

    @property
    def credentials(self) -> Table[Credential]:
        """All credentials."""
        return self.table("credentials")
