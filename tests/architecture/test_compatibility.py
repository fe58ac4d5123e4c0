"""The API only grows; and whatever breaks a client is seen."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.architecture.compatibility import RELEASED, breaks
from tests.architecture.parts_of_service import description

Json = dict[str, Any]
Change = Callable[[Json], object]


def test_nothing_a_client_of_the_released_version_relies_on_is_gone() -> None:
    assert breaks(json.loads(RELEASED.read_text(encoding="utf-8")), description()) == []


def _operation(document: Json) -> Json:
    found: Json = document["paths"]["/v1/matches"]["post"]
    return found


def _schema(document: Json, name: str) -> Json:
    found: Json = document["components"]["schemas"][name]
    return found


BREAKING: dict[str, Change] = {
    "create_match is gone": lambda d: d["paths"].pop("/v1/matches"),
    "create_match is gone from POST": lambda d: _operation(d).update(operationId="make_match"),
    "create_match no longer takes store": lambda d: _operation(d).update(
        parameters=[p for p in _operation(d)["parameters"] if p["name"] != "store"]
    ),
    "create_match wants zone": lambda d: _operation(d)["parameters"].append(
        {"in": "query", "name": "zone", "required": True, "schema": {"type": "string"}}
    ),
    "create_match no longer answers 200": lambda d: _operation(d)["responses"].pop("200"),
    "create_match wants another scope": lambda d: _operation(d)["x-required-scopes"].append("more:write"),
    "get_me wants a body": lambda d: d["paths"]["/v1/me"]["get"].update(requestBody={"content": {}}),
    "Answer.plans is gone": lambda d: _schema(d, "Answer")["properties"].pop("plans"),
    "Me.board is of another kind": lambda d: _schema(d, "Me")["properties"]["board"].update(type="integer"),
    "DecisionIn.decision no longer takes edit": lambda d: _schema(d, "DecisionIn")["properties"]["decision"].update(
        enum=["accept", "reject"]
    ),
    "SeekerIn wants goals": lambda d: _schema(d, "SeekerIn").setdefault("required", []).append("goals"),
}

HARMLESS: dict[str, Change] = {
    "another operation": lambda d: d["paths"].update({"/v1/more": copy.deepcopy(d["paths"]["/v1/me"])}),
    "another option": lambda d: _operation(d)["parameters"].append(
        {"in": "query", "name": "zone", "schema": {"type": "string"}}
    ),
    "another field of a reply": lambda d: _schema(d, "Answer")["properties"].update(more={"type": "string"}),
    "another value that may be sent": lambda d: _schema(d, "DecisionIn")["properties"]["decision"]["enum"].append("x"),
}


@pytest.mark.parametrize("words", BREAKING)
def test_a_change_that_breaks_clients_is_told(words: str) -> None:
    changed = copy.deepcopy(description())
    BREAKING[words](changed)

    assert any(told.startswith(words) for told in breaks(description(), changed))


@pytest.mark.parametrize("what", HARMLESS)
def test_what_only_adds_is_no_break(what: str) -> None:
    changed = copy.deepcopy(description())
    HARMLESS[what](changed)

    assert breaks(description(), changed) == []
