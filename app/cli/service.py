"""`stackway serve`, `db upgrade` and `bench`."""

import gc
from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import FAULT

database = typer.Typer(help="The database of the service.", no_args_is_help=True)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0: any free one.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Processes that answer.")] = None,
) -> None:
    """Serve over HTTP until interrupted; an embedded PostgreSQL starts where none is named."""
    gc.disable()  # until it has started: all that is loaded stays
    from app.serve import serve as run

    run(inputs.read_settings(host=host, port=port, workers=workers))


def worker(
    attached: Annotated[bool, typer.Option("--attached", hidden=True, help="End with the process above.")] = False,
) -> None:
    """Answer the lists sent to the service and send events, until interrupted; as many may run as there are cores."""
    from app.serve import work as run

    run(inputs.read_settings(), attached=attached)


@database.command()
def upgrade() -> None:
    """Bring the database to the newest revision."""
    from app.serve import upgrade as run

    outputs.say(f"The database is at revision {run(inputs.read_settings())}.")


@database.command()
def expire(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be erased.")] = False,
) -> None:
    """Erase what was kept as long as the settings say, by class and board; run it once a day.

    People on legal hold stay, and are counted.
    """
    from app.serve import expire as run

    outputs.print_table(
        ("Board", "People", "Answers", "Lists", "Demographic data of erased people", "People kept, as on hold"),
        (
            (e.board, e.seekers, e.matches, e.lists, e.demographics, e.held)
            for e in run(inputs.read_settings(), dry_run=dry_run)
        ),
    )


@database.command()
def rewrap() -> None:
    """Put people's keys under the newest STACKWAY_SECRET_KEY, while the service works; 1 where some do not open."""
    from app.serve import rewrap as run

    done = run(inputs.read_settings())
    outputs.print_table(("Board", "Keys", "Do not open"), ((d.board, d.keys, d.unreadable) for d in done))
    if any(d.unreadable for d in done):
        outputs.say("Some keys open with no secret key that is named; STACKWAY_PREVIOUS_SECRET_KEYS lacks one.")
        raise typer.Exit(FAULT)


def bench(data: Annotated[str | None, typer.Option(metavar="SNAPSHOT")] = None) -> None:
    """Time of one match on this machine, and as a ratio to one evaluation of the gaps to all occupations."""
    from app.cli.measuring import measure_engine

    figures = measure_engine(inputs.open_world(data))
    outputs.print_table(("Figure", "Value"), figures.rows())
