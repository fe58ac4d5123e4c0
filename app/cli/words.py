"""`stackway resolve` and `evaluate`: words to codes, and how often that is right."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import evidence, inputs, jobs_of_programs, outputs, transitions
from app.cli.faults import UsageFault
from app.cli.outputs import Format, LineFormat

if TYPE_CHECKING:
    from app.services.answering import Resolution
    from matching.resolve.evaluation import LabelledTitle

evaluate = typer.Typer(help="How well the method does on cases whose answer is known.", no_args_is_help=True)


def resolve(  # the options of a command are its parameters
    kind: Annotated[str, typer.Argument(metavar="titles|skills|credentials|programs")],
    texts: Annotated[list[str] | None, typer.Argument(metavar="TEXT…")] = None,
    file: Annotated[str | None, typer.Option(metavar="FILE", help="A text a line; - is standard input.")] = None,
    top: Annotated[int, typer.Option(min=1, max=20, help="Most candidates for each text.")] = 5,
    output: Annotated[LineFormat, typer.Option("--format")] = LineFormat.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Words to codes, likeliest first, and whether a person should confirm."""
    from app import clock
    from app.services.answering import Words

    if kind not in list(Words):
        raise UsageFault(f"resolve: what to resolve must be one of {', '.join(Words)}.")
    said = [*(texts or ()), *(_lines(file) if file is not None else ())]
    if not said:
        raise UsageFault("resolve: give at least one text, or --file.")
    engine, day = inputs.open_engine(data), clock.today()
    known: dict[str, Resolution] = {}
    for text in said:
        if text not in known:
            known[text] = engine.resolve(Words(kind), text, top, day)
    found = [known[text] for text in said]
    if output is LineFormat.JSONL:
        outputs.print_lines(found)
    else:
        outputs.print_table(("Text", "Code", "Title", "Score", "Probability", "Confirm"), _rows(found))


def _lines(file: str) -> Iterator[str]:
    name = "standard input" if file == "-" else file
    try:
        text = inputs.read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault(f"{name}: is not text in UTF-8; save it as UTF-8.") from None
    return (line.strip() for line in text.splitlines() if line.strip())


def _rows(found: list["Resolution"]) -> Iterator[tuple[object, ...]]:
    for result in found:
        confirm = "yes" if result.confirm else ""
        if not result.candidates:
            yield (result.text, "", "not understood", "", "", confirm)
        for place, candidate in enumerate(result.candidates):
            probability = "" if candidate.probability is None else f"{candidate.probability:.2f}"
            yield (
                "" if place else result.text,
                candidate.code,
                candidate.title,
                f"{candidate.score:.2f}",
                probability,
                "" if place else confirm,
            )


evaluate.command("evidence")(evidence.evaluate_evidence)
evaluate.command("programs")(jobs_of_programs.evaluate_programs)
evaluate.command("transitions")(transitions.evaluate_transitions)


@evaluate.command("resolve")
def evaluate_resolve(
    file: Annotated[str, typer.Argument(metavar="LABELLED.csv", help="Columns title and codes (separated by ;).")],
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    data: Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use.")] = None,
) -> None:
    """Job titles whose codes are known: how often the first and the first five are right, and how well calibrated."""
    from matching.resolve.evaluation import evaluate_titles

    labelled = _labelled(file)
    result = evaluate_titles(inputs.open_world(data).resolver, labelled)
    if output is Format.JSON:
        outputs.print_json(result)
        return
    outputs.print_table(
        ("Measure", "Value", "95 % interval", "Titles"),
        [
            (name, f"{share.value:.3f}", f"{share.low:.3f} to {share.high:.3f}", share.n)
            for name, share in (
                ("right at the first place", result.first),
                ("right among five", result.in_five),
                ("understood", result.understood),
            )
        ],
    )
    error = result.expected_calibration_error
    outputs.console().print(f"Expected calibration error: {'unknown' if error is None else format(error, '.3f')}")


def _labelled(file: str) -> list["LabelledTitle"]:
    from matching.resolve.evaluation import LabelledTitle

    try:
        reader = csv.DictReader(io.StringIO(inputs.read_bytes(file).decode("utf-8-sig")), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise UsageFault(f"{file}: is not a CSV file in UTF-8.") from None
    if not {"title", "codes"} <= set(reader.fieldnames or ()):
        raise UsageFault(f"{file}: needs the columns title and codes.")
    labelled = [
        LabelledTitle(row["title"], tuple(code.strip() for code in row["codes"].split(";")))
        for row in rows
        if row["title"] and row["codes"]
    ]
    if not labelled:
        raise UsageFault(f"{file}: has no row with a title and its codes.")
    return labelled
