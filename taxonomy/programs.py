"""Providers, their programs, and counted outcomes."""

from taxonomy.frozen import frozen


@frozen
class Provider:
    """Who teaches. `study_links` in taxonomy.studies ties a provider to trials; names never do."""

    id: str
    name: str
    # community_college | university | private_for_profit | private_non_profit | public | apprenticeship | other
    kind: str | None
    release: str
    # Numbers and names of the lists that are the same provider's, by address or site (taxonomy.linking.providers).
    other_ids: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@frozen
class Program:
    """One offering that awards a credential at one place. Unknown is None, never zero.

    `credential_id` is None when the list's words name no credential we know ("unknown industry certificate").
    `problems` are codes of what the loader or the linker found wrong; the record is kept, the claim is lost.
    """

    id: str
    provider_id: str
    provider_name: str
    name: str
    kind: str  # training | apprenticeship
    credential_id: str | None
    credential_text: str | None  # the list's own words
    credential_confidence: float  # 0..1 that credential_id is right
    # industry_certificate | college_certificate | associate | bachelor | graduate | license | apprenticeship |
    # diploma | none
    award: str | None
    cip_code: str | None
    clock_hours: float | None
    weeks: float | None
    weeks_basis: str  # listed | span | estimated | unknown; of a span `weeks` is the most
    modality: str | None  # Modality label
    evening: bool | None
    weekend: bool | None
    flexible_hours: bool | None
    child_care_onsite: bool | None
    near_transit: bool | None
    language: str  # language of instruction, ISO 639-1
    tuition_usd: float | None  # tuition and fees
    books_usd: float | None  # books and supplies
    pell: str | None  # yes | no | pending
    education_required: str | None  # Education label
    courses_required: bool | None
    city: str | None
    county: str | None
    state: str | None
    zip: str | None
    latitude: float | None
    longitude: float | None
    listed_on: str | None  # ISO date the program joined the list
    updated_on: str | None
    same_course: tuple[str, ...]  # ids of listings merged into this one (other delivery methods, repeats)
    problems: tuple[str, ...]
    release: str
    weeks_least: float | None = None  # of a span
    starts_on: str | None = None  # ISO date of the next start
    seats: int | None = None  # free at that start
    minimum_age: int | None = None
    # Postal code of the state whose list it stands on, which training funds follow; None: the state it is in.
    listed_in: str | None = None


@frozen
class ProgramOccupation:
    """A job a program leads to. Only `usable` links become exit points; the others stay, with the reason."""

    program_id: str
    onet_code: str
    # Classified: the probability that a provider would declare it, calibrated on providers held out. Others: our
    # judgement, ordered by how well the sources agree; it ranks, and is no frequency.
    confidence: float
    basis: str  # the strongest source: credential | declared | classified; crosswalk in snapshots of earlier versions
    usable: bool
    reason: str | None  # why not usable: contradicts_credential | licence_needed | above_award | barred | unsure | ...
    release: str
    sources: tuple[str, ...] = ()  # all that names it: credential | declared | field_of_study | title | like_courses


@frozen
class FieldOfStudy:
    """A pair of the crosswalk of fields of study (CIP 2020) and occupations (SOC 2018), many to many as published."""

    cip_code: str
    soc_code: str
    release: str


@frozen
class FieldTitle:
    """What a field of study (CIP 2020) is called."""

    cip_code: str
    title: str
    release: str


@frozen
class OutcomeRate:
    """Counts behind a published rate. Rates below our small-cell rule are kept for pooling, never shown."""

    provider_id: str
    program_id: str | None
    cip_code: str | None
    measure: str  # completion | employment_q2 | employment_q4 | credential
    numerator: float
    denominator: float
    population: str  # all_students | wioa | completers | exiters
    period: str | None
    release: str


@frozen
class OutcomeEarnings:
    """What those who left a program earned in one quarter. Published by the quarter; a year is not four of them."""

    provider_id: str
    program_id: str | None
    cip_code: str | None
    measure: str  # earnings_q2 | earnings_q4 | earnings_q8: in that quarter after leaving
    statistic: str  # median | mean; neither can be averaged over programs without its people
    usd_per_quarter: float
    people: int | None  # whose earnings were found; None where the publisher does not say
    population: str  # all_students | wioa | completers | exiters
    period: str | None
    release: str


@frozen
class PeerRate:
    """Beta prior of a rate for a peer group: what an unreported program is assumed to do, with its spread.

    Fitted from counts of real lists; `programs` and `people` say how many stand behind it.
    """

    measure: str
    group: str  # "all", or a two-digit CIP family
    alpha: float
    beta: float
    programs: int
    people: int
    area: str
    period: str
    source: str
    release: str
    award: str | None = None  # that every program of the group gives; None: whatever they give
    population: str | None = None  # whom they all count, as in `OutcomeRate`; None: not kept by an older snapshot
