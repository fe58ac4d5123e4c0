"""`stackway explain`: reasons of an answer, the fate of a code, the counts of a search."""

from typing import Any

import orjson

from app.cli import outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format
from app.services.answering import Explanation
from matching.answer import Answer


def print_why_not(explanation: Explanation, output: Format) -> None:
    """Why a code is not in the answer."""
    found = explanation.why_not
    if found is None or found.kind is None:
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


def print_trace(explanation: Explanation, output: Format) -> None:
    """How many programs each rule took out, and how many ways the search looked at, dropped and kept."""
    trace = explanation.trace
    counts: dict[str, int] = {
        "programs": trace.programs,
        **{f"out: {reason}": number for reason, number in trace.ruled_out.items()},
        **{f"not taken: {reason}": number for reason, number in trace.not_taken.items()},
        "ways looked at": trace.ways_looked_at,
        "ways beaten": trace.ways_beaten,
        "ways kept": trace.ways_kept,
        "plans shown": trace.plans_shown,
    }
    if output is Format.JSON:
        outputs.print_json(counts)
    else:
        outputs.print_table(("Count", "Number"), counts.items())


def print_reasons(answer: Answer, output: Format) -> None:
    """Every reason, check, funding verdict and finding of an answer, plan by plan."""
    from app.api.mapping import answer_bytes

    content = answer_bytes(answer)
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
        for question in (step["evidence"] or {}).get("ask", ()):
            console.print(f"  Step {place}, ask or add locally: {question}")
