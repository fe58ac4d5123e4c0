"""Whole seekers with what their plans must and must not say, and why: the cases of `cases/*.toml`, on the starter set.

A case speaks of meaning (which jobs, which credentials, what is ruled out, what is said to be unknown), hardly of
numbers, so that it stays true when data is refreshed. Each key of `[expect]` is a check below.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.api.mapping import read_seeker
from matching.answer import Answer, Plan, Step
from matching.config import MatchConfig
from matching.engine import match
from matching.world import World

DAY = date(2026, 11, 22)
CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
OFFICIAL_CASES = sorted((Path(__file__).parent / "official_cases").glob("*.toml"))
REASON_WORDS = 8  # fewer are no reason

Check = Callable[[Answer, World, Any], Iterator[str]]


def targets(answer: Answer) -> set[str]:
    return {plan.target.onet_code for plan in answer.plans}


def exits(answer: Answer) -> set[str]:
    return {step.exit.onet_code for step in steps(answer) if step.exit} | targets(answer)


def steps(answer: Answer) -> list[Step]:
    return [step for plan in answer.plans for step in plan.steps]


def credentials(plan: Plan) -> list[str]:
    """Credentials a plan teaches, in order; those not known here by their name."""
    taught = [step for step in plan.steps if step.kind in ("training", "apprenticeship")]
    return [step.credential.id or step.credential.name for step in taught if step.credential]


def missing(what: str, wanted: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    found = sorted(set(found))
    yield from (f"{what}: {w!r} is not among {found}" for w in wanted if w not in found)


def unsaid(where: str, wanted: Iterable[str], said: Iterable[str]) -> Iterator[str]:
    said = list(said)
    yield from (f"{where} never say {w!r}; they say {said}" for w in wanted if not any(w in s for s in said))


def forbidden(what: str, unwanted: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    found = sorted(set(found))
    yield from (f"{what}: {u!r} must not occur, yet {f!r} does" for u in unwanted for f in found if f.startswith(u))


def no_plan(answer: Answer, _: World, wanted: bool) -> Iterator[str]:  # noqa: FBT001 - the value of a key
    if wanted != (not answer.plans):
        yield f"no plan expected: {wanted}, plans to {sorted(targets(answer))}"


def plans_at_least(answer: Answer, _: World, wanted: int) -> Iterator[str]:
    if len(answer.plans) < wanted:
        yield f"only {len(answer.plans)} plans"


def training_steps_at_least(answer: Answer, _: World, wanted: int) -> Iterator[str]:
    most = max((len(credentials(plan)) for plan in answer.plans), default=0)
    if most < wanted:
        yield f"no plan has more than {most} training steps"


def only_targets(answer: Answer, _: World, prefixes: list[str]) -> Iterator[str]:
    yield from (f"target {t} lies outside {prefixes}" for t in targets(answer) if not t.startswith(tuple(prefixes)))


def overall_never(answer: Answer, _: World, unwanted: list[str]) -> Iterator[str]:
    best = [plan.target.onet_code for plan in answer.plans if "overall" in plan.best_at]
    yield from forbidden("best overall", unwanted, best)


def read_as(answer: Answer, _: World, wanted: dict[str, str]) -> Iterator[str]:
    u = answer.understood
    read = {r.text: r.code for r in (*u.work_history, *u.skills, *u.credentials)}
    yield from (
        f"{text!r} was read as {read.get(text)}" for text, code in wanted.items() if (read.get(text) or "") != code
    )


def wanted(answer: Answer, _: World, jobs: dict[str, str]) -> Iterator[str]:
    read = {goal.text: goal.code for goal in answer.understood.goals}
    yield from (f"{text!r} was read as {read.get(text)}" for text, code in jobs.items() if read.get(text) != code)


def notes(answer: Answer, _: World, wanted: dict[str, str]) -> Iterator[str]:
    said = {r.code: r.note or "" for r in answer.understood.credentials}
    yield from (f"note on {c}: {said.get(c)!r}" for c, text in wanted.items() if text not in said.get(c, ""))


def ladder(answer: Answer, _: World, wanted: list[str]) -> Iterator[str]:
    if wanted not in [credentials(plan) for plan in answer.plans]:
        yield f"no plan is {wanted}; plans are {[credentials(plan) for plan in answer.plans]}"


def bridge_only_after(answer: Answer, _: World, wanted: dict[str, str]) -> Iterator[str]:
    """A course for people who hold a licence stands in a plan only behind the course to that licence."""
    for plan in answer.plans:
        taught = credentials(plan)
        for bridge, licence in wanted.items():
            if bridge in taught and licence not in taught[: taught.index(bridge)]:
                yield f"{bridge} without {licence}: {taught}"


def evidence_tiers(answer: Answer, _: World, wanted: dict[str, str]) -> Iterator[str]:
    """Tier shown beside what a provider does, by its name."""
    for name, tier in wanted.items():
        shown = {s.evidence.tier for s in steps(answer) if s.evidence and s.provider and s.provider.name == name}
        if shown != {tier}:
            yield f"{name}: tiers {sorted(shown)}"


def wages_of(answer: Answer, _: World, areas: list[str]) -> Iterator[str]:
    """Whose wages are shown; where they are not the person's own area's, every plan says whose they are."""
    for plan in answer.plans:
        for wage in (step.exit.wage_usd_per_hour for step in plan.steps if step.exit):
            if wage.area not in areas:
                yield f"wage of {wage.area} shown"
            if wage.fallback and not any(wage.area_name in said for said in plan.unknowns):
                yield f"plan {plan.id} does not say that wages are of {wage.area_name}"


def distance_within(answer: Answer, _: World, miles: float) -> Iterator[str]:
    far = [s.program.name for s in steps(answer) if s.program and (s.program.distance_miles or 0.0) > miles]
    yield from (f"{name} is farther than {miles} miles" for name in far)


def modalities(answer: Answer, _: World, allowed: list[str]) -> Iterator[str]:
    found = {s.program.modality for s in steps(answer) if s.program and s.program.modality}
    yield from (f"a course is {m}" for m in found - set(allowed))


def better_pay_within_weeks(answer: Answer, _: World, weeks: float) -> Iterator[str]:
    late = [p.id for p in answer.plans if (p.totals.weeks_to_better_pay or 0.0) > weeks]
    yield from (f"plan {p} pays later than {weeks} weeks" for p in late)


def funding(answer: Answer, _: World, wanted: dict[str, str]) -> Iterator[str]:
    for stream, status in wanted.items():
        seen = {f.status for s in steps(answer) if s.kind == "training" for f in s.funding if f.stream == stream}
        if status not in seen:
            yield f"{stream}: {sorted(seen)}"


def program_leads_to(_: Answer, world: World, wanted: dict[str, list[str]]) -> Iterator[str]:
    """Exactly the jobs a program of the list is taken to open, whatever the list declares."""
    programs, codes = world.catalog.programs, world.catalog.occupations.codes
    rows = {p.id: row for row, p in enumerate(programs.records)}
    for program, jobs in wanted.items():
        found = {codes[link.occupation] for link in programs.exits[rows[program]]}
        if found != set(jobs):
            yield f"{program} leads to {sorted(found)}"


def program_weeks(_: Answer, world: World, wanted: dict[str, str]) -> Iterator[str]:
    """Where a program's length comes from; a length is never zero or less."""
    known = {p.id: p for p in world.catalog.programs.records}
    for program, basis in wanted.items():
        p = known[program]
        if p.weeks_basis != basis or (p.weeks is not None and p.weeks <= 0):
            yield f"{program}: {p.weeks} weeks, {p.weeks_basis}"


def course_shown_once(answer: Answer, world: World, programs: list[str]) -> Iterator[str]:
    """Of the listings of one course, at most one is shown."""
    course = {p.id: {p.id, *p.same_course} for p in world.catalog.programs.records}
    yield from (f"{p} is not one of several listings" for p in programs if len(course[p]) < 2)
    for program in programs:
        shown = {s.program.id for s in steps(answer) if s.program and s.program.id in course[program]}
        if len(shown) > 1:
            yield f"the same course is shown as {sorted(shown)}"


def job_quality(answer: Answer, _: World, wanted: dict[str, dict[str, str]]) -> Iterator[str]:
    """What each exit says of a job beside its pay; what is not on record is "unknown"."""
    for code, sides in wanted.items():
        shown = [
            {signal.kind: signal.status for signal in s.exit.job_quality}
            for s in steps(answer)
            if s.exit and s.exit.onet_code == code
        ]
        if not shown or any(not sides.items() <= one.items() for one in shown):
            yield f"{code}: {shown[:1]}"


CHECKS: dict[str, Check] = {
    "no_plan": no_plan,
    "plans_at_least": plans_at_least,
    "training_steps_at_least": training_steps_at_least,
    "targets": lambda a, _, v: missing("targets", v, targets(a)),
    "only_targets": only_targets,
    "never_opens": lambda a, _, v: forbidden("jobs opened", v, exits(a)),
    "overall_never": overall_never,
    "teaches": lambda a, _, v: missing("credentials", v, (c for p in a.plans for c in credentials(p))),
    "never_teaches": lambda a, _, v: forbidden("credentials", v, (c for p in a.plans for c in credentials(p))),
    "ladder": ladder,
    "bridge_only_after": bridge_only_after,
    "read_as": read_as,
    "wanted": wanted,
    "notes": notes,
    "skips": lambda a, _, v: unsaid("skipped steps", v, (s for p in a.plans for s in p.skipped)),
    "never_skips": lambda a, _, v: forbidden("skipped steps", v, (s for p in a.plans for s in p.skipped)),
    "step_kinds": lambda a, _, v: missing("kinds of step", v, (s.kind for s in steps(a))),
    "never_step_kinds": lambda a, _, v: forbidden("kinds of step", v, (s.kind for s in steps(a))),
    "supported_by": lambda a, _, v: missing(
        "supports", v, (s.provider.name for s in steps(a) if s.kind == "support" and s.provider)
    ),
    "never_taught_by": lambda a, _, v: forbidden(
        "teachers", v, (s.provider.name for s in steps(a) if s.kind != "support" and s.provider)
    ),
    "evidence_tiers": evidence_tiers,
    "evidence_says": lambda a, _, v: unsaid(
        "evidence", v, (x for s in steps(a) if s.evidence for x in s.evidence.sentences)
    ),
    "rules_out": lambda a, _, v: missing("constraints", v, (r.constraint for r in a.ruled_out)),
    "never_rules_out": lambda a, _, v: forbidden("constraints", v, (r.constraint for r in a.ruled_out)),
    "relaxes": lambda a, _, v: missing("relaxations", v, (r.constraint for r in a.relaxations)),
    "wages_of": wages_of,
    "distance_within": distance_within,
    "modalities": modalities,
    "better_pay_within_weeks": better_pay_within_weeks,
    "funding": funding,
    "unknowns_say": lambda a, _, v: unsaid("unknowns", v, (u for p in a.plans for u in p.unknowns)),
    "questions_say": lambda a, _, v: unsaid("questions", v, (q for p in a.plans for q in p.questions)),
    "reasons_say": lambda a, _, v: unsaid("reasons", v, (r for p in a.plans for r in p.reasons)),
    "checks_say": lambda a, _, v: unsaid("checks", v, (c for s in steps(a) for c in s.checks)),
    "notices_say": lambda a, _, v: unsaid("notices", v, a.notices),
    "confirm_says": lambda a, _, v: unsaid("what to confirm", v, a.understood.confirm),
    "job_quality": job_quality,
    "open_now": lambda a, _, v: missing("work open now", v, (o.exit.onet_code for o in a.open_now)),
    "never_open_now": lambda a, _, v: forbidden("work open now", v, (o.exit.onet_code for o in a.open_now)),
    "program_leads_to": program_leads_to,
    "program_weeks": program_weeks,
    "course_shown_once": course_shown_once,
}


def judge(path: Path, world: World) -> None:
    """Match the seeker of a case and hold the answer to what the case expects."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(case) == {"why", "seeker", "expect"}
    assert len(case["why"].split()) >= REASON_WORDS, "say why in words"
    assert case["expect"], "a case that expects nothing cannot fail"

    answer = match(read_seeker(case["seeker"]), world, MatchConfig(), DAY)

    faults = [f"{key}: {fault}" for key, value in case["expect"].items() for fault in CHECKS[key](answer, world, value)]
    assert not faults, "\n".join([case["why"], *faults])


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_the_case_is_answered_as_its_reason_demands(path: Path, starter_world: World) -> None:
    judge(path, starter_world)


def test_every_kind_of_check_is_used_by_some_case() -> None:
    cases = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (*CASES, *OFFICIAL_CASES)]

    assert {key for case in cases for key in case["expect"]} == set(CHECKS)
