"""What checking a listing's claims found, in one form for programs and for the load report."""

from taxonomy.frozen import frozen
from taxonomy.linking.listing import Listing
from taxonomy.release import Problem


@frozen
class Finding:
    """A claim of a listing that cannot stand, or a repair. `code` goes to Program.problems."""

    code: str
    column: str  # field of Listing
    value: str
    reason: str
    action: str = "claim_lost"  # Problem.action


def problem_of(finding: Finding, listing: Listing) -> Problem:
    """The finding as a line of the load report."""
    return Problem(
        release=listing.release,
        file=listing.file,
        line=listing.line,
        column=finding.column,
        value=finding.value[:120],
        action=finding.action,
        reason=finding.reason,
    )
