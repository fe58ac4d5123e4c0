"""Reasons: why this plan, in sentences whose numbers stand in the data beside them."""

from collections.abc import Mapping

from matching.answer import Value
from matching.catalog import Catalog
from matching.explain.money import dollars, hourly
from matching.explain.steps import StepWriter
from matching.moves import Opening, Path
from matching.wording import Said, say
from taxonomy.frozen import frozen

# Of the transition model's chance that O*NET calls two occupations related. Said in words: it is no chance of success.
NEAR, FAR = 0.5, 0.05


@frozen
class Hopes:
    """What the person hopes for beside the limits they set."""

    wage_usd_per_hour: float | None = None
    interests: str | None = None  # Holland letters


def reasons(
    path: Path,
    last: Opening,
    value: Value,
    writer: StepWriter,
    *,
    to_learn: Mapping[int, tuple[str, ...]],
    hopes: Hopes,
) -> tuple[str, ...]:
    """All reasons for a plan: that the job is one the person wants, then the pay."""
    said = [
        _wanted(last, writer),
        *_pay(last, writer, hopes.wage_usd_per_hour),
        _enough(last, writer),
        *(rule.sentence for rule in writer.rules.of(last)),
        say(
            "reason.worth",
            years=f"{value.horizon_years:g}",
            expected=dollars(value.expected_usd),
            low=dollars(value.low_usd),
            high=dollars(value.high_usd),
        ),
        _nearness(writer.feasibility.get(last.occupation)),
        _interests(hopes.interests, writer.catalog.occupations.records[last.occupation].interests),
        _demand(last, writer),
        _stacking(path, writer.catalog),
    ]
    missing = to_learn.get(last.occupation, ())
    if missing:
        said.append(say("reason.to_learn", skills=", ".join(missing)))
    return tuple(sentence for sentence in said if sentence)


def _pay(last: Opening, writer: StepWriter, goal_wage: float | None) -> list[str]:
    person = writer.person
    title = writer.catalog.occupations.titles[last.occupation]
    wage = writer.wage(last.occupation)
    said: list[str] = [
        say(
            "reason.pay",
            job=title,
            wage=hourly(last.wage),
            area=wage.area_name,
            year=wage.year,
            percentile=10 if last.cautious else 25,
            usual=hourly(person.usual_wage),
            basis=say(f"reason.basis.{person.usual_wage_basis}"),
        )
    ]
    if last.cautious:
        said.append(say("reason.cautious"))
    if goal_wage is not None and last.wage < goal_wage:
        said.append(say("reason.below_hope", wage=hourly(goal_wage)))
    return said


def _wanted(last: Opening, writer: StepWriter) -> Said | None:
    """Which of the jobs wanted a plan serves, where some were named."""
    if last.occupation not in writer.person.goal_occupations:
        return None
    return say("reason.wanted", job=writer.catalog.occupations.titles[last.occupation])


def _enough(last: Opening, writer: StepWriter) -> Said | None:
    needed = writer.needs.wage_usd_per_hour
    if needed is None:
        return None
    return say("need.meets" if last.wage >= needed else "need.below", wage=hourly(needed))


def _nearness(chance: float | None) -> Said | None:
    if chance is not None and chance >= NEAR:
        return say("reason.near")
    if chance is not None and chance < FAR:
        return say("reason.far")
    return None


def _interests(named: str | None, letters: str | None) -> Said | None:
    """How the person's interests and O*NET's for the work agree: said either way, and counted in no figure."""
    if not named:
        return None
    if not letters:
        return say("reason.interests_unknown")
    shared = "".join(letter for letter in letters if letter in named)
    if not shared:
        return say("reason.interests_differ", letters=letters)
    return say("reason.interests", letters=letters, shared=shared)


def _demand(last: Opening, writer: StepWriter) -> Said | None:
    job = writer.outlook(last.occupation)
    if job.growth_pct is None or job.openings_per_year is None:
        return None
    figures = {"growth": f"{job.growth_pct:g}", "openings": f"{job.openings_per_year:,}", "area": job.area_name}
    if job.years is None:
        return say("reason.demand", **figures)
    start, _, end = job.years.partition("-")
    return say("reason.demand_between", start=start, end=end, **figures)


def _stacking(path: Path, catalog: Catalog) -> Said | None:
    """How the training steps hang together: by a requirement, by custom, or by the schooling they give."""
    if len(path.moves) < 2:
        return None
    gained: set[str] = set()
    ties: set[str] = set()
    for move in path.moves:
        rules = [rule for rule in catalog.rules_into.get(move.award, ()) if rule.from_credential in gained]
        if gained:
            required = any(rule.relation == "required" for rule in rules)
            ties.add("required" if required else "custom" if rules else "schooling")
        gained.add(move.award)
    tie = "custom" if "custom" in ties else "schooling" if "schooling" in ties else "requirement"
    return say(f"reason.stacked_by_{tie}", steps=len(path.moves))
