"""What a person would earn otherwise, and what is asked where the pay named cannot be that."""

from datetime import date

import pytest

from matching.answer import Candidate, Resolved
from matching.reading import Reading, read_person
from matching.seeker import HeldCredential, Job, Location, Seeker
from matching.usual_pay import DATED_YEARS, LIKELY_FROM, Worked, usual_pay
from matching.world import World

DAY = date(2026, 11, 22)
AIDE, AIDES, CASHIER = "nursing home aide", "31-1131.00", "cashier"


def read(world: World, *jobs: Job) -> Reading:
    return read_person(Seeker(location=Location(zip="78207"), work_history=jobs), world, DAY)


@pytest.mark.parametrize(("likeness", "probability"), [(1.0, LIKELY_FROM - 0.01), (0.3, LIKELY_FROM)])
def test_how_likely_a_reading_is_decides_whether_its_job_tells_the_usual_pay_and_not_how_alike_the_words_are(
    likeness: float, probability: float, starter_world: World
) -> None:
    person = read(starter_world).person
    taken = Resolved(AIDE, AIDES, "", likeness, (Candidate(AIDES, "", likeness, probability),), confirm=True)
    worked = Worked(Job(title=AIDE, months=30), starter_world.catalog.occupations.row[AIDES], taken)

    found = usual_pay([worked], person.wages, person.education, starter_world, DAY)

    assert (found.basis == "occupation_median") is (probability >= LIKELY_FROM)
    assert found.occupation is not None  # it is asked about, and counts as work until somebody answers


def test_of_several_jobs_in_one_text_the_one_that_counts_gives_the_usual_pay(starter_world: World) -> None:
    person = read(starter_world, Job(title="cashier and welder", months=36)).person

    assert person.usual_wage_basis == "occupation_median"


@pytest.mark.parametrize("earned", [0.4, 2.13, 7.24])
def test_pay_below_the_law_s_minimum_is_asked_about_and_not_counted(earned: float, starter_world: World) -> None:
    job = Job(title=CASHIER, months=30, hourly_wage_usd=earned)

    reading = read(starter_world, job)

    assert reading.person.usual_wage_basis == "occupation_median"
    [asked] = [said for said in reading.understood.confirm if f"${earned:.2f} an hour" in said]
    assert "$7.25" in asked


def test_pay_at_the_minimum_or_above_is_taken_at_its_word(starter_world: World) -> None:
    reading = read(starter_world, Job(title=CASHIER, months=30, hourly_wage_usd=7.25))

    assert (reading.person.usual_wage, reading.person.usual_wage_basis) == (7.25, "stated")
    assert reading.understood.confirm == ()


def test_pay_of_a_job_long_ended_counts_within_what_people_new_to_it_earn_today(starter_world: World) -> None:
    def pay(ended: str, earned: float) -> tuple[float, str]:
        person = read(starter_world, Job(title=AIDE, ended=ended, hourly_wage_usd=earned)).person
        return person.usual_wage, person.usual_wage_basis

    wages, aides = read(starter_world).person.wages, starter_world.catalog.occupations.row[AIDES]
    least, most = wages.p10[aides], wages.p25[aides]
    lately = f"{DAY.year - int(DATED_YEARS) + 1}-01"

    assert pay("2014-05", 8.5) == (least, "dated")
    assert pay("2014-05", 30.0) == (most, "dated")
    assert pay("2014-05", least + 0.01) == (least + 0.01, "stated")
    assert pay(lately, 8.5) == (8.5, "stated")


def test_what_others_earn_in_licensed_work_is_not_what_a_person_whose_licence_is_over_would(
    starter_world: World,
) -> None:
    def basis(*held: HeldCredential, current: bool = False) -> str:
        job = Job(title="licensed vocational nurse", months=60, current=current)
        seeker = Seeker(location=Location(zip="78207"), work_history=(job,), credentials=held)
        return read_person(seeker, starter_world, DAY).person.usual_wage_basis

    # None was named: it may be held, and what is not known makes no plan look better.
    assert basis() == "occupation_median"
    assert basis(HeldCredential("LVN from Mexico")) == "estimate"
    assert basis(HeldCredential("LVN", state="TX", expires="2030-01")) == "occupation_median"
    assert basis(current=True) == "occupation_median"  # who does the work now may do it
