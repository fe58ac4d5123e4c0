"""`stackway audit verify`: whether the record of who saw whom was tampered with."""

from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import FAULT
from app.cli.outputs import Format

program = typer.Typer(help="Who read or wrote people's records.", no_args_is_help=True)


@program.callback()
def _of_audit() -> None:
    """Keep `verify` a command of its own while it is the only one."""


@program.command()
def verify(output: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Check every event against the one before and against the codes kept elsewhere; exit code 1 where one is amiss."""
    from app.serve import owned
    from app.services.audit import open_anchor, verify
    from app.services.vault import open_vault

    settings = inputs.read_settings()
    with owned(settings) as database:
        verdicts = verify(database, open_vault(settings), open_anchor(settings).codes())
    if output is Format.JSON:
        outputs.print_json(verdicts)
    else:
        outputs.print_table(
            ("Board", "Events that hold", "Under an earlier secret key up to", "Fault"),
            ((v.board, v.events, v.under_previous_keys or "none", v.fault or "") for v in verdicts),
        )
    if any(v.fault for v in verdicts):
        raise typer.Exit(FAULT)
