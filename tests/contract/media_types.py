"""How the fuzzer writes what it has no words for: lines of JSON, and files that are no text."""

import json
from typing import Any

import schemathesis
from hypothesis import strategies as st


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def lines_of_json(_context: Any, value: Any) -> bytes:  # noqa: ANN401 # whatever was drawn
    """As text where it is text, else a line for each."""
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace")
    rows = value if isinstance(value, list) else [value]
    # Not the service's own library: a number of any length is to be sent too.
    return "\n".join(json.dumps(one, default=str) for one in rows).encode()


for media_type in (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.apache.parquet",
):
    schemathesis.openapi.media_type(media_type, st.binary(max_size=2000))
