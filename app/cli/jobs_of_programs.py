"""`stackway evaluate programs`: how well the jobs of programs are named where no provider declares them."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format

if TYPE_CHECKING:
    from taxonomy.linking.job_evaluation import Interval


def evaluate_programs(
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Jobs of programs whose providers the classifier has not seen: precision and recall, beside plainer ways."""
    from taxonomy.linking.job_evaluation import evaluate_jobs

    try:
        result = evaluate_jobs(inputs.open_data(data))
    except ValueError as error:
        raise UsageFault(f"{error}: install a list of programs with `stackway data install`.") from None
    if output is Format.JSON:
        outputs.print_json(result)
        return
    outputs.print_table(
        ("Way", "First is declared", "One of five is", "Precision", "Recall", "Jobs given"),
        [
            (r.name, _said(r.first), _said(r.in_five), _said(r.precision), _said(r.recall), f"{r.jobs_given:,}")
            for r in result.rankings
        ],
    )
    outputs.print_table(
        ("Said", "Was declared", "Jobs"),
        [(f"{b.mean_probability:.3f}", f"{b.share_declared:.3f}", f"{b.jobs:,}") for b in result.reliability],
    )
    one = result.rankings[0]
    outputs.console().print(
        f"{one.courses:,} programs of {one.providers:,} providers held out, who declare {one.jobs_declared:,} jobs. "
        "In brackets 95 % intervals over providers. Truth is what providers declare, which is not always right."
    )


def _said(share: "Interval") -> str:
    if share.value is None:
        return "unknown"
    return f"{share.value:.3f} ({share.low:.3f} to {share.high:.3f})"
