"""The OpenAPI document says what the service does."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.examples import ANSWER, PROFILE
from app.api.mapping import read_seeker
from tests.app.conftest import MakeKey


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


# Of every reply of HTTP, whatever it is about.
_OF_HTTP = {"cache-control", "content-length", "content-type", "vary", "x-content-type-options"}


def test_a_reply_has_no_header_that_is_not_described(keyed: TestClient, make_key: MakeKey) -> None:
    described = keyed.get("/openapi.json").json()["paths"]
    key = make_key()
    kept = keyed.post("/v1/seekers", json=PROFILE, headers={**key, "Idempotency-Key": "once"})
    made = keyed.post("/v1/matches", json=PROFILE, headers={**key, "Accept-Language": "es"})
    again = keyed.post("/v1/seekers", json=PROFILE, headers={**key, "Idempotency-Key": "once"})
    replies = [
        (kept, "/v1/seekers", 201, {"location", "etag", "x-request-id"}),
        (again, "/v1/seekers", 201, {"idempotency-replayed"}),
        (made, "/v1/matches", 201, {"location", "x-match-id", "content-language"}),
        (keyed.get("/v1/occupations?limit=1", headers=key), "/v1/occupations", 200, {"link", "etag", "ratelimit"}),
        (keyed.get("/v1/audit?limit=1", headers=key), "/v1/audit", 200, {"link", "ratelimit-policy"}),
        (keyed.get("/v1/occupations"), "/v1/occupations", 401, {"www-authenticate"}),
        (keyed.get("/v1/me", headers=make_key("alamo", ())), "/v1/me", 200, {"etag"}),
        (keyed.get("/v1/matches", headers=make_key("alamo", ())), "/v1/matches", 403, {"www-authenticate"}),
        (keyed.put("/v1/occupations", headers=key), "/v1/occupations", 405, {"allow"}),
    ]

    for reply, path, status, wanted in replies:
        method = "get" if status == 405 else reply.request.method.lower()
        said = {name.lower() for name in described[path][method]["responses"][str(status)]["headers"]}
        assert reply.status_code == status, (path, reply.text)
        assert wanted <= set(reply.headers), path
        assert set(reply.headers) - _OF_HTTP <= said, path


def test_the_answer_is_described_as_it_is_sent(document: dict[str, Any], client: TestClient) -> None:
    described = document["components"]["schemas"]["Answer"]["properties"].keys()
    sent = client.post("/v1/matches?store=false", json=PROFILE).json()

    assert list(sent) == list(described) == list(ANSWER)
    assert "from" in document["components"]["schemas"]["Relaxation"]["properties"]


def test_the_example_profile_is_one_that_is_read() -> None:
    assert read_seeker(PROFILE).reference == "A-1042"
