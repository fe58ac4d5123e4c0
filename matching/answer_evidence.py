"""The evidence in an answer: what is known of how well an offering has worked, and who says so."""

from dataclasses import field

from taxonomy.frozen import frozen


@frozen
class RateEstimate:
    """A shrunken rate with its 80 % interval. `n` is the count behind the provider's own figure, None without one."""

    measure: str
    value: float
    low: float
    high: float
    n: int | None
    basis: str  # own | peers
    peers: str
    source: str


@frozen
class StudyFinding:
    """A study that speaks to a step: what, where, on whom, how large, how it faded."""

    study_id: str
    program: str
    relation: str
    design: str
    n: int | None
    enrolled: str | None
    effects: tuple[str, ...]
    ratings: tuple[str, ...]
    caution: str | None
    source: str


@frozen
class Evidence:
    """Evidence for a step: Stackway's own tier, the studies, the rates, the five elements."""

    tier: str
    tier_meaning: str
    studies: tuple[StudyFinding, ...] = ()
    rates: tuple[RateEstimate, ...] = ()
    elements: dict[str, str] = field(default_factory=dict)  # element -> yes | no | unknown
    elements_source: str | None = None
    sentences: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()  # elements not known or not there: what to ask, and what to add locally
