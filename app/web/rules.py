"""`/rules`: each rule with its clauses and test cases, each amount with its source and dates. Made from the data."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app import clock
from app.deps import ServicesDep
from app.web.markup import Html, element, items, link, page, table
from matching.eligibility.law import Law
from matching.eligibility.screening import StreamVerdict, screen
from matching.seeker import Seeker
from taxonomy.law import Parameter
from taxonomy.loaders.law_review import load_scenarios, load_schedules, schedule_of

router = APIRouter()

_STATUSES = {
    "appears_eligible": "appears eligible",
    "appears_ineligible": "appears ineligible",
    "needs_document": "needs a document",
    "unknown": "asks a question",
}


@router.get("/rules", include_in_schema=False)
async def rules_page(services: ServicesDep) -> HTMLResponse:
    """The rules of today, and every amount ever in force that is held here."""
    parameters: Sequence[Parameter] = services.engine.snapshot.table("parameters")
    today = clock.today()
    return page(
        "Rules",
        element(
            "p",
            "Stackway screens; staff of the board, the State or the school decide, on documents. Each rule is listed "
            f"as it stands on {today.isoformat()}, with every clause that may be asked and the cases it is tested on.",
        ),
        element("h2", "Rules", id="rules"),
        *_rules(parameters, today),
        element("h2", "Amounts and dates", id="amounts"),
        _amounts(parameters, today),
    )


def _rules(parameters: Sequence[Parameter], today: date) -> list[Html]:
    # Nobody in particular: what is asked of everybody is every clause.
    verdicts = screen(Seeker(), Law(parameters), today, "US")
    cases: defaultdict[str, list[str]] = defaultdict(list)
    for scenario in load_scenarios():
        cases[scenario.stream].append(f"{scenario.name} ({_STATUSES[scenario.status]}; on {scenario.on})")
    return [_rule(verdict, cases[verdict.stream]) for verdict in verdicts]


def _rule(verdict: StreamVerdict, cases: Sequence[str]) -> Html:
    clauses = dict.fromkeys((leaf.name, leaf.citation) for leaf in verdict.finding.leaves())
    rows = [(name.replace("_", " "), citation) for name, citation in clauses]
    documents = element("p", "Documents: ", "; ".join(verdict.documents), ".") if verdict.documents else Html("")
    return element(
        "section",
        element("h3", verdict.name, id=verdict.stream),
        element("p", verdict.citation, f". {verdict.note}" if verdict.note else "."),
        documents,
        table(f"Clauses: {verdict.name}", ("Clause", "Citation"), rows),
        element("p", f"Tested on {len(cases)} cases:"),
        items(cases),
    )


def _amounts(parameters: Sequence[Parameter], today: date) -> Html:
    schedules = load_schedules()
    known = {schedule.family for schedule in schedules}
    rows = []
    for row in sorted(parameters, key=lambda p: (p.id, p.area, p.effective_from)):
        # A board's own rules follow the board's calendar, not the one held here.
        ours = row.id in known or row.id.partition(".")[0] in known
        due = schedule_of(row, schedules).due_on(row.checked_on) if ours else None
        past = due is not None and due < today and (row.effective_to is None or row.effective_to >= today.isoformat())
        said = "as the board says" if due is None else f"{due.isoformat()}{': overdue' if past else ''}"
        rows.append(
            (
                row.id,
                f"{row.value:,.10g}" if row.unit != "date" else f"{row.value:.0f}",
                row.unit,
                row.area,
                row.effective_from,
                row.effective_to or "until changed",
                link(row.link, row.citation),
                row.checked_on,
                said,
                "yes" if row.verified else "no: not applied",
            )
        )
    heads = ("Name", "Value", "Unit", "Area", "From", "To", "Source", "Checked", "Check again by", "Verified")
    return table("Every amount and date the rules read", heads, rows)
