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

from taxonomy.classifications import (
    CareerPathway,
    DemandListing,
    DirectMatchTitle,
    ListedCredential,
    OccupationAttainment,
    OccupationSeparations,
    OccupationSkill,
    SocGroup,
    SocSuccessor,
)
from taxonomy.columns import Table, to_arrow
from taxonomy.credentials import Credential, Screen, StackRule
from taxonomy.job_signals import JobSignal
from taxonomy.law import LegalBar, Parameter
from taxonomy.living_costs import ChildCareRate, IncomeLimit, Rent, WageRatio
from taxonomy.local_words import LocalWord
from taxonomy.occupations import (
    Descriptor,
    Occupation,
    OccupationTechnology,
    RelatedOccupation,
    SkillPhrase,
    TaskStatement,
    Title,
    Wage,
)
from taxonomy.onet_reference import (
    Commodity,
    ContentElement,
    ElementLink,
    ElementRating,
    EmergingTask,
    InterestExample,
    JobZoneMeaning,
    OccupationDescription,
    OccupationTool,
    Scale,
    ScalePoint,
    SurveyFact,
    SurveyItem,
    TaskActivity,
    TaskRating,
    WorkActivity,
)
from taxonomy.places import County, Zip
from taxonomy.programs import (
    FieldOfStudy,
    FieldTitle,
    OutcomeEarnings,
    OutcomeRate,
    PeerRate,
    Program,
    ProgramOccupation,
    Provider,
)
from taxonomy.projections import AreaProjection
from taxonomy.release import Problem, Release
from taxonomy.studies import Effect, Rating, Study, StudyLink, Support
from taxonomy.supply import ApprenticeshipOccupation, Completion, Institution

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
    "tasks": TaskStatement,
    "related": RelatedOccupation,
    "wages": Wage,
    "zips": Zip,
    "credentials": Credential,
    "stack_rules": StackRule,
    "screens": Screen,
    "providers": Provider,
    "programs": Program,
    "program_occupations": ProgramOccupation,
    "outcome_rates": OutcomeRate,
    "outcome_earnings": OutcomeEarnings,
    "peer_rates": PeerRate,
    "studies": Study,
    "effects": Effect,
    "ratings": Rating,
    "study_links": StudyLink,
    "supports": Support,
    "parameters": Parameter,
    "legal_bars": LegalBar,
    "job_signals": JobSignal,
    "fields_of_study": FieldOfStudy,
    "field_titles": FieldTitle,
    "projections": AreaProjection,
    "child_care_rates": ChildCareRate,
    "rents": Rent,
    "counties": County,
    "local_words": LocalWord,
    "demand_listings": DemandListing,
    "work_activities": WorkActivity,
    "institutions": Institution,
    "completions": Completion,
    "apprenticeship_occupations": ApprenticeshipOccupation,
    "income_limits": IncomeLimit,
    "wage_ratios": WageRatio,
    "soc_groups": SocGroup,
    "soc_successors": SocSuccessor,
    "direct_match_titles": DirectMatchTitle,
    "career_pathways": CareerPathway,
    "listed_credentials": ListedCredential,
    "occupation_skills": OccupationSkill,
    "occupation_attainment": OccupationAttainment,
    "occupation_separations": OccupationSeparations,
    "occupation_descriptions": OccupationDescription,
    "content_elements": ContentElement,
    "scales": Scale,
    "scale_points": ScalePoint,
    "element_ratings": ElementRating,
    "task_ratings": TaskRating,
    "task_activities": TaskActivity,
    "emerging_tasks": EmergingTask,
    "element_links": ElementLink,
    "tools": OccupationTool,
    "commodities": Commodity,
    "interest_examples": InterestExample,
    "job_zone_meanings": JobZoneMeaning,
    "survey_facts": SurveyFact,
    "survey_items": SurveyItem,
}

# Tables that no answer is made from: they stand beside, for whoever looks a figure up. A test holds the method to it.
FOR_LOOKING_UP = frozenset(TABLES) - frozenset(list(TABLES)[: list(TABLES).index("institutions")])


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
        if name not in self._tables and not (self.folder / f"{name}.arrow").exists():
            # Compiled before the package knew this table: it holds no rows of it.
            self._tables[name] = Table(TABLES[name], to_arrow(TABLES[name], []))
        if name not in self._tables:
            source = pa.memory_map(str(self.folder / f"{name}.arrow"))
            try:
                self._tables[name] = Table(TABLES[name], pa.ipc.open_file(source).read_all())
            except ValueError as error:
                raise SnapshotError(f"{self.folder.name}: {error}") from error
        return self._tables[name]

    def array(self, name: str) -> npt.NDArray[Any]:
        """A stored array, mapped read-only.

        Raises:
            SnapshotError: the snapshot holds no such array.
        """
        if name not in self._arrays:
            try:
                self._arrays[name] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
            except OSError as error:
                raise SnapshotError(f"{self.folder.name} has no array {name}; install the data again") from error
        return self._arrays[name]

    @cached_property
    def answer_releases(self) -> tuple[Release, ...]:
        """The releases that answers may be made from: all but those of which only tables for looking up hold rows."""
        beside = {release for name in FOR_LOOKING_UP for release in self._releases_of(name)}
        within = {release for name in TABLES.keys() - FOR_LOOKING_UP for release in self._releases_of(name)}
        return tuple(release for release in self.table("releases") if release.id not in beside - within)

    def _releases_of(self, name: str) -> set[str]:
        if name == "problems" or "release" not in TABLES[name].__dataclass_fields__:  # type: ignore[attr-defined]
            return set()
        return {release for release in self.table(name).distinct("release") if release is not None}

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
