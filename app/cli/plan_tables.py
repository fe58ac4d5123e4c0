"""An answer as tables for people. Reads the JSON document, so that the service's answer prints the same."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson

from app.cli import outputs
from matching.wording import catalogue

Words = Callable[..., str]

_SENTENCES = ("reasons", "skipped", "unknowns", "questions")
_COLUMNS = ("step", "provider", "weeks", "cost", "own_money", "opens", "wage", "evidence")


def print_answer(content: bytes) -> None:
    """Plans first, then what the reader should know, in the language of the answer."""
    answer = orjson.loads(content)
    console, words = outputs.console(), partial(_say, catalogue(answer["language"]))
    _print_understood(answer["understood"], words)
    if not answer["plans"]:
        console.print(words("no_plan"), style="bold")
    shared = _said_of_all(answer["plans"])
    for number, plan in enumerate(answer["plans"], start=1):
        _print_plan(number, plan, shared, words)
    console.print()
    for name, sentence in shared:
        console.print(words("for_every", label=words(name), sentence=sentence))
    for name, sentences in (
        ("open_now", [job["sentence"] for job in answer["open_now"]]),
        ("ruled_out", [ruled["detail"] for ruled in answer["ruled_out"]]),
        ("relaxation", [relaxation["sentence"] for relaxation in answer["relaxations"]]),
        ("notice", answer["notices"]),
    ):
        for sentence in sentences:
            console.print(words("labelled", label=words(name), sentence=sentence))
    made = {"day": answer["as_of"], "data": answer["snapshot"][:12], "method": answer["method_version"]}
    console.print(words("made", **made))
    for attribution in dict.fromkeys(source["attribution"].removeprefix("Source: ") for source in answer["sources"]):
        console.print(words("labelled", label=words("source"), sentence=attribution), style="dim")


def _say(texts: Mapping[str, str], name: str, /, **values: object) -> str:
    return texts[f"table.{name}"].format(**values)


def _print_understood(understood: dict[str, Any], words: Words) -> None:
    console = outputs.console()
    for kind in ("work_history", "skills", "credentials", "goals"):
        for taken in understood[kind]:
            said = f"{taken['title']} ({taken['code']})" if taken["code"] else words("not_understood")
            note = f"; {taken['note']}" if taken["note"] else ""
            check = f" {words('check')}." if taken["confirm"] else ""
            console.print(words("taken_for", text=taken["text"], taken=said + note) + check)
    for sentence in understood["confirm"]:
        console.print(words("labelled", label=words("check"), sentence=sentence))


def _said_of_all(plans: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What every plan says, so that it is read once."""
    if len(plans) < 2:
        return []
    said = [(name, sentence) for name in _SENTENCES for sentence in plans[0][name]]
    return [(name, sentence) for name, sentence in said if all(sentence in plan[name] for plan in plans)]


def _print_plan(number: int, plan: dict[str, Any], shared: list[tuple[str, str]], words: Words) -> None:
    from rich.table import Table

    target, console = plan["target"], outputs.console()
    title = words("plan", number=number, target=f"{target['title']} ({target['onet_code']})")
    best = ", ".join(words(f"best_at.{name}") for name in plan["best_at"])
    console.print()
    console.print(words("best", plan=title, best=best) if best else title, style="bold")
    table = Table(*map(words, _COLUMNS), show_lines=True)
    for step in plan["steps"]:
        table.add_row(
            _what(step, words),
            (step["provider"] or {}).get("name") or "",
            _number(step["weeks"], words),
            _dollars(step["cost_usd"], words),
            _dollars_between(step["out_of_pocket_range_usd"], words),
            step["exit"]["title"] if step["exit"] else "",
            _wage(step["exit"], words),
            step["evidence"]["tier"] if step["evidence"] else "",
        )
    console.print(table)
    _print_sums(plan, words)
    _print_due(plan["totals"], words)
    _print_evidence(plan, words)
    for name in _SENTENCES:
        for sentence in plan[name]:
            if (name, sentence) not in shared:
                console.print("  " + words("labelled", label=words(name), sentence=sentence))


def _print_sums(plan: dict[str, Any], words: Words) -> None:
    totals, value = plan["totals"], plan["value"]
    sums = words(
        "sums",
        weeks=_number(totals["weeks"], words),
        better=_number(totals["weeks_to_better_pay"], words),
        money=_dollars_between(totals["out_of_pocket_range_usd"], words),
    )
    worth = words(
        "worth",
        years=f"{value['horizon_years']:g}",
        **{part: _dollars(value[f"{part}_usd"], words) for part in ("expected", "low", "high")},
    )
    outputs.console().print(f"  {sums} {worth}")


def _print_due(totals: dict[str, Any], words: Words) -> None:
    """When the person's own money falls due, where more than one step asks for some."""
    if len(totals["due"]) > 1:
        parts = "; ".join(dict.fromkeys(_due(due, words) for due in totals["due"]))  # two may be unknown at once
        outputs.console().print("  " + words("due", parts=parts))


def _due(due: dict[str, Any], words: Words) -> str:
    money, after_weeks = _dollars_between([due["low_usd"], due["high_usd"]], words), due["after_weeks"]
    when = "unknown" if after_weeks is None else "after" if after_weeks else "now"
    return words(f"due_{when}", money=money, weeks=_number(after_weeks, words))


def _print_evidence(plan: dict[str, Any], words: Words) -> None:
    """What studies found, each said once though several steps share it."""
    said: dict[str, str] = {}
    for step in plan["steps"]:
        for sentence in step["evidence"]["sentences"] if step["evidence"] else ():
            said.setdefault(sentence, (step["provider"] or {}).get("name") or words(f"kind.{step['kind']}"))
    for sentence, provider in said.items():
        outputs.console().print("  " + words("evidence_of", provider=provider, sentence=sentence))


def _what(step: dict[str, Any], words: Words) -> str:
    names = [(step[part] or {}).get("name") for part in ("credential", "program")]
    said = [name for name in dict.fromkeys(names) if name]
    kind, pay = words(f"kind.{step['kind']}"), step["pay_usd_per_hour"]
    paid = "" if pay is None else " " + words("paid", pay=f"${pay:,.2f}")
    return f"{kind}: " + " / ".join(said) + paid if said else step["note"] or kind


def _wage(opened: dict[str, Any] | None, words: Words) -> str:
    if opened is None:
        return ""
    wage = opened["wage_usd_per_hour"]
    start, middle = (words("unknown") if wage[p] is None else f"${wage[p]:,.2f}" for p in ("p25", "p50"))
    counted = opened["counted_wage_usd_per_hour"]
    start = start if counted == wage["p25"] else f"${counted:,.2f}"
    return words("wages", start=start, middle=middle, area=wage["area_name"])


def _number(number: float | None, words: Words) -> str:
    """A number as short as it is true."""
    return words("unknown") if number is None else f"{number:,.0f}"


def _dollars(amount: float | None, words: Words) -> str:
    """Whole dollars, or unknown: never zero for what is not known."""
    if amount is None:
        return words("unknown")
    return f"-${-amount:,.0f}" if round(amount) < 0 else f"${amount:,.0f}"


def _dollars_between(bounds: list[float | None], words: Words) -> str:
    """From one amount to another; one figure where they are the same."""
    low, high = (_dollars(bound, words) for bound in bounds)
    return low if low == high else words("money_between", low=low, high=high)
