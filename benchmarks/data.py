"""What installing and opening the data costs: time and memory of an install, of opening, and of one more worker.

Usage: python -m benchmarks.data FOLDER_OF_OFFICIAL_FILES

Seconds depend on the machine and on what else it does, so the install is also given as a ratio to reading every byte
of the same files and hashing it, measured beside it. Memory of a further worker is what it does not share: the
private pages (Pss would count a share of what all map).
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from matching.derive import derive_arrays
from matching.world import World
from taxonomy.snapshot import Snapshot
from taxonomy.store import Store
from taxonomy.tables import TABLES

OPENINGS = 20
LIMITS = {"install_seconds": 90, "install_mib": 1536, "open_seconds": 0.2, "worker_mib": 60}


def install(folder: Path, data_dir: Path) -> dict[str, Any]:
    """Install everything in `folder`, in this process, so that the peak of memory is the install's own."""
    started = time.perf_counter()
    cpu = time.process_time()
    digest = Store(data_dir).install([folder], derive_arrays)
    return {
        "digest": digest,
        "seconds": time.perf_counter() - started,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def hash_files(folder: Path) -> float:
    """Seconds to read every byte of the files and hash it: what any install has to do at least."""
    started = time.perf_counter()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                hashlib.file_digest(stream, "sha256")
    return time.perf_counter() - started


def open_all(folder: Path) -> float:
    """Seconds to open a snapshot and map all its tables."""
    started = time.perf_counter()
    snapshot = Snapshot.open(folder)
    for name in TABLES:
        snapshot.table(name)
    return time.perf_counter() - started


def worker(folder: Path) -> dict[str, float]:
    """Private memory a process gains by mapping the snapshot, and by making the method ready on it."""
    before = _private_mib()
    snapshot = Snapshot.open(folder)
    for name in TABLES:
        snapshot.table(name)
    mapped = _private_mib() - before
    world = World.from_snapshot(snapshot)  # held while memory is read
    ready = _private_mib() - before
    del world
    return {"mapped_mib": mapped, "ready_mib": ready}


def _private_mib() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def _apart(step: str, *arguments: Path) -> dict[str, Any]:
    """Run one step in a process of its own, so that nothing of the others is counted with it."""
    command = [sys.executable, "-m", "benchmarks.data", step, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very file
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(folder: Path) -> None:
    """Print each figure beside its limit."""
    with tempfile.TemporaryDirectory() as place:
        data_dir = Path(place)
        hashing = median(hash_files(folder) for _ in range(3))
        made = _apart("install", folder, data_dir)
        snapshot = data_dir / "snapshots" / made["digest"]
        opening = median(open_all(snapshot) for _ in range(OPENINGS))
        one_more = _apart("worker", snapshot)
        size = sum(p.stat().st_size for p in snapshot.iterdir()) / 2**20
        rows = sum(json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))["rows"].values())
    print(f"snapshot of {rows:,} rows, {size:.0f} MiB")
    figures = (
        ("install", made["seconds"], "s", LIMITS["install_seconds"]),
        ("  of that at work", made["cpu_seconds"], "s", None),
        ("  against hashing its files", made["seconds"] / hashing, "x", None),
        ("  peak memory", made["peak_mib"], "MiB", LIMITS["install_mib"]),
        ("open, all tables mapped", opening, "s", LIMITS["open_seconds"]),
        ("private memory of one worker more", one_more["mapped_mib"], "MiB", LIMITS["worker_mib"]),
        ("  with the method made ready", one_more["ready_mib"], "MiB", LIMITS["worker_mib"]),
    )
    for name, value, unit, limit in figures:
        bound = "" if limit is None else f"   (at most {limit:g})"
        print(f"{name:36}{value:10.3f} {unit:4}{bound}")


STEPS: dict[str, Callable[..., dict[str, Any]]] = {"install": install, "worker": worker}

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Give the folder of official files: python -m benchmarks.data FOLDER")
    if sys.argv[1] in STEPS:
        print(json.dumps(STEPS[sys.argv[1]](*map(Path, sys.argv[2:]))))
    else:
        measure(Path(sys.argv[1]))
