"""Whether a program is a paid apprenticeship or a course."""

import re

from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# A registered apprenticeship is at least 2,000 hours of paid work (29 CFR 29.5(b)(2)): 50 weeks of 40 hours.
MIN_APPRENTICESHIP_WEEKS = 48
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
    if _PREPARATION.search(listing.name.lower()) or not (sponsor or listing.outcome == "apprenticeship"):
        return "training", ()
    if listing.weeks is None or listing.weeks >= MIN_APPRENTICESHIP_WEEKS or _is_borne_out(listing, sponsor=sponsor):
        return "apprenticeship", ()
    reason = f"{listing.weeks:g} weeks, and nothing but the box says so: a registered one takes 2,000 hours of work"
    column = "provider_kind" if sponsor else "outcome"
    return "training", (Finding("apprenticeship_not_credible", column, "apprenticeship", reason),)


def _is_borne_out(listing: Listing, *, sponsor: bool) -> bool:
    if sponsor:
        return listing.outcome in (None, "apprenticeship") or bool(_NAMED.search(listing.name.lower()))
    return bool(listing.apprentices)
