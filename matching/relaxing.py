"""Relaxations: which single limit, if it gave way, would open the most. Found by matching again, never estimated."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from matching.answer import Relaxation
from matching.config import MatchConfig
from matching.explain.money import dollars
from matching.explain.selection import path_key
from matching.moves import Found, Path, Person, Screening
from matching.seeker import Constraint, HeldCredential, Seeker
from matching.wording import Said, say
from taxonomy.frozen import frozen

ALL_TIMES = ("day", "evening", "weekend")
ALL_MODALITIES = ("in_person", "hybrid", "online")


@frozen
class Trial:
    """One limit given way a little: the profile that would be matched."""

    constraint: str
    from_: Any
    to: Any
    words: Said
    seeker: Seeker


_BESIDE_PLANS = ("relax.one_plan", "relax.plans", "relax.opens_worth")
_FIRST_PLANS = ("relax.first_plan", "relax.first_plans", "relax.opens_first")


def relaxations(
    trials: Sequence[Trial], active: Collection[str], found: Found, search: Callable[[Trial], Found]
) -> tuple[Relaxation, ...]:
    """What each active limit would open, best first. The mildest step that opens a plan is kept."""
    known = {path_key(p) for p in found.paths}
    best = max((p.value for p in found.paths), default=None)

    @cache
    def new(number: int) -> list[Path]:
        return [p for p in search(trials[number]).paths if path_key(p) not in known]

    steps: dict[str, list[int]] = {}
    for number, trial in enumerate(trials):
        if trial.constraint in active:
            steps.setdefault(trial.constraint, []).append(number)
    mildest = (_mildest(numbers, new) for numbers in steps.values())
    opened = [_relaxation(trials[number], new(number), best) for number in mildest if number is not None]
    return tuple(sorted(opened, key=by_gain))


def _mildest(steps: Sequence[int], new: Callable[[int], list[Path]]) -> int | None:
    """The mildest step of one limit that opens something; None: none does.

    What a step opens, one beyond it opens as well, or something better: where the farthest opens nothing, none does.
    """
    first, *beyond = steps
    if new(first):
        return first
    return next(filter(new, beyond), None) if beyond and new(beyond[-1]) else None


def by_gain(relaxation: Relaxation) -> tuple[float, int, str]:
    """In what order they are told: what brings the most first."""
    return (-relaxation.gain_usd, -relaxation.opens_plans, relaxation.constraint)


def active_in(screening: Screening, found: Found) -> frozenset[str]:
    """The limits that took something out."""
    return frozenset((*screening.counts, *found.hindered))


def list_trials(seeker: Seeker) -> tuple[Trial, ...]:
    """Each limit given way by some steps, the mildest first and the farthest last."""
    return tuple(_trials(seeker))


def held_trials(seeker: Seeker, person: Person) -> tuple[Trial, ...]:
    """Each credential held that past work goes with and nobody named: no limit, but it may open as much as one."""
    named = tuple(sorted(credential.name for credential in seeker.credentials))
    return tuple(
        Trial(
            "credentials", named, (*named, name), say("relax.credentials", credential=name),
            replace(seeker, credentials=(*seeker.credentials, HeldCredential(name))),
        )
        for name in person.unnamed
    )  # fmt: skip


def last_trials(seeker: Seeker, person: Person, config: MatchConfig) -> tuple[Trial, ...]:
    """What gives way only where there is no plan at all: the jobs wanted, and the distance that nobody set."""
    goals, trials = seeker.goals, list[Trial]()
    if person.goal_occupations:
        relaxed = replace(seeker, goals=replace(goals, occupations=()))
        trials.append(Trial("occupations", goals.occupations, (), say("relax.occupations"), relaxed))
    if person.place is not None and seeker.location.max_miles is None:
        for factor in (2, 4):
            to = config.default_max_miles * factor
            relaxed = replace(seeker, location=replace(seeker.location, max_miles=to))
            trials.append(Trial("distance", config.default_max_miles, to, say("relax.distance", to=f"{to:g}"), relaxed))
    return tuple(trials)


def _relaxation(trial: Trial, new: Sequence[Path], best: float | None) -> Relaxation:
    """What a trial opens, and what that is worth beside the best plan so far, if there is any (`best`)."""
    gain = round(max(0.0, max(p.value for p in new) - (best or 0.0)), 2)
    one, several, worth = _BESIDE_PLANS if best is not None else _FIRST_PLANS
    plans = say(one) if len(new) == 1 else say(several, number=f"{len(new):,}")
    sentence = say("relax.opens", change=trial.words, plans=plans)
    if gain:
        sentence = say(worth, change=trial.words, plans=plans, gain=dollars(gain))
    return Relaxation(trial.constraint, trial.from_, trial.to, len(new), gain, sentence)


def _trials(seeker: Seeker) -> Iterator[Trial]:
    limits, goals, place = seeker.constraints, seeker.goals, seeker.location
    if place.max_miles is not None:
        for factor in (2, 4):
            to = place.max_miles * factor
            yield Trial(
                "distance", place.max_miles, to, say("relax.distance", to=f"{to:g}"),
                replace(seeker, location=replace(place, max_miles=to)),
            )  # fmt: skip
    if place.max_minutes is not None:
        to = place.max_minutes * 2
        yield Trial(
            "travel_time", place.max_minutes, to, say("relax.travel_time", to=f"{to:g}"),
            replace(seeker, location=replace(place, max_minutes=to)),
        )  # fmt: skip
    yield from _numbers(seeker, "study_hours_per_week", (20, 30, 40))
    yield from _numbers(seeker, "max_weeks_to_better_pay", (78, 104, 156, 260))
    yield from _numbers(seeker, "max_out_of_pocket_usd", (1_000, 2_500, 5_000, 10_000, 50_000), dollars)
    yield from _sets(seeker, "schedule", ALL_TIMES)
    yield from _sets(seeker, "modality", ALL_MODALITIES)
    for name in ("must_earn_while_training", "no_variable_hours", "no_overnight_travel"):
        wish: Constraint[bool] | None = getattr(limits, name)
        if wish is not None and wish.hard and wish.value:
            yield _given(seeker, name, Constraint(value=False), say(f"relax.{name}"))
    if limits.drivers_license == "none":
        relaxed = replace(seeker, constraints=replace(limits, drivers_license="standard"))
        yield Trial("drivers_license", "none", "standard", say("relax.drivers_license"), relaxed)
    if seeker.education_level == "less_than_high_school":
        relaxed = replace(seeker, education_level="high_school_equivalency")
        words = say("relax.education")
        yield Trial("education", "less_than_high_school", "high_school_equivalency", words, relaxed)
    if goals.sectors:
        relaxed = replace(seeker, goals=replace(goals, sectors=()))
        yield Trial("sectors", goals.sectors, (), say("relax.sectors"), relaxed)
    if goals.exclude_sectors:
        relaxed = replace(seeker, goals=replace(goals, exclude_sectors=()))
        yield Trial("exclude_sectors", goals.exclude_sectors, (), say("relax.exclude_sectors"), relaxed)


def _plain(number: float) -> str:
    return f"{number:g}"


def _numbers(
    seeker: Seeker, name: str, values: Sequence[float], written: Callable[[float], str] = _plain
) -> Iterator[Trial]:
    limit: Constraint[float] | None = getattr(seeker.constraints, name)
    if limit is not None and limit.hard:
        for to in values:
            if to > limit.value:
                yield _given(seeker, name, Constraint(float(to)), say(f"relax.{name}", to=written(to)))


def _sets(seeker: Seeker, name: str, every: tuple[str, ...]) -> Iterator[Trial]:
    limit: Constraint[tuple[str, ...]] | None = getattr(seeker.constraints, name)
    if limit is not None and limit.hard and set(limit.value) != set(every):
        yield _given(seeker, name, Constraint(every), say(f"relax.{name}"))


def _given(seeker: Seeker, name: str, to: Constraint[Any], words: Said) -> Trial:
    limit: Constraint[Any] = getattr(seeker.constraints, name)
    changed: dict[str, Any] = {name: to}
    relaxed = replace(seeker, constraints=replace(seeker.constraints, **changed))
    return Trial(name, limit.value, to.value, words, relaxed)
