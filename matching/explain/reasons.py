"""Reasons: why this plan, in sentences whose numbers stand in the data beside them."""

from collections.abc import Mapping

from matching.answer import Value
from matching.catalog import Catalog
from matching.explain.money import dollars, hourly
from matching.explain.steps import StepWriter
from matching.moves import Opening, Path

# Of the transition model's chance that O*NET calls two occupations related. Said in words: it is no chance of success.
NEAR, FAR = 0.5, 0.05

_BASIS = {
    "stated": "what you said you earn",
    "occupation_median": "the middle wage of your last job in the area, if we read it right",
    "estimate": "an estimate for jobs that ask for no more schooling than you have",
}


def reasons(
    path: Path,
    last: Opening,
    value: Value,
    writer: StepWriter,
    *,
    to_learn: Mapping[int, tuple[str, ...]],
    goal_wage: float | None,
) -> tuple[str, ...]:
    """All reasons for a plan, the pay first."""
    said = [
        *_pay(last, writer, goal_wage),
        f"Over {value.horizon_years:g} years the plan is worth about {dollars(value.expected_usd)} more than "
        f"staying at your usual pay; the likely range is {dollars(value.low_usd)} to {dollars(value.high_usd)}.",
        _nearness(writer.feasibility.get(last.occupation)),
        _demand(last, writer),
        _stacking(path, writer.catalog),
    ]
    missing = to_learn.get(last.occupation, ())
    if missing:
        said.append(f"What you would learn most: {', '.join(missing)}.")
    return tuple(sentence for sentence in said if sentence)


def _pay(last: Opening, writer: StepWriter, goal_wage: float | None) -> list[str]:
    person = writer.person
    title = writer.catalog.occupations.titles[last.occupation]
    wage = writer.wage(last.occupation)
    said = [
        f"{title}: people new to the job earn about {hourly(last.wage)} an hour ({wage.area_name}, {wage.year}, "
        f"{'10th' if last.cautious else '25th'} percentile). Your usual pay is {hourly(person.usual_wage)} "
        f"({_BASIS[person.usual_wage_basis]})."
    ]
    if last.cautious:
        said.append("You are new to this field, or it often asks for more schooling: pay is counted at the lower end.")
    if goal_wage is not None and last.wage < goal_wage:
        said.append(f"At first it pays less than the {hourly(goal_wage)} an hour you hope for.")
    return said


def _nearness(chance: float | None) -> str | None:
    if chance is not None and chance >= NEAR:
        return "The work is close to work you have done."
    if chance is not None and chance < FAR:
        return "The work is far from work you have done: ask to see it before you choose."
    return None


def _demand(last: Opening, writer: StepWriter) -> str | None:
    job = writer.outlook(last.occupation)
    if job.growth_pct is None or job.openings_per_year is None:
        return None
    # The starter set keeps the nation's figures without their years; all of them are of ten.
    period = "over ten years" if job.years is None else f"from {' to '.join(job.years.split('-'))}"
    return (
        f"Jobs in this work are projected to change by {job.growth_pct:g}% {period}, with "
        f"{job.openings_per_year:,} openings a year ({job.area_name})."
    )


def _stacking(path: Path, catalog: Catalog) -> str | None:
    """How the training steps hang together: by a requirement, by custom, or by the schooling they give."""
    if len(path.moves) < 2:
        return None
    steps = f"The {len(path.moves)} training steps"
    gained: set[str] = set()
    ties: set[str] = set()
    for move in path.moves:
        rules = [rule for rule in catalog.rules_into.get(move.award, ()) if rule.from_credential in gained]
        if gained:
            required = any(rule.relation == "required" for rule in rules)
            ties.add("required" if required else "custom" if rules else "schooling")
        gained.add(move.award)
    if "custom" in ties:
        said = "are a way people often go; the earlier is not required, so ask what credit it gives"
    elif "schooling" in ties:
        said = "hang together by schooling: the earlier gives the schooling the later asks for"
    else:
        said = "build on each other: the later asks for the earlier"
    return f"{steps} {said}; you can stop after each one."
