"""What clients of a released version rely on, and what of it a newer description breaks.

    .venv/bin/python -m tests.architecture.compatibility        # at a release: keep the present description

The API grows and never shrinks: an operation, an option, a field of a reply, a value that may be sent stay; what has to
be sent grows by nothing.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.architecture.parts_of_service import description

RELEASED = Path(__file__).with_name("released_openapi.json")

Json = dict[str, Any]

_WORDS = frozenset({"title", "description", "summary", "example", "examples", "default", "pattern"})


def breaks(old: Json, new: Json) -> list[str]:
    """Every way in which a client of `old` could fail with `new`, in words."""
    return [*_of_operations(old, new), *_of_schemas(old, new)]


def _of_operations(old: Json, new: Json) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method, before in methods.items():
            name = before["operationId"]
            after = new["paths"].get(path, {}).get(method)
            if after is None or after["operationId"] != name:
                yield f"{name} is gone from {method.upper()} {path}"
                continue
            yield from _of_parameters(name, before, after)
            if "requestBody" in after and "requestBody" not in before:
                yield f"{name} wants a body"
            yield from (f"{name} no longer answers {s}" for s in _successes(before) - _successes(after))
            if set(after.get("x-required-scopes", ())) - set(before.get("x-required-scopes", ())):
                yield f"{name} wants another scope"


def _of_parameters(name: str, before: Json, after: Json) -> Iterator[str]:
    held, kept = ({(p["in"], p["name"]): p for p in op.get("parameters", ())} for op in (before, after))
    yield from (f"{name} no longer takes {key[1]}" for key in held.keys() - kept.keys())
    for key, parameter in kept.items():
        if parameter.get("required") and not held.get(key, {}).get("required"):
            yield f"{name} wants {key[1]}"
        if key in held:
            yield from (
                f"{name} no longer takes {value} for {key[1]}"
                for value in _values(held[key]["schema"]) - _values(parameter["schema"])
            )


def _successes(operation: Json) -> set[str]:
    return {status for status in operation["responses"] if status.startswith("2")}


def _of_schemas(old: Json, new: Json) -> Iterator[str]:
    sent = _sent(old)
    for name, before in old["components"]["schemas"].items():
        after = new["components"]["schemas"].get(name)
        if after is None:
            if name in sent or name in _referenced(new):
                yield f"{name} is gone"
            continue
        held, kept = before.get("properties", {}), after.get("properties", {})
        yield from (f"{name}.{field} is gone" for field in held.keys() - kept.keys())
        for field in held.keys() & kept.keys():
            if _kinds(held[field]) - _kinds(kept[field]):
                yield f"{name}.{field} is of another kind"
            if name in sent:
                lost = _values(held[field]) - _values(kept[field])
                yield from (f"{name}.{field} no longer takes {value}" for value in lost)
        if name in sent:
            added = set(after.get("required", ())) - set(before.get("required", ()))
            yield from (f"{name} wants {field}" for field in added)


def _sent(document: Json) -> set[str]:
    """Names of the schemas that a caller fills in, and of those within them."""
    names: set[str] = set()
    bodies = [op["requestBody"] for m in document["paths"].values() for op in m.values() if "requestBody" in op]
    waiting = list(_references(bodies))
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += _references(document["components"]["schemas"].get(name, {}))
    return names


def _referenced(document: Json) -> set[str]:
    return set(_references(document))


def _references(node: Any) -> Iterator[str]:  # noqa: ANN401 # any JSON
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rsplit("/", maxsplit=1)[-1]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _kinds(schema: Json) -> set[str]:
    """The JSON types a value may have; a reference counts by its name."""
    options = schema.get("anyOf", [schema])
    return {str(o.get("type") or o.get("$ref") or "any") for o in options}


def _values(schema: Json) -> set[str]:
    options = schema.get("anyOf", [schema])
    return {str(v) for o in options for v in (*o.get("enum", ()), *([o["const"]] if "const" in o else ()))}


def slim(document: Json) -> Json:
    """What is compared of a description, without its words and examples."""
    return {
        "paths": {
            path: {method: _slim_operation(operation) for method, operation in methods.items()}
            for path, methods in document["paths"].items()
        },
        "components": {
            "schemas": {
                name: {
                    "properties": {field: _slim(value) for field, value in schema.get("properties", {}).items()},
                    "required": schema.get("required", []),
                }
                for name, schema in document["components"]["schemas"].items()
            }
        },
    }


def _slim_operation(operation: Json) -> Json:
    kept = ("operationId", "parameters", "requestBody", "x-required-scopes")
    slimmed: Json = _slim({key: operation[key] for key in kept if key in operation})
    return {**slimmed, "responses": {status: {} for status in operation["responses"]}}


def _slim(node: Any) -> Any:  # noqa: ANN401 # any JSON
    if isinstance(node, dict):
        return {key: _slim(value) for key, value in node.items() if key not in _WORDS}
    return [_slim(value) for value in node] if isinstance(node, list) else node


def main() -> None:
    """Keep the present description as the one clients rely on."""
    RELEASED.write_text(json.dumps(slim(description()), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{RELEASED}\n")


if __name__ == "__main__":
    main()
