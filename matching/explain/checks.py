"""Checks: what a case manager should look into before a course is chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matching.explain.words import CONCERNS
from matching.moves import Move
from matching.seeker import BasicSkills
from taxonomy.credentials import Credential
from taxonomy.law import LegalBar
from taxonomy.programs import Program

# Weeks of class in an academic year (34 CFR 668.3): from here on a course runs over breaks between terms.
SCHOOL_YEAR_WEEKS = 30
# Basic skills deficient: at or below 8th grade on a test (WIOA section 3(5)).
SCREENING_GRADE = 9


@dataclass(frozen=True, slots=True)
class Checks:
    """What of the person bears on every course, and the bars a record may meet."""

    legal_bars: Mapping[str, LegalBar]
    convictions: tuple[str, ...] = ()
    physical_limits: tuple[str, ...] = ()
    basic_skills: BasicSkills | None = None

    def of_course(
        self,
        move: Move,
        program: Program,
        credential: Credential | None,
        cost_usd: float | None,
        questions: tuple[str, ...],
    ) -> tuple[str, ...]:
        """All checks of a course, each once."""
        return tuple(
            dict.fromkeys(
                [
                    *_of_concerns(move),
                    *_of_length(program),
                    *_of_credential(credential),
                    *([] if cost_usd is not None else [_DEAR]),
                    *_of_listing(program),
                    *questions,
                    *self._of_person(credential),
                ]
            )
        )

    def _of_person(self, credential: Credential | None) -> Iterator[str]:
        skills = self.basic_skills
        grades = (skills.reading_grade, skills.math_grade) if skills else ()
        low = [grade for grade in grades if grade is not None and grade < SCREENING_GRADE]
        if low:
            yield (
                f"A test shows grade {min(low):g}: many courses screen for more. Ask which grade this one asks for, "
                "and plan adult education first if needed."
            )
        if self.physical_limits:
            yield f"You named limits ({', '.join(self.physical_limits)}): ask what the class and the job demand."
        if credential is not None and self.convictions and credential.legal_bars:
            routes = "; ".join(self._bar(code) for code in credential.legal_bars)
            yield f"Some records can bar this licence or job, and there are waiver and appeal routes: {routes}"

    def _bar(self, code: str) -> str:
        bar = self.legal_bars.get(code)
        if bar is None:
            return code
        return f"{bar.name} ({bar.authority})" + (f"; {bar.waiver}" if bar.waiver else "")


_DEAR = "The price is not known. The value counts it as dear as most like courses are."


def _of_concerns(move: Move) -> Iterator[str]:
    yield from (CONCERNS[code].check for code in move.concerns if code != "support_admission")
    if move.hours_per_week is not None and "study_hours_per_week" in move.concerns:
        yield f"Like courses take about {move.hours_per_week:.0f} hours a week."


def _of_length(program: Program) -> Iterator[str]:
    if program.weeks is None:
        yield "The length is not known. The plan counts it as long as most like courses are."
        return
    if program.weeks_basis == "estimated":
        yield "The list gives no usable length. The weeks are worked out from like courses."
    if program.weeks >= SCHOOL_YEAR_WEEKS:
        yield "The weeks are weeks of class: breaks, and courses to take first, add to them."


def _of_credential(credential: Credential | None) -> Iterator[str]:
    if credential is None:
        yield "The credential is not one we know: ask who issues it and which employers ask for it."
    elif not credential.verified:
        yield f"What we hold about the {credential.name} credential is not yet checked at its source."


def _of_listing(program: Program) -> Iterator[str]:
    if program.updated_on:
        yield f"Listed as last updated on {program.updated_on}: ask if it is still on the approved list."
