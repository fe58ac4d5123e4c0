"""`stackway batch`: a list in, answers and the rows that failed out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import SOME_ROWS_FAILED, UsageFault
from app.cli.one_person import AsOf, Data, Lang, Language, Plans

if TYPE_CHECKING:
    from app.jobs.batch import Progress, Spread, Tally
    from app.jobs.output import Format

_FEW = 10  # faults shown where no file takes them


def _print_columns(wanted: bool) -> None:
    if wanted:
        from app.jobs.columns import COLUMNS, JOBS
        from app.jobs.pirl import ELEMENTS

        rows = [(c.name.replace("#", f"1 to {JOBS}"), c.meaning) for c in COLUMNS]
        rows += [(c.name.removeprefix("pirl_"), c.meaning) for c in ELEMENTS.values()]
        outputs.print_table(("Column", "What it holds"), rows)
        raise typer.Exit


def batch(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="CSV, TSV, JSONL, XLSX or Parquet; a row a person.")],
    out: Annotated[Path | None, typer.Option(metavar="OUTPUT", help="Where the answers go.")] = None,
    errors: Annotated[Path | None, typer.Option(metavar="ERRORS.csv", help="Where the rows that failed go.")] = None,
    output: Annotated[
        str | None, typer.Option("--format", metavar="csv|jsonl|parquet", help="Default: as OUTPUT ends.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that answer.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers answer: tcp://host:8786.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read every row, answer none.")] = False,
    seats: Annotated[
        Path | None, typer.Option(metavar="SEATS.csv", help="Share limited seats: columns program_id, seats.")
    ] = None,
    equity: Annotated[
        Path | None, typer.Option(metavar="GROUPS.csv", help="Compare groups: columns reference and any others.")
    ] = None,
    plans: Plans = None,
    as_of: AsOf = None,
    data: Data = None,
    language: Lang = Language.ENGLISH,
    columns: Annotated[  # noqa: ARG001 # answered by its callback
        bool, typer.Option("--columns", is_eager=True, callback=_print_columns, help="List the columns of a table.")
    ] = False,
) -> None:
    """Plans for everyone on a list; rows with faults go to the errors file and stop nobody else.

    Rows are numbered from 1 after the heading. JSONL holds a line for each person, CSV and Parquet one for each plan.
    Who got which seat, and how groups compare, go beside OUTPUT, as OUTPUT.seats.csv and OUTPUT.equity.csv.
    """
    from app.jobs import batch as job
    from app.jobs.headings import ListError
    from app.jobs.parts import PartsError

    if workers > 1 and scheduler is not None:
        raise UsageFault("--workers, --scheduler: give one of them; the scheduler has workers of its own.")
    if not source.is_file():
        raise UsageFault(f"{source}: there is no such file.")
    _refuse_same_file(source, out, errors)
    try:
        if dry_run:
            _report(job.check(source, errors), errors, "read")
        kind, path = _output_format(out, output)
        day = inputs.read_day(as_of)
        if resume and as_of is None:
            day = job.resumed_day(path) or day
        wanted = job.BatchJob(source, path, errors, kind, day, plans, resume, seats, equity, language)
        engine = inputs.open_engine(data)
        with _workers(workers, scheduler) as spread, _progress(source) as progress:
            tally = job.run(wanted, engine, progress, spread)
    except (ListError, PartsError) as error:
        raise UsageFault(str(error)) from None
    _report(tally, errors, "answered")


def _refuse_same_file(*paths: Path | None) -> None:
    """A list must not be overwritten by its own answers."""
    given = [path.resolve() for path in paths if path is not None]
    if len(set(given)) < len(given):
        raise UsageFault("INPUT, --out and --errors: name a file of its own for each.")


def _output_format(out: Path | None, named: str | None) -> "tuple[Format, Path]":
    from app.jobs.output import Format

    if out is None:
        raise UsageFault("--out: name the file the answers go to.")
    if not out.parent.is_dir():
        raise UsageFault(f"--out: there is no folder {out.parent}.")
    ending = out.suffix.lower().removeprefix(".") if named is None else named
    if ending not in list(Format):
        raise UsageFault(f"--format: must be one of {', '.join(Format)}; or end the name of OUTPUT in one of them.")
    return Format(ending), out


@contextmanager
def _workers(number: int, scheduler: str | None) -> "Iterator[Spread]":
    """This process where one is enough, else those of a cluster."""
    if number == 1 and scheduler is None:
        from app.jobs.batch import here

        yield here
        return
    from app.jobs.cluster import open_cluster, spread_over

    with open_cluster(number, scheduler) as client:
        yield spread_over(client)


@contextmanager
def _progress(source: Path) -> "Iterator[Progress]":
    """A bar on a terminal; says nothing into a file or pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from app.jobs.rows import read_rows

    columns = (TextColumn("people"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        bar = shown.add_task("", total=sum(1 for _ in read_rows(source)))
        yield lambda rows: shown.advance(bar, rows)


def _report(tally: "Tally", errors: Path | None, done: str) -> None:
    if errors is None:
        for fault in tally.faults[:_FEW]:
            where = f" {fault['column']}" if fault["column"] else ""
            outputs.say(f"row {fault['row']}:{where} {fault['message']}; {fault['fix']}.")
        if len(tally.faults) > _FEW:
            outputs.say(f"… and {len(tally.faults) - _FEW} more; --errors ERRORS.csv keeps them all.")
    for note in tally.notes:
        outputs.say(note)
    outputs.say(f"{tally.rows - tally.failed} of {tally.rows} rows {done}, {tally.failed} failed.")
    raise typer.Exit(SOME_ROWS_FAILED if tally.failed else 0)
