"""The self-sufficiency wage of a household: the board's own figure, else unknown, with the parts that are known."""

from collections.abc import Sequence

from matching.answer_household import LivingCost, SelfSufficiency
from matching.eligibility.case import Case
from matching.wording import Said, say, together
from taxonomy.law import Parameter
from taxonomy.living_costs import ChildCareRate

# What a family budget holds. The poverty guideline is no measure of it and is not put in its place.
PARTS = ("housing", "food", "child_care", "transport", "health_care", "taxes", "other")
_DAYS = 260  # five days a week, all year
_OLDEST_IN_CARE = 12  # 45 CFR 98.20(a)(1): under 13
_AGE_GROUPS = ("0_11m", "12_17m", "2yr", "3yr", "4yr", "5yr")


def self_sufficiency(case: Case, rates: Sequence[ChildCareRate]) -> SelfSufficiency:
    """What the household needs; `rates` are those of the board the person lives in."""
    adults, ages = case.seeker.household.adults, case.seeker.household.children_ages
    row = None if adults is None else case.rules.get(f"self_sufficiency.{adults}a{len(ages)}c")
    care = () if row else _child_care(ages, rates)
    known = {part.name for part in care} | ({"child_care"} if adults is not None and not ages else set())
    missing = () if row else tuple(part for part in PARTS if part not in known)
    return SelfSufficiency(
        wage_usd_per_hour=row.value if row else None,
        basis="board" if row else "unknown",
        adults=adults,
        children=len(ages),
        citation=row.citation if row else None,
        effective_from=row.effective_from if row else None,
        parts=care,
        missing=missing,
        sentence=_of_board(adults, len(ages), row) if row else _of_parts(adults, care, missing),
    )


def _of_board(adults: int | None, children: int, row: Parameter) -> Said:
    return say("need.board", adults=adults, children=children, wage=f"${row.value:,.2f}", citation=row.citation)


def _of_parts(adults: int | None, care: tuple[LivingCost, ...], missing: tuple[str, ...]) -> Said:
    if adults is None:
        return say("need.household_unknown")
    unknown = say("need.unknown", missing=together([say(f"need.part.{part}") for part in missing], ", "))
    if not care:
        return unknown
    known = say("need.child_care", usd=f"${care[0].usd_per_year:,.0f}", source=care[0].source)
    return together([unknown, known])


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
