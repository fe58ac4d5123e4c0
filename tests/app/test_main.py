"""The whole service is told forty things about a person, and nothing it writes anywhere tells them on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.errors import ConfigurationError
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings
from app.tracing import Tracing

# As many words as a profile has places for them; each is found again wherever it is written, in whatever letters.
CANARIES = tuple(f"canary{number:02}zq" for number in range(44))


def _profile() -> dict[str, Any]:
    words = iter(CANARIES)
    return {
        **PROFILE,
        "reference": next(words),
        "work_history": [
            *PROFILE["work_history"],
            *({"title": next(words), "duties": next(words)} for _ in range(8)),
        ],
        "skills": [{"text": next(words)} for _ in range(8)],
        "credentials": [*PROFILE["credentials"], *({"name": next(words), "state": "TX"} for _ in range(8))],
        "constraints": {"convictions": [next(words), next(words)]},
    }


def _misused(words: Iterator[str]) -> dict[str, Any]:
    """What a caller in a hurry puts in the wrong place."""
    return {**_profile(), next(words): next(words), "household": {"adults": next(words)}, "location": {"zip": "x"}}


def _live(client: TestClient) -> list[str]:
    """Everything that can be done with a person, and much that cannot; the texts of all faults."""
    profile, words = _profile(), iter(CANARIES[36:])
    key = {"Idempotency-Key": "k-1"}
    seeker = client.post("/v1/seekers", json=profile, headers=key).headers["location"]
    client.post("/v1/seekers", json=profile, headers=key)
    client.post("/v1/seekers/search", json={"reference": profile["reference"]})
    client.put(seeker, json={**profile, "skills": [{"text": CANARIES[40]}]}, headers={"If-Match": "*"})
    match = client.post(f"{seeker}/matches", headers=key)
    decision = {
        "plan": match.json()["plans"][0]["id"],
        "decision": "accept",
        "reason": next(words),
        "decided_by": next(words),
    }
    where = f"{match.headers['location']}/decisions"
    assert client.post(where, json=decision).status_code == 201
    assert client.get(seeker).json()["profile"]["reference"] == CANARIES[0]
    client.post("/v1/matches", json=profile)
    faults = [
        client.post("/v1/seekers", json={**profile, "reference": "another"}, headers=key),
        client.post("/v1/seekers", json=_misused(words)),
        client.post("/v1/matches", content=f'{{"{CANARIES[41]}": ', headers={"Content-Type": "application/json"}),
        client.post("/v1/matches", content=CANARIES[42], headers={"Content-Type": f"text/{CANARIES[42]}"}),
        client.post(where, json={**decision, "decision": CANARIES[41]}),
        client.get(f"/v1/{CANARIES[43]}?{CANARIES[43]}={CANARIES[43]}", headers={"X-Request-Id": CANARIES[43]}),
        client.get(f"/v1/seekers/{CANARIES[43]}"),
        client.get(f"/v1/seekers?cursor={CANARIES[43]}", headers={"traceparent": CANARIES[43]}),
        client.get("/v1/me", headers={"Authorization": f"Bearer {CANARIES[43]}"}),
        client.get("/v1/me", headers={"Authorization": f"Bearer {CANARIES[43]}.{CANARIES[43]}.x"}),
        client.request(CANARIES[43].upper(), "/v1/me"),
    ]
    assert all(400 <= fault.status_code < 500 for fault in faults), [f.status_code for f in faults]
    return [fault.text + str(fault.headers) for fault in faults]


def _leaks(*texts: bytes) -> list[str]:
    return [canary for canary in CANARIES if any(canary.encode() in text.lower() for text in texts)]


def _files(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                yield path.read_bytes()
        except (FileNotFoundError, PermissionError):
            continue  # the server works on


def test_nothing_of_a_person_leaks_anywhere(
    settings: Settings,
    engine: MatchEngine,
    database: EmbeddedServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    exporter = InMemorySpanExporter()
    anchored = settings.model_copy(update={"audit_anchor": str(tmp_path / "anchor.jsonl")})
    app = create_app(anchored, engine=lambda _: engine, tracing=Tracing(exporter))
    here: Any = {"base_url": "http://127.0.0.1:8765", "client": ("127.0.0.1", 50000)}
    with TestClient(app, raise_server_exceptions=False, **here) as client:
        faults = _live(client)
        metrics = client.get("/metrics").text
    spans = "".join(span.to_json() for span in exporter.get_finished_spans())
    written = capsys.readouterr()
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        connection.execute("insert into boards (slug, name) values ('control', 'control-in-the-clear')")
        connection.execute("checkpoint")
        folder = Path(str((connection.execute("show data_directory").fetchone() or ("",))[0]))

    kept = list(_files(folder))

    assert '"route": "/v1/seekers/{seeker_id}"' in written.err
    assert "POST /v1/seekers/{seeker_id}/matches" in spans
    assert any(b"control-in-the-clear" in content for content in kept)  # what is not sealed would be found
    assert _leaks((written.out + written.err).encode()) == []
    assert _leaks(metrics.encode(), spans.encode(), *map(str.encode, faults)) == []
    assert _leaks(*kept, *_files(tmp_path)) == []


def test_a_start_that_fails_says_why(capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    """The server itself only says that it did not start."""

    def damaged(_: Settings) -> MatchEngine:
        raise ConfigurationError("The installed data cannot be used: install the data again.")

    with pytest.raises(ConfigurationError), TestClient(create_app(settings, engine=damaged)):
        pass

    assert "the service cannot start: The installed data cannot be used" in capsys.readouterr().err
