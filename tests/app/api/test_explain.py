"""`/v1/explain`: the fate of a code and the counts of the search, as `stackway explain` gives them."""

from typing import Any

from fastapi.testclient import TestClient

from app.api.mapping import read_seeker
from app.services.answering import MatchEngine
from tests.app.api.test_matches import AS_OF


def test_a_code_is_explained_with_the_counts_of_the_same_search(
    client: TestClient, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    expected = engine.explain(read_seeker(profile), AS_OF, "lvn")

    reply = client.post(f"/v1/explain?as_of={AS_OF}&why_not=lvn", json=profile)

    assert reply.status_code == 200
    document = reply.json()
    assert document["snapshot"] == engine.snapshot.digest
    assert document["why_not"]["kind"] == "credential"
    assert expected.why_not is not None
    assert document["why_not"]["sentences"] == list(expected.why_not.sentences)
    trace = document["trace"]
    assert trace["programs"] == len(engine.snapshot.programs)
    assert trace["plans_shown"] == len(engine.answer(read_seeker(profile), AS_OF).plans)
    assert sum(trace["ruled_out"].values()) < trace["programs"]


def test_without_a_code_there_are_only_the_counts(client: TestClient, profile: dict[str, Any]) -> None:
    document = client.post("/v1/explain", json=profile).json()

    assert document["why_not"] is None
    assert document["trace"]["ways_kept"] >= document["trace"]["plans_shown"] > 0


def test_a_code_the_data_does_not_know_has_no_kind(client: TestClient, profile: dict[str, Any]) -> None:
    document = client.post("/v1/explain?why_not=nothing-like-it", json=profile).json()

    assert document["why_not"]["kind"] is None
    assert document["why_not"]["fates"] == []


def test_why_not_comes_in_spanish_too(client: TestClient, profile: dict[str, Any]) -> None:
    reply = client.post("/v1/explain?why_not=lvn", json=profile, headers={"Accept-Language": "es"})

    assert "programas que llevan allí" in " ".join(reply.json()["why_not"]["sentences"])
