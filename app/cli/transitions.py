"""`stackway evaluate transitions`: how well the model of near occupations does on those it has not seen."""

from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format


def evaluate_transitions(
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Occupations never seen in the fit: how high related ones are ranked, beside plainer ways. Takes minutes."""
    from matching.fit.evaluation import evaluate_transitions as evaluate

    try:
        result = evaluate(inputs.open_data(data))
    except ValueError as error:
        raise UsageFault(f"{error}: install O*NET with `stackway data install`.") from None
    if output is Format.JSON:
        outputs.print_json(result)
        return
    outputs.print_table(
        ("Ranking", "nDCG@20", "AUC", "Origins"),
        [(r.name, f"{r.ndcg_at_20:.3f}", f"{r.auc:.4f}", f"{r.origins:,}") for r in result.rankings],
    )
    outputs.print_table(
        ("Said", "Was so", "Pairs"),
        [(f"{b.mean_probability:.3f}", f"{b.share_listed:.3f}", f"{b.pairs:,}") for b in result.reliability],
    )
