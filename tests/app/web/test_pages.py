"""The pages of rules and studies: complete, sourced, read aloud in order, and without script."""

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.services.answering import MatchEngine
from taxonomy.loaders.law_review import load_scenarios

PAGES = ["/studies", "/rules", "/sources"]
VOID = {"meta", "link", "br", "hr", "input", "img"}


class Outline(HTMLParser):
    """What a screen reader steers by."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.open: list[str] = []
        self.unscoped = 0
        self.tables = self.captions = self.scripts = 0
        self.ids: list[str] = []
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.levels.append(int(tag[1]))
        self.unscoped += tag == "th" and "scope" not in given
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.scripts += tag == "script" or any(name.startswith("on") for name in given)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "html":
            self.language = given.get("lang")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(text: str) -> Outline:
    found = Outline()
    found.feed(text)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_steered_by_headings_and_table_heads_and_has_no_script(client: TestClient, path: str) -> None:
    reply = client.get(path)

    page = outline(reply.text)
    assert reply.headers["content-type"].startswith("text/html")
    assert page.language == "en"
    assert not page.open
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert (page.unscoped, page.scripts) == (0, 0)
    assert page.tables == page.captions > 0
    assert len(page.ids) == len(set(page.ids))
    assert 'href="#content"' in reply.text
    assert "content" in page.ids


def test_every_study_is_listed_with_its_tier_and_its_source(client: TestClient) -> None:
    text = client.get("/studies").text

    studies = client.get("/v1/studies?limit=200").json()["items"]
    assert len(studies) > 20
    for entry in studies:
        assert f'id="{entry["study"]["id"]}"' in text
        assert f'href="{entry["study"]["url"]}"' in text


def test_the_range_that_is_quoted_most_stands_once_with_its_journal_and_no_draft_of_it(client: TestClient) -> None:
    text = client.get("/studies").text

    assert text.count("12 to 34 percent") == 1
    assert 'href="https://doi.org/10.1086/717932"' in text
    assert not re.search(r"11 to 40|14 to 39", text)


def test_nulls_and_losses_are_listed_like_gains(client: TestClient) -> None:
    text = client.get("/studies").text

    sections = dict(re.findall(r'<h2 id="([^"]+)">(.*?)</section>', text))
    assert "<td>N: A sound study found no clear gain in pay.</td>" in sections["vida-pace"]
    assert "<td>X: A sound study found lower pay.</td>" in sections["hgjti-cna-columbia-gorge"]


def test_an_amount_of_pay_stands_in_its_own_unit_and_in_dollars_a_year(client: TestClient) -> None:
    text = client.get("/studies").text

    assert "<td>+1,895 a quarter</td><td>+7,580</td>" in text
    assert "<td>-5,778 a year</td><td>-5,778</td><td>2014</td>" in text


def test_the_clearinghouses_words_stand_beside_our_tiers(client: TestClient) -> None:
    text = client.get("/studies").text

    assert "Tiers: Stackway&#x27;s own rule" in text
    assert "<td>Well-supported</td>" in text


def test_every_amount_is_listed_with_its_source_its_dates_and_whether_it_is_applied(
    client: TestClient, engine: MatchEngine
) -> None:
    text = client.get("/rules").text

    parameters = engine.snapshot.table("parameters")
    assert parameters
    for row in parameters:
        assert f'<th scope="row">{row.id}</th>' in text
        assert f'href="{row.link}"' in text
    assert text.count("no: not applied") == sum(not row.verified for row in parameters)


def test_every_rule_is_listed_with_the_cases_it_is_tested_on(client: TestClient, profile: dict[str, Any]) -> None:
    text = client.get("/rules").text

    for stream in client.post("/v1/eligibility", json=profile).json()["streams"]:
        assert f'id="{stream["stream"]}"' in text
    for scenario in load_scenarios():
        assert scenario.name.replace("'", "&#x27;") in text


def test_the_start_page_leads_to_both(client: TestClient) -> None:
    text = client.get("/").text

    assert all(f'href="{path}"' in text for path in PAGES)


def test_every_source_is_named_with_its_attribution_and_licence(client: TestClient, engine: MatchEngine) -> None:
    text = client.get("/sources").text

    for release in engine.snapshot.table("releases"):
        assert escape(release.attribution) in text
        assert escape(release.licence) in text
