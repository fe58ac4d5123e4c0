"""Rows a second of a list, as a ratio to the engine alone on the same people: `python -m benchmarks.batch`.

`--rows N --write FILE.csv` only writes the list, of any length, for `stackway batch` to answer.
"""

import csv
import random
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from app.cli.measuring import DAY
from app.jobs.batch import BatchJob, run
from app.jobs.output import Format
from app.jobs.rows import read_rows
from app.services.answering import MatchEngine, open_engine
from app.settings import Settings
from taxonomy.snapshot import Snapshot

ROWS = 400
TIMES = 3
SEED = 7
EASY_ZONES = (1, 2)  # work that asks for little or some preparation: whom job centers mostly see
MOST_JOBS = 3
CHOICES = {
    "education": ("less_than_high_school", "high_school_diploma", "high_school_equivalency", "some_college"),
    "max_out_of_pocket_usd": ("", "0", "500", "1500", "3000"),
    "max_miles": ("", "10", "25", "50"),
    "schedule": ("", "", "", "evening; weekend"),
    "drivers_license": ("", "standard", "standard", "none"),
    "goal_sectors": ("", "", "", "healthcare", "manufacturing; construction"),
    "adults": ("1", "2"),
}


def write_list(path: Path, rows: int, snapshot: Snapshot) -> None:
    """A list of people of the whole country.

    Where they live is drawn from its ZIP codes; what they did from the published titles of work that asks for little
    preparation, the more often the more people do it; the rest from `CHOICES`.
    """
    zips, (titles, heard) = snapshot.table("zips").strings("zip"), _titles(snapshot)
    draw = random.Random(SEED)  # noqa: S311 # a list to measure with
    jobs = [f"job_{what}_{number}" for number in range(1, MOST_JOBS + 1) for what in ("title", "months")]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["reference", "zip", *CHOICES, *jobs])
        for row in range(rows):
            had = draw.choices(titles, cum_weights=heard, k=draw.randint(1, MOST_JOBS))
            told = [cell for title in had for cell in (title, draw.randint(1, 120))]
            writer.writerow([f"P-{row}", draw.choice(zips), *map(draw.choice, CHOICES.values()), *told])


def _titles(snapshot: Snapshot) -> tuple[list[str], list[float]]:
    """Titles of the easier occupations, and how often each is heard, added up: as often as people work in it."""
    occupations = snapshot.table("occupations")
    columns = (occupations.strings("onet_code"), occupations.numbers("job_zone"), occupations.numbers("employment"))
    people = {code: at_work for code, zone, at_work in zip(*columns, strict=True) if zone in EASY_ZONES and at_work > 0}
    table = snapshot.table("titles")
    named = [(text, code) for text, code in zip(table.strings("text"), table.strings("onet_code"), strict=True)]
    names_of = Counter(code for _, code in named)
    titles = [(text, people[code] / names_of[code]) for text, code in named if text and code in people]
    return [text for text, _ in titles], list(accumulate(share for _, share in titles))


def seconds(work: Callable[[], object]) -> float:
    """Median time of some work."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def engine_alone(source: Path, engine: MatchEngine) -> float:
    """Seconds for matching alone, profiles read beforehand and answers dropped."""
    seekers = [row.seeker for row in read_rows(source) if row.seeker is not None]
    return seconds(lambda: [engine.answer(seeker, DAY) for seeker in seekers])


def main() -> None:
    """Measure on the data in use and print a table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="people on the list; default: %(default)s")
    parser.add_argument("--write", type=Path, metavar="FILE.csv", help="only write the list there")
    chosen = parser.parse_args()
    engine = open_engine(Settings())
    if chosen.write is not None:
        write_list(chosen.write, chosen.rows, engine.snapshot)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "list.csv"
        write_list(source, chosen.rows, engine.snapshot)
        alone = engine_alone(source, engine)
        print(f"{'engine alone':20} {chosen.rows / alone:8.1f} rows/s   1.00")
        for kind in Format:
            job = BatchJob(source, Path(folder) / f"out.{kind}", None, kind, DAY)
            took = seconds(lambda job=job: run(job, engine, lambda _: None))  # type: ignore[misc] # bound per round
            print(f"{'batch to ' + kind:20} {chosen.rows / took:8.1f} rows/s   {alone / took:.2f}")


if __name__ == "__main__":
    main()
