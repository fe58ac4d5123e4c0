"""The start page: what runs here, on which data, and what can be asked."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.deps import ServicesDep

router = APIRouter()

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stackway</title>
</head>
<body>
<main>
<h1>Stackway</h1>
<p>Plans of stackable credentials into better-paid work. The case manager decides; Stackway shows its reasons.</p>
<p>What is known of training and pay: <a href="/studies">studies</a>.
Who may pay, by which law: <a href="/rules">rules</a>.</p>
<p>Data in use: {releases} releases, snapshot {snapshot}.
<a href="/sources">Sources and attribution</a>, for programs at <a href="/v1/sources">/v1/sources</a>.
State of the service: <a href="/readyz">/readyz</a>.
Description for programs: <a href="/openapi.json">/openapi.json</a>.</p>
<table>
<caption>What can be asked</caption>
<thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">What it gives</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>
</body>
</html>
"""


@router.get("/", include_in_schema=False)
async def start_page(request: Request, services: ServicesDep) -> HTMLResponse:
    """Plain words and a table; no script."""
    rows = "\n".join(
        f"<tr><td>{method.upper()}</td><td><code>{escape(path)}</code></td><td>{escape(operation['summary'])}</td></tr>"
        for path, methods in request.app.openapi()["paths"].items()
        for method, operation in methods.items()
    )
    page = _PAGE.format(
        releases=len(services.engine.snapshot.table("releases")),
        snapshot=services.engine.snapshot.digest[:12],
        rows=rows,
    )
    return HTMLResponse(page)
