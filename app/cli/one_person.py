"""`stackway match`, `explain` and `eligibility`: one profile in, an answer out."""

from enum import StrEnum
from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.outputs import Format

Profile = Annotated[str, typer.Argument(metavar="SEEKER.json|-", help="The profile; - is standard input.")]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Day whose rules and amounts apply; default: today.")]
Data = Annotated[str | None, typer.Option(metavar="SNAPSHOT", help="Installed data to use, by its digest.")]
Plans = Annotated[int | None, typer.Option(min=1, max=20, help="Most plans to return.")]


class Language(StrEnum):
    """Languages answers can be had in."""

    ENGLISH = "en"
    SPANISH = "es"


Lang = Annotated[Language, typer.Option("--lang", help="Language of the sentences: en or es.")]


def match(
    seeker: Profile,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    plans: Plans = None,
    as_of: AsOf = None,
    data: Data = None,
    language: Lang = Language.ENGLISH,
) -> None:
    """Plans of stacked training and work steps for one person."""
    from app.api.mapping import answer_bytes

    profile, day = inputs.read_profile(seeker), inputs.read_day(as_of)
    content = answer_bytes(inputs.open_engine(data).answer(profile, day, plans, language))
    if output is Format.JSON:
        outputs.print_bytes(content)
    else:
        from app.cli.plan_tables import print_answer

        print_answer(content)


def explain(  # the options of a command are its parameters
    seeker: Profile,
    why_not: Annotated[
        str | None, typer.Option(metavar="CODE", help="Why a program, credential or O*NET code is not in the answer.")
    ] = None,
    trace: Annotated[bool, typer.Option("--trace", help="How many ways the search looked at and dropped.")] = False,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    as_of: AsOf = None,
    data: Data = None,
    language: Lang = Language.ENGLISH,
) -> None:
    """Why these plans, or why not another; all of an answer's reasons, checks and evidence."""
    profile, day = inputs.read_profile(seeker), inputs.read_day(as_of)
    engine = inputs.open_engine(data)
    if why_not is not None:
        from app.cli.reasons import print_why_not

        print_why_not(engine.explain(profile, day, why_not, language), output)
    elif trace:
        from app.cli.reasons import print_trace

        print_trace(engine.explain(profile, day), output)
    else:
        from app.cli.reasons import print_reasons

        print_reasons(engine.answer(profile, day, language=language), output)


def eligibility(
    seeker: Profile,
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
    as_of: AsOf = None,
    data: Data = None,
    language: Lang = Language.ENGLISH,
) -> None:
    """Who may pay: each funding stream, what would settle it, and the questions worth asking."""
    profile, day = inputs.read_profile(seeker), inputs.read_day(as_of)
    report = inputs.open_engine(data).screen(profile, day, language)
    if output is Format.JSON:
        outputs.print_json(report)
        return
    outputs.print_table(
        ("Stream", "Status", "Would be settled by", "Papers", "Rule", "In force"),
        (
            (
                s.name,
                s.status.replace("_", " ")
                + (f"; not met: {_in_words(s.failed)}" if s.status == "appears_ineligible" else ""),
                _in_words(s.would_decide),
                ", ".join(s.documents),
                s.citation,
                f"{s.effective_from or ''} to {s.effective_to or 'now'}" if s.effective_from else "",
            )
            for s in report.streams
        ),
        title=f"Screening as of {report.as_of}, area {report.area}",
    )
    console = outputs.console()
    for question in report.questions:
        console.print(f"Ask: {question.question}  ({', '.join(question.decides)})")
    for stream in report.streams:
        if stream.note is not None and stream.status != "appears_ineligible":
            console.print(f"{stream.name}: {stream.note}")
    for notice in report.notices:
        console.print(f"Note: {notice}")


def _in_words(names: tuple[str, ...]) -> str:
    """Facts and clauses without the part of the profile they are in."""
    return ", ".join(name.rpartition(".")[2].replace("_", " ") for name in names)
