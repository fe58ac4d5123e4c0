"""`/sources`: every release the answers are made from, with the words its licence asks for."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app import clock
from app.deps import CatalogueDep
from app.web.markup import Html, element, link, page, table
from taxonomy.store import ReleaseStatus

router = APIRouter()


@router.get("/sources", include_in_schema=False)
async def sources_page(catalogue: CatalogueDep) -> HTMLResponse:
    """Attribution needs no key to read."""
    releases = catalogue.list_sources(clock.today())
    return page(
        "Sources",
        element(
            "p",
            "What the answers are made from. Rows that could not be read as published are left out or repaired, "
            "each with its line in the load report: “stackway data report” prints it.",
        ),
        table(
            "Releases in use",
            ("Source", "Edition", "Attribution", "License", "Rows kept", "Rows reported", "Age"),
            [_row(release) for release in releases],
        ),
    )


def _row(release: ReleaseStatus) -> tuple[str | Html | None, ...]:
    title = link(release.link, release.title) if release.link else release.title
    figures = f"{release.rows_kept:,} of {release.rows_read:,}", f"{release.rows_reported:,}"
    return title, release.edition, release.attribution, release.licence, *figures, _age(release)


def _age(release: ReleaseStatus) -> str | None:
    """Days since it was retrieved, against its publisher's schedule."""
    if release.age_days is None:
        return None
    schedule = release.expected_every_days
    if schedule is None:
        return f"{release.age_days} days"
    return f"{release.age_days} days; a new edition every {schedule} days" + ("; overdue" if release.overdue else "")
