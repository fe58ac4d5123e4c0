"""Markdown tables, and JSON that people can read."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

_WIDTH = 112  # characters of a line of JSON; the pages wrap at 120


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; None is shown as unknown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    # A bar would end the cell, and two names of O*NET in a line would set what stands between them in italics.
    return "unknown" if value is None else str(value).replace("|", "\\|").replace("O*NET", "O\\*NET")


def readable_json(value: Any, indent: int = 0) -> str:  # noqa: ANN401 # any JSON value
    """JSON with each part on one line where it fits."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= _WIDTH or not isinstance(value, dict | list):
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {readable_json(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(" " * inner + part for part in parts) + "\n" + " " * indent + "}"
    parts = [readable_json(v, inner) for v in value]
    return "[\n" + ",\n".join(" " * inner + part for part in parts) + "\n" + " " * indent + "]"
