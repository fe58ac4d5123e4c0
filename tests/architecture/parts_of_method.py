"""Made parts of the page on the method: its numbers, and one path valued by plain arithmetic."""

from dataclasses import fields
from math import exp
from types import ModuleType
from typing import NamedTuple

from app.services.answering import MatchEngine
from matching import exits, reading, usual_pay
from matching.answer import Value
from matching.capability import profile
from matching.config import MatchConfig
from matching.evidence import rates, tiers
from matching.explain import reasons, selection
from matching.fit import transitions
from matching.moves import Move, Opening, Path, Rate
from matching.resolve import (
    activities,
    credential_names,
    credentials,
    programs,
    resolver,
    skills,
    spelling,
    title_candidates,
    titles,
)
from matching.value.value import Valuation
from tests.architecture.tables import table

CONFIG = MatchConfig()

# Unit and meaning of every number of MatchConfig; a number without an entry here fails the test of this page.
MEANINGS: dict[str, tuple[str, str]] = {
    "horizon_years": ("years", "how far ahead pay is counted"),
    "discount_rate": ("a year", "what a dollar loses by coming later"),
    "work_hours_per_week": ("hours", "full-time work, for everyone alike"),
    "weeks_per_year": ("weeks", "paid weeks"),
    "load_hours_per_week": ("hours", "work and class a week one person can bear; class beyond it displaces work"),
    "exam_wait_weeks": ("weeks", "from the end of a course to the exam's result; our planning figure"),
    "posterior_draws": ("draws", "behind the 10-90 % interval, with a fixed seed"),
    "least_work_hours_per_week": ("hours", "work that class has to leave for “must earn while training”"),
    "unknown_length_quantile": ("share", "a course of unknown length or price counts as this quantile of like courses"),
    "default_max_miles": ("miles", "travel limit where the person names none; the answer says so"),
    "max_training_steps": ("steps", "training steps of one path at most"),
    "max_weeks": ("weeks", "length of one path at most"),
    "max_plans": ("plans", "plans shown at most"),
    "confirm_below": ("probability", "a reading less sure than this is put to the person"),
    "minimum_gain": ("share", "an exit is better pay from this much over the usual wage, and over the step before"),
    "demand_growth_pct": ("% of the projection's period", "work that grows at least this much is in demand, or …"),
    "demand_openings": (
        "a year",
        "… work with this many openings in the nation; scaled to a smaller area",
    ),
    "near_from": ("probability", "work the transition model finds this near to past work counts as the same field"),
    "field_months": ("months", "in the field, from which a newcomer is counted at the 25th percentile"),
    "course_share": ("share", "of O*NET's least preparation for a job zone that a course has to cover to open its job"),
    "course_share_certificate": ("share", "the same, where a known certificate vouches for the course"),
    "course_share_exam": ("share", "the same for an exam's course, below which only people of the field are shown it"),
    "zone_hours": ("hours", "least preparation for job zones 1 to 5, from O*NET's ranges; the first entry is unused"),
}


class Constant(NamedTuple):
    """A number of the method that stands in the module that uses it."""

    module: ModuleType
    name: str
    meaning: str


CONSTANTS = (
    Constant(resolver, "UNDERSTOOD_FROM_PROBABILITY", "a title less probable than this is not understood"),
    Constant(resolver, "UNDERSTOOD_FROM_LIKENESS", "likeness, 0 to 1, of the nearest title; below it not understood"),
    Constant(title_candidates, "HARDLY_SURE", "probability at most of a title that rare words alone tell"),
    Constant(titles, "BELIEF_IN_THOSE_HELPED", "share of the reading that who was helped has beside the helper"),
    Constant(spelling, "LIKELIEST_FROM", "share of the titles with words so near from which a slip is put right"),
    Constant(skills, "UNDERSTOOD_FROM", "likeness below which a skill phrase is not understood"),
    Constant(skills, "SLIP_FROM", "likeness of spelling from which a skill is one with a wrong letter or two"),
    Constant(skills, "SAME_STEMS", "likeness of the same words in another form or order"),
    Constant(skills, "WHOLE_NAME", "likeness of a product whose whole name stands among other words"),
    Constant(skills, "UNFOUND", "share of its likeness that a skill loses for words not found"),
    Constant(skills, "OTHER_WORDS", "share of its likeness that a skill in other words keeps"),
    Constant(activities, "LEAST_SCORE", "score of a task that holds all words said, and many more"),
    Constant(credentials, "UNDERSTOOD_FROM", "the same for a credential's name"),
    Constant(credentials, "SURE_FROM", "likeness below which it is to be confirmed"),
    Constant(credential_names, "WITHIN", "likeness of a credential's name that stands whole among other words"),
    Constant(credential_names, "OTHER_WORK", "the same beside a word that makes it another credential"),
    Constant(credential_names, "SLIP_FROM", "likeness of spelling from which a name is one with a wrong letter or two"),
    Constant(credential_names, "SUGGESTED_FROM", "likeness below which a credential is no suggestion"),
    Constant(programs, "UNDERSTOOD_FROM", "the same for a program's name"),
    Constant(programs, "SUGGESTED_FROM", "likeness below which a program is no suggestion"),
    Constant(programs, "SURE_FROM", "likeness below which it is to be confirmed"),
    Constant(usual_pay, "LIKELY_FROM", "probability of a reading from which the job's pay counts as the usual one"),
    Constant(
        usual_pay,
        "DATED_YEARS",
        "years since a job ended from which its pay counts within today's 10th to 25th percentile there",
    ),
    Constant(reading, "UNKNOWN_MONTHS", "months a past job of unstated length counts for"),
    Constant(profile, "LEARNING_MONTHS", "time constant of learning at work, months"),
    Constant(profile, "FADING_YEARS", "half-life of skill not used, years"),
    Constant(profile, "CREDENTIAL_MONTHS", "months of work in its plainest job that a held credential counts for"),
    Constant(profile, "SPREAD_FLOOR", "least spread of a level, O*NET level points"),
    Constant(transitions, "FULL_MONTHS", "months in a past occupation from which its nearness counts in full"),
    Constant(reasons, "NEAR", "nearness from which work is said to be close to past work"),
    Constant(reasons, "FAR", "nearness below which it is said to be far from it"),
    Constant(selection, "LEAST_SHARE", "share of the best worth below which a plan that may cost more is left out"),
    Constant(selection, "OVERALL_SHARE", "share of the best plan's worth that the best overall has to have"),
    Constant(exits, "_LEAST_CONFIDENCE", "confidence below which a field of study alone ties no program to a job"),
    Constant(rates, "SMALLEST_CELL", "people; counts of fewer are neither shown nor used"),
    Constant(rates, "INTERVAL", "probability inside the interval shown with a rate"),
    Constant(tiers, "LONG_ENOUGH_YEARS", "years of follow-up from which a gain counts for tiers A and B"),
    Constant(tiers, "PLACES_FOR_A", "sites or cohorts with a gain that make tier A"),
)


def bounds(_: MatchEngine) -> str:
    """Every number of MatchConfig."""
    rows = ((f.name, _plain(getattr(CONFIG, f.name)), *MEANINGS[f.name]) for f in fields(MatchConfig))
    return table(("Number", "Value", "Unit", "What it is"), ((f"`{name}`", *rest) for name, *rest in rows))


def constants(_: MatchEngine) -> str:
    """The method's numbers that stand in the modules that use them."""
    return table(
        ("Number", "Value", "What it is"),
        (
            (f"`{c.module.__name__.removeprefix('matching.')}.{c.name}`", _plain(getattr(c.module, c.name)), c.meaning)
            for c in CONSTANTS
        ),
    )


def _plain(value: object) -> str:
    return ", ".join(_plain(v) for v in value) if isinstance(value, tuple) else f"{value:,g}"


# The worked example: someone who earns $15.00 an hour, a course of 12 weeks, then one of 40 and an exam.
USUAL_WAGE = 15.00


def _move(name: str, *, weeks: float, exam: float, hours: float, cost: float, rates: tuple[Rate, Rate]) -> Move:
    return Move(
        award=name,
        program=0,
        kind="training",
        support=None,
        weeks=weeks,
        exam_weeks=exam,
        hours_per_week=hours,
        cost_low=0.0,
        cost_high=cost,
        completion=rates[0],
        employment=rates[1],
        evidence=0,
        concerns=(),
        openings=(),
        education_required=0,
        education_awarded=0,
        rung=1,
        sectors=frozenset(),
    )


STEPS = (
    (
        _move("first", weeks=12.0, exam=0.0, hours=15.0, cost=600.0, rates=(Rate(7.0, 3.0), Rate(8.0, 2.0))),
        Opening(0, wage=17.50, entry_wage=17.50, learning_wage=16.00, rung=1, basis="declared", confidence=0.8),
    ),
    (
        _move("second", weeks=40.0, exam=4.0, hours=32.0, cost=3000.0, rates=(Rate(6.5, 3.5), Rate(8.5, 1.5))),
        Opening(1, wage=24.00, entry_wage=24.00, learning_wage=21.00, rung=1, basis="credential", confidence=0.9),
    ),
)


class Worked(NamedTuple):
    """One step of the example, by the formulae of the page."""

    start: float
    done: float
    ready: float
    chance: float  # of having completed the steps before
    displaced: float  # hours of work a week
    in_class: float  # A(start, done)
    after: float  # A(ready, horizon)
    gain: float  # US dollars a week
    higher_pay: float
    unfunded_cost: float
    earnings_forgone: float


def work_out() -> list[Worked]:
    """The example by plain arithmetic, apart from the code of the method."""
    rate, horizon = 0.03 / 52.0, 5.0 * 52.0

    def present_weeks(start: float, end: float) -> float:
        return (exp(-rate * start) - exp(-rate * end)) / rate

    worked: list[Worked] = []
    ready, chance, gain = 0.0, 1.0, 0.0
    for move, opening in STEPS:
        completion = move.completion.alpha / (move.completion.alpha + move.completion.beta)
        employment = move.employment.alpha / (move.employment.alpha + move.employment.beta)
        start, done = ready, ready + move.weeks
        ready = done + move.exam_weeks
        displaced = max(0.0, (move.hours_per_week or 0.0) + 40.0 - 60.0)
        new_gain = max(gain, employment * opening.confidence * (opening.wage - USUAL_WAGE) * 40.0)
        in_class, after = present_weeks(start, done), present_weeks(ready, horizon)
        worked.append(
            Worked(
                start,
                done,
                ready,
                chance,
                displaced,
                in_class,
                after,
                new_gain,
                higher_pay=chance * completion * (new_gain - gain) * after,
                unfunded_cost=-chance * move.cost_high * exp(-rate * start),
                earnings_forgone=-chance * displaced / 40.0 * (USUAL_WAGE * 40.0 + gain) * in_class,
            )
        )
        chance, gain = chance * completion, new_gain
    return worked


def valued() -> Value:
    """The example by the code of the method."""
    valuation, path = Valuation(USUAL_WAGE, CONFIG), Path()
    for move, opening in STEPS:
        path = valuation.extend(path, move, opening, 0.0, 0)
    return valuation.explain(path)


def example(_: MatchEngine) -> str:
    """What is given, what follows, and the parts."""
    worked, value = work_out(), valued()
    given = [_given(move, opening) for move, opening in STEPS]
    names = ("higher_pay", "unfunded_cost", "earnings_forgone")
    sums = {name: sum(getattr(step, name) for step in worked) for name in names}
    numbers = ("First step", "Second step")
    return "\n\n".join(
        (
            table(("Given", *numbers), zip(given[0], *(g.values() for g in given), strict=True)),
            table(
                ("It follows", *numbers), zip(_follows(worked[0]), *(_follows(w).values() for w in worked), strict=True)
            ),
            table(
                ("Part", *numbers, "Together"),
                [
                    *((f"`{n}`", *(_usd(getattr(w, n)) for w in worked), _usd(sums[n])) for n in names),
                    ("`pay_while_learning`", _usd(0), _usd(0), _usd(0)),
                    ("**expected value**", "", "", f"**{_usd(value.expected_usd)}**"),
                ],
            ),
            f"In 8 of 10 draws it lies between {_usd(value.low_usd)} and {_usd(value.high_usd)}.",
        )
    )


def _given(move: Move, opening: Opening) -> dict[str, str]:
    return {
        "length and exam, weeks": f"{move.weeks:g} + {move.exam_weeks:g}",
        "class, hours a week": f"{move.hours_per_week:g}",
        "unfunded cost": _usd(move.cost_high),
        "completion, Beta(α, β)": _rate(move.completion),
        "employment, Beta(α, β)": _rate(move.employment),
        "confidence that it leads to the job": f"{opening.confidence:g}",
        "entry wage; 10th percentile": f"{_usd(opening.entry_wage)}; {_usd(opening.learning_wage)}",
    }


def _follows(step: Worked) -> dict[str, str]:
    return {
        "start s, end of class d, ready t": f"{step.start:g}, {step.done:g}, {step.ready:g}",
        "chance P to get here": f"{step.chance:.4f}",
        "hours of work displaced": f"{step.displaced:g}",
        "A(s, d), weeks": f"{step.in_class:.3f}",
        "A(t, H), weeks": f"{step.after:.3f}",
        "gain, a week": _usd(step.gain),
    }


def _rate(rate: Rate) -> str:
    return f"Beta({rate.alpha:g}, {rate.beta:g}), mean {rate.mean:.2f}"


def _usd(amount: float) -> str:
    sign = "−" if round(amount, 2) < 0 else ""
    return f"{sign}${abs(amount):,.2f}"
