"""Whether a program's stated length can be true, and an estimate from like programs where it cannot.

Every threshold is an outer bound: it drops what cannot be, not what is unusual.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from statistics import median

from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.linking.awards import is_short_form
from taxonomy.linking.findings import Finding
from taxonomy.linking.kinds import MIN_APPRENTICESHIP_WEEKS
from taxonomy.linking.listing import Listing

# Six years: the longest registered apprenticeships take five, with a year's grace. Beyond it stand spreadsheet dates
# (44481) and sentinels (99999).
MAX_WEEKS = 312
# Instruction beyond 60 hours a week leaves no day free. One per cent of the Texas list claims it, mostly by "1 week".
MAX_HOURS_PER_WEEK = 60
# Class hours under one a week for a term or more are credit hours in the wrong box.
MIN_HOURS_PER_WEEK = 1
TERM_WEEKS = 16
# A bachelor's degree is 120 semester credit hours, an associate's 60, a credit about 15 class hours: fewer class
# hours than these cannot be the degree, so the box holds credits. Completion courses are a quarter of a degree.
MIN_DEGREE_HOURS = {"bachelor": 400, "associate": 400, "graduate": 300}
# Two academic years of 32 weeks for a bachelor's, one for an associate's: half the regular course, which the fastest
# student may reach. Completion and bridge courses, whose students bring the rest, are exempt.
# A registered apprenticeship takes 2,000 paid hours (29 CFR 29.5(b)(2)); a list's few weeks are its evening classes.
MIN_WEEKS = {"bachelor": 64, "associate": 32, "apprenticeship": MIN_APPRENTICESHIP_WEEKS}
MIN_SHORT_FORM_HOURS = 160
# 120 semester credits of about 15 class hours are 1,800; below half of that a course is not the whole degree.
WHOLE_BACHELOR_HOURS = 900
MIN_PEERS = 3


@frozen
class Length:
    """A checked length. Unknown is None."""

    weeks: float | None
    clock_hours: float | None
    basis: str  # listed | span | estimated | unknown
    findings: tuple[Finding, ...] = ()


def check_length(listing: Listing, award: str | None) -> Length:
    """Length as listed, without what cannot be true."""
    findings: list[Finding] = []
    hours, weeks = listing.clock_hours, listing.weeks
    for check in (_credit_hours, _impossible_weeks, _hours_against_weeks, _too_short_for_award):
        finding = check(listing, award, hours, weeks)
        if finding is not None:
            findings.append(finding)
            hours = None if finding.column == "clock_hours" else hours
            weeks = None if finding.column == "weeks" else weeks
    if listing.weeks is None:
        findings.append(Finding("weeks_missing", "weeks", "", "the list gives no number of weeks", "value_unknown"))
    basis = "unknown" if weeks is None else "listed" if listing.weeks_least is None else "span"
    return Length(weeks, hours, basis, tuple(findings))


def _credit_hours(listing: Listing, award: str | None, hours: float | None, _weeks: float | None) -> Finding | None:
    least = MIN_DEGREE_HOURS.get(award or "")
    if hours is None or least is None:
        return None
    if hours >= (MIN_SHORT_FORM_HOURS if is_short_form(listing) else least):
        return None
    reason = f"{hours:g} clock hours cannot be a degree ({award}); likely credit hours"
    return Finding("credit_hours_in_clock_hours", "clock_hours", f"{hours:g}", reason)


def _impossible_weeks(
    _listing: Listing, _award: str | None, _hours: float | None, weeks: float | None
) -> Finding | None:
    if weeks is None or 0 < weeks <= MAX_WEEKS:
        return None
    return Finding("weeks_impossible", "weeks", f"{weeks:g}", f"no program takes {weeks:g} weeks")


def _hours_against_weeks(
    listing: Listing, _award: str | None, hours: float | None, weeks: float | None
) -> Finding | None:
    if hours is None or weeks is None:
        return None
    a_week = hours / weeks
    if a_week > MAX_HOURS_PER_WEEK:
        reason = f"{hours:g} hours in {weeks:g} weeks is {a_week:.0f} hours a week"
        return Finding("weeks_contradict_hours", "weeks", f"{weeks:g}", reason)
    # Online courses sell access for months to a few hours of material, so there the same figures may be true.
    if a_week < MIN_HOURS_PER_WEEK and weeks >= TERM_WEEKS and listing.modality != "online":
        reason = f"{hours:g} hours over {weeks:g} weeks is under an hour a week; likely credit hours"
        return Finding("hours_contradict_weeks", "clock_hours", f"{hours:g}", reason)
    return None


def _too_short_for_award(
    listing: Listing, award: str | None, _hours: float | None, weeks: float | None
) -> Finding | None:
    least = MIN_WEEKS.get(award or "")
    if weeks is None or least is None or weeks >= least or is_short_form(listing):
        return None
    reason = f"{weeks:g} weeks is too short for the whole award ({award}); a part of it, or an error"
    return Finding("length_implausible_for_award", "weeks", f"{weeks:g}", reason)


def is_part_of_degree(listing: Listing, credential: Credential | None) -> bool:
    """Whether the class hours are too many for credits and too few for a whole bachelor's degree.

    Such a course completes a degree begun elsewhere, though its name does not say so: it is not open to beginners.
    """
    if credential is None or credential.education_awarded != "bachelor" or is_short_form(listing):
        return False
    return listing.clock_hours is not None and MIN_SHORT_FORM_HOURS <= listing.clock_hours < WHOLE_BACHELOR_HOURS


def check_rule_hours(length: Length, credential: Credential | None, *, is_short: bool) -> Length:
    """The length without class hours under half of what the credential's own rule asks for.

    "8 hours" of nurse-aide training cannot have been approved; half, because some rules count clinical hours that a
    list leaves out. Courses for people who bring part of the training are exempt (`is_short`).
    """
    hours, least = length.clock_hours, credential.training_hours if credential else None
    if hours is None or least is None or is_short or hours >= least / 2:
        return length
    reason = f"{hours:g} clock hours; the rule asks for {least:g}"
    finding = Finding("hours_below_rule", "clock_hours", f"{hours:g}", reason)
    return replace(length, clock_hours=None, findings=(*length.findings, finding))


@frozen
class Measured:
    """What the peer estimate needs of a program."""

    list_id: str
    credential_id: str | None
    cip: str | None
    award: str | None
    length: Length

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Peer groups, nearest first: same credential, else same four-digit field and award."""
        by_credential = ((self.list_id, "credential", self.credential_id),) if self.credential_id else ()
        by_field = ((self.list_id, "field", self.cip[:5], self.award),) if self.cip and self.award else ()
        return by_credential + by_field


Peers = Mapping[tuple[str, ...], Sequence[tuple[float, float]]]


def list_peers(programs: Iterable[Measured]) -> Peers:
    """Hours and weeks of the programs where both stand, by peer group."""
    peers: dict[tuple[str, ...], list[tuple[float, float]]] = defaultdict(list)
    for program in programs:
        if program.length.basis == "listed" and program.length.weeks and program.length.clock_hours:
            for group in program.groups:
                peers[group].append((program.length.clock_hours, program.length.weeks))
    return peers


def estimate_weeks(program: Measured, peers: Peers) -> Length:
    """The program's length, weeks estimated from its hours at the median pace of at least three peers.

    Only peers of half to twice its hours count: a short evening course says nothing about the pace of a full-time year.
    A degree is taught by the term, however few its class hours: there the peers' median weeks are the least.
    """
    length = program.length
    if length.weeks is not None or length.clock_hours is None or program.award == "apprenticeship":
        return length  # an apprenticeship's class hours say nothing about its years of work
    hours = length.clock_hours
    for group in program.groups:
        like = [(h, w) for h, w in peers.get(group, ()) if hours / 2 <= h <= hours * 2]
        if len(like) >= MIN_PEERS:
            usual = hours / median(h / w for h, w in like)
            if program.award in MIN_DEGREE_HOURS:
                usual = max(usual, median(w for _, w in like))
            # Whole weeks, rounded up: an estimate should not promise the week a course does not have.
            weeks = float(ceil(usual))
            # What would not be believed of the list is not believed of the estimate either.
            return (
                length
                if weeks < MIN_WEEKS.get(program.award or "", 0)
                else replace(length, weeks=weeks, basis="estimated")
            )
    return length
