"""Reading: a seeker's words and dates turned into the person the other stages see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.answer import Resolved, Understood
from matching.capability.profile import Capability, Experience, assess_capability
from matching.moves import Person
from matching.occupations import education_value
from matching.places import AreaWages
from matching.resolve.skills import noted_level
from matching.seeker import Constraint, Job, Seeker
from matching.wording import say, together
from matching.world import World
from taxonomy.codes import Education, parse_onet_code, parse_soc_code

# O*NET levels a stated skill speaks for, from O*NET's own 0-7 anchors: a beginner's, a worker's, an expert's.
STATED_LEVELS = {"basic": 2.0, None: 3.0, "intermediate": 3.5, "advanced": 5.0}
# A job more likely misread than not says nothing of what the person would earn: too high a figure hides plans.
LIKELY_FROM = 0.5
UNKNOWN_MONTHS = 12.0  # a job whose length is not stated counts as one year, and the answer asks


@dataclass(frozen=True, slots=True)
class Reading:
    """The person, what they can do, and how their words were taken."""

    person: Person
    capability: Capability
    understood: Understood


@dataclass(frozen=True, slots=True)
class _Worked:
    job: Job
    occupation: int | None
    likely: bool  # that it is this occupation


def hard_limit(limit: Constraint[float] | None) -> float:
    """The value of a hard limit, infinite when there is none."""
    return limit.value if limit is not None and limit.hard else float("inf")


def wished_out_of_pocket(seeker: Seeker) -> float:
    """The most the person wants to pay, hard or soft; above it a cost is a concern."""
    wish = seeker.constraints.max_out_of_pocket_usd
    return float("inf") if wish is None else wish.value


def with_limits(person: Person, seeker: Seeker) -> Person:
    """The same person with the limits of a seeker."""
    return replace(
        person,
        better_pay_within=hard_limit(seeker.constraints.max_weeks_to_better_pay),
        most_out_of_pocket=hard_limit(seeker.constraints.max_out_of_pocket_usd),
    )


def with_schooling(person: Person, seeker: Seeker, world: World) -> Person:
    """The same person with the schooling of a seeker."""
    education = education_value(seeker.education_level)
    estimated = person.usual_wage_basis == "estimate"
    usual_wage = _estimated_wage(person.wages, education, world) if estimated else person.usual_wage
    return replace(person, education=education, usual_wage=usual_wage)


def read_person(seeker: Seeker, world: World, today: date) -> Reading:
    """Resolve a seeker's words against a world on a day."""
    catalog = world.catalog
    place = catalog.places.find_zip(seeker.location.zip)
    wages = catalog.places.wages(place)
    titles = tuple(_resolve_job(job, world, today) for job in seeker.work_history)
    worked = [
        _Worked(j, catalog.occupations.row.get(r.code or ""), r.score >= LIKELY_FROM)
        for j, r in zip(seeker.work_history, titles, strict=True)
    ]
    state = place.state if place else None
    held = [h for c in seeker.credentials for h in world.resolver.resolve_credentials(c, today, state)]
    skills = tuple(r for s in seeker.skills for r in world.resolver.resolve_skill(s.text, s.level, today))
    goals = [_resolve_goal(text, world, today) for text in seeker.goals.occupations]
    education = education_value(seeker.education_level)
    valid = with_implied({h.credential_id for h in held if h.credential_id and h.valid is not False}, world)
    usual_wage, basis, usual = _usual_wage(worked, wages, education, world)
    born = seeker.eligibility.birth_year
    person = Person(
        place=place,
        wages=wages,
        outlook=catalog.outlooks.of(place),
        job_quality=catalog.job_signals.of(state, today),
        demand_lists=world.demand.of(place, today),
        education=education,
        held=valid,
        worked_months=_months(worked),
        usual_wage=usual_wage,
        usual_wage_basis=basis,
        usual_occupation=usual,
        age=None if born is None else today.year - born,
        goal_occupations=frozenset(row for _, rows in goals for row in rows),
        better_pay_within=hard_limit(seeker.constraints.max_weeks_to_better_pay),
        most_out_of_pocket=hard_limit(seeker.constraints.max_out_of_pocket_usd),
    )
    credentials, wanted = tuple(h.resolved for h in held), tuple(goal for goal, _ in goals)
    named = with_implied({h.credential_id for h in held if h.credential_id}, world)
    to_confirm = (
        *_unknown_codes(seeker, world),
        *confirm_sentences((*titles, *skills, *credentials, *wanted)),
        *catalog.licences.to_ask(zip(titles, (w.occupation for w in worked), strict=True), named, place),
    )
    understood = Understood(titles, skills, credentials, wanted, to_confirm)
    jobs = [
        Experience(w.occupation, float(w.job.months or UNKNOWN_MONTHS), _years_since(w.job, today))
        for w in worked
        if w.occupation is not None
    ]
    return Reading(person, _capability(person, jobs, skills, world), understood)


def confirm_sentences(resolved: Sequence[Resolved]) -> tuple[str, ...]:
    """What a person should check of how their words were read."""
    sentences: list[str] = []
    for r in resolved:
        if r.code is None:
            near = ", ".join(c.title for c in r.candidates[:3])
            said = (
                say("confirm.not_understood_why", text=r.text, why=r.note)
                if r.note
                else say("confirm.not_understood", text=r.text)
            )
            sentences.append(together([said, say("confirm.did_you_mean", near=near)]) if near else said)
        elif r.confirm:
            others = ", ".join(c.title for c in r.candidates if c.code != r.code)[:200]
            parts = [say("confirm.read_as", text=r.text, title=r.title)]
            if r.note and not r.note.startswith("level: "):
                parts.append(say("confirm.it_is", note=r.note))
            if others:
                parts.append(say("confirm.others", others=others))
            sentences.append(together(parts))
        elif r.note and not r.note.startswith("level: "):
            sentences.append(say("confirm.noted", text=r.text, note=r.note))
    return tuple(dict.fromkeys(sentences))


def _resolve_job(job: Job, world: World, today: date) -> Resolved:
    occupations = world.catalog.occupations
    rows = _rows_of_code(job.onet_code, world) if job.onet_code else None
    if rows:
        text = job.title or job.onet_code or ""
        return Resolved(text, occupations.codes[rows[0]], occupations.titles[rows[0]], 1.0)
    if not job.title and not job.duties:
        return Resolved(job.onet_code or "", None, None, 0.0)
    return world.resolver.resolve_title(job.title or job.duties or "", job.duties, today=today)


def _unknown_codes(seeker: Seeker, world: World) -> tuple[str, ...]:
    """Codes given beside jobs that are none of the data's, so that the words were read instead."""
    codes = dict.fromkeys(job.onet_code for job in seeker.work_history if job.onet_code and (job.title or job.duties))
    return tuple(say("confirm.code_not_known", code=code) for code in codes if not _rows_of_code(code, world))


def _resolve_goal(text: str, world: World, today: date) -> tuple[Resolved, tuple[int, ...]]:
    """A job wanted, by its title or a code, and the occupations that are meant: a SOC code may cover several."""
    occupations = world.catalog.occupations
    rows = _rows_of_code(text, world)
    if rows is None:
        resolved = world.resolver.resolve_title(text, today=today)
        return resolved, (occupations.row[resolved.code],) if resolved.code in occupations.row else ()
    if not rows:
        return Resolved(text, None, None, 0.0), ()
    code = occupations.codes[rows[0]] if len(rows) == 1 else text.strip()
    return Resolved(text, code, occupations.titles[rows[0]], 1.0), rows


def _rows_of_code(text: str, world: World) -> tuple[int, ...] | None:
    """The occupations of an O*NET or a SOC code, none where it is not in the data; None of what is no code."""
    occupations = world.catalog.occupations
    onet, soc = parse_onet_code(text), parse_soc_code(text)
    if onet is not None:
        return (occupations.row[onet],) if onet in occupations.row else ()
    if soc is not None:
        return tuple(row for row, code in enumerate(occupations.codes) if code.startswith(f"{soc}."))
    return None


def with_implied(held: set[str], world: World) -> frozenset[str]:
    """Credentials held, those they are made of, and those they could not have been earned without."""
    waiting = list(held)
    while waiting:
        for rule in world.catalog.rules_into.get(waiting.pop(), ()):
            sure = rule.relation == "part" or (rule.relation == "required" and rule.group is None)
            if sure and rule.from_credential not in held:
                held.add(rule.from_credential)
                waiting.append(rule.from_credential)
    return frozenset(held)


def _months(worked: Sequence[_Worked]) -> dict[int, float]:
    months: dict[int, float] = {}
    for w in worked:
        if w.occupation is not None and w.job.months is not None:
            months[w.occupation] = months.get(w.occupation, 0.0) + w.job.months
    return months


def _latest(worked: Sequence[_Worked]) -> list[_Worked]:
    """Most recent first: the present job, then by end, without one last; of equals the longer, then better paid."""
    return sorted(
        worked,
        key=lambda w: (w.job.current, w.job.ended or "", w.job.months or 0, w.job.hourly_wage_usd or 0.0),
        reverse=True,
    )


def _usual_wage(
    worked: Sequence[_Worked], wages: AreaWages, education: int, world: World
) -> tuple[float, str, int | None]:
    """What the person would earn otherwise, an hour: the latest pay stated, else the median here of the latest job."""
    latest = _latest(worked)
    usual, likely = next(((w.occupation, w.likely) for w in latest if w.occupation is not None), (None, False))
    stated = next((w.job.hourly_wage_usd for w in latest if w.job.hourly_wage_usd is not None), None)
    if stated is not None:
        return stated, "stated", usual
    if usual is not None and likely and not np.isnan(wages.p50[usual]):
        return float(wages.p50[usual]), "occupation_median", usual
    return _estimated_wage(wages, education, world), "estimate", usual


def _estimated_wage(wages: AreaWages, education: int, world: World) -> float:
    """The median of the entry wages of the jobs open to people of an education here, an hour."""
    entry = wages.p25[_open_to(education, world) & ~np.isnan(wages.p25)]
    return round(float(np.median(entry)), 2) if entry.size else 0.0


def _open_to(education: int, world: World) -> npt.NDArray[np.bool_]:
    """Occupations whose typical entry education the person meets; with none stated, those that ask for none."""
    asked = world.catalog.occupations.education
    level = (
        max(education, int(Education.HIGH_SCHOOL_DIPLOMA))
        if education != Education.LESS_THAN_HIGH_SCHOOL
        else education
    )
    return (asked > 0) & (asked <= (level if education else int(Education.LESS_THAN_HIGH_SCHOOL)))


def _capability(person: Person, jobs: Sequence[Experience], skills: Sequence[Resolved], world: World) -> Capability:
    rows = world.catalog.occupations.row
    plainest = [
        rows[c.opens[0]]
        for c in (world.catalog.credentials[i] for i in sorted(person.held))
        if c.opens and c.opens[0] in rows
    ]
    stated = [
        (world.descriptor_row[r.code], STATED_LEVELS[noted_level(r)]) for r in skills if r.code in world.descriptor_row
    ]
    return assess_capability(world.snapshot.need, _open_to(person.education, world), jobs, plainest, stated)


def _years_since(job: Job, today: date) -> float:
    if job.current or not job.ended:
        return 0.0
    year, month = (int(part) for part in job.ended.split("-")[:2])
    return max(0.0, (today.year - year) + (today.month - month) / 12.0)
