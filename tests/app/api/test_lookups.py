"""Look-ups on the starter set."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

LISTS = ["occupations", "credentials", "programs", "providers", "studies"]


def _all(client: TestClient, address: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    separator = "&" if "?" in address else "?"
    cursor = ""
    while True:
        page = client.get(f"{address}{separator}limit=7{cursor}").json()
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        cursor = f"&cursor={page['next_cursor']}"


@pytest.mark.parametrize("kind", LISTS)
def test_pages_give_every_item_once(client: TestClient, kind: str) -> None:
    whole = client.get(f"/v1/{kind}?limit=200").json()

    assert _all(client, f"/v1/{kind}")[:200] == whole["items"]
    assert whole["items"]


def test_the_next_page_is_linked_with_the_same_question(client: TestClient) -> None:
    first = client.get("/v1/occupations?limit=2&sector=healthcare")

    address = first.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
    second = client.get(address).json()

    assert second["items"][0]["onet_code"] > first.json()["items"][-1]["onet_code"]
    assert "sector=healthcare" in address


def test_a_made_up_cursor_is_refused(client: TestClient) -> None:
    response = client.get("/v1/occupations?cursor=%2A%2A")

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/query/cursor"


def test_an_occupation_is_found_by_another_of_its_titles(client: TestClient) -> None:
    codes = [row["onet_code"] for row in client.get("/v1/occupations?q=nursing+assistant").json()["items"]]

    assert "31-1131.00" in codes


def test_an_occupation_has_its_wages_by_area(client: TestClient) -> None:
    detail = client.get("/v1/occupations/31-1131.00").json()

    assert detail["sector"] == "healthcare"
    assert {wage["area"] for wage in detail["wages"]} >= {"US", "TX"}
    assert detail["credentials"]


def test_a_credential_names_what_it_is_built_on_and_counts_towards(client: TestClient) -> None:
    rules = [
        client.get(f"/v1/credentials/{row['id']}").json() for row in _all(client, "/v1/credentials?sector=healthcare")
    ]

    assert any(rule["built_on"] for rule in rules)
    assert any(rule["counts_towards"] for rule in rules)


def test_programs_are_filtered_by_what_they_award(client: TestClient) -> None:
    wanted = next(row["credential_id"] for row in _all(client, "/v1/programs") if row["credential_id"])

    found = _all(client, f"/v1/programs?credential={wanted}")

    assert found
    assert {row["credential_id"] for row in found} == {wanted}


def test_programs_are_filtered_by_place_and_way_of_teaching(client: TestClient) -> None:
    known = next(row for row in _all(client, "/v1/programs") if row["zip"] and row["modality"])

    found = _all(client, f"/v1/programs?zip={known['zip']}&modality={known['modality']}")

    assert known in found
    assert {(row["zip"], row["modality"]) for row in found} == {(known["zip"], known["modality"])}


def test_a_provider_names_programs_that_exist(client: TestClient) -> None:
    provider = next(row["provider_id"] for row in _all(client, "/v1/programs"))

    programs = client.get(f"/v1/providers/{provider}").json()["programs"]

    assert programs
    assert client.get(f"/v1/programs/{programs[0]}").json()["program"]["provider_id"] == provider


def test_studies_show_what_did_not_work_as_well(client: TestClient) -> None:
    directions = {effect["direction"] for study in _all(client, "/v1/studies") for effect in study["effects"]}

    assert {"favourable", "none"} <= directions


def test_every_source_has_its_attribution(client: TestClient) -> None:
    sources = client.get("/v1/sources").json()["items"]

    assert sources
    assert all(source["attribution"] and source["licence"] for source in sources)
    assert all(source["rows_read"] >= source["rows_kept"] > 0 for source in sources)
    assert all(source["rows_rejected"] <= source["rows_read"] for source in sources)
    dated = [source for source in sources if source["retrieved_on"]]
    assert dated
    assert all(source["age_days"] is not None for source in dated)
    assert all((source["overdue"] is None) == (source["expected_every_days"] is None) for source in dated)


def test_all_sources_come_at_once_unless_pages_are_asked_for(client: TestClient) -> None:
    whole = client.get("/v1/sources").json()
    in_pages = _all(client, "/v1/sources")

    assert whole["next_cursor"] is None
    assert in_pages == whole["items"]
    assert [source["id"] for source in in_pages] == sorted({source["id"] for source in in_pages})


def test_the_same_figures_are_not_sent_twice(client: TestClient) -> None:
    etag = client.get("/v1/sources").headers["etag"]

    assert client.get("/v1/sources", headers={"If-None-Match": etag}).status_code == 304
