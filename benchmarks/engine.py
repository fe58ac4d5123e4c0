"""Time of a match, as a ratio to one evaluation of the gaps to all occupations: `python -m benchmarks.engine`."""

from app.cli.measuring import measure_engine
from app.services.answering import open_snapshot
from app.settings import Settings
from matching.world import World


def main() -> None:
    """Measure on the data in use and print a table."""
    figures = measure_engine(World.from_snapshot(open_snapshot(Settings().data_dir)))
    for name, value in figures.rows():
        print(f"{name:45} {value:>12}")


if __name__ == "__main__":
    main()
