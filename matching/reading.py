"""Reading: a seeker's words and dates turned into the person the other stages see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matching.answer import Resolved, Understood
from matching.capability.profile import Capability, Experience, assess_capability
from matching.jobs_named import read_jobs, unknown_codes
from matching.moves import Person
from matching.occupations import education_value
from matching.resolve.skills import noted_level
from matching.seeker import Constraint, Seeker
from matching.usual_pay import Worked, estimated_wage, not_counted, open_to, usual_pay
from matching.wording import say, together
from matching.world import World
from taxonomy.frozen import frozen

# O*NET levels a stated skill speaks for, from O*NET's own 0-7 anchors: a beginner's, a worker's, an expert's.
STATED_LEVELS = {"basic": 2.0, None: 3.0, "intermediate": 3.5, "advanced": 5.0}
UNKNOWN_MONTHS = 12.0  # a job whose length is not stated counts as one year, and the answer asks


@frozen
class Reading:
    """The person, what they can do, and how their words were taken."""

    person: Person
    capability: Capability
    understood: Understood


def hard_limit(limit: Constraint[float] | None) -> float:
    """The value of a hard limit, infinite when there is none."""
    return limit.value if limit is not None and limit.hard else float("inf")


def wished_out_of_pocket(seeker: Seeker) -> float:
    """The most the person wants to pay, hard or soft; above it a cost is a concern."""
    wish = seeker.constraints.max_out_of_pocket_usd
    return float("inf") if wish is None else wish.value


def with_limits(person: Person, seeker: Seeker) -> Person:
    """The same person with the limits of a seeker, who may want no job before others any more."""
    return replace(
        person,
        better_pay_within=hard_limit(seeker.constraints.max_weeks_to_better_pay),
        most_out_of_pocket=hard_limit(seeker.constraints.max_out_of_pocket_usd),
        goal_occupations=person.goal_occupations if seeker.goals.occupations else frozenset(),
    )


def with_schooling(person: Person, seeker: Seeker, world: World) -> Person:
    """The same person with the schooling of a seeker."""
    education = education_value(seeker.education_level)
    estimated = person.usual_wage_basis == "estimate"
    usual_wage = estimated_wage(person.wages, education, world) if estimated else person.usual_wage
    return replace(person, education=education, usual_wage=usual_wage)


def read_person(seeker: Seeker, world: World, today: date) -> Reading:
    """Resolve a seeker's words against a world on a day."""
    catalog = world.catalog
    place = catalog.places.find_zip(seeker.location.zip)
    wages = catalog.places.wages(place)
    titles, goals = read_jobs(seeker, world, today)
    worked = [
        Worked(job, catalog.occupations.row.get(taken.code or ""), taken)
        for job, taken in zip(seeker.work_history, titles, strict=True)
    ]
    state = place.state if place else None
    held = [h for c in seeker.credentials for h in world.resolver.resolve_credentials(c, today, state)]
    skills = tuple(r for s in seeker.skills for r in world.resolver.resolve_skill(s.text, s.level, today))
    education = education_value(seeker.education_level)
    valid = with_implied({h.credential_id for h in held if h.credential_id and h.valid is not False}, world)
    named = with_implied({h.credential_id for h in held if h.credential_id}, world)
    jobs_done = {w.occupation for w in worked if w.occupation is not None}
    asked_for = ((job, catalog.licences.needed_for(job, place)) for job in sorted(jobs_done))
    # Where none was named it may be held: what is not known must make no plan look better than what is.
    barred = [job for job, licences in asked_for if licences.isdisjoint(valid) and not licences.isdisjoint(named)]
    usual = usual_pay(worked, wages, education, world, today, barred)
    sure = sorted({w.occupation for w in worked if w.occupation is not None and not w.taken.confirm})
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
        doubtful=frozenset(w.occupation for w in worked if w.occupation is not None and w.taken.confirm),
        unnamed=tuple(credential.name for credential in catalog.licences.unnamed(sure, named, place)),
        usual_wage=usual.wage,
        usual_wage_basis=usual.basis,
        usual_occupation=usual.occupation,
        age=None if born is None else today.year - born,
        goal_occupations=frozenset(row for goal in goals for row in goal.rows),
        better_pay_within=hard_limit(seeker.constraints.max_weeks_to_better_pay),
        most_out_of_pocket=hard_limit(seeker.constraints.max_out_of_pocket_usd),
    )
    credentials, wanted = tuple(h.resolved for h in held), tuple(goal.resolved for goal in goals)
    to_confirm = (
        *unknown_codes(seeker, world),
        *confirm_sentences((*titles, *skills, *credentials, *wanted)),
        *not_counted(worked, world, today),
        *catalog.licences.to_ask(zip(titles, (w.occupation for w in worked), strict=True), named, place),
    )
    understood = Understood(titles, skills, credentials, wanted, to_confirm)
    jobs = [
        Experience(w.occupation, float(w.job.months or UNKNOWN_MONTHS), w.years_since(today))
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


def _months(worked: Sequence[Worked]) -> dict[int, float]:
    months: dict[int, float] = {}
    for w in worked:
        if w.occupation is not None and w.job.months is not None:
            months[w.occupation] = months.get(w.occupation, 0.0) + w.job.months
    return months


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
    return assess_capability(world.snapshot.need, open_to(person.education, world), jobs, plainest, stated)
