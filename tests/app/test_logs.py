"""Nothing of a person is ever written to a log or told in a fault."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

CANARIES = {
    "reference": "canary-reference-8841",
    "zip": "78299",
    "title": "canary underwater basket weaver",
    "duties": "canary duties of the heart",
    "skill": "canary whistling",
    "credential": "canary licence",
    "conviction": "canary conviction",
}


def _profile() -> dict[str, Any]:
    return {
        "reference": CANARIES["reference"],
        "location": {"zip": CANARIES["zip"]},
        "work_history": [{"title": CANARIES["title"], "duties": CANARIES["duties"]}],
        "skills": [{"text": CANARIES["skill"]}],
        "credentials": [{"name": CANARIES["credential"]}],
        "constraints": {"convictions": [CANARIES["conviction"]]},
    }


def _leaks(text: str) -> list[str]:
    return [name for name, canary in CANARIES.items() if canary in text]


def test_an_answered_profile_leaves_no_trace_in_logs(capsys: pytest.CaptureFixture[str], client: TestClient) -> None:
    response = client.post("/v1/matches", json=_profile())

    written = capsys.readouterr()
    assert response.status_code == 201
    assert '"route": "/v1/matches"' in written.err
    assert _leaks(written.out + written.err) == []


def test_a_refused_profile_leaves_no_trace_in_fault_or_logs(
    capsys: pytest.CaptureFixture[str], client: TestClient
) -> None:
    profile = {**_profile(), **dict.fromkeys(CANARIES.values(), 1), "household": {"adults": CANARIES["skill"]}}

    response = client.post("/v1/matches", json=profile)

    written = capsys.readouterr()
    assert response.status_code == 422
    assert _leaks(response.text + written.out + written.err) == []


def test_an_unforeseen_fault_leaves_no_trace_in_fault_or_logs(
    capsys: pytest.CaptureFixture[str], client: TestClient
) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(" ".join(CANARIES.values()))

    client.app.state.services = Broken()  # type: ignore[attr-defined] # the plainest way to break every endpoint
    response = client.post("/v1/matches", json=_profile())

    written = capsys.readouterr()
    assert response.status_code == 500
    assert '"error": "RuntimeError"' in written.err
    assert _leaks(response.text + written.out + written.err) == []


def test_words_in_an_address_are_not_logged(capsys: pytest.CaptureFixture[str], client: TestClient) -> None:
    client.get(f"/v1/occupations/{CANARIES['reference']}?q={CANARIES['reference']}")
    client.get(f"/{CANARIES['reference']}", headers={"X-Request-Id": CANARIES["reference"]})

    assert _leaks(capsys.readouterr().err) == []


def test_every_line_is_json_with_a_request_id(capsys: pytest.CaptureFixture[str], client: TestClient) -> None:
    response = client.get("/livez")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "livez" in line]
    assert [line["request_id"] for line in lines] == [response.headers["x-request-id"]]
