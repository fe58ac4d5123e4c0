"""One person's case before the law of one day: the facts, in the shape rules ask for them."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from functools import wraps

from matching.eligibility.kleene import Finding, Truth
from matching.eligibility.law import Law
from matching.seeker import Seeker
from taxonomy.codes import Education
from taxonomy.frozen import frozen
from taxonomy.law import Parameter


@frozen
class Case:
    """A seeker, the day, and the parameters in force that day in the seeker's area.

    `youngest` and `oldest` bound the age: a birth year alone leaves a year open.
    """

    seeker: Seeker
    today: date
    area: str
    law: Law
    rules: Mapping[str, Parameter]
    youngest: int | None
    oldest: int | None
    education: Education | None
    smallest_family: int
    found: dict[str, Finding] = field(default_factory=dict, compare=False, repr=False)  # filled by `once`

    @classmethod
    def of(cls, seeker: Seeker, law: Law, today: date, area: str) -> "Case":
        """Build the case of a seeker living in `area`."""
        born = seeker.eligibility.birth_year
        level = seeker.education_level
        household = seeker.household
        return cls(
            seeker=seeker,
            today=today,
            area=area,
            law=law,
            rules=law.in_force(area, today),
            youngest=None if born is None else today.year - born - (0 if (today.month, today.day) == (12, 31) else 1),
            oldest=None if born is None else today.year - born,
            education=None if level is None else Education[level.upper()],
            # The seeker is one of the family, whatever the form left open.
            smallest_family=max(1, (household.adults or 1) + len(household.children_ages)),
        )

    def age_at_least(self, years: float) -> Truth:
        """Whether the person has reached an age today; unknown in the year of that birthday."""
        if self.youngest is None or self.oldest is None:
            return None
        if self.youngest >= years:
            return True
        return False if self.oldest < years else None

    def age_fact(self) -> str:
        """What would settle an age: the year if it is not known, else the date itself."""
        return "eligibility.birth_year" if self.youngest is None else "date_of_birth"


def once(rule: Callable[[Case], Finding]) -> Callable[[Case], Finding]:
    """Work a rule out once a case: several streams ask whether the person has low income."""

    @wraps(rule)
    def finding(case: Case) -> Finding:
        if rule.__name__ not in case.found:
            case.found[rule.__name__] = rule(case)
        return case.found[rule.__name__]

    return finding


def clause(name: str, value: Truth, citation: str, *missing: str, parameters: tuple[Parameter, ...] = ()) -> Finding:
    """A leaf; what is missing is kept only where the value is not known."""
    return Finding(name, value, citation, missing=missing if value is None else (), parameters=parameters)


def met(name: str, citation: str, *, parameters: tuple[Parameter, ...] = ()) -> Finding:
    """A clause that holds."""
    return Finding(name, value=True, citation=citation, parameters=parameters)


def unmet(name: str, citation: str, *, parameters: tuple[Parameter, ...] = ()) -> Finding:
    """A clause that fails, or a rule that does not exist on the day asked about."""
    return Finding(name, value=False, citation=citation, parameters=parameters)
