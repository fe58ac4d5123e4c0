"""The OpenAPI document says what the service does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import ANSWER, PROFILE
from app.api.mapping import read_seeker


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")


def test_every_operation_has_a_name_a_summary_and_problem_responses(document: dict[str, Any]) -> None:
    for path, operation in _operations(document):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"]), path
        assert operation["summary"], path
        assert operation["description"], path
        assert "application/problem+json" in operation["responses"]["500"]["content"], path


def test_every_body_has_an_example(document: dict[str, Any]) -> None:
    bodies = [operation["requestBody"] for _, operation in _operations(document) if "requestBody" in operation]

    assert len(bodies) >= 14
    assert all(_examples(body["content"]) for body in bodies)


def test_every_operation_has_an_example_of_its_reply(document: dict[str, Any]) -> None:
    for path, operation in _operations(document):
        if "204" in operation["responses"]:
            continue
        success = next(
            operation["responses"][status] for status in ("200", "201", "202") if status in operation["responses"]
        )
        assert _examples(success["content"]), path


def _examples(content: dict[str, Any]) -> list[Any]:
    """Those of all media types; a binary one has none."""
    return [described["example"] for described in content.values() if described.get("example")]


def test_examples_have_the_fields_of_what_is_sent(document: dict[str, Any], client: TestClient) -> None:
    for path, methods in document["paths"].items():
        if "get" in methods and "{" not in path:
            example = methods["get"]["responses"]["200"]["content"]["application/json"]["example"]
            sent = client.get(path).json()
            assert sent.keys() == example.keys(), path
            for shown, real in zip(example.get("items", ()), sent.get("items", ()), strict=False):
                assert shown.keys() == real.keys(), path


def test_examples_show_what_is_unknown_as_null(document: dict[str, Any]) -> None:
    shown = document["paths"]["/v1/batches/{batch_id}"]["get"]["responses"]["200"]["content"]["application/json"]

    assert shown["example"]["finished_at"] is None
    for path, operation in _operations(document):
        for status, response in operation["responses"].items():
            for described in response.get("content", {}).values():
                name = described.get("schema", {}).get("$ref", "").rpartition("/")[2]
                needed = document["components"]["schemas"].get(name, {}).get("required", [])
                if isinstance(described.get("example"), dict):
                    assert described["example"].keys() >= set(needed), (path, status)


def test_every_tag_is_said_what_it_is(document: dict[str, Any]) -> None:
    named = {tag for _, operation in _operations(document) for tag in operation["tags"]}

    assert named == {tag["name"] for tag in document["tags"]}


def test_no_parameter_may_be_null(document: dict[str, Any]) -> None:
    for path, operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            assert "null" not in str(parameter["schema"]), path


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r"#/components/schemas/([\w.-]+)", str(document)))

    assert names <= document["components"]["schemas"].keys()


def test_the_answer_is_described_as_it_is_sent(document: dict[str, Any], client: TestClient) -> None:
    described = document["components"]["schemas"]["Answer"]["properties"].keys()
    sent = client.post("/v1/matches?store=false", json=PROFILE).json()

    assert list(sent) == list(described) == list(ANSWER)
    assert "from" in document["components"]["schemas"]["Relaxation"]["properties"]


def test_the_example_profile_is_one_that_is_read() -> None:
    assert read_seeker(PROFILE).reference == "A-1042"
