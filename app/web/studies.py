"""`/studies`: every impact study on record with what it found, its ratings and its source."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.deps import CatalogueDep
from app.web.markup import Html, element, items, link, page, table
from matching.evidence.book import StudyRecord
from matching.evidence.scales import SCALES, SECTOR_REVIEW
from matching.evidence.tiers import MEANINGS
from matching.evidence.units import usd_per_year
from taxonomy.codes import Tier
from taxonomy.studies import Study

router = APIRouter()

_PERIODS = {"year": "a year", "quarter": "a quarter", "cumulative": "in all"}
_CLEARNESS = {True: "statistically clear", False: "could be chance", None: "not stated"}
_DESIGNS = {"rct": "lottery study", "qed": "compared without a lottery", "descriptive": "counts or descriptions only"}


@router.get("/studies", include_in_schema=False)
async def studies_page(catalogue: CatalogueDep) -> HTMLResponse:
    """Gains, nulls and losses alike; tiers are Stackway's own and said to be."""
    records = catalogue.evidence.list_studies()
    return page(
        "Studies",
        element(
            "p",
            "Every study that Stackway knows of training programs and pay, whether or not it found a gain. "
            "A study tells of one program, at one place and time. It does not tell what one person will earn.",
        ),
        _review(),
        _tiers(records),
        _scales(),
        _amounts(records),
        *(_study(record) for record in sorted(records, key=lambda r: (r.study.program, r.study.id))),
    )


def _review() -> Html:
    """The range that is quoted most, once, with what it rests on and what came after it."""
    review = SECTOR_REVIEW
    return element(
        "p",
        f"The range that is quoted most: {review.studies} lottery studies of {review.providers} sector programs found "
        f"pay {review.low_percent} to {review.high_percent} percent higher after training (",
        link(review.link, review.citation),
        f"; {review.read}). These were people who passed each program's screening. Later looks at the same programs, "
        "listed below, found less at most places.",
    )


def _tiers(records: Sequence[StudyRecord]) -> Html:
    counts = Counter(record.tier for record in records)
    rows = [(tier.value, MEANINGS[tier], str(counts[tier])) for tier in Tier]
    return table("Tiers: Stackway's own rule, not a clearinghouse's", ("Tier", "Meaning", "Studies"), rows)


def _scales() -> Html:
    rows = [(g.clearinghouse, g.value, g.meaning, g.about, link(g.source, g.source)) for g in SCALES]
    heads = ("Clearinghouse", "Value", "Meaning", "Said of", "Source")
    return table("What the clearinghouses mean by their words", heads, rows)


def _amounts(records: Sequence[StudyRecord]) -> Html:
    """Effects on pay that are amounts, converted to one unit beside the study's own."""
    rows = [
        (
            link(f"#{record.study.id}", f"{record.study.program}, {record.study.site}"),
            f"{effect.follow_up} ({effect.subgroup})" if effect.subgroup else effect.follow_up,
            f"{effect.estimate_usd:+,.0f} {_PERIODS.get(effect.period or '', '')}",
            f"{per_year:+,.0f}",
            None if effect.dollar_year is None else str(effect.dollar_year),
            _CLEARNESS[effect.significant],
        )
        for record in records
        for effect in record.effects
        if (per_year := usd_per_year(effect)) is not None
    ]
    heads = ("Study", "When", "Dollars, as the study has it", "Dollars a year", "Dollars of", "Chance")
    return table("Effects on pay in one unit: a quarter taken four times, a sum spread over its years", heads, rows)


def _people(study: Study) -> str | None:
    if study.n is None:
        return None if study.n_analysed is None else f"{study.n_analysed:,} were analysed"
    return f"{study.n:,}" if study.n_analysed is None else f"{study.n:,}, of whom {study.n_analysed:,} were analysed"


def _cost(study: Study) -> str | None:
    """Of the program, in its own dollars, and whose cost it is."""
    if study.cost_usd is None:
        return None
    year = f", {study.cost_year} dollars" if study.cost_year else ""
    return f"${study.cost_usd:,.0f}{year}" + (f" ({study.cost_of})" if study.cost_of else "")


def _study(record: StudyRecord) -> Html:
    study, finding = record.study, record.finding
    facts = [
        ("Tier (Stackway's own)", f"{record.tier.value}: {MEANINGS[record.tier]}"),
        ("Design", _DESIGNS.get(study.design, study.design)),
        ("People in the study", _people(study)),
        ("Cost", _cost(study)),
        ("Joined", study.enrolled),
        ("Who they were", study.population),
        ("Asked before joining", study.screening),
        ("Found", items(finding.effects) if finding.effects else "No effect is on record."),
        ("Ratings", items(finding.ratings) if finding.ratings else "None is on record."),
        ("Bear in mind", study.caution),
        ("Source", Html(f"{element('span', study.citation)}; {link(study.url, study.url)}")),
        ("Read", f"{'in the source' if study.confidence == 'V' else 'in a secondary source'}; {study.checked_on}"),
    ]
    name = f"{study.program}, {study.site}"
    body = table(name, ("About", "What is on record"), facts)
    return element("section", element("h2", name, id=study.id), body)
