"""The parts of an answer that name a credential, the job it opens and what that pays."""

from matching.answer_household import BenefitAtRisk
from matching.answer_jobs import JobRule, QualitySignal
from taxonomy.frozen import frozen


@frozen
class WageRange:
    """Hourly wage of a job in an area. `area` says whose figure it is; `fallback` is true when not the person's own."""

    p10: float | None
    p25: float | None
    p50: float | None
    area: str
    area_name: str
    year: int
    fallback: bool
    source: str


@frozen
class Exit:
    """A job a step opens."""

    onet_code: str
    title: str
    wage_usd_per_hour: WageRange
    growth_pct: float | None
    openings_per_year: int | None
    projections_area: str | None  # the area both figures are of
    projections_area_name: str | None
    projections_years: str | None  # "2023-2033"
    projections_fallback: bool  # not the person's own area's
    typical_education: str | None
    feasibility: float | None  # transition model; never the chance that this person succeeds
    counted_wage_usd_per_hour: float  # the percentile above that the value counts
    link_basis: str  # how the program is tied to the job: credential | declared | classified | crosswalk | work
    link_confidence: float  # a calibrated probability where classified; elsewhere our judgement, no frequency
    benefits_at_risk: tuple[BenefitAtRisk, ...] = ()  # of what the household receives; none said, none looked at
    meets_self_sufficiency: bool | None = None  # None: what the household needs is not known here
    job_quality: tuple[QualitySignal, ...] = ()  # each side of the job beside its pay, the unknown ones too
    rules: tuple[JobRule, ...] = ()  # whether it is high-wage, and in demand, with each part of the rule


@frozen
class CredentialRef:
    """A credential named in a step. `verified` False: general knowledge, to be checked."""

    id: str | None
    name: str
    kind: str | None
    issuer: str | None = None
    verified: bool = False
    source: str | None = None


@frozen
class OpenNow:
    """Better paid work that is open without a course: by a credential already held, or because it was done before."""

    basis: str  # credential | work
    credential: CredentialRef | None
    exit: Exit
    sentence: str
