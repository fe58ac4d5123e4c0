"""The OpenAPI document: what the framework derives, mended where it says less or other than the service does."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Literal

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, APIRouter
from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from app.api import reply_headers
from app.api.access import Requires
from app.api.deprecation import Deprecated
from app.api.described import DescribedRoute
from app.api.examples import PROBLEM, PROFILE
from app.api.model import Model
from app.api.problems import MEDIA_TYPE
from app.api.schemas import SeekerIn

Json = dict[str, Any]

_COMPONENT = "#/components/schemas/{model}"

_PROBLEMS = {
    "400": "The body is not JSON",
    "401": "No API key or token, or none that works",
    "403": "The API key or token lacks the right in `x-required-scopes`",
    "404": "Nothing is found under this address",
    "405": "The address does not know this method; `Allow` lists those it knows",
    "406": "The operation gives nothing that `Accept` names",
    "408": "The body did not arrive in time",
    "409": "A request with this Idempotency-Key is being answered now, what it made was erased, or the record is not in"
    " a state for this",
    "412": "The record was changed since it was read",
    "428": "A change needs If-Match",
    "413": "The body is too large",
    "415": "The body is not sent as what is read here; `Accept-Post` names that",
    "422": "The input is not valid; `errors` names every fault",
    "429": "Too many requests with this key; `Retry-After` says when to try again",
    "500": "Something went wrong on our side",
    "503": "The service cannot answer for now; `Retry-After` says when to try again",
}

_TAGS = {
    "access": "Who asks and what they may do; who read or wrote whose records",
    "matches": "Plans for one person, kept or not, and why these",
    "decisions": "What a named person decided on a plan",
    "follow-up": "What became of a plan: referrals, outcomes, reviews",
    "seekers": "People kept under made-up ids",
    "demographics": "Race, sex and disability, kept apart for reports on equal opportunity",
    "lists": "Lists of people, answered in the background",
    "webhooks": "Where a board's events are sent, and what became of them",
    "eligibility": "Who may pay",
    "words": "Words to codes",
    "look-ups": "The data answers rest on",
    "operation": "Whether the service lives and is ready",
}

_API_KEY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "sw_<id>_<secret>",
    "description": "An API key of a board, made by `stackway keys create`. In local mode none is needed.",
}

_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "A token of an identity provider that `STACKWAY_OIDC_ISSUERS` names, with this service as audience.",
}


class ProblemError(Model):
    """One fault of the input; never its value."""

    pointer: str
    code: str
    detail: str
    remedy: str


class Problem(Model):
    """A fault (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError]
    request_id: str | None


def json_body(model: type[Model], example: Json) -> Json:
    """What an operation reads, for operations that read the body themselves."""
    content = {"schema": {"$ref": _COMPONENT.format(model=model.__name__)}, "example": example}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def json_example(description: str, example: Json) -> Json:
    """A reply with an example."""
    return {"description": description, "content": {"application/json": {"example": example}}}


PROFILE_BODY = json_body(SeekerIn, PROFILE)


def install(app: FastAPI, routers: Sequence[APIRouter], bodies: tuple[type[Model], ...]) -> None:
    """Let `app` describe itself; `bodies` are the models of bodies that operations read themselves."""
    document: Json = {}

    def openapi() -> Json:
        if not document:
            document.update(_document(app, routers, bodies))
            _mark(document, _ending(routers))
        return document

    app.openapi = openapi  # type: ignore[method-assign] # the framework's own way to replace it


def _document(app: FastAPI, routers: Sequence[APIRouter], bodies: tuple[type[Model], ...]) -> Json:
    rights, shown, replies = _rights(routers), _shown(routers), _replies(routers)
    document: Json = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": said} for name, said in _TAGS.items()],
        servers=[{"url": "/", "description": "This service"}],
        contact={"name": "The maintainers of Stackway"},
        license_info=app.license_info,
    )
    schemas: Json = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    models: list[tuple[type[Model], Literal["validation"]]] = [(Problem, "validation")]
    models += [(body, "validation") for body in bodies]
    _, own = models_json_schema(models, ref_template=_COMPONENT)
    schemas.update(own["$defs"])
    kinds = {kind for of_status in replies.values() for kind in of_status.values()}
    adapters: list[tuple[type, Literal["serialization"], TypeAdapter[Any]]]
    adapters = [(kind, "serialization", TypeAdapter(kind)) for kind in kinds]
    described, own = TypeAdapter.json_schemas(adapters, ref_template=_COMPONENT)
    schemas.update(own["$defs"])
    _rename_from(schemas)
    examples = orjson.loads(resources.files("app.api").joinpath("reply_examples.json").read_bytes())
    document["components"]["headers"] = reply_headers.components()
    document["components"]["securitySchemes"] = {"api_key": _API_KEY, "token": _TOKEN}
    for path, operation in _operations(document):
        if operation["operationId"] in rights:
            operation["security"] = [{"api_key": []}, {"token": []}]
            operation["x-required-scopes"] = rights[operation["operationId"]]
        for status, kind in replies.get(operation["operationId"], {}).items():
            operation["responses"][status]["content"]["application/json"]["schema"] = described[kind, "serialization"]
        _show(operation, shown.get(operation["operationId"], {}))
        _mend(path, operation, examples)
        reply_headers.describe(operation)
    _say_plainly(schemas)
    return document


def _rights(routers: Sequence[APIRouter]) -> dict[str, list[str]]:
    """The rights each operation needs, by its id, as the dependencies that check them say."""
    rights: dict[str, list[str]] = {}
    for route in _routes(routers):
        checks = [found.call for found in route.dependant.dependencies if isinstance(found.call, Requires)]
        if checks and route.operation_id is not None:
            rights[route.operation_id] = [check.scope for check in checks if check.scope is not None]
    return rights


def _ending(routers: Sequence[APIRouter]) -> dict[str, Deprecated]:
    """What is said of operations that are to go, by their ids."""
    return {
        route.operation_id: check.call
        for route in _routes(routers)
        if route.operation_id is not None
        for check in route.dependant.dependencies
        if isinstance(check.call, Deprecated)
    }


def _mark(document: Json, ending: Mapping[str, Deprecated]) -> None:
    """Mark operations that are to go, and describe the headers their replies have."""
    for _, operation in _operations(document):
        going = ending.get(operation["operationId"])
        if going is None:
            continue
        operation["deprecated"] = True
        operation["description"] = f"{going.description} {operation.get('description', '')}".strip()
        said = {name: {"schema": {"type": "string"}, "example": value} for name, value in going.headers.items()}
        for response in operation["responses"].values():
            response.setdefault("headers", {}).update(said)


def _shown(routers: Sequence[APIRouter]) -> dict[str, Json]:
    """The examples of replies of each operation, by its id, status and media type, as the operation gives them."""
    return {
        route.operation_id: {
            str(status): {kind: said["example"] for kind, said in reply.get("content", {}).items() if "example" in said}
            for status, reply in route.responses.items()
        }
        for route in _routes(routers)
        if route.operation_id is not None
    }


def _replies(routers: Sequence[APIRouter]) -> dict[str, dict[str, type]]:
    """What the replies of each operation hold, by its id and their status."""
    described = (route for route in _routes(routers) if isinstance(route, DescribedRoute))
    return {route.operation_id: route.replies for route in described if route.operation_id is not None}


def _routes(routers: Sequence[APIRouter]) -> Iterator[APIRoute]:
    return (route for router in routers for route in router.routes if isinstance(route, APIRoute))


def _show(operation: Json, shown: Mapping[str, Json]) -> None:
    """Put examples back whole: the framework drops what is null in them, and null is what unknown looks like."""
    for status, by_kind in shown.items():
        for kind, example in by_kind.items():
            operation["responses"][status]["content"][kind]["example"] = example


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _mend(path: str, operation: Json, examples: Json) -> None:
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _without_null(parameter["schema"])
    responses = operation["responses"]
    if operation["operationId"] in examples:
        responses["200"]["content"]["application/json"]["example"] = examples[operation["operationId"]]
    for status in _faults_of(path, operation):
        responses[status] = {
            "description": _PROBLEMS[status],
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": _COMPONENT.format(model="Problem")}, "example": PROBLEM},
            },
        }


def _faults_of(path: str, operation: Json) -> list[str]:
    faults = ["405", "500"]
    if "{" in path:
        faults.append("404")
    if operation.get("parameters") or "requestBody" in operation:
        faults.append("422")
    if "requestBody" in operation:
        faults += ["400", "408", "413", "415"]
    if "security" in operation:
        faults += ["401", "403", "429"]
        faults += ["406"] if any("content" in reply for reply in operation["responses"].values()) else []
    names = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    faults += ["412", "428"] if "if-match" in names else []
    faults += ["409"] if "idempotency-key" in names or "409" in operation["responses"] else []
    if "security" in operation or path == "/readyz":
        faults.append("503")  # keys are looked up in the database
    return sorted(faults)


def _without_null(schema: Json) -> Json:
    # A parameter is absent, never null.
    if "anyOf" not in schema:
        return schema
    kept = [option for option in schema["anyOf"] if option != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kept[0], **rest} if len(kept) == 1 else {**rest, "anyOf": kept}


def _say_plainly(schema: object) -> None:
    """Say what generators and linters read, where the framework says the same in a way that few do."""
    if isinstance(schema, dict):
        # A field that may be left out and is then null: some take a default to mean that it is always there.
        if schema.get("default", ...) is None:
            del schema["default"]
        # A list of so many alike.
        alike = schema.get("prefixItems")
        if alike and all(item == alike[0] for item in alike):
            schema["items"] = schema.pop("prefixItems")[0]
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _say_plainly(part)


def _rename_from(schemas: Json) -> None:
    # `from` is a word of Python: the record says `from_`, the answer says "from".
    relaxation = schemas["Relaxation"]
    relaxation["properties"] = {name.rstrip("_"): value for name, value in relaxation["properties"].items()}
    relaxation["required"] = [name.rstrip("_") for name in relaxation["required"]]
