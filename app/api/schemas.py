"""The profile as it is sent: every field, its bounds and what it means. Unknown fields and wrong kinds are refused.

`app.api.mapping` turns it into the frozen `matching.seeker.Seeker`, for the service, the command line and lists alike.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from app.api.model import Model


class Strict(Model):
    """No conversion between kinds of value, no unknown field, no infinite number."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


def _one_of(**wanted: JsonValue) -> ConfigDict:
    """Say in the JSON schema that at least one of these fields is given, and is as described.

    As "not none of them", since generators of clients take `anyOf` beside fields for a choice of types and give up.
    """
    absent: list[JsonValue] = [
        {"not": {"required": [name], "properties": {name: schema}}} for name, schema in wanted.items()
    ]
    return ConfigDict(json_schema_extra={"not": {"allOf": absent}})


EducationLevel = Literal[
    "less_than_high_school",
    "high_school_equivalency",
    "high_school_diploma",
    "some_college",
    "postsecondary_certificate",
    "associate",
    "bachelor",
    "graduate",
]
ShortText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, Field(min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")]
OnetCode = Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$", examples=["31-1131.00"])]
HourlyWage = Annotated[float, Field(gt=0, le=500)]
GradeLevel = Annotated[float, Field(ge=0, le=20)]
YearMonth = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2025-08"])]


def in_the_calendar(day: str) -> str:
    """The day, or month, if there is one of this name.

    Raises:
        PydanticCustomError: there is none.
    """
    try:
        date.fromisoformat(day if len(day) == 10 else f"{day}-01")
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day") from None
    return day


YearMonthOrDay = Annotated[
    str,
    Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$", examples=["2027-03"]),
    AfterValidator(in_the_calendar),
]


class ConstraintIn(Strict):
    """A fact of life: a value, and whether it is hard (rules out) or soft (counts against, never rules out)."""

    value: object
    hard: bool = True


class ScheduleConstraintIn(ConstraintIn):
    """When the person can attend."""

    value: Annotated[list[Literal["day", "evening", "weekend"]], Field(min_length=1, max_length=3)]


class ModalityConstraintIn(ConstraintIn):
    """How the person can be taught."""

    value: Annotated[list[Literal["in_person", "hybrid", "online"]], Field(min_length=1, max_length=3)]


class WeeksConstraintIn(ConstraintIn):
    """At most so many weeks."""

    value: Annotated[float, Field(gt=0, le=1040)]


class MoneyConstraintIn(ConstraintIn):
    """At most so much, in US dollars."""

    value: Annotated[float, Field(ge=0, le=1_000_000)]


class HoursConstraintIn(ConstraintIn):
    """At most so many hours a week."""

    value: Annotated[float, Field(ge=0, le=168)]


class YesNoConstraintIn(ConstraintIn):
    """True where it must be so."""

    value: bool


class LocationIn(Strict):
    """Where the person is and how far they go."""

    zip: Annotated[str, Field(pattern=r"^[0-9]{5}$", description="ZIP code, five digits")] | None = None
    modes: Annotated[list[Literal["car", "transit", "bicycle", "walk"]], Field(max_length=4)] | None = None
    max_miles: Annotated[float, Field(gt=0, le=3000)] | None = None
    max_minutes: Annotated[float, Field(gt=0, le=600, description="One way to class, minutes")] | None = None


class JobIn(Strict):
    """A job held: at least its title, its O*NET code or its duties."""

    model_config = _one_of(title={"type": "string"}, onet_code={"type": "string"}, duties={"type": "string"})

    title: ShortText | None = None
    onet_code: OnetCode | None = None
    months: Annotated[int, Field(ge=0, le=900)] | None = None
    ended: YearMonth | None = Field(default=None, description="Month it ended; null when not known or still held")
    current: bool | None = Field(default=None, description="True when the person still holds the job")
    hourly_wage_usd: HourlyWage | None = None
    duties: LongText | None = None

    @model_validator(mode="after")
    def _names_the_job(self) -> "JobIn":
        if self.title is None and self.onet_code is None and self.duties is None:
            raise PydanticCustomError("job_unnamed", "a job needs a title, an onet_code or duties")
        return self


class EducationIn(Strict):
    """Highest education completed."""

    level: EducationLevel | None = None


class CredentialIn(Strict):
    """A credential as the person names it."""

    name: ShortText
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="Postal code of the issuing state")] | None = None
    expires: YearMonthOrDay | None = None


class SkillIn(Strict):
    """A skill in the person's words."""

    text: ShortText
    level: Literal["basic", "intermediate", "advanced"] | None = None


class LanguageIn(Strict):
    """A language and how well the person uses it."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code")]
    level: Literal["native", "fluent", "working", "basic"] | None = None


class BasicSkillsIn(Strict):
    """School grade levels from a test such as TABE or CASAS."""

    reading_grade: GradeLevel | None = None
    math_grade: GradeLevel | None = None


class GoalsIn(Strict):
    """What the person wants. Occupations are O*NET or SOC codes, or job titles."""

    occupations: Annotated[list[ShortText], Field(max_length=20)] | None = None
    sectors: Annotated[list[ShortText], Field(max_length=20)] | None = None
    exclude_sectors: Annotated[list[ShortText], Field(max_length=20)] | None = None
    interests: Annotated[str, Field(pattern=r"^[RIASEC]{1,6}$", description="Holland letters")] | None = None
    min_hourly_wage_usd: HourlyWage | None = None


class ConstraintsIn(Strict):
    """Constraints; null or absent means the person did not say."""

    schedule: ScheduleConstraintIn | None = None
    max_weeks_to_better_pay: WeeksConstraintIn | None = None
    max_out_of_pocket_usd: MoneyConstraintIn | None = None
    study_hours_per_week: HoursConstraintIn | None = None
    must_earn_while_training: YesNoConstraintIn | None = None
    modality: ModalityConstraintIn | None = None
    no_variable_hours: YesNoConstraintIn | None = None
    no_overnight_travel: YesNoConstraintIn | None = None
    drivers_license: Literal["none", "standard", "cdl"] | None = None
    convictions: Annotated[list[ShortText], Field(max_length=50)] | None = Field(
        default=None, description="Warns of license bars and the way around them; never lowers a rank"
    )
    physical_limits: Annotated[list[ShortText], Field(max_length=50)] | None = None
    work_authorized: bool | None = None
    child_care_needed: bool | None = None


class HouseholdIn(Strict):
    """The household, for income tests."""

    adults: Annotated[int, Field(ge=0, le=30)] | None = None
    children_ages: Annotated[list[Annotated[int, Field(ge=0, le=26)]], Field(max_length=30)] | None = None
    annual_income_usd: Annotated[float, Field(ge=0, le=10_000_000)] | None = None
    income_last_6_months_usd: Annotated[float, Field(ge=0, le=10_000_000)] | None = Field(
        default=None, description="The family's income of the last 6 months, before tax, which WIOA doubles for a year"
    )


class EligibilityIn(Strict):
    """Facts funding rules ask for; null means not known."""

    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    employment_status: Literal["employed", "notice_received", "not_in_labor_force", "unemployed"] | None = None
    dislocated: bool | None = None
    snap: bool | None = None
    tanf: bool | None = None
    ssi: bool | None = None
    public_assistance: bool | None = Field(default=None, description="State or local income-based aid, last 6 months")
    school_lunch: bool | None = Field(default=None, description="Receives, or is due, free or reduced school lunch")
    veteran: bool | None = None
    active_duty_days: Annotated[int, Field(ge=0, le=20_000)] | None = Field(
        default=None, description="Days of active duty after 10 September 2001, as on the DD-214"
    )
    student_aid_index: Annotated[float, Field(ge=-1_500, le=1_000_000)] | None = Field(
        default=None, description="Student Aid Index of the award year, from the FAFSA"
    )
    pell_used_percent: Annotated[float, Field(ge=0, le=1_000)] | None = Field(
        default=None, description="Pell used so far, in percent of one year's award, as StudentAid.gov shows it"
    )
    ui_claimant: bool | None = None
    in_school: bool | None = None
    foster_youth: bool | None = None
    homeless: bool | None = None
    selective_service_compliant: bool | None = None
    medicaid: bool | None = Field(default=None, description="The household has Medicaid: says what pay may cost it")
    child_care_subsidy: bool | None = Field(
        default=None, description="The household has a child-care subsidy: says what pay may cost it"
    )


class SeekerIn(Strict):
    """One person's profile. At least one of work_history, skills, credentials, education is given."""

    model_config = _one_of(
        work_history={"type": "array", "items": {}, "minItems": 1},
        skills={"type": "array", "items": {}, "minItems": 1},
        credentials={"type": "array", "items": {}, "minItems": 1},
        education={"type": "object", "required": ["level"], "properties": {"level": {"type": "string"}}},
    )

    reference: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")] | None = Field(
        default=None, description="Your own name for the person, returned unread; never a Social Security number"
    )
    location: LocationIn | None = None
    work_history: Annotated[list[JobIn], Field(max_length=50)] | None = None
    education: EducationIn | None = None
    credentials: Annotated[list[CredentialIn], Field(max_length=50)] | None = None
    skills: Annotated[list[SkillIn], Field(max_length=200)] | None = None
    languages: Annotated[list[LanguageIn], Field(max_length=30)] | None = None
    basic_skills: BasicSkillsIn | None = None
    goals: GoalsIn | None = None
    constraints: ConstraintsIn | None = None
    household: HouseholdIn | None = None
    eligibility: EligibilityIn | None = None

    @model_validator(mode="after")
    def _says_what_the_person_can_do(self) -> "SeekerIn":
        education = self.education is not None and self.education.level is not None
        if not (self.work_history or self.skills or self.credentials or education):
            raise PydanticCustomError(
                "empty_profile", "the profile says nothing of work_history, skills, credentials or education"
            )
        return self
