"""Every fault is told as a problem."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.errors import AppError, IntakeError

JSON = {"Content-Type": "application/json"}


def _subclasses(kind: type[AppError]) -> list[type[AppError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in _subclasses(child))]


@pytest.mark.parametrize("kind", [k for k in _subclasses(AppError) if k.__module__ == "app.errors"])
def test_every_fault_of_ours_has_its_own_status_code_and_title(kind: type[AppError]) -> None:
    error = kind(()) if kind is IntakeError else kind()

    assert 400 <= error.status <= 599
    assert error.detail
    assert kind.code.replace("_", "").isalpha()


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "/v1/matches", {"content": b"{", "headers": JSON}, 400),
        ("POST", "/v1/matches", {"content": b"[" * 5000, "headers": JSON}, 400),
        ("POST", "/v1/matches", {"content": b"", "headers": JSON}, 400),
        ("POST", "/v1/matches", {"content": b'{"a": NaN}', "headers": JSON}, 400),
        ("GET", "/nowhere", {}, 404),
        ("GET", "/livez/", {}, 404),
        ("GET", "/v1/occupations/no-such-code", {}, 404),
        ("PUT", "/v1/matches", {}, 405),
        ("POST", "/v1/matches", {"content": b" " * 1_048_577, "headers": JSON}, 413),
        ("POST", "/v1/matches", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/v1/matches", {"content": b"{}"}, 415),
        ("POST", "/v1/matches", {"content": b"{}", "headers": JSON}, 422),
        ("GET", "/v1/programs?limit=0", {}, 422),
        ("GET", "/v1/matches/not-an-id", {}, 422),
    ],
)
def test_a_fault_is_a_problem_with_its_status(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    response = client.request(method, path, **sent)

    problem = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["request_id"] == response.headers["x-request-id"]
    assert {"type", "title", "detail", "errors"} <= problem.keys()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/matches", "GET, HEAD, POST"),
        ("/v1/resolve", "POST"),
        ("/v1/occupations", "GET, HEAD"),
        ("/livez", "GET, HEAD"),
    ],
)
def test_a_refused_method_is_answered_with_those_allowed(client: TestClient, path: str, allowed: str) -> None:
    assert client.delete(path).headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/livez", "/v1/occupations", "/openapi.json", "/"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    head = client.head(path)
    get = client.get(path)

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_fault_nobody_foresaw_is_a_problem_that_says_nothing_of_it(client: TestClient) -> None:
    client.app.state.services = None  # type: ignore[attr-defined] # the plainest way to break every endpoint

    response = client.get("/v1/sources")

    assert response.status_code == 500
    assert response.json()["detail"] == "Something went wrong on our side"
    assert "NoneType" not in response.text
