"""Impact studies as data: what was measured, where, on whom, and what each clearinghouse said of it."""

from taxonomy.frozen import frozen


@frozen
class Study:
    """One evaluation of one program. Ratings and effects are separate rows, so that disagreement can be shown."""

    id: str
    program: str
    provider_id: str | None  # stable id of the evaluated organisation, when it is one
    site: str
    sector: str
    design: str  # rct | qed | descriptive
    n: int | None
    enrolled: str | None  # years, "2006-2008"
    citation: str
    url: str
    elements: tuple[str, ...]  # screening, training, career_readiness, supports, employer_ties: as the source has it
    elements_checked: bool  # False: attributed to a group of programs, not checked element by element
    population: str  # short, in our words
    screening: str | None
    cost_usd: float | None
    cost_year: int | None
    caution: str | None
    confidence: str  # V: read in a primary or official source | V2: per the named secondary source
    checked_on: str
    sites: int | None = None  # places the sample was drawn from; None: not stated
    also_sectors: tuple[str, ...] = ()  # sectors beside `sector` that the same sample trained for
    n_analysed: int | None = None  # people whose outcomes the estimates rest on; None: not stated
    cost_of: str | None = None  # whose cost and of what: "the program, a participant"
    part_of: str | None = None  # id of the study that pools these same people, so that nobody counts them twice


@frozen
class Effect:
    """One estimate, in its own unit and dollar year. A null result has `significant` False and its value if known."""

    study_id: str
    outcome: str  # earnings | earnings_threshold | employment | credential | benefit (public aid) | net_benefit
    follow_up: str  # "year 9", "quarters 6-7"
    follow_up_years: float | None
    estimate_usd: float | None
    period: str | None  # quarter | year | cumulative
    dollar_year: int | None
    percent: float | None
    percentage_points: float | None
    significant: bool | None  # p < .05 unless `note` says otherwise; None: not stated
    direction: str  # favourable | none | unfavourable | not_compared (a count without a comparison group)
    note: str | None
    confidence: str  # V | V2
    control_mean_usd: float | None = None  # what people without the program earned in the same span and dollars
    effect_sd: float | None = None  # in standard deviations, as the clearinghouse has it
    subgroup: str | None = None  # part of the sample it speaks of; None: all of it. Tiers rest on the whole sample only


@frozen
class Rating:
    """A clearinghouse's own word, belonging to (clearinghouse, version, study or intervention, outcome, term, date)."""

    study_id: str
    clearinghouse: str
    version: str | None
    level: str  # study | intervention
    outcome: str | None
    term: str | None
    value: str
    as_of: str | None
    url: str
    confidence: str


@frozen
class StudyLink:
    """Which present offering a study speaks to, and how directly. Never made from a similar name."""

    study_id: str
    provider_id: str | None  # None: every provider of programs of `program_kind`; evidence on the model, not on one
    relation: str  # same_site | same_provider_other_site | replication
    sector: str | None  # limits the link to programs of this sector
    note: str | None
    source: str
    program_kind: str | None = None  # limits the link to programs of this kind


@frozen
class Support:
    """An intermediary that supports people beside a course somebody else teaches (counseling, tuition, child care)."""

    id: str
    provider_id: str
    name: str
    county: str
    state: str
    sector: str
    partner_provider_ids: tuple[str, ...]  # colleges whose programs it supports; empty: unknown, ask
    credential_ids: tuple[str, ...]  # programs it is known to support; empty: any of the sector
    gives: tuple[str, ...]  # counseling | tuition_help | child_care_help | transport_help | job_placement
    full_time_study: bool | None  # required of participants, as last read
    education_required: str | None
    cost_to_person_usd: float | None
    verified: bool
    source: str
    checked_on: str
