"""Household: what a wage may cost the household in benefits, and what the household needs to live, for one person."""

from collections.abc import Callable
from datetime import date

from matching.answer_household import BenefitAtRisk, SelfSufficiency
from matching.eligibility.benefits import benefit_limits, benefits_at_risk
from matching.eligibility.case import Case
from matching.eligibility.self_sufficiency import bedrooms_for, self_sufficiency
from matching.places import law_area
from matching.seeker import Seeker
from matching.world import World
from taxonomy.frozen import frozen
from taxonomy.places import Zip


@frozen
class Household:
    """What the plans of one person say of the household."""

    needs: SelfSufficiency
    risks: Callable[[float], tuple[BenefitAtRisk, ...]]  # of an hourly wage at full time


def household_of(seeker: Seeker, place: Zip | None, world: World, today: date) -> Household:
    """The household of a seeker living in a place, before the law of a day."""
    area = law_area(place)
    case = Case.of(seeker, world.law, today, area)
    return Household(
        needs=self_sufficiency(
            case,
            world.living_costs.child_care_rates(area),
            world.living_costs.find_rent(place, bedrooms_for(seeker.household)),
        ),
        risks=benefits_at_risk(benefit_limits(case), case),
    )
