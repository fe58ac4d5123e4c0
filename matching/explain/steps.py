"""Steps: each move of a path written out as the steps a person takes, with place, money, evidence and checks."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matching.answer import ProviderRef, Step
from matching.answer_evidence import Evidence
from matching.answer_exits import Exit, WageRange
from matching.answer_household import BenefitAtRisk, SelfSufficiency
from matching.catalog import Catalog
from matching.explain.bridges import Bridge, Bridges, bridge_step
from matching.explain.checks import Checks
from matching.explain.job_quality import quality_signals
from matching.explain.job_rules import JobRules
from matching.explain.money import ExamFacts, MoneyFacts, Outlook, dollars, hourly
from matching.explain.refs import credential_ref, program_ref
from matching.explain.words import CONCERNS
from matching.moves import Move, Opening, Path, Person, Screening
from matching.wording import say
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.programs import Program
from taxonomy.snapshot import Snapshot
from taxonomy.studies import Support


@frozen
class Facts:
    """What the other stages know about a path and its moves, asked for only when it is shown."""

    funding: Callable[[Path], Sequence[tuple[MoneyFacts, ExamFacts | None]]]  # of each course and the exam after it
    evidence: Callable[[Move], Evidence]
    support_evidence: Callable[[Support], Evidence]


@frozen
class StepWriter:
    """Writes the steps of a path."""

    snapshot: Snapshot
    catalog: Catalog
    person: Person
    facts: Facts
    screening: Screening
    checks: Checks
    feasibility: dict[int, float]  # by occupation row; empty where the transition model has no say
    needs: SelfSufficiency
    risks: Callable[[float], tuple[BenefitAtRisk, ...]]  # benefits an hourly wage may cost the household
    bridges: Bridges
    rules: JobRules

    def steps(self, path: Path) -> tuple[Step, ...]:
        """All steps of a path in order; a start is None once a length before it is not known."""
        steps: list[Step] = []
        week: float | None = 0.0
        supported: int | None = None
        bridged: set[Bridge] = set()
        funding = self.facts.funding(path)
        for move, opening, wait, (money, fee) in zip(path.moves, path.openings, path.waits, funding, strict=True):
            if wait:
                steps.append(self._work(move, wait, week))
                week = None if week is None else week + wait
            for bridge in self.bridges.of(move):
                if bridge not in bridged:
                    bridged.add(bridge)
                    steps.append(bridge_step(bridge, week))
                    week = None if bridge.first else week
            program = self.catalog.programs.records[move.program]
            credential = self.catalog.programs.awards[move.program]
            if move.support is not None and move.support != supported:
                steps.append(self._support(self.catalog.supports[move.support], program, week))
            supported = move.support
            step = self._training(move, program, credential, week, None if fee else opening, money)
            if opening is not None and move.kind == "apprenticeship":
                pay = opening.learning_pay(self.person.usual_wage)
                said = say("check.rising_pay", pay=hourly(pay))
                step = replace(step, pay_usd_per_hour=pay, checks=(*step.checks, said))
            steps.append(step)
            week = None if week is None or program.weeks is None else week + move.weeks
            if credential is not None and fee:
                steps.append(self._exam(move, credential, week, opening, fee))
                week = None if week is None else week + move.exam_weeks
        return tuple(steps)

    def _training(
        self,
        move: Move,
        program: Program,
        credential: Credential | None,
        week: float | None,
        opening: Opening | None,
        money: MoneyFacts,
    ) -> Step:
        return Step(
            kind=move.kind,
            credential=credential_ref(credential, program),
            program=program_ref(move, program, self.screening, self._minimum_age(move)),
            provider=ProviderRef(program.provider_id, program.provider_name, self._provider_kind(program)),
            starts_after_weeks=week,
            weeks=program.weeks,
            cost_usd=money.cost_usd,
            funding=money.funding,
            out_of_pocket_usd=money.out_of_pocket_usd,
            out_of_pocket_range_usd=(money.low_usd, money.high_usd),
            exit=self.exit(opening),
            evidence=self.facts.evidence(move),
            checks=(
                *self.checks.of_course(
                    move, program, credential, money.cost_usd, money.questions, self._minimum_age(move)
                ),
                *self._warnings(opening),
            ),
        )

    def _exam(
        self, move: Move, credential: Credential, week: float | None, opening: Opening | None, facts: ExamFacts
    ) -> Step:
        cost = facts.cost_usd
        return Step(
            kind="exam",
            credential=credential_ref(credential, None),
            program=None,
            provider=None,
            starts_after_weeks=week,
            weeks=move.exam_weeks,
            cost_usd=cost,
            funding=facts.funding,
            out_of_pocket_usd=facts.low_usd if facts.low_usd == facts.high_usd else None,
            out_of_pocket_range_usd=(facts.low_usd, facts.high_usd),
            exit=self.exit(opening),
            evidence=None,
            checks=(
                say("check.exam_fee_unknown")
                if cost is None
                else say("check.exam_fee", fee=dollars(cost), source=credential.source),
                *self._warnings(opening),
            ),
            note=say("note.exam", exam=credential.exam_name),
        )

    def _work(self, move: Move, wait: float, week: float | None) -> Step:
        rules = [r for r in self.catalog.rules_into.get(move.award, ()) if r.work_months or r.work_hours]
        before = self.catalog.credentials.get(rules[0].from_credential) if rules else None
        return Step(
            kind="work",
            credential=None,
            program=None,
            provider=None,
            starts_after_weeks=week,
            weeks=round(wait, 1),
            cost_usd=0.0,
            funding=(),
            out_of_pocket_usd=0.0,
            out_of_pocket_range_usd=(0.0, 0.0),
            exit=None,
            evidence=None,
            checks=(say("check.keep_proof"),),
            note=say("note.work_as", credential=before.name) if before else say("note.work"),
        )

    def _support(self, support: Support, program: Program, week: float | None) -> Step:
        cost = support.cost_to_person_usd
        return Step(
            kind="support",
            credential=None,
            program=None,
            provider=ProviderRef(support.provider_id, support.name, "intermediary"),
            starts_after_weeks=week,
            weeks=program.weeks,
            cost_usd=cost,
            funding=(),
            out_of_pocket_usd=cost,
            out_of_pocket_range_usd=(cost, cost),
            exit=None,
            evidence=self.facts.support_evidence(support),
            checks=(
                CONCERNS["support_admission"].check,
                *((say("check.full_time_study"),) if support.full_time_study else ()),
            ),
            note=say("note.support", provider=program.provider_name),
        )

    def exit(self, opening: Opening | None) -> Exit | None:
        """The job a step opens, with the wage of the area and whose figures they are."""
        if opening is None:
            return None
        row = opening.occupation
        job, enough = self.catalog.occupations.records[row], self.needs.wage_usd_per_hour
        outlook = self.outlook(row)
        return Exit(
            onet_code=job.onet_code,
            title=job.title,
            wage_usd_per_hour=self.wage(row),
            growth_pct=outlook.growth_pct,
            openings_per_year=outlook.openings_per_year,
            projections_area=outlook.area,
            projections_area_name=outlook.area_name,
            projections_years=outlook.years,
            projections_fallback=outlook.fallback,
            typical_education=job.typical_education,
            feasibility=self.feasibility.get(row),
            counted_wage_usd_per_hour=opening.wage,
            link_basis=opening.basis,
            link_confidence=opening.confidence,
            benefits_at_risk=self.risks(opening.wage),
            meets_self_sufficiency=None if enough is None else opening.wage >= enough,
            job_quality=quality_signals(self.person.job_quality, row),
            rules=self.rules.of(opening),
        )

    def _warnings(self, opening: Opening | None) -> tuple[str, ...]:
        """What the pay of a job may cost the household in benefits."""
        return () if opening is None else tuple(risk.sentence for risk in self.risks(opening.wage))

    def outlook(self, row: int) -> Outlook:
        """How an occupation is projected to change, as seen from the person's place."""
        outlook = self.person.outlook
        level = int(outlook.source[row])
        if level < 0:
            return Outlook(None, None, None, None, None, fallback=False)
        area, years, openings = outlook.ladder[level], outlook.years[level], float(outlook.openings_per_year[row])
        named = self.catalog.places.areas.get(area)
        return Outlook(
            growth_pct=float(outlook.growth_pct[row]),
            openings_per_year=None if np.isnan(openings) else round(openings),
            area=area,
            area_name=named.name if named else area,
            years=f"{years[0]}-{years[1]}" if years else None,
            fallback=area != outlook.local,
        )

    def wage(self, row: int) -> WageRange:
        """Wage figures of an occupation as seen from the person's place."""
        wages = self.person.wages
        area = wages.ladder[int(wages.source[row])]
        figures = self.catalog.places.areas[area]

        def figure(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float | None:
            return None if np.isnan(values[row]) else float(values[row])

        return WageRange(
            p10=figure(wages.p10),
            p25=figure(wages.p25),
            p50=figure(wages.p50),
            area=area,
            area_name=figures.name,
            year=figures.year,
            fallback=area != wages.local,
            source=figures.release,
        )

    def _minimum_age(self, move: Move) -> int | None:
        age = float(self.catalog.programs.minimum_age[move.program])
        return None if np.isnan(age) else round(age)

    def _provider_kind(self, program: Program) -> str | None:
        return self.catalog.provider_kinds.get(program.provider_id)
