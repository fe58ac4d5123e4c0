"""Words of a place: what a local board knows people there to mean."""

from taxonomy.frozen import frozen


@frozen
class LocalWord:
    """Words that stand for a code in a board's area, from `effective_from` up to and including `effective_to`."""

    kind: str  # title | skill | credential
    text: str
    code: str  # O*NET-SOC code, O*NET element id or technology, or credential id
    area: str  # the board: "TX:ALAMO"
    effective_from: str
    effective_to: str | None  # None: until changed
    release: str
