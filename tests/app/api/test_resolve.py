"""`/v1/resolve` and `/v1/suggestions`."""

import pytest
from fastapi.testclient import TestClient


def test_titles_come_back_in_their_order_with_the_likeliest_first(client: TestClient) -> None:
    asked = {"kind": "titles", "texts": ["nursing assistant", "forklift oprator"], "top": 3}

    results = client.post("/v1/resolve", json=asked).json()["results"]

    assert [result["text"] for result in results] == asked["texts"]
    assert results[0]["candidates"][0]["code"] == "31-1131.00"
    assert results[1]["candidates"][0]["code"] == "53-7051.00"
    assert all(len(result["candidates"]) <= 3 for result in results)


@pytest.mark.parametrize(
    ("kind", "text"), [("credentials", "CNA"), ("skills", "taking vital signs"), ("programs", "nursing assistant")]
)
def test_other_kinds_are_resolved_too(client: TestClient, kind: str, text: str) -> None:
    results = client.post("/v1/resolve", json={"kind": kind, "texts": [text]}).json()["results"]

    assert results[0]["candidates"]


def test_an_unknown_kind_is_refused_without_repeating_it(client: TestClient) -> None:
    response = client.post("/v1/resolve", json={"kind": "zyxwvut", "texts": ["a"]})

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/kind"
    assert "zyxwvut" not in response.text


@pytest.mark.parametrize("kind", ["titles", "skills", "credentials", "programs", "providers"])
def test_names_are_suggested_as_somebody_types(client: TestClient, kind: str) -> None:
    found = client.post("/v1/suggestions", json={"kind": kind, "beginning": "c", "top": 3}).json()["suggestions"]

    assert 1 <= len(found) <= 3
    assert all({"text", "code", "title"} == suggestion.keys() for suggestion in found)


def test_a_beginning_of_no_name_gets_no_suggestions(client: TestClient) -> None:
    response = client.post("/v1/suggestions", json={"kind": "titles", "beginning": "zzzz"})

    assert (response.status_code, response.json()) == (200, {"suggestions": []})


@pytest.mark.parametrize(
    "body", [{"kind": "titles"}, {"kind": "titles", "beginning": ""}, {"kind": "x", "beginning": "a"}]
)
def test_a_faulty_question_for_names_is_refused(client: TestClient, body: dict[str, str]) -> None:
    assert client.post("/v1/suggestions", json=body).status_code == 422


def test_what_a_text_names_is_read_one_by_one_with_its_reason(client: TestClient) -> None:
    asked = {"kind": "credentials", "texts": ["A+ cert (expired), CNA, working on my LVN"]}

    (result,) = client.post("/v1/resolve", json=asked).json()["results"]

    assert [(r["code"], r["valid"]) for r in result["readings"]] == [("a-plus", False), ("cna", None), (None, False)]
    assert [c["code"] for c in result["candidates"]] == ["a-plus", "cna"]
    assert "do not hold" in result["readings"][2]["note"]
