"""The self-sufficiency wage of a household: the board's own figure, else unknown, with the parts that are known."""

from collections.abc import Sequence

from matching.answer_household import LivingCost, SelfSufficiency
from matching.eligibility.case import Case
from matching.seeker import Household
from matching.wording import Said, say, together
from taxonomy.law import Parameter
from taxonomy.living_costs import ChildCareRate, Rent

# What a family budget holds. The poverty guideline is no measure of it and is not put in its place.
PARTS = ("housing", "food", "child_care", "transport", "health_care", "taxes", "other")
_DAYS = 260  # five days a week, all year
_OLDEST_IN_CARE = 12  # 45 CFR 98.20(a)(1): under 13
_AGE_GROUPS = ("0_11m", "12_17m", "2yr", "3yr", "4yr", "5yr")


def bedrooms_for(household: Household) -> int:
    """Bedrooms counted for a household: one for the adults, one for each two children; ours, for want of a rule."""
    return 1 + (len(household.children_ages) + 1) // 2


def self_sufficiency(case: Case, rates: Sequence[ChildCareRate], rent: Rent | None = None) -> SelfSufficiency:
    """What the household needs.

    Args:
        case: the household and the law in force where it lives.
        rates: child-care rates of the board there.
        rent: fair market rent there of a dwelling with as many bedrooms as `bedrooms_for` says.
    """
    adults, ages = case.seeker.household.adults, case.seeker.household.children_ages
    row = None if adults is None else case.rules.get(f"self_sufficiency.{adults}a{len(ages)}c")
    known_parts = () if row or adults is None else (*_housing(rent), *_child_care(ages, rates))
    known = {part.name for part in known_parts} | ({"child_care"} if adults is not None and not ages else set())
    missing = () if row else tuple(part for part in PARTS if part not in known)
    return SelfSufficiency(
        wage_usd_per_hour=row.value if row else None,
        basis="board" if row else "unknown",
        adults=adults,
        children=len(ages),
        citation=row.citation if row else None,
        effective_from=row.effective_from if row else None,
        parts=known_parts,
        missing=missing,
        sentence=_of_board(adults, len(ages), row) if row else _of_parts(adults, known_parts, missing),
    )


def _of_board(adults: int | None, children: int, row: Parameter) -> Said:
    return say("need.board", adults=adults, children=children, wage=f"${row.value:,.2f}", citation=row.citation)


def _of_parts(adults: int | None, parts: tuple[LivingCost, ...], missing: tuple[str, ...]) -> Said:
    if adults is None:
        return say("need.household_unknown")
    unknown = say("need.unknown", missing=together([say(f"need.part.{part}") for part in missing], ", "))
    known = [
        say(f"need.{part.name}", usd=f"${part.usd_per_year:,.0f}", source=part.source, year=part.year) for part in parts
    ]
    return together([unknown, *known])


def _housing(rent: Rent | None) -> tuple[LivingCost, ...]:
    if rent is None:
        return ()
    return (LivingCost("housing", round(12 * rent.usd_per_month, 2), rent.release, rent.year),)


def _child_care(ages: Sequence[int], rates: Sequence[ChildCareRate]) -> tuple[LivingCost, ...]:
    """A year of care in a licensed center at the most the board pays; full days before school, half days after."""
    wanted = [(_AGE_GROUPS[a], "full_time") if a < 6 else ("6_13yr", "part_time") for a in ages if a <= _OLDEST_IN_CARE]
    found = {
        (rate.age_group, rate.care): rate
        for rate in rates
        if rate.provider_type == "licensed_center" and rate.rating == "REG"
    }
    if not wanted or any(key not in found for key in wanted):
        return ()
    used = [found[key] for key in wanted]
    usd = round(_DAYS * sum(rate.usd_per_day for rate in used), 2)
    return (LivingCost("child_care", usd, used[0].release, used[0].effective_year),)
