"""`stackway resolve` and `evaluate`: words to codes, and how often that is right."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import evidence, inputs, jobs_of_programs, outputs, transitions, understanding
from app.cli.faults import UsageFault
from app.cli.outputs import LineFormat

if TYPE_CHECKING:
    from app.services.answering import Resolution, WordsRead

evaluate = typer.Typer(help="How well the method does on cases whose answer is known.", no_args_is_help=True)


def resolve(  # the options of a command are its parameters
    kind: Annotated[str, typer.Argument(metavar="titles|skills|credentials|programs|providers")],
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
    different = list(dict.fromkeys(said))
    known = dict(zip(different, engine.resolve(Words(kind), different, top, day), strict=True))
    found = [known[text] for text in said]
    if output is LineFormat.JSONL:
        outputs.print_lines(found)
    else:
        outputs.print_table(("Text", "Code", "Title", "Score", "Probability", "Confirm", "Note"), _rows(found))


def _lines(file: str) -> Iterator[str]:
    name = "standard input" if file == "-" else file
    try:
        text = inputs.read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault(f"{name}: is not text in UTF-8; save it as UTF-8.") from None
    return (line.strip() for line in text.splitlines() if line.strip())


def _rows(found: list["Resolution"]) -> Iterator[tuple[object, ...]]:
    for result in found:
        for reading in result.readings:
            yield from _rows_of(reading, reading.text if len(result.readings) > 1 else result.text)


def _rows_of(reading: "WordsRead", text: str) -> Iterator[tuple[object, ...]]:
    confirm = "yes" if reading.confirm else ""
    note = "; ".join(part for part in (reading.level, reading.note) if part)
    if reading.code is None:
        yield (text, "", reading.note or "not understood", "", "", confirm, reading.level or "")
    for place, candidate in enumerate(reading.candidates):
        first = place == 0 and reading.code is not None
        probability = "" if candidate.probability is None else f"{candidate.probability:.2f}"
        yield (
            text if first else "",
            candidate.code,
            candidate.title,
            f"{candidate.score:.2f}",
            probability,
            confirm if first else "",
            note if first else "",
        )


evaluate.command("evidence")(evidence.evaluate_evidence)
evaluate.command("programs")(jobs_of_programs.evaluate_programs)
evaluate.command("transitions")(transitions.evaluate_transitions)


evaluate.command("resolve")(understanding.evaluate_resolve)
