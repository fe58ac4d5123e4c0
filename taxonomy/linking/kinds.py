"""Whether a program is a paid apprenticeship or a course."""

import re

from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# A registered apprenticeship is at least 2,000 hours of paid work (29 CFR 29.5(b)(2)): 50 weeks of 40 hours.
MIN_APPRENTICESHIP_WEEKS = 48
# Preparation for an apprenticeship is a course; sponsors list it beside the real one.
_PRE_APPRENTICESHIP = re.compile(r"\bpre[- ]?apprentic|\bmulti-?\s?craft core\b")


def program_kind(listing: Listing) -> tuple[str, tuple[Finding, ...]]:
    """`apprenticeship` or `training`, and the claim lost where a course calls itself an apprenticeship.

    An apprenticeship pays wages from the first day, so a plan leans on this word. A sponsor of the national list is
    believed; another school's claim falls when it has no apprentices and is too short to be registered.
    """
    if _PRE_APPRENTICESHIP.search(listing.name.lower()):
        return "training", ()
    if listing.provider_kind == "apprenticeship":
        return "apprenticeship", ()
    if listing.outcome != "apprenticeship":
        return "training", ()
    if not listing.apprentices and listing.weeks is not None and listing.weeks < MIN_APPRENTICESHIP_WEEKS:
        reason = f"{listing.weeks:g} weeks and no apprentices: shorter than the 2,000 hours of a registered one"
        return "training", (Finding("apprenticeship_not_credible", "outcome", "apprenticeship", reason),)
    return "apprenticeship", ()
