"""`stackway evaluate evidence`: how well outcome rates foretell people they have not seen."""

from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format


def evaluate_evidence(
    measure: Annotated[str, typer.Option(help="employment_q2, employment_q4 or completion.")] = "employment_q2",
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Half of each program's people, hidden: how well raw rates, means and shrunken rates foretell them."""
    from matching.evidence.evaluation import evaluate

    try:
        snapshot = inputs.open_data(data)
        awards = {program.id: program.award for program in snapshot.programs}
        scores = evaluate(snapshot.table("outcome_rates"), measure, awards=awards)
    except ValueError as error:
        raise UsageFault(f"{error}: install a list of counted outcomes with `stackway data install`.") from None
    if output is Format.JSON:
        outputs.print_json(scores)
        return
    outputs.print_table(
        ("Method", "People shown", "Squared loss", "Log loss", "Programs"),
        [(s.method, s.band, f"{s.squared_loss:.4f}", f"{s.log_loss:.4f}", f"{s.programs:,}") for s in scores],
    )
