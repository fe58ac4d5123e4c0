"""`stackway evaluate resolve`: how often words are understood, and how well the stated probabilities hold."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format

if TYPE_CHECKING:
    from matching.resolve.evaluation import Evaluation, Share
    from matching.resolve.generated import Case

# Where labelled titles stand beside the project; read by this command and by tests, by nothing that answers.
LABELLED = "../shared/data/eval"
_CODES = ("codes", "soc_2018", "onet_codes")  # columns; several codes in a cell stand apart by ; or |
_SOC_DIGITS = 7  # "31-1131": what wages and demand come by, and the labels agree on


def evaluate_resolve(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LABELLED.csv…]", help=f"Columns title and codes; default: {LABELLED}, if there."),
    ] = None,
    most: Annotated[int, typer.Option("--cases", min=0, max=5_000, help="Made-up cases of each kind of noise.")] = 400,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Words whose codes are known, labelled or made up: how often understood rightly, and how well calibrated."""
    from matching.resolve.evaluation import evaluate_generated, evaluate_titles
    from matching.resolve.generated import listed_alone, title_names
    from matching.resolve.resolver import Resolver

    given = files if files else sorted(str(p) for p in Path(LABELLED).glob("*.csv"))
    labelled = [(Path(file).name, _labelled(file)) for file in given]
    snapshot = inputs.open_data(data)
    resolver = Resolver.from_snapshot(snapshot)
    names = title_names(snapshot)
    found = []
    for name, cases in labelled:
        found.append(evaluate_titles(resolver, cases, name))
        # Where label and list speak of the same words: how far the two agree, which bounds what is read by the list.
        if listed := listed_alone(cases, names):
            found.append(evaluate_titles(resolver, listed, f"{name}, as listed"))
    if most:
        found += evaluate_generated(resolver, snapshot, most)
    if output is Format.JSON:
        outputs.print_json(found)
        return
    outputs.print_table(
        ("Kind", "Cases", "n", "First right", "In five", "Understood", "Calibration error"), _rows(found)
    )
    outputs.print_table(("Kind", "Cases", "Said", "n", "Mean said", "Right"), _reliability(found))


def _rows(found: "Sequence[Evaluation]") -> Iterator[tuple[object, ...]]:
    for e in found:
        error = e.expected_calibration_error
        shares = map(_interval, (e.first, e.in_five))
        yield (
            e.kind,
            e.cases,
            e.first.n,
            *shares,
            f"{e.understood.value:.1%}",
            "" if error is None else f"{error:.3f}",
        )


def _interval(share: "Share") -> str:
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"


def _reliability(found: "Sequence[Evaluation]") -> Iterator[tuple[object, ...]]:
    for e in found:
        for place, b in enumerate(e.reliability):
            names = ("", "") if place else (e.kind, e.cases)
            yield (*names, f"{b.low:.1f} to {b.high:.1f}", b.n, f"{b.mean_probability:.2f}", f"{b.share_right:.2f}")


def _labelled(file: str) -> "list[Case]":
    from matching.resolve.generated import Case

    try:
        reader = csv.DictReader(io.StringIO(inputs.read_bytes(file).decode("utf-8-sig")), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise UsageFault(f"{file}: is not a CSV file in UTF-8.") from None
    column = next((name for name in _CODES if name in (reader.fieldnames or ())), None)
    if column is None or "title" not in (reader.fieldnames or ()):
        raise UsageFault(f"{file}: needs the columns title and codes.")
    labelled = [Case(row["title"], _codes(row[column])) for row in rows if row["title"] and row[column]]
    if not labelled:
        raise UsageFault(f"{file}: has no row with a title and its codes.")
    return labelled


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(code.strip()[:_SOC_DIGITS] for code in cell.replace("|", ";").split(";") if code.strip())
