"""The question: what a job seeker can do, holds and needs. Everything is optional; unknown is None.

Protected traits (race, sex, disability, household language, arrest record) have no field here, so no stage can read
them. `birth_year` serves legal minimum ages and funding rules only.
"""

from dataclasses import field
from typing import Generic, TypeVar

from taxonomy.frozen import frozen

T = TypeVar("T")


@frozen
class Constraint(Generic[T]):
    """A fact of life: a value, and whether it is hard (prunes) or soft (counts against, never prunes)."""

    value: T
    hard: bool = True


@frozen
class Location:
    """Where the person is and how far they go. Modes: car, transit, bicycle, walk."""

    zip: str | None = None
    modes: tuple[str, ...] = ()
    max_miles: float | None = None
    max_minutes: float | None = None  # one way, by the means named, or by car where none is


@frozen
class Job:
    """A job held. `ended` is "YYYY-MM" or None for the present job or when unknown (`current` says which)."""

    title: str | None = None
    onet_code: str | None = None
    months: int | None = None
    ended: str | None = None
    current: bool = False
    hourly_wage_usd: float | None = None
    duties: str | None = None


@frozen
class HeldCredential:
    """A credential as the person names it."""

    name: str
    state: str | None = None
    expires: str | None = None  # "YYYY-MM" or "YYYY-MM-DD"


@frozen
class StatedSkill:
    """A skill in the person's words; level is basic, intermediate, advanced, or None."""

    text: str
    level: str | None = None


@frozen
class Language:
    """A language and how well: native, fluent, working, basic."""

    code: str
    level: str | None = None


@frozen
class Goals:
    """What the person wants. Occupations are O*NET codes or titles."""

    occupations: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    exclude_sectors: tuple[str, ...] = ()
    interests: str | None = None
    min_hourly_wage_usd: float | None = None


@frozen
class Constraints:
    """Constraints, each hard or soft; None means the person did not say."""

    schedule: Constraint[tuple[str, ...]] | None = None  # day, evening, weekend
    max_weeks_to_better_pay: Constraint[float] | None = None
    max_out_of_pocket_usd: Constraint[float] | None = None
    study_hours_per_week: Constraint[float] | None = None
    must_earn_while_training: Constraint[bool] | None = None
    modality: Constraint[tuple[str, ...]] | None = None
    no_variable_hours: Constraint[bool] | None = None
    no_overnight_travel: Constraint[bool] | None = None
    drivers_license: str | None = None  # none, standard, cdl
    convictions: tuple[str, ...] | None = None  # warns of licence bars only; never lowers a rank
    physical_limits: tuple[str, ...] = ()  # lifting, standing, driving, ...
    work_authorized: bool | None = None
    child_care_needed: bool | None = None


@frozen
class Household:
    """The household, for income tests."""

    adults: int | None = None
    children_ages: tuple[int, ...] = ()
    annual_income_usd: float | None = None  # before tax, at a yearly rate
    income_last_6_months_usd: float | None = None  # the family's, as WIOA counts it: doubled for a year

    @property
    def size(self) -> int | None:
        """People in the household, or None when the adults are not known."""
        return None if self.adults is None else self.adults + len(self.children_ages)


@frozen
class EligibilityFacts:
    """Facts funding rules ask for; None means not known."""

    birth_year: int | None = None
    employment_status: str | None = None  # employed, notice_received, not_in_labor_force, unemployed
    dislocated: bool | None = None
    snap: bool | None = None
    tanf: bool | None = None
    ssi: bool | None = None
    public_assistance: bool | None = None  # State or local, income-based
    school_lunch: bool | None = None  # free or reduced, received or due
    veteran: bool | None = None
    active_duty_days: int | None = None  # after 10 September 2001
    student_aid_index: float | None = None  # from the FAFSA of the award year; may be below zero
    pell_used_percent: float | None = None  # of one year's award, as StudentAid.gov shows it
    ui_claimant: bool | None = None
    in_school: bool | None = None
    foster_youth: bool | None = None
    homeless: bool | None = None
    selective_service_compliant: bool | None = None
    medicaid: bool | None = None
    child_care_subsidy: bool | None = None


@frozen
class BasicSkills:
    """School grade levels from a test such as TABE or CASAS."""

    reading_grade: float | None = None
    math_grade: float | None = None


@frozen
class Seeker:
    """One person's profile. At least one of work_history, skills, credentials, education is given."""

    reference: str | None = None
    location: Location = field(default_factory=Location)
    work_history: tuple[Job, ...] = ()
    education_level: str | None = None
    credentials: tuple[HeldCredential, ...] = ()
    skills: tuple[StatedSkill, ...] = ()
    languages: tuple[Language, ...] = ()
    basic_skills: BasicSkills = field(default_factory=BasicSkills)
    goals: Goals = field(default_factory=Goals)
    constraints: Constraints = field(default_factory=Constraints)
    household: Household = field(default_factory=Household)
    eligibility: EligibilityFacts = field(default_factory=EligibilityFacts)
