"""The data folder: compiled snapshots by digest, and a pointer to the one in use.

    snapshots/<digest>/    whole snapshots; a folder appears by one rename, complete and on disk
    current                the digest in use; replaced by one rename
    starter                what the package's own data were compiled from, when they were compiled alone
    .building-*/           a snapshot being compiled; what an interrupted install left is removed by the next

A process killed at any moment leaves the old pointer or the new one, and either names a whole snapshot.
"""

import fcntl
import os  # fsync only: without it a power cut could keep the rename and lose the bytes
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.law import Parameter
from taxonomy.loaders.law_review import list_due
from taxonomy.package import fingerprint
from taxonomy.release import Release
from taxonomy.snapshot import Contents, Snapshot, SnapshotError, write_snapshot

if TYPE_CHECKING:
    from taxonomy.diff import TableDiff

# Arrays computed from the contents at install, so that no process computes them at start.
Derive = Callable[[Contents], Mapping[str, npt.NDArray[Any]]]


@frozen
class ReleaseStatus:
    """One source of a snapshot, for people. Unknown is None."""

    id: str
    title: str
    publisher: str
    edition: str
    licence: str
    attribution: str
    link: str
    sha256: str
    rows_read: int
    rows_kept: int
    rows_reported: int
    rows_rejected: int
    retrieved_on: str | None
    age_days: int | None
    expected_every_days: int | None  # the publisher's schedule
    overdue: bool | None  # older than its publisher's schedule; None when age or schedule is unknown


@frozen
class Status:
    """The snapshot in use, its sources, and what else is installed."""

    snapshot: str | None
    releases: tuple[ReleaseStatus, ...]
    installed: tuple[str, ...]
    law_due: tuple[Parameter, ...] = ()  # amounts of the law that were due to be checked again before the day


@frozen
class Verification:
    """Whether every byte of one snapshot is as compiled; `problem` says what is not."""

    snapshot: str
    problem: str | None


def list_release_statuses(snapshot: Snapshot, today: date) -> tuple[ReleaseStatus, ...]:
    """The sources of a snapshot, with the rows left out of each and its age on `today`."""
    rejected = Counter(p.release for p in snapshot.table("problems") if p.action == "row_rejected")
    return tuple(_release_status(release, rejected[release.id], today) for release in snapshot.table("releases"))


def _release_status(release: Release, rejected: int, today: date) -> ReleaseStatus:
    age = None if release.retrieved_on is None else (today - date.fromisoformat(release.retrieved_on)).days
    schedule = release.expected_every_days
    return ReleaseStatus(
        id=release.id,
        title=release.title,
        publisher=release.publisher,
        edition=release.edition,
        licence=release.licence,
        attribution=release.attribution,
        link=release.link,
        sha256=release.sha256,
        rows_read=release.rows_read,
        rows_kept=release.rows_kept,
        rows_reported=release.rows_reported,
        rows_rejected=rejected,
        retrieved_on=release.retrieved_on,
        age_days=age,
        expected_every_days=schedule,
        overdue=None if age is None or schedule is None else age > schedule,
    )


class Store:
    """Snapshots under one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._snapshots = data_dir / "snapshots"
        self._pointer = data_dir / "current"
        self._starter = data_dir / "starter"

    def install(self, paths: Sequence[Path], derive: Derive, *, retrieved_on: str | None = None) -> str:
        """Compile the files in `paths` with the package's own data, put the snapshot in use, return its digest.

        The same files give the same digest. `retrieved_on` (ISO date) is written into the releases, and so counts.

        Raises:
            SourceError: a recognised source cannot be used; the snapshot in use stays.
            IntegrityError: the sources contradict each other; the snapshot in use stays.
        """
        from taxonomy.assemble import assemble  # noqa: PLC0415 # readers of every source: half a second that opening need not pay

        contents = assemble(paths, retrieved_on=retrieved_on)
        digest = self.install_contents(contents, derive)
        if not paths:
            self._starter.write_text(fingerprint(), encoding="ascii")
        return digest

    def install_contents(self, contents: Contents, derive: Derive) -> str:
        """Put assembled contents in use and return their digest."""
        contents.arrays.update(derive(contents))
        with self._lock():
            for leftover in self.data_dir.glob(".building-*"):
                shutil.rmtree(leftover)
            building = Path(tempfile.mkdtemp(prefix=".building-", dir=self.data_dir))
            try:
                folder = building / "snapshot"
                digest = write_snapshot(contents, folder)
                _sync(folder)
                Snapshot.open(folder, verify=True)
                self._keep(folder, digest)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            self._point_to(digest)
        return digest

    def _keep(self, folder: Path, digest: str) -> None:
        """Move a new snapshot to its place, unless a whole one of the same content is there."""
        target = self._snapshots / digest
        if target.exists():
            try:
                Snapshot.open(target, verify=True)
            except SnapshotError:
                # The same content again mends a damaged copy; whoever has it mapped keeps its own.
                target.rename(folder.parent / "damaged")
            else:
                return
        folder.rename(target)
        _sync_folder(self._snapshots)

    def use(self, prefix: str) -> str:
        """Put an installed snapshot in use and return its whole digest.

        Raises:
            SnapshotError: none or several begin with `prefix`, or it is damaged; the snapshot in use stays.
        """
        digest = self._find(prefix)
        self._open(digest, verify=True)
        with self._lock():
            self._point_to(digest)
        return digest

    def current(self) -> Snapshot | None:
        """The snapshot in use, or None when nothing is installed yet.

        Raises:
            SnapshotError: the snapshot in use is missing or damaged.
        """
        digest = self._current_digest()
        return None if digest is None else self._open(digest)

    def is_of_another_package(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot holds the package's own data alone, as another version of the package compiled them."""
        # The package's own releases share one digest, that of its folder; every file given brings one of its own.
        if len(snapshot.table("releases").distinct("sha256")) != 1:
            return False
        compiled_from = self._starter.read_text(encoding="ascii") if self._starter.exists() else None
        return compiled_from != fingerprint()

    def open(self, prefix: str) -> Snapshot:
        """An installed snapshot by its digest or the beginning of it.

        Raises:
            SnapshotError: none or several begin with `prefix`, or it is damaged.
        """
        return self._open(self._find(prefix))

    def list_installed(self) -> tuple[str, ...]:
        """Digests of all installed snapshots, sorted."""
        return tuple(sorted(p.name for p in self._snapshots.glob("*"))) if self._snapshots.is_dir() else ()

    def status(self, today: date) -> Status:
        """The snapshot in use and the age of its sources on `today`."""
        snapshot = self.current()
        if snapshot is None:
            return Status(None, (), self.list_installed())
        releases = list_release_statuses(snapshot, today)
        return Status(snapshot.digest, releases, self.list_installed(), list_due(snapshot.table("parameters"), today))

    def verify(self) -> list[Verification]:
        """Read every byte of every installed snapshot."""
        return [Verification(digest, self._fault(digest)) for digest in self.list_installed()]

    def _fault(self, digest: str) -> str | None:
        try:
            self._open(digest, verify=True)
        except SnapshotError as error:
            return str(error)
        return None

    def diff(self, before: str, after: str) -> "list[TableDiff]":
        """What changed between two installed snapshots, table by table."""
        from taxonomy.diff import diff_snapshots  # noqa: PLC0415 # opening needs none of it

        return diff_snapshots(self.open(before), self.open(after))

    def _open(self, digest: str, *, verify: bool = False) -> Snapshot:
        snapshot = Snapshot.open(self._snapshots / digest, verify=verify)
        if snapshot.digest != digest:
            raise SnapshotError(f"{digest[:12]}: its manifest was changed; install the data again")
        return snapshot

    def _find(self, prefix: str) -> str:
        found = [digest for digest in self.list_installed() if digest.startswith(prefix)]
        if len(found) != 1 or not prefix:
            raise SnapshotError(f"{len(found)} installed snapshots begin with {prefix!r}; name exactly one")
        return found[0]

    def _current_digest(self) -> str | None:
        try:
            return self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SnapshotError(f"{self._pointer.name} cannot be read; choose a snapshot with `data use`") from error

    def _point_to(self, digest: str) -> None:
        new = self.data_dir / ".current-new"
        with new.open("w", encoding="ascii") as stream:
            stream.write(f"{digest}\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(self._pointer)
        _sync_folder(self.data_dir)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer at a time. The system frees the lock of a killed process."""
        self._snapshots.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / ".lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def _sync(folder: Path) -> None:
    """Have the system write a folder's files and names to the disk."""
    for path in folder.iterdir():
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
