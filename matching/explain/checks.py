"""Checks: what a case manager should look into before a course is chosen."""

from collections.abc import Iterator, Mapping

from matching.degrees import SCHOOL_YEAR_WEEKS
from matching.explain.words import CONCERNS
from matching.moves import Move
from matching.seeker import BasicSkills
from matching.wording import say, together
from taxonomy.credentials import Credential
from taxonomy.frozen import frozen
from taxonomy.law import LegalBar
from taxonomy.programs import Program

# Basic skills deficient: at or below 8th grade on a test (WIOA section 3(5)).
SCREENING_GRADE = 9
# Age from which the hazardous occupations orders no longer apply (29 CFR 570.120), and their code among the bars.
GROWN_UP = 18
_CHILD_LABOR = "L9"
# Below it a commercial driver stays within the state (49 CFR 391.11); the codes of what driving and its tests ask for.
BETWEEN_STATES = 21
_DRIVERS, _DRUG_TESTS = "L4", "L10"


@frozen
class Checks:
    """What of the person bears on every course, and the bars a record may meet."""

    legal_bars: Mapping[str, LegalBar]
    convictions: tuple[str, ...] = ()
    physical_limits: tuple[str, ...] = ()
    basic_skills: BasicSkills | None = None
    age: int | None = None
    by_transit: bool = False  # the person goes by bus or train

    def of_course(
        self,
        move: Move,
        program: Program,
        credential: Credential | None,
        cost_usd: float | None,
        questions: tuple[str, ...],
        minimum_age: int | None = None,
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
                    *self._of_transit(program),
                    *questions,
                    *self._of_person(credential),
                    *self._of_age(credential, minimum_age),
                ]
            )
        )

    def _of_person(self, credential: Credential | None) -> Iterator[str]:
        skills = self.basic_skills
        grades = (skills.reading_grade, skills.math_grade) if skills else ()
        low = [grade for grade in grades if grade is not None and grade < SCREENING_GRADE]
        if low:
            yield say("check.low_grade", grade=f"{min(low):g}")
        if self.physical_limits:
            yield say("check.physical_limits", limits=", ".join(self.physical_limits))
        if credential is not None and self.convictions and credential.legal_bars:
            bars = [self._bar(code) for code in credential.legal_bars if code != _CHILD_LABOR]
            if bars:
                yield say("check.legal_bars", routes=together(bars, "; "))

    def _of_transit(self, program: Program) -> Iterator[str]:
        if self.by_transit and program.near_transit is not None and program.modality != "online":
            yield say("check.near_transit" if program.near_transit else "check.no_transit")

    def _of_age(self, credential: Credential | None, minimum_age: int | None) -> Iterator[str]:
        if minimum_age is not None and self.age is None:
            yield say("check.minimum_age", age=minimum_age)
        young = self.age is not None and self.age < GROWN_UP
        if credential is not None and _CHILD_LABOR in credential.legal_bars and young:
            yield say("check.under_18")
        drives = credential is not None and credential.kind == "license" and _DRIVERS in credential.legal_bars
        if drives and (self.age is None or self.age < BETWEEN_STATES):
            yield say("check.between_states")

    def _bar(self, code: str) -> str:
        bar = self.legal_bars.get(code)
        if bar is None:
            return code
        return f"{bar.name} ({bar.authority})" + (f"; {bar.waiver}" if bar.waiver else "")


_DEAR = say("check.price_unknown")


def _of_concerns(move: Move) -> Iterator[str]:
    yield from (CONCERNS[code].check for code in move.concerns if code != "support_admission")
    if move.hours_per_week is not None and "study_hours_per_week" in move.concerns and not move.hours_known:
        yield say("check.like_hours", hours=f"{move.hours_per_week:.0f}")


def _of_length(program: Program) -> Iterator[str]:
    if program.weeks is None:
        yield say("check.length_unknown")
        return
    if program.weeks_basis == "estimated":
        yield say("check.length_estimated")
    if program.weeks_basis == "span" and program.weeks_least is not None:
        yield say("check.length_span", least=f"{program.weeks_least:.0f}", most=f"{program.weeks:.0f}")
    # From a school year on a course runs over breaks between terms.
    if program.weeks >= SCHOOL_YEAR_WEEKS and program.kind != "apprenticeship":
        yield say("check.school_year")


def _of_credential(credential: Credential | None) -> Iterator[str]:
    if credential is None:
        yield say("check.credential_unknown")
        return
    if not credential.verified:
        yield say("check.credential_unchecked", credential=credential.name)
    if credential.kind == "license" and {_DRIVERS, _DRUG_TESTS}.issubset(credential.legal_bars):
        yield say("check.commercial_driver")
    if credential.valid_months is not None:
        yield say("check.renew", credential=credential.name, months=credential.valid_months)
    elif "validity_unknown" in credential.flags:
        yield say("check.renewal_unknown", credential=credential.name)


def _of_listing(program: Program) -> Iterator[str]:
    if program.starts_on:
        yield say("check.starts_on", day=program.starts_on)
    if program.seats is not None:
        yield say("check.seats", seats=program.seats)
    if program.updated_on:
        yield say("check.listed_on", day=program.updated_on)
