"""`/v1/providers/{id}/evidence`."""

from fastapi.testclient import TestClient


def test_a_studied_intermediary_has_its_tier_its_study_and_its_elements(client: TestClient) -> None:
    reply = client.get("/v1/providers/project-quest/evidence").json()

    (offering,) = reply["offerings"]
    assert offering["evidence"]["tier"] == "B"
    assert [study["relation"] for study in offering["evidence"]["studies"]] == ["same_site"]
    assert offering["evidence"]["elements"]["screening"] == "yes"
    assert offering["evidence"]["ask"] == []


def test_a_campus_elsewhere_is_told_from_the_one_that_was_studied(client: TestClient) -> None:
    reply = client.get("/v1/providers/per-scholas/evidence").json()

    relations = {s["relation"] for o in reply["offerings"] for s in o["evidence"]["studies"]}
    assert relations == {"same_provider_other_site"}
    assert all(len(o["evidence"]["ask"]) >= 3 for o in reply["offerings"])


def test_studies_elsewhere_stand_apart_and_show_nulls_beside_gains(client: TestClient) -> None:
    reply = client.get("/v1/providers/tx-807/evidence").json()

    health = next(s for s in reply["elsewhere"] if s["sector"] == "healthcare")
    assert {study["relation"] for study in health["studies"]} == {"context"}
    assert {"vida-pace", "project-quest"} <= {study["study_id"] for study in health["studies"]}


def test_every_program_of_a_provider_is_in_one_group(client: TestClient) -> None:
    programs = client.get("/v1/providers/tx-807").json()["programs"]

    reply = client.get("/v1/providers/tx-807/evidence").json()

    assert sorted(p for o in reply["offerings"] for p in o["programs"]) == sorted(programs)


def test_an_unknown_provider_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/providers/nobody/evidence").status_code == 404
