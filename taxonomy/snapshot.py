"""A snapshot: the compiled, immutable set of releases that answers use, named by the digest of its content.

On disk a snapshot is a folder: one Arrow file a table, `need.npy` and `importance.npy` (float32, occupations x
descriptors), and `manifest.json` with the sha256 of each file. The digest is the sha256 of the manifest, so equal
content has an equal name and a changed byte is found.
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

from taxonomy.columns import Table, to_arrow
from taxonomy.credentials import Credential, StackRule
from taxonomy.law import LegalBar, Parameter
from taxonomy.occupations import (
    Descriptor,
    Occupation,
    OccupationTechnology,
    RelatedOccupation,
    SkillPhrase,
    Title,
    Wage,
)
from taxonomy.places import Zip
from taxonomy.programs import OutcomeRate, PeerRate, Program, ProgramOccupation, Provider
from taxonomy.release import Problem, Release
from taxonomy.studies import Effect, Rating, Study, StudyLink, Support

FORMAT = 1

# Every table of a snapshot: file name and record type. Rows are kept in the order given; `compile_records` sorts them.
TABLES: dict[str, type] = {
    "releases": Release,
    "problems": Problem,
    "occupations": Occupation,
    "titles": Title,
    "descriptors": Descriptor,
    "skill_phrases": SkillPhrase,
    "technologies": OccupationTechnology,
    "related": RelatedOccupation,
    "wages": Wage,
    "zips": Zip,
    "credentials": Credential,
    "stack_rules": StackRule,
    "providers": Provider,
    "programs": Program,
    "program_occupations": ProgramOccupation,
    "outcome_rates": OutcomeRate,
    "peer_rates": PeerRate,
    "studies": Study,
    "effects": Effect,
    "ratings": Rating,
    "study_links": StudyLink,
    "supports": Support,
    "parameters": Parameter,
    "legal_bars": LegalBar,
}


class SnapshotError(Exception):
    """A snapshot that cannot be used: missing, half-written, of another format, or with a changed byte."""


@dataclass(slots=True)
class Contents:
    """What goes into a snapshot: rows per table, and the rating matrices aligned with occupations and descriptors."""

    tables: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in TABLES})
    need: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))  # O*NET level 0-7
    importance: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))  # 1-5


def write_snapshot(contents: Contents, folder: Path) -> str:
    """Write a snapshot into an empty `folder` and return its digest. The same contents give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, record_type in TABLES.items():
        table = to_arrow(record_type, contents.tables[name])
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    for name in ("need", "importance"):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(getattr(contents, name), dtype=np.float32))
    files = {p.name: _sha256(p) for p in sorted(folder.iterdir()) if p.name != "manifest.json"}
    rows = {name: len(contents.tables[name]) for name in TABLES}
    manifest = json.dumps({"format": FORMAT, "files": files, "rows": rows}, sort_keys=True, indent=1).encode()
    (folder / "manifest.json").write_bytes(manifest)
    return hashlib.sha256(manifest).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Snapshot:
    """An opened snapshot. Tables are mapped on first use and shared by all processes that map the same folder."""

    def __init__(self, folder: Path, digest: str) -> None:
        self.folder = folder
        self.digest = digest
        self._tables: dict[str, Table[Any]] = {}

    @classmethod
    def open(cls, folder: Path, *, verify: bool = False) -> "Snapshot":
        """Open a snapshot folder. `verify` re-reads every byte; without it only the manifest is checked.

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
            if not path.is_file() or (verify and _sha256(path) != digest):
                raise SnapshotError(f"{folder.name}: file {name} is missing or changed; install the data again")
        return cls(folder, hashlib.sha256(raw).hexdigest())

    def table(self, name: str) -> Table[Any]:
        """A table by its name in TABLES."""
        if name not in self._tables:
            source = pa.memory_map(str(self.folder / f"{name}.arrow"))
            self._tables[name] = Table(TABLES[name], pa.ipc.open_file(source).read_all())
        return self._tables[name]

    @cached_property
    def need(self) -> npt.NDArray[np.float32]:
        """Level each occupation needs, occupations x descriptors, 0-7; NaN rows have no ratings."""
        array: npt.NDArray[np.float32] = np.load(self.folder / "need.npy", mmap_mode="r")
        return array

    @cached_property
    def importance(self) -> npt.NDArray[np.float32]:
        """Importance of each descriptor, occupations x descriptors, 1-5; NaN rows have no ratings."""
        array: npt.NDArray[np.float32] = np.load(self.folder / "importance.npy", mmap_mode="r")
        return array

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
