"""HTML as values: nothing shown can break a page."""

import pytest

from app.web.markup import Html, element, items, link, shown, table


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<b>&", "&lt;b&gt;&amp;"),
        (Html("<b>x</b>"), "<b>x</b>"),
        (None, "not known"),
        ("", ""),
    ],
)
def test_text_is_escaped_and_what_is_not_known_is_said(content: str | None, html: str) -> None:
    assert shown(content) == html


def test_an_attribute_cannot_end_early() -> None:
    assert element("p", "x", id='a" onclick="b') == '<p id="a&quot; onclick=&quot;b">x</p>'


def test_only_addresses_of_the_web_become_links() -> None:
    assert link("javascript:alert(1)", "law") == "law"
    assert link("https://example.org", "law") == '<a href="https://example.org">law</a>'


def test_an_empty_list_is_left_out() -> None:
    assert items([]) == ""


def test_a_table_heads_its_columns_and_its_rows() -> None:
    html = table("Ages", ("Who", "Years"), [("Adult", "18")])

    assert '<th scope="col">Who</th>' in html
    assert '<th scope="row">Adult</th><td>18</td>' in html
    assert "<caption>Ages</caption>" in html
