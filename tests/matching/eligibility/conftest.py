"""The starter law, and a person described by what a case is about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.case import Case
from matching.eligibility.law import Law
from matching.seeker import BasicSkills, Constraints, EligibilityFacts, Household, Seeker
from taxonomy.law import Parameter
from taxonomy.loaders.vocabulary import STARTER, read_records

TODAY = date(2026, 11, 22)
ALAMO = "TX:ALAMO"


@pytest.fixture(scope="session")
def rows() -> tuple[Parameter, ...]:
    files = sorted((STARTER / "law").glob("*.toml"))
    return tuple(row for path in files for row in read_records(path, ("parameters",))["parameters"])


@pytest.fixture(scope="session")
def law(rows: tuple[Parameter, ...]) -> Law:
    return Law(rows)


@pytest.fixture(scope="session")
def person() -> Callable[..., Seeker]:
    """Build a seeker from flat facts; what is not given is not known."""

    def build(**facts: object) -> Seeker:
        seeker = Seeker(
            education_level=facts.pop("education_level", None),
            basic_skills=BasicSkills(facts.pop("reading_grade", None), facts.pop("math_grade", None)),
            constraints=Constraints(work_authorized=facts.pop("work_authorized", None)),
            household=Household(
                facts.pop("adults", None),
                facts.pop("children_ages", ()),
                facts.pop("annual_income_usd", None),
                facts.pop("income_last_6_months_usd", None),
            ),
        )
        return replace(seeker, eligibility=EligibilityFacts(**facts))

    return build


@pytest.fixture(scope="session")
def case(law: Law, person: Callable[..., Seeker]) -> Callable[..., Case]:
    """A person's case; `today` and `area` may be given beside the facts."""

    def build(*, today: date = TODAY, area: str = ALAMO, **facts: object) -> Case:
        return Case.of(person(**facts), law, today, area)

    return build
