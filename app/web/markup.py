"""HTML as values: text is escaped unless it was made here, so a page cannot be broken by what it shows."""

from collections.abc import Iterable, Sequence
from html import escape

from fastapi.responses import HTMLResponse

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { font-weight: bold; text-align: left; padding: 0.25rem 0; }
th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
@media print {
  nav, .skip { display: none; }
  body { max-width: none; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Stackway</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="Pages"><a href="/">Start</a> | <a href="/studies">Studies</a> | <a href="/rules">Rules</a> |
<a href="/sources">Sources</a></nav>
<main id="content">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Html | None


def shown(content: Content) -> Html:
    """Content as HTML; what is not known is said so, never left blank."""
    if content is None:
        return Html("not known")
    return content if isinstance(content, Html) else Html(escape(content))


def element(tag: str, *content: Content, **attributes: str) -> Html:
    """One element with its content."""
    given = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{given}>{''.join(shown(part) for part in content)}</{tag}>")


def link(address: str, text: str) -> Html:
    """A link; an address that is not one of the web's is shown as plain text."""
    return element("a", text, href=address) if address.startswith(("https://", "http://", "/", "#")) else shown(text)


def items(contents: Iterable[Content]) -> Html:
    """A list of points; nothing at all when there are none."""
    points = [element("li", content) for content in contents]
    return element("ul", *points) if points else Html("")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Content]]) -> Html:
    """A table with a caption, headed columns, and rows headed by their first cell."""
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    return element("table", element("caption", caption), head, element("tbody", *body))


def page(title: str, *body: Html) -> HTMLResponse:
    """A whole page. It has no script, reads aloud in order, and prints."""
    text = _PAGE.format(title=escape(title), style=_STYLE, body="\n".join(body))
    return HTMLResponse(text, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})
