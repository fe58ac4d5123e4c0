"""How the fuzzer writes what it has no words for: lines of JSON, and files that are no text."""

from typing import Any

import orjson
import schemathesis
from hypothesis import strategies as st


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def lines_of_json(_context: Any, value: Any) -> bytes:  # noqa: ANN401 # whatever was drawn
    """As text where it is text, else a line for each."""
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace")
    return b"\n".join(orjson.dumps(one, default=str) for one in (value if isinstance(value, list) else [value]))


for media_type in (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.apache.parquet",
):
    schemathesis.openapi.media_type(media_type, st.binary(max_size=2000))
