"""What a match costs, as ratios within one run: `python -m benchmarks.engine`.

Beside the median over a few people: the median and the tail over many who differ in title, place, limits and schooling,
what ten times as many programs cost, and the memory of a worker. No two people name their job alike, so that no words
are remembered from another. Times are times at work of this process, so that what else the machine does counts less.
"""

import gc
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from app.cli.measuring import DAY, SEEKERS, measure_engine
from app.services.answering import open_snapshot
from app.settings import Settings
from matching.config import MatchConfig
from matching.engine import match
from matching.seeker import Constraint, Constraints, Goals, Seeker
from matching.world import World
from taxonomy.columns import Table
from taxonomy.snapshot import Snapshot
from taxonomy.tables import TABLES

ZIPS = ("78207", "78228", "94110", "80202", "07102", "99999")  # the last is no place
SECTORS: tuple[tuple[str, ...], ...] = (
    (),
    ("healthcare",),
    ("information_technology",),
    ("manufacturing", "construction"),
)
LIMITS = (
    Constraints(),
    Constraints(max_out_of_pocket_usd=Constraint(500.0), study_hours_per_week=Constraint(15.0)),
    Constraints(schedule=Constraint(("evening", "weekend")), max_weeks_to_better_pay=Constraint(40.0, hard=False)),
    Constraints(
        max_out_of_pocket_usd=Constraint(1_500.0), max_weeks_to_better_pay=Constraint(30.0), drivers_license="none"
    ),
)
MANY = 50_000  # synthetic programs
MATCH, TAIL, GROWTH, WORKER_MIB = 25.0, 4.0, 2.0, 300.0  # bounds: gaps a match, p99 to median, many programs, a worker


def people(world: World) -> list[Seeker]:
    """People in every place, each with every set of limits and of sectors, and a published title of their own."""
    titles = world.snapshot.table("titles").strings("text")
    kinds = list(product(SEEKERS, ZIPS, LIMITS, SECTORS))
    step = len(titles) // len(kinds)
    return [
        replace(
            seeker,
            location=replace(seeker.location, zip=zip_code),
            work_history=tuple(replace(job, title=titles[number * step]) for job in seeker.work_history),
            constraints=limits,
            goals=Goals(sectors=wanted),
        )
        for number, (seeker, zip_code, limits, wanted) in enumerate(kinds)
    ]


def times(world: World, seekers: Sequence[Seeker]) -> list[float]:
    """Milliseconds at work for each of some people, once warm; the others of `SEEKERS` warm it."""
    config = MatchConfig()
    for seeker in SEEKERS * 4:
        match(seeker, world, config, DAY)
    taken = []
    for seeker in seekers:
        start = time.thread_time()
        match(seeker, world, config, DAY)
        taken.append((time.thread_time() - start) * 1000)
    return sorted(taken)


class ManyPrograms(Snapshot):
    """The same data with copies of its programs, at places drawn over the contiguous states, up to `MANY`."""

    def __init__(self, original: Snapshot) -> None:
        super().__init__(original.folder, original.digest)
        programs, links = original.programs.arrow, original.table("program_occupations").arrow
        copies = range(1, MANY // len(original.programs))
        draw = np.random.default_rng(7)
        self._grown = {
            "programs": pa.concat_tables([programs, *(_moved(_copied(programs, "id", n), draw) for n in copies)]),
            "program_occupations": pa.concat_tables([links, *(_copied(links, "program_id", n) for n in copies)]),
        }

    def table(self, name: str) -> Table[Any]:
        """A table of the snapshot, or the longer one."""
        grown = self._grown.get(name)
        return super().table(name) if grown is None else Table(TABLES[name], grown.combine_chunks())


def _copied(table: pa.Table, key: str, number: int) -> pa.Table:
    return _with(table, key, pa.array([f"{value}~{number}" for value in table.column(key).to_pylist()]))


def _moved(programs: pa.Table, draw: np.random.Generator) -> pa.Table:
    programs = _with(programs, "latitude", pa.array(draw.uniform(25.0, 49.0, len(programs))))
    return _with(programs, "longitude", pa.array(draw.uniform(-124.0, -67.0, len(programs))))


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(place), column)


def private_mib() -> float:
    """Memory of this process that no other shares."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024


def main() -> None:
    """Measure on the data in use and print a table."""
    snapshot = open_snapshot(Settings().data_dir)
    world = World.from_snapshot(snapshot)
    gc.collect()
    gc.freeze()  # as the service does once it has started
    figures = measure_engine(world)
    for name, value in figures.rows():
        print(f"{name:45} {value:>12}")
    seekers = people(world)
    taken = times(world, seekers)
    median, tail = statistics.median(taken), taken[int(len(taken) * 0.99)]
    print(f"{f'{len(seekers)} people, median, ms':45} {median:12.1f}")
    print(f"{'their median, in evaluations of the gaps':45} {median / figures.gaps_ms:12.0f}   (at most {MATCH:g})")
    print(f"{'their 99th percentile, in medians':45} {tail / median:12.1f}   (at most {TAIL:g})")
    print(f"{'memory of this worker beside what is shared':45} {private_mib():8.0f} MiB   (at most {WORKER_MIB:g})")
    many = World.from_snapshot(ManyPrograms(snapshot))
    ratio = statistics.median(times(many, seekers)) / median
    print(f"{f'{len(many.catalog.programs.records):,} programs, in medians':45} {ratio:12.1f}   (at most {GROWTH:g})")


if __name__ == "__main__":
    main()
