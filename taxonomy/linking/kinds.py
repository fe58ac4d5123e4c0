"""Whether a program is a paid apprenticeship or a course."""

import re

from taxonomy.linking.awards import named_degree
from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# A registered apprenticeship is at least 2,000 hours of paid work (29 CFR 29.5(b)(2)): 50 weeks of 40 hours.
MIN_APPRENTICESHIP_WEEKS = 48
# Classes beside the work cost apprentices hundreds to a few thousand dollars a year on the Texas list; above this
# stand the prices of schools, and a plan must not count wages there.
MAX_APPRENTICE_TUITION_USD_PER_YEAR = 5_000
_WEEKS_PER_YEAR = 52
# Preparation for an apprenticeship is a course; sponsors list it beside the real one.
_PREPARATION = re.compile(r"\bpre[- ]?apprentic|\bmulti-?\s?craft core\b")
_NAMED = re.compile(r"\bapprentice|\bjatc\b")


def program_kind(listing: Listing) -> tuple[str, tuple[Finding, ...]]:
    """`apprenticeship` or `training`, and the claim lost where a course calls itself an apprenticeship.

    An apprenticeship pays wages from the first day, so a plan leans on this word. A sponsor of the national list that
    names the apprenticeship is believed, for its weeks are those of the evening classes. A sponsor's other short
    courses are courses, and so is what another school calls an apprenticeship without apprentices or the length.
    """
    sponsor = listing.provider_kind == "apprenticeship"
    if is_preparation(listing.name) or not (sponsor or listing.outcome == "apprenticeship"):
        return "training", ()
    doubt = _school_course(listing)
    if doubt is not None:
        return "training", (Finding("apprenticeship_not_credible", "outcome", "apprenticeship", doubt),)
    if listing.weeks is None or listing.weeks >= MIN_APPRENTICESHIP_WEEKS or _is_borne_out(listing, sponsor=sponsor):
        return "apprenticeship", ()
    reason = f"{listing.weeks:g} weeks, and nothing but the box says so: a registered one takes 2,000 hours of work"
    column = "provider_kind" if sponsor else "outcome"
    return "training", (Finding("apprenticeship_not_credible", column, "apprenticeship", reason),)


def is_preparation(name: str) -> bool:
    """Whether a course prepares for an apprenticeship, and so opens the way to it but not the trade."""
    return bool(_PREPARATION.search(name.lower()))


def _school_course(listing: Listing) -> str | None:
    """What makes a claimed apprenticeship a school's course, or None."""
    degree = named_degree(listing.name)
    if degree is not None and not _NAMED.search(listing.name.lower()):
        return f"its name says a degree ({degree})"
    years = max(1.0, (listing.weeks or 0) / _WEEKS_PER_YEAR)
    if listing.tuition_usd is not None and listing.tuition_usd / years > MAX_APPRENTICE_TUITION_USD_PER_YEAR:
        return f"it charges ${listing.tuition_usd:,.0f}; apprentices are paid, and pay for classes at most"
    return None


def _is_borne_out(listing: Listing, *, sponsor: bool) -> bool:
    if sponsor:
        return listing.outcome in (None, "apprenticeship") or bool(_NAMED.search(listing.name.lower()))
    return bool(listing.apprentices)
