"""Plans: a path with its steps, totals, value, and the reasons, unknowns and questions in plain words.

Every number in a sentence is a number in the data beside it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import field

from matching.answer import Due, Plan, Step, Target, Totals, Value
from matching.explain.child_care import with_child_care
from matching.explain.money import cents, dollars, hourly
from matching.explain.reasons import Hopes, reasons
from matching.explain.selection import Selected
from matching.explain.steps import StepWriter
from matching.explain.words import CONCERNS, LIMITS
from matching.moves import Opening, Path
from matching.wording import say
from taxonomy.frozen import frozen


@frozen
class PlanWriter:
    """Writes plans for one person."""

    writer: StepWriter
    to_learn: dict[int, tuple[str, ...]]  # descriptors most of the gap is made of, by occupation row
    child_care_needed: bool
    hopes: Hopes = field(default_factory=Hopes)
    open_now: Mapping[int, float] = field(default_factory=dict)  # what work open without a plan pays, by occupation row

    def plan(self, selected: Selected, value: Value) -> Plan:
        """One plan, whole."""
        path = selected.path
        steps = self.writer.steps(path)
        if self.child_care_needed:
            steps = with_child_care(steps, self.writer.needs)
        last = path.openings[-1]
        assert last is not None  # noqa: S101 - `is_plan` lets no path pass that opens no job
        job = self.writer.catalog.occupations.records[last.occupation]
        return Plan(
            id=plan_id(path, self.writer),
            best_at=selected.best_at,
            target=Target(job.onet_code, job.title),
            steps=steps,
            totals=_totals(path, steps),
            value=value,
            skipped=self._skipped(path),
            reasons=self._reasons(path, last, value),
            unknowns=self._unknowns(path, steps),
            questions=_questions(path, steps),
        )

    def _reasons(self, path: Path, last: Opening, value: Value) -> tuple[str, ...]:
        why = reasons(path, last, value, self.writer, to_learn=self.to_learn, hopes=self.hopes)
        # The job may be open without the plan, for less pay at the start.
        now = self.open_now.get(last.occupation)
        return why if now is None else (*why, say("reason.open_already", wage=hourly(now)))

    def _skipped(self, path: Path) -> tuple[str, ...]:
        catalog, held = self.writer.catalog, self.writer.person.held
        used = {
            rule.from_credential
            for move in path.moves
            for rule in catalog.rules_into.get(move.award, ())
            if rule.from_credential in held
        }
        return tuple(say("plan.skipped", credential=catalog.credentials[c].name) for c in sorted(used))

    def _unknowns(self, path: Path, steps: tuple[Step, ...]) -> tuple[str, ...]:
        unknowns: list[str] = [CONCERNS[c].check for move in path.moves for c in move.concerns]
        unknowns += [
            say("plan.no_own_figures", provider=step.provider.name)
            for step in steps
            if step.evidence and step.provider and any(rate.basis == "peers" for rate in step.evidence.rates)
        ]
        for opening in path.openings:
            if opening and (wage := self.writer.wage(opening.occupation)).fallback:
                unknowns.append(say("plan.other_area", area=wage.area_name, year=wage.year))
        if any(_way_unknown(step) for step in steps):
            unknowns.append(CONCERNS["travel_time"].check)
        if any(None in step.out_of_pocket_range_usd for step in steps):
            unknowns.append(say("plan.part_of_cost"))
        elif path.cost_low != path.cost_high:
            unknowns.append(say("plan.between", low=dollars(path.cost_low), high=dollars(path.cost_high)))
        if any(step.kind == "bridge" for step in steps):
            unknowns.append(say("plan.bridge"))
        if self.child_care_needed:
            unknowns.append(say("plan.child_care"))
        return tuple(dict.fromkeys([*unknowns, LIMITS[1]]))


def plan_id(path: Path, writer: StepWriter) -> str:
    """A short name for a route: the same programs, supports and job give the same id in any edition of the data."""
    catalog = writer.catalog
    last = path.openings[-1]
    parts = [catalog.programs.records[m.program].id for m in path.moves]
    parts += ["" if m.support is None else catalog.supports[m.support].id for m in path.moves]
    parts.append(catalog.occupations.codes[last.occupation] if last else "")
    return "p-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _totals(path: Path, steps: tuple[Step, ...]) -> Totals:
    lows = [step.out_of_pocket_range_usd[0] for step in steps]
    highs = [step.out_of_pocket_range_usd[1] for step in steps]
    low = cents(sum(x for x in lows if x is not None)) if None not in lows else None
    high = cents(sum(x for x in highs if x is not None)) if None not in highs else None
    # A bridge beside a course delays nothing; one before it leaves every later start unknown.
    known = all(step.weeks is not None for step in steps if step.kind != "bridge")
    known = known and all(step.starts_after_weeks is not None for step in steps)
    return Totals(
        weeks=round(path.weeks, 1) if known else None,
        out_of_pocket_usd=low if low == high else None,
        out_of_pocket_range_usd=(low, high),
        weeks_to_better_pay=round(path.better_pay_after, 1) if known else None,
        due=tuple(
            Due(number, step.starts_after_weeks, *step.out_of_pocket_range_usd)
            for number, step in enumerate(steps)
            if step.out_of_pocket_range_usd != (0.0, 0.0)
        ),
    )


def _way_unknown(step: Step) -> bool:
    """Whether the person goes to class without a car and nobody says how long that takes."""
    ways = step.program.travel if step.program else ()
    return bool(ways) and all(way.mode != "car" and way.minutes is None for way in ways)


def _questions(path: Path, steps: tuple[Step, ...]) -> tuple[str, ...]:
    questions: list[str] = [CONCERNS[code].question for move in path.moves for code in move.concerns]
    if any(_way_unknown(step) for step in steps):
        questions.append(CONCERNS["travel_time"].question)
    for step in steps:
        if step.provider and step.kind in ("training", "apprenticeship"):
            questions.append(say("question.outcomes", provider=step.provider.name))
            if step.cost_usd is None:
                questions.append(say("question.full_price", provider=step.provider.name))
    return tuple(dict.fromkeys(questions))
