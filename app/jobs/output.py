"""What a run leaves: answers as JSON lines, or a line for each plan as CSV or Parquet; and the rows that failed."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from app.jobs.writing import write_whole

SOURCE_COLUMNS = ("id", "title", "publisher", "edition", "licence", "attribution", "link")
ERROR_COLUMNS = ("row", "column", "code", "message", "fix")

# Column of a plan line to its kind: text, or number (64-bit float; empty where unknown).
PLAN_COLUMNS = {
    "row": "whole",
    "reference": "text",
    "plan": "whole",
    "plan_id": "text",
    "best_at": "text",
    "target_onet_code": "text",
    "target_title": "text",
    "steps": "text",
    "providers": "text",
    "weeks": "number",
    "weeks_to_better_pay": "number",
    "out_of_pocket_low_usd": "number",
    "out_of_pocket_high_usd": "number",
    "expected_usd": "number",
    "low_usd": "number",
    "high_usd": "number",
    "wage_p25_usd_per_hour": "number",
    "wage_p50_usd_per_hour": "number",
    "wage_area": "text",
    "evidence": "text",
    "to_check": "text",
    "to_confirm": "text",  # how the profile was read, where the person should look at it
    "open_now": "text",  # better paid work without a course
    "as_of": "text",
    "snapshot": "text",
    "method_version": "text",
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BLOCK = 1 << 16


class Format(StrEnum):
    """How the output is written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def plan_rows(row: int, answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A line for each plan; a person without a plan has one line that says so, and what would help."""
    shared = {
        "row": row,
        "reference": answer["reference"],
        "to_confirm": " ".join(answer["understood"]["confirm"]),
        # Answers kept before it was told have none.
        "open_now": " ".join(job["sentence"] for job in answer.get("open_now", ())),
        "as_of": answer["as_of"],
        "snapshot": answer["snapshot"],
        "method_version": answer["method_version"],
    }
    for number, plan in enumerate(answer["plans"], start=1):
        yield {**shared, "plan": number, **_plan(plan)}
    if not answer["plans"]:
        would_help = [relaxation["sentence"] for relaxation in answer["relaxations"]]
        yield {**shared, "to_check": " ".join([*answer["notices"], *would_help])}


def _plan(plan: dict[str, Any]) -> dict[str, Any]:
    totals, value = plan["totals"], plan["value"]
    low, high = totals["out_of_pocket_range_usd"]
    wage: dict[str, Any] = next((s["exit"]["wage_usd_per_hour"] for s in reversed(plan["steps"]) if s["exit"]), {})
    return {
        "plan_id": plan["id"],
        "best_at": "; ".join(plan["best_at"]),
        "target_onet_code": plan["target"]["onet_code"],
        "target_title": plan["target"]["title"],
        "steps": " > ".join(_step(step) for step in plan["steps"]),
        "providers": " > ".join((step["provider"] or {}).get("name") or "" for step in plan["steps"]),
        "weeks": totals["weeks"],
        "weeks_to_better_pay": totals["weeks_to_better_pay"],
        "out_of_pocket_low_usd": low,
        "out_of_pocket_high_usd": high,
        "expected_usd": value["expected_usd"],
        "low_usd": value["low_usd"],
        "high_usd": value["high_usd"],
        "wage_p25_usd_per_hour": wage.get("p25"),
        "wage_p50_usd_per_hour": wage.get("p50"),
        "wage_area": wage.get("area_name"),
        "evidence": "; ".join(step["evidence"]["tier"] for step in plan["steps"] if step["evidence"]),
        "to_check": " ".join(dict.fromkeys(check for step in plan["steps"] for check in step["checks"])),
    }


def _step(step: dict[str, Any]) -> str:
    named = step["credential"] or step["program"] or {}
    return f"{step['kind']}: {named.get('name') or step['note'] or ''}".rstrip(": ")


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, unknown stays empty."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def encode_output(kind: Format, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The answers of all rows as the bytes of a file, some at a time."""
    if kind is Format.JSONL:
        return (line + b"\n" for line in lines)
    if kind is Format.CSV:
        return _encode_csv(PLAN_COLUMNS, _plans(lines))
    sources, lines = _sources(lines)
    return _encode_parquet(_plans(lines), sources)


def encode_errors(faults: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The faults of all rows as the bytes of a CSV file, some at a time."""
    return _encode_csv(ERROR_COLUMNS, faults)


def write_output(path: Path, kind: Format, lines: Iterable[bytes]) -> None:
    """Write the answers of all rows at once, by one rename, with the attribution of the data they are made from.

    JSON lines and Parquet carry it themselves; a CSV has it beside it, as out.sources.csv.
    """
    sources, lines = _sources(lines)
    write_whole(path, encode_output(kind, lines))
    if kind is Format.CSV:
        write_table(path.with_name(f"{path.stem}.sources.csv"), SOURCE_COLUMNS, sources)


def write_errors(path: Path, faults: Iterable[dict[str, Any]]) -> None:
    """Write the faults of all rows at once, by one rename."""
    write_table(path, ERROR_COLUMNS, faults)


def write_table(path: Path, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
    """Write a CSV that no spreadsheet takes for formulas, all at once, by one rename."""
    write_whole(path, _encode_csv(columns, rows))


def _sources(lines: Iterable[bytes]) -> tuple[list[dict[str, Any]], Iterable[bytes]]:
    """The sources of a run, and its lines: all answers are of one snapshot, so the first one's are everybody's."""
    remaining = iter(lines)
    first = next(remaining, None)
    if first is None:
        return [], ()
    return orjson.loads(first)["answer"]["sources"], itertools.chain([first], remaining)


def _plans(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        document = orjson.loads(line)
        yield from plan_rows(document["row"], document["answer"])


def _encode_csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: harmless(cell) for name, cell in row.items()})
        if text.tell() > _BLOCK:
            yield _emptied(text)
    yield _emptied(text)


def _emptied(text: io.StringIO) -> bytes:
    content = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return content


def _encode_parquet(rows: Iterable[dict[str, Any]], sources: list[dict[str, Any]]) -> Iterator[bytes]:
    from pyarrow import parquet  # noqa: PLC0415 # the service starts sooner without it

    kinds = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64()}
    columns = [(name, kinds[kind]) for name, kind in PLAN_COLUMNS.items()]
    schema = pa.schema(columns, metadata={"sources": orjson.dumps(sources)})
    written = _Written()
    with parquet.ParquetWriter(pa.PythonFile(written, mode="w"), schema, compression="zstd") as writer:
        remaining = iter(rows)
        while group := list(itertools.islice(remaining, 10_000)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            yield written.taken()
    yield written.taken()


class _Written(io.RawIOBase):
    """What a writer of files has written so far, handed on piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:  # noqa: ANN401 # whatever holds bytes
        self._pieces.append(bytes(content))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content
