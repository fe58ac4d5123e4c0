"""Time of eligibility and funding, one person and many, as ratios: `python -m benchmarks.eligibility`.

The yardstick is the screening of one person by itself: what the programs add to it should stay below it.
"""

from dataclasses import replace
from datetime import date

from app.cli.measuring import median_ms
from app.services.answering import open_snapshot
from app.settings import Settings
from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.prices import Bills, out_of_pocket_ranges
from matching.eligibility.screening import screen
from matching.eligibility.terms import StepCosts, funding_terms, out_of_pocket_range
from matching.seeker import EligibilityFacts, Household, Seeker

DAY = date(2026, 11, 22)
AREA = "TX:ALAMO"
PROGRAMS = 200
PEOPLE = 1000

_ONE = Seeker(
    education_level="high_school_diploma",
    household=Household(adults=1, children_ages=(4, 9), annual_income_usd=19_000.0),
    eligibility=EligibilityFacts(birth_year=1994, employment_status="unemployed", snap=True, veteran=False),
)


def people(count: int) -> list[Seeker]:
    """Different people, so that nothing learnt of one serves the next."""
    return [
        replace(
            _ONE,
            household=Household(1 + i % 2, tuple(range(3, 3 + i % 4)), 8_000.0 + 37.0 * i),
            eligibility=replace(_ONE.eligibility, birth_year=1955 + i % 55, snap=(None, True, False)[i % 3]),
        )
        for i in range(count)
    ]


def main() -> None:
    """Measure on the data in use and print a table."""
    snapshot = open_snapshot(Settings().data_dir)
    law = Law(snapshot.table("parameters"))
    listed = list(snapshot.programs)
    programs = [listed[i % len(listed)] for i in range(PROGRAMS)]
    offers = [Offer.of(p) for p in programs]
    costs = [StepCosts(p.tuition_usd, p.books_usd, exam_usd=0.0) for p in programs]
    bills = Bills.of(zip(costs, offers, strict=True))
    many = people(PEOPLE)

    def fund(seeker: Seeker) -> object:
        return out_of_pocket_ranges(bills, funding_terms(seeker, screen(seeker, law, DAY, AREA), law, DAY, AREA))

    terms = funding_terms(_ONE, screen(_ONE, law, DAY, AREA), law, DAY, AREA)
    screen_ms = median_ms(lambda: screen(_ONE, law, DAY, AREA), 200)
    one_ms = median_ms(lambda: fund(_ONE), 200)
    singly_ms = median_ms(lambda: [out_of_pocket_range(c, o, terms) for c, o in zip(costs, offers, strict=True)], 30)
    many_ms = median_ms(lambda: [fund(seeker) for seeker in many], 3)
    for name, value in (
        ("programs", f"{PROGRAMS:,}"),
        ("screening one person, ms", f"{screen_ms:.3f}"),
        ("one person with all programs, ms", f"{one_ms:.3f}"),
        ("all programs, in screenings", f"{(one_ms - screen_ms) / screen_ms:.2f}"),
        ("programs one by one, in the table's time", f"{singly_ms / max(one_ms - screen_ms, 1e-6):.0f}"),
        ("people a second, on one core", f"{1000 * PEOPLE / many_ms:,.0f}"),
    ):
        print(f"{name:45} {value:>12}")


if __name__ == "__main__":
    main()
