"""Rows a second of a list, as a ratio to the engine alone on the same people: `python -m benchmarks.batch`.

`--rows N --write FILE.csv` only writes the list, of any length, for `stackway batch` to answer.
"""

import csv
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from app.cli.measuring import DAY
from app.jobs.batch import BatchJob, run
from app.jobs.output import Format
from app.jobs.rows import read_rows
from app.services.answering import MatchEngine, open_engine
from app.settings import Settings

ROWS = 200
TIMES = 3
TITLES = ("nursing home aide", "warehouse picker", "cashier", "welder", "line cook")


def write_list(path: Path, rows: int) -> None:
    """A list of people who differ in their job, its length and their limit of money."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["reference", "zip", "job_title_1", "job_months_1", "education", "max_out_of_pocket_usd"])
        for row in range(rows):
            title = TITLES[row % len(TITLES)]
            writer.writerow([f"P-{row}", "78207", title, 6 + row % 60, "high_school_diploma", 100 * (1 + row % 40)])


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
    if chosen.write is not None:
        write_list(chosen.write, chosen.rows)
        return
    engine = open_engine(Settings())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "list.csv"
        write_list(source, chosen.rows)
        alone = engine_alone(source, engine)
        print(f"{'engine alone':20} {chosen.rows / alone:8.1f} rows/s   1.00")
        for kind in Format:
            job = BatchJob(source, Path(folder) / f"out.{kind}", None, kind, DAY)
            took = seconds(lambda job=job: run(job, engine, lambda _: None))  # type: ignore[misc] # bound per round
            print(f"{'batch to ' + kind:20} {chosen.rows / took:8.1f} rows/s   {alone / took:.2f}")


if __name__ == "__main__":
    main()
