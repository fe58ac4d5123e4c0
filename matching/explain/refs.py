"""References: the credential and the program a step names, as their source has them."""

import numpy as np

from matching.answer import ProgramRef
from matching.answer_exits import CredentialRef
from matching.answer_jobs import TravelTime
from matching.moves import Move, Screening
from matching.travel import Journeys
from taxonomy.credentials import Credential
from taxonomy.programs import Program


def credential_ref(credential: Credential | None, program: Program | None) -> CredentialRef | None:
    """The credential by our vocabulary, else by the words of the list."""
    if credential is not None:
        return CredentialRef(
            credential.id,
            credential.name,
            credential.kind,
            credential.issuer,
            credential.verified,
            f"{credential.source}, {credential.edition}",
        )
    if program is None or program.award == "none":
        return None
    kind = {"associate": "degree", "bachelor": "degree", "apprenticeship": "apprenticeship_certificate"}
    name = program.credential_text or (program.award or "unknown industry certificate").replace("_", " ")
    return CredentialRef(None, f"{name} ({program.name})", kind.get(program.award or "", "certificate"))


def program_ref(move: Move, program: Program, screening: Screening, minimum_age: int | None) -> ProgramRef:
    """The program as its list prints it, with the way there."""
    miles = float(screening.miles[move.program])
    at_home = program.modality == "online"
    return ProgramRef(
        id=program.id,
        name=program.name,
        cip_code=program.cip_code,
        clock_hours=program.clock_hours,
        weeks=program.weeks,
        weeks_basis=program.weeks_basis,
        weeks_least=program.weeks_least,
        hours_per_week=_shown_hours(move, program),
        modality=program.modality,
        city=program.city,
        zip=program.zip,
        distance_miles=None if np.isnan(miles) or at_home else round(miles, 1),
        updated_on=program.updated_on,
        source=program.release,
        problems=program.problems,
        starts_on=program.starts_on,
        seats=program.seats,
        minimum_age=minimum_age,
        language=program.language,
        evening=program.evening,
        weekend=program.weekend,
        travel=() if at_home else tuple(_travel(mode, ways, move.program) for mode, ways in screening.journeys.items()),
    )


def _travel(mode: str, ways: Journeys, row: int) -> TravelTime:
    minutes = float(ways.minutes[row])
    return TravelTime(mode, None, None) if np.isnan(minutes) else TravelTime(mode, round(minutes, 0), ways.source)


def _shown_hours(move: Move, program: Program) -> float | None:
    # A span of weeks makes a span of hours a week; none of them is shown as the course's.
    known = move.hours_known and move.hours_per_week is not None and program.weeks_basis != "span"
    return round(move.hours_per_week, 1) if known and move.hours_per_week is not None else None
