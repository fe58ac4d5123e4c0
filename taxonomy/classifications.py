"""Classifications as published: the SOC with its titles and its change of 2018, and lists of the states."""

from taxonomy.frozen import frozen


@frozen
class SocGroup:
    """A group or occupation of the SOC 2018, at one of its four levels."""

    soc_code: str
    level: str  # major | minor | broad | detailed
    title: str
    parent: str | None  # the code one level up, as the structure lists it; None for major groups
    definition: str | None
    release: str


@frozen
class SocSuccessor:
    """A SOC 2010 code and one SOC 2018 code that took over from it; a split or merged one has several rows."""

    soc_2010: str
    soc_2018: str
    release: str


@frozen
class DirectMatchTitle:
    """A job title that BLS says means one SOC 2018 occupation and no other.

    Kept for looking up only. The titles by which the resolver of job titles is judged are drawn from this list, so it
    never enters the resolver's index, its lexicon or a fit.
    """

    title: str
    soc_code: str
    illustrative: bool | None  # also printed as an example in the occupation's definition
    release: str


@frozen
class CareerPathway:
    """An occupation and a field of study of a career pathway, as a state groups them."""

    state: str
    cluster: str
    pathway: str
    onet_codes: tuple[str, ...]  # today's; several where the listed one was split
    onet_code_listed: str
    cip_code: str | None
    release: str


@frozen
class ListedCredential:
    """A credential as a state's list names it, before anyone has said which of ours it is."""

    id: str
    kind: str  # license | industry_certificate | degree
    name: str
    onet_codes: tuple[str, ...]  # today's; empty where the list names none
    code_listed: str | None
    state: str
    release: str


@frozen
class OccupationSkill:
    """Where an occupation stands among all in one of BLS's skills: 100 is the highest."""

    soc_code: str
    skill: str
    percentile: int
    release: str


@frozen
class OccupationAttainment:
    """The schooling that workers of an occupation have, per cent of those of 25 years and over."""

    soc_code: str
    less_than_high_school_pct: float | None
    high_school_pct: float | None
    some_college_pct: float | None
    associate_pct: float | None
    bachelor_pct: float | None
    master_pct: float | None
    doctoral_or_professional_pct: float | None
    release: str


@frozen
class OccupationSeparations:
    """How many leave an occupation each year, per cent: for another occupation, or out of the labour force."""

    soc_code: str
    exit_rate_pct: float
    transfer_rate_pct: float
    release: str
