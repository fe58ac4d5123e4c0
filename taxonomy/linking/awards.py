"""Which award a program gives: its name outweighs the list's outcome box, which one in fifty degrees ticks wrongly."""

import re

from taxonomy.codes import Education
from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# Degrees name themselves. The first that matches wins, highest first: "BSN to MSN" ends in a master's.
_DEGREES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("graduate", re.compile(r"\b(master'?s?( of| in| degree)|msn|mba|m\.s\.n?|doctor(ate| of)|dnp)\b")),
    ("bachelor", re.compile(r"\b(bachelor'?s?|baccalaureate|bsn|b\.?b\.?a|b\.s\.n?|bas degree|bat degree)\b")),
    (
        "associate",
        re.compile(r"\b(a\.?\s?a\.?\s?s|adn|associate'?s?'? (degree|of (applied|arts|science)|in applied))\b"),
    ),
)
# Words that make a degree's name a way in or a neighbour, not the award: "post-baccalaureate certificate".
_NOT_AWARDED = re.compile(r"\bpost[- ]?baccalaureate\b")

# Bridges start from a licence already held, so they are shorter than the full course and closed to everyone else.
_BRIDGE = re.compile(
    r"\b(lvn|lpn|paramedic|licensed (vocational|practical) nurse)s?\b.{0,15}?"
    r"\b(rn|adn|bsn|registered nurs|nurs\w+ registered|bachelor)|"
    r"\blvnrn\b|\b(rn|registered nurse)\b.{0,6}?\b(bsn|msn|bachelors?|masters?)\b|career mobility|"
    r"\b(nurs\w+|lvn|lpn|rn|adn)\b.*\b(bridge\b|transition)|\btransition to professional nursing"
)
# Degrees for people who bring credits or a first degree: short without being wrong.
_SHORT_FORM = re.compile(r"\bcompletion\b|\bsecond[- ]degree\b|\baccelerated\b")
# Courses for people who hold the credential already: they renew or rehearse it and award nothing new. Exam
# preparation is not among them: for PMP or Security+ it is the usual way to the first certificate.
_RENEWAL = re.compile(
    r"\brenewal|\brecert|\brefresher|\bcontinuing education\b|\bin-?service\b|\bupdate\b|\bexam review\b"
)

# Texas colleges name by these the certificates that follow a degree: an advanced technical certificate asks for an
# associate degree or more, an enhanced skills certificate is taken on top of one (Texas Higher Education Coordinating
# Board, guidelines for workforce education). Lists print the prerequisite of the college instead.
_AFTER_DEGREE = re.compile(r"\badvanced technical cert|\benhanced skills\b|\b(post|second)[- ]associate\b")

# What the award counts as on the BLS ladder of typical entry education.
CONFERS: dict[str, Education] = {
    "none": Education.SOME_COLLEGE,
    "diploma": Education.HIGH_SCHOOL_DIPLOMA,
    "industry_certificate": Education.POSTSECONDARY_CERTIFICATE,
    "college_certificate": Education.POSTSECONDARY_CERTIFICATE,
    "license": Education.POSTSECONDARY_CERTIFICATE,
    "associate": Education.ASSOCIATE,
    "bachelor": Education.BACHELOR,
    "graduate": Education.GRADUATE,
}


def believed_award(listing: Listing) -> tuple[str | None, tuple[Finding, ...]]:
    """The award the program gives, and what was overruled in saying so."""
    degree = _degree_in(listing.name) or _degree_in(listing.credential_text or "", listing)
    if degree is None or degree == listing.outcome:
        return listing.outcome, ()
    if listing.outcome is None:
        return degree, ()
    reason = f"the name says {degree}, the outcome box does not"
    return degree, (Finding("award_contradicts_name", "outcome", listing.outcome or "", reason, "repaired"),)


def _degree_in(text: str, listing: Listing | None = None) -> str | None:
    # The credential box is copied from program to program, so it may not overrule a certificate the outcome names.
    if listing is not None and listing.outcome not in (None, "industry_certificate", "none"):
        return None
    if listing is not None and "certificate" in listing.name.lower():
        return None
    return named_degree(text)


def named_degree(name: str) -> str | None:
    """The degree a program's own name says it gives, or None."""
    words = _NOT_AWARDED.sub(" ", name.lower())
    return next((award for award, pattern in _DEGREES if pattern.search(words)), None)


def is_bridge(listing: Listing) -> bool:
    """Whether the course starts from a licence or degree already held (LVN to RN, RN to BSN, second degree)."""
    return bool(_BRIDGE.search(listing.name.lower()))


def is_short_form(listing: Listing) -> bool:
    """Whether students bring part of the degree with them, so that it may be short."""
    return is_bridge(listing) or bool(_SHORT_FORM.search(listing.name.lower()))


def is_renewal(listing: Listing) -> bool:
    """Whether the course renews or rehearses a credential instead of awarding it."""
    return bool(_RENEWAL.search(listing.name.lower()))


def entry_education(listing: Listing, award: str | None = None) -> str | None:
    """The schooling a course asks for: what the list says, and a degree where the award follows one by its name.

    A college degree asks for a diploma or its equivalent where the list is silent: federal aid does (34 CFR 668.32),
    and so do the degrees of the same list that say anything.
    """
    said = listing.education_required
    if said is None and award in ("associate", "bachelor", "graduate"):
        said = "high_school_equivalency"
    if not _AFTER_DEGREE.search(" ".join(listing.name.lower().split())):
        return said
    return said if said and Education[said.upper()] >= Education.ASSOCIATE else "associate"


def tops_up_degree(name: str) -> bool:
    """Whether a course is taken on top of the degree of its own field, and so is no way into the field for others."""
    return bool(re.search(r"\benhanced skills\b", " ".join(name.lower().split())))
