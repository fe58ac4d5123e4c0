"""Made parts of the first page: a real answer, the commands, the operations and the settings."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typer
from pydantic import SecretStr

from app.api.mapping import answer_bytes, read_seeker
from app.cli.program import program
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import PREFIX, Settings
from matching.explain.money import dollars
from tests.architecture.tables import readable_json, table

ROOT = Path(__file__).parents[2]
SEEKER = "examples/seeker.json"
AS_OF = date(2026, 11, 22)  # fixed, because rules, amounts and expiry dates are of a day

_CURL = """```sh
curl -s 'http://127.0.0.1:8765/v1/matches?as_of={as_of}' -H 'Content-Type: application/json' -d @{seeker}
```"""

# What is left of the answer here: keys to keep, True for all of what is under a key.
_STEP = {
    "kind": True,
    "credential": {"name": True},
    "provider": {"name": True},
    "weeks": True,
    "out_of_pocket_range_usd": True,
    "exit": {"title": True, "wage_usd_per_hour": {"p25": True, "p50": True, "area_name": True, "year": True}},
    "evidence": {"tier": True},
}
_PLAN = {
    "best_at": True,
    "target": True,
    "steps": _STEP,
    "totals": {"weeks": True, "weeks_to_better_pay": True},
    "value": {"expected_usd": True, "low_usd": True, "high_usd": True, "parts": True},
}


def sample_answer(engine: MatchEngine) -> dict[str, Any]:
    """The answer to the sample profile, through the door the service and the commands use."""
    profile = orjson.loads((ROOT / SEEKER).read_bytes())
    answer: dict[str, Any] = orjson.loads(answer_bytes(engine.answer(read_seeker(profile), AS_OF)))
    return answer


def answer(engine: MatchEngine) -> str:
    """The request, all plans in a line each, and the longest of them as JSON with some fields left out."""
    plans = sample_answer(engine)["plans"]
    longest = max(plans, key=lambda plan: len(_credentials(plan)))
    return "\n\n".join(
        (
            _CURL.format(as_of=AS_OF, seeker=SEEKER),
            f"It gets {len(plans)} plans:",
            table(
                (
                    "Plan",
                    "Best at",
                    "Credentials, in order",
                    "Job at the end",
                    "Weeks",
                    "Expected worth over 5 years (8 in 10 between)",
                ),
                (_line(number, plan) for number, plan in enumerate(plans, start=1)),
            ),
            f"Plan {plans.index(longest) + 1} as JSON, with most fields left out:",
            f"```json\n{readable_json(abridge(longest, _PLAN))}\n```",
        )
    )


def abridge(value: Any, keep: Any) -> Any:  # noqa: ANN401 # any JSON value, and the keys to keep of it
    """Part of a JSON value: every list in full, of every object the keys to keep that hold something."""
    if keep is True or value is None:
        return value
    if isinstance(value, list):
        return [abridge(item, keep) for item in value]
    return {key: abridge(value[key], under) for key, under in keep.items() if value[key] is not None}


def _line(number: int, plan: dict[str, Any]) -> tuple[object, ...]:
    value = plan["value"]
    return (
        number,
        ", ".join(label.replace("_", " ") for label in plan["best_at"]) or "another kind",
        " → ".join(_credentials(plan)),
        plan["target"]["title"],
        f"{plan['totals']['weeks']:g}",
        f"{dollars(value['expected_usd'])} ({dollars(value['low_usd'])} and {dollars(value['high_usd'])})",
    )


def _credentials(plan: dict[str, Any]) -> list[str]:
    """Each credential once, with the organisation that supports people in the course where there is one."""
    names: list[str] = []
    support = ""
    for step in plan["steps"]:
        if step["kind"] == "support" and step["provider"]:  # child care names none
            support = f" with {step['provider']['name']}"
        elif step["kind"] in ("training", "apprenticeship"):
            names.append((step["credential"] or step["program"])["name"] + support)
            support = ""
    return names


def commands(_: MatchEngine) -> str:
    """Every command with its own words."""
    return table(("Command", "What it does"), _commands("stackway", typer.main.get_command(program)))


def _commands(name: str, command: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 # typer's click has no types
    if hasattr(command, "commands"):
        for sub, inner in command.commands.items():
            yield from _commands(f"{name} {sub}", inner)
    else:
        words = [p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument"]
        first = (command.help or "").split("\n\n")[0].replace("\n", " ")
        yield f"`{' '.join([name, *words])}`", first


def operations(_: MatchEngine) -> str:
    """Every operation of the OpenAPI document."""
    return table(
        ("Method", "Path", "What it gives"),
        (
            (method.upper(), f"`{path}`", operation["summary"])
            for path, methods in description()["paths"].items()
            for method, operation in methods.items()
        ),
    )


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document of a service that is put together and not started."""
    return create_app(Settings(database_url=SecretStr("postgresql://nowhere"))).openapi()


def settings(_: MatchEngine) -> str:
    """Every setting with its default."""
    return table(
        ("Variable", "Default", "What it sets"),
        (
            (f"`{PREFIX}{name.upper()}`", _default(field), field.description)
            for name, field in Settings.model_fields.items()
        ),
    )


def _default(field: Any) -> str:  # noqa: ANN401 # pydantic's FieldInfo
    if field.default_factory is not None:
        return "in the user's data folder"
    return "none" if field.default is None else f"`{field.default}`"
