"""An answer as tables for people. Reads the JSON document, so that the service's answer prints the same."""

from typing import Any

import orjson

from app.cli import outputs

UNKNOWN = "unknown"

_SENTENCES = {"Why": "reasons", "Skipped": "skipped", "Not known": "unknowns", "Ask the provider": "questions"}


def print_answer(content: bytes) -> None:
    """Plans first, then what the reader should know."""
    answer = orjson.loads(content)
    console = outputs.console()
    _print_understood(answer["understood"])
    if not answer["plans"]:
        console.print("No plan fits all of this.", style="bold")
    shared = _said_of_all(answer["plans"])
    for number, plan in enumerate(answer["plans"], start=1):
        _print_plan(number, plan, shared)
    console.print()
    for label, sentence in shared:
        console.print(f"For every plan: {label}: {sentence}")
    for ruled in answer["ruled_out"]:
        console.print(f"Ruled out: {ruled['detail']}")
    for relaxation in answer["relaxations"]:
        console.print(f"If one limit gave way: {relaxation['sentence']}")
    for notice in answer["notices"]:
        console.print(f"Note: {notice}")
    console.print(f"As of {answer['as_of']}, data {answer['snapshot'][:12]}, method {answer['method_version']}.")
    for attribution in dict.fromkeys(source["attribution"].removeprefix("Source: ") for source in answer["sources"]):
        console.print(f"Source: {attribution}", style="dim")


def _print_understood(understood: dict[str, Any]) -> None:
    console = outputs.console()
    for kind in ("work_history", "skills", "credentials"):
        for taken in understood[kind]:
            said = f"{taken['title']} ({taken['code']})" if taken["code"] else "not understood"
            note = f"; {taken['note']}" if taken["note"] else ""
            check = " Please check." if taken["confirm"] else ""
            console.print(f"“{taken['text']}” was taken for: {said}{note}.{check}")
    for sentence in understood["confirm"]:
        console.print(f"Please check: {sentence}")


def _said_of_all(plans: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What every plan says, so that it is read once."""
    if len(plans) < 2:
        return []
    said = [(label, sentence) for label, name in _SENTENCES.items() for sentence in plans[0][name]]
    return [(label, s) for label, s in said if all(s in plan[_SENTENCES[label]] for plan in plans)]


def _print_plan(number: int, plan: dict[str, Any], shared: list[tuple[str, str]]) -> None:
    from rich.table import Table

    target, console = plan["target"], outputs.console()
    best = ", ".join(name.replace("_", " ") for name in plan["best_at"])
    console.print()
    console.print(
        f"Plan {number}: {target['title']} ({target['onet_code']})" + (f"; best: {best}" if best else ""), style="bold"
    )
    table = Table(
        "Step", "Provider", "Weeks", "Cost", "Own money", "Opens", "Wage an hour", "Evidence", show_lines=True
    )
    for step in plan["steps"]:
        table.add_row(
            _what(step),
            (step["provider"] or {}).get("name") or "",
            number_or_unknown(step["weeks"]),
            dollars(step["cost_usd"]),
            dollars_between(step["out_of_pocket_range_usd"]),
            step["exit"]["title"] if step["exit"] else "",
            _wage(step["exit"]),
            step["evidence"]["tier"] if step["evidence"] else "",
        )
    console.print(table)
    _print_sums(plan)
    _print_due(totals=plan["totals"])
    _print_evidence(plan)
    for label, name in _SENTENCES.items():
        for sentence in plan[name]:
            if (label, sentence) not in shared:
                console.print(f"  {label}: {sentence}")


def _print_sums(plan: dict[str, Any]) -> None:
    totals, value = plan["totals"], plan["value"]
    outputs.console().print(
        f"  {number_or_unknown(totals['weeks'])} weeks in all, better pay after "
        f"{number_or_unknown(totals['weeks_to_better_pay'])}, own money "
        f"{dollars_between(totals['out_of_pocket_range_usd'])}. Expected worth over {value['horizon_years']:g} years "
        f"{dollars(value['expected_usd'])} (8 in 10 between {dollars(value['low_usd'])} and "
        f"{dollars(value['high_usd'])})."
    )


def _print_due(totals: dict[str, Any]) -> None:
    """When the person's own money falls due, where more than one step asks for some."""
    if len(totals["due"]) < 2:
        return
    parts = [
        f"{dollars_between([due['low_usd'], due['high_usd']])} {_when(due['after_weeks'])}" for due in totals["due"]
    ]
    outputs.console().print(f"  Own money falls due: {'; '.join(parts)}.")


def _when(after_weeks: float | None) -> str:
    if after_weeks is None:
        return "on a day not known"
    return f"after {after_weeks:,.0f} weeks" if after_weeks else "at once"


def _print_evidence(plan: dict[str, Any]) -> None:
    """What studies found, each said once though several steps share it."""
    said: dict[str, str] = {}
    for step in plan["steps"]:
        for sentence in step["evidence"]["sentences"] if step["evidence"] else ():
            said.setdefault(sentence, (step["provider"] or {}).get("name") or step["kind"])
    for sentence, provider in said.items():
        outputs.console().print(f"  Evidence ({provider}): {sentence}")


def _what(step: dict[str, Any]) -> str:
    names = [(step[part] or {}).get("name") for part in ("credential", "program")]
    said = [name for name in dict.fromkeys(names) if name]
    return f"{step['kind']}: " + " / ".join(said) if said else step["note"] or step["kind"]


def _wage(opened: dict[str, Any] | None) -> str:
    if opened is None:
        return ""
    wage = opened["wage_usd_per_hour"]
    start, middle = (UNKNOWN if wage[p] is None else f"${wage[p]:,.2f}" for p in ("p25", "p50"))
    counted = opened["counted_wage_usd_per_hour"]
    start = start if counted == wage["p25"] else f"${counted:,.2f}"
    return f"{start} at first, {middle} in the middle ({wage['area_name']})"


def number_or_unknown(number: float | None) -> str:
    """A number as short as it is true."""
    return UNKNOWN if number is None else f"{number:,.0f}"


def dollars(amount: float | None) -> str:
    """Whole dollars, or unknown: never zero for what is not known."""
    if amount is None:
        return UNKNOWN
    return f"-${-amount:,.0f}" if round(amount) < 0 else f"${amount:,.0f}"


def dollars_between(bounds: list[float | None]) -> str:
    """From one amount to another; one figure where they are the same."""
    low, high = bounds
    if low == high:
        return dollars(low)
    return f"{dollars(low)} to {dollars(high)}"
