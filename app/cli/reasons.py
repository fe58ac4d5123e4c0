"""`stackway explain`: reasons of an answer, the fate of a code, the counts of a search."""

from datetime import date
from typing import Any

import orjson

from app.cli import outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format
from matching.config import MatchConfig
from matching.engine import match, solve
from matching.seeker import Seeker
from matching.why_not import explain_why_not
from matching.wording import in_language
from matching.world import World


def print_why_not(code: str, seeker: Seeker, world: World, day: date, output: Format, language: str) -> None:
    """Why a code is not in the answer."""
    found = in_language(explain_why_not(code, seeker, world, MatchConfig(), day), language)
    if found.kind is None:
        raise UsageFault("--why-not: is no code of the data in use; `stackway resolve` finds codes.")
    if output is Format.JSON:
        outputs.print_json(found)
        return
    console = outputs.console()
    console.print(f"{found.code}: {found.title} ({found.kind})")
    fates = iter(found.fates)
    of_programs = len(found.sentences) - len(found.fates)
    for number, sentence in enumerate(found.sentences):
        console.print(f"  {sentence}")
        if number >= of_programs:
            for example in next(fates).examples:
                console.print(f"      {example}")


def print_trace(seeker: Seeker, world: World, day: date, output: Format) -> None:
    """How many programs each rule took out, and how many ways the search looked at, dropped and kept."""
    solution = solve(seeker, world, MatchConfig(), day)
    counts: dict[str, int] = {
        "programs": len(solution.screening.out),
        **{f"out: {reason}": number for reason, number in sorted(solution.screening.counts.items())},
        **{f"not taken: {reason}": len(rows) for reason, rows in sorted(solution.found.rejected.items())},
        "ways looked at": solution.found.labels,
        "ways beaten": solution.found.dominated,
        "ways kept": len(solution.found.paths),
        "plans shown": len(solution.selected),
    }
    if output is Format.JSON:
        outputs.print_json(counts)
    else:
        outputs.print_table(("Count", "Number"), counts.items())


def print_reasons(seeker: Seeker, world: World, day: date, output: Format, language: str) -> None:
    """Every reason, check, funding verdict and finding of an answer, plan by plan."""
    from app.api.mapping import answer_bytes

    content = answer_bytes(in_language(match(seeker, world, MatchConfig(), day), language))
    if output is Format.JSON:
        outputs.print_bytes(content)
        return
    from app.cli.plan_tables import print_answer

    print_answer(content)
    for number, plan in enumerate(orjson.loads(content)["plans"], start=1):
        _print_plan(number, plan)


def _print_plan(number: int, plan: dict[str, Any]) -> None:
    console = outputs.console()
    console.print()
    console.print(f"Plan {number}, what stands behind it", style="bold")
    for part in plan["value"]["parts"]:
        console.print(f"  Worth: {part['name'].replace('_', ' ')}: ${part['usd']:,.2f}")
    for place, step in enumerate(plan["steps"], start=1):
        for check in step["checks"]:
            console.print(f"  Step {place}, to check: {check}")
        for stream in step["funding"]:
            missing = f"; to settle: {', '.join(stream['missing'])}" if stream["missing"] else ""
            status = stream["status"].replace("_", " ")
            console.print(f"  Step {place}, {stream['name']}: {status} ({stream['citation']}){missing}")
        for sentence in (step["evidence"] or {}).get("sentences", ()):
            console.print(f"  Step {place}, evidence: {sentence}")
