"""Occupations, their titles, wages and the phrases that name their skills."""

from taxonomy.frozen import frozen


@frozen
class Occupation:
    """One O*NET-SOC 2019 occupation with what BLS projects for it. Unknown is None, never zero."""

    onet_code: str
    title: str
    soc_code: str
    job_zone: int | None
    typical_education: str | None  # Education label; BLS "typical education needed for entry"
    work_experience: str | None  # none | less_than_5_years | 5_years_or_more
    on_the_job_training: str | None  # none | short_term | moderate_term | long_term | apprenticeship | internship
    growth_pct: float | None  # projected change of employment over the projection period, per cent
    openings_per_year: int | None  # projected openings a year, all causes
    employment: int | None  # jobs in the base year
    projections_area: str | None  # area code the three figures above speak of: "US", "TX", ...
    ratings_from: str | None  # O*NET code whose ratings are used: its own, a sibling's, or None when there are none
    barred: str | None  # why it may never be a target: postsecondary_teacher | all_other_without_profile | military
    release: str  # release id of code and title
    projections_release: str | None
    # SOC code the projections speak of, where BLS publishes only a wider group ("31-1120" for 31-1121); else None.
    projections_of: str | None = None
    interests: str | None = None  # O*NET's interest high points in order, Holland letters such as "SIC"


@frozen
class Title:
    """A job title that names an occupation."""

    text: str
    onet_code: str
    kind: str  # occupation | alternate | reported | direct_match | lexicon
    release: str


@frozen
class Descriptor:
    """A column of the rating matrices: one O*NET skill, knowledge area or ability."""

    element_id: str
    name: str
    kind: str  # skill | knowledge | ability
    release: str


@frozen
class SkillPhrase:
    """Words people use for a skill, and the descriptor or technology they name."""

    text: str
    element_id: str | None
    technology: str | None
    level: float | None  # O*NET level (0-7) the phrase speaks for, when it does
    release: str


@frozen
class OccupationTechnology:
    """A technology that workers of an occupation use."""

    onet_code: str
    technology: str
    hot: bool
    release: str


@frozen
class TaskStatement:
    """One task of an occupation in O*NET's words: material for the likeness of occupations, not shown in answers."""

    onet_code: str
    text: str
    release: str
    task_id: str | None = None  # O*NET's number of the task, by which its ratings and activities name it
    kind: str | None = None  # core | supplemental; None where it is not rated yet


@frozen
class RelatedOccupation:
    """O*NET's related-occupation pair: material for fitting and judging the transition model, not for answers."""

    onet_code: str
    related_code: str
    rank: int
    release: str


# All occupations together, as wage tables code them: no occupation, but what the pay of one is compared with.
ALL_WORK = "00-0000"


@frozen
class Wage:
    """Hourly wage distribution of a SOC occupation in an area, US dollars of `year`.

    A figure OEWS withheld is None and named in `withheld`; a figure above the survey's top code is None and named in
    `top_coded`: it is high, not missing.
    """

    soc_code: str
    area: str  # "US", a state's postal code, or a CBSA code
    area_name: str
    year: int
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    employment: int | None
    top_coded: tuple[str, ...]
    withheld: tuple[str, ...]  # also "annual_only" where OEWS publishes no hourly wage because hours vary
    release: str
    # SOC code of the wider group the figures are of, where OEWS publishes only that ("31-1120" for 31-1121); else None.
    published_as: str | None = None


@frozen
class WorkActivity:
    """A detailed work activity, or the intermediate one above it, whose parent is a content element."""

    activity_id: str
    parent_id: str
    kind: str  # intermediate | detailed
    title: str
    release: str
