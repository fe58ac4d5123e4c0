"""Whether a program's stated price can be true."""

from taxonomy.frozen import frozen
from taxonomy.linking.findings import Finding
from taxonomy.linking.listing import Listing

# The dearest price on the Texas list that its school publishes is a private nursing degree at $129,000. Another
# state's list holds $41,984,198, cents or a phone number in the price box.
MAX_TUITION_USD = 150_000
# Who may truly charge nothing: a grant pays. For an apprenticeship the employer or union does, and `kind` says so; the
# short courses that a sponsor sells beside it (crane or rigging weeks at "0") cost money like any other.
_FREE_OF_CHARGE = ("private_non_profit",)


@frozen
class Cost:
    """A checked price. Unknown is None, never zero."""

    tuition_usd: float | None
    books_usd: float | None
    findings: tuple[Finding, ...] = ()


def check_cost(listing: Listing, kind: str) -> Cost:
    """Price as listed, without what cannot be true.

    On the Texas list 45 programs outside apprenticeship show zero tuition; read by eye they are colleges' rows whose
    price was never filled in. "Free" would be a promise nobody made, so it is unknown. Zero books beside a real
    tuition stays: many schools include books.
    """
    tuition, books = listing.tuition_usd, listing.books_usd
    findings: list[Finding] = []
    if tuition == 0 and kind != "apprenticeship" and listing.provider_kind not in _FREE_OF_CHARGE:
        reason = "a price of zero outside apprenticeships and non-profits is a box left empty"
        findings.append(Finding("zero_cost_claim", "tuition_usd", "0", reason))
        tuition, books = None, books or None
    if tuition is not None and tuition > MAX_TUITION_USD:
        findings.append(Finding("absurd_cost", "tuition_usd", f"{tuition:g}", f"above ${MAX_TUITION_USD:,}"))
        tuition = None
    if books is not None and books > MAX_TUITION_USD:
        findings.append(Finding("absurd_cost", "books_usd", f"{books:g}", f"above ${MAX_TUITION_USD:,}"))
        books = None
    return Cost(tuition, books, tuple(findings))
