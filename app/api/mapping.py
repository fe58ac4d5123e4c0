"""Between the wire and the method: a profile as sent to a `Seeker`, an `Answer` to its bytes.

The service, the command line and lists all pass through here, so that one person gets the same bytes by every door.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from app.api import schemas
from app.api.field_errors import field_errors
from app.errors import IntakeError
from matching.answer import Answer, Relaxation
from matching.seeker import (
    BasicSkills,
    Constraint,
    Constraints,
    EligibilityFacts,
    Goals,
    HeldCredential,
    Household,
    Job,
    Language,
    Location,
    Seeker,
    StatedSkill,
)

In = TypeVar("In", bound=schemas.Strict)
Out = TypeVar("Out")

_ANSWER_FIELDS = tuple(field.name for field in fields(Answer))
_RELAXATION_FIELDS = tuple(field.name for field in fields(Relaxation))


def read_seeker(data: object) -> Seeker:
    """The profile in `data`, parsed JSON.

    Raises:
        IntakeError: with every fault found; no value of the input is in it.
    """
    try:
        sent = schemas.SeekerIn.model_validate(data)
    except ValidationError as error:
        raise IntakeError(field_errors(error)) from None  # the cause would carry the values into a traceback
    return _seeker(sent)


def _seeker(sent: schemas.SeekerIn) -> Seeker:
    return Seeker(
        reference=sent.reference,
        location=_section(sent.location, Location),
        work_history=_rows(sent.work_history, _job),
        education_level=sent.education.level if sent.education else None,
        credentials=_rows(sent.credentials, lambda row: HeldCredential(**_given(row))),
        skills=_rows(sent.skills, lambda row: StatedSkill(**_given(row))),
        languages=_rows(sent.languages, lambda row: Language(**_given(row))),
        basic_skills=_section(sent.basic_skills, BasicSkills),
        goals=_section(sent.goals, Goals),
        constraints=_section(sent.constraints, Constraints),
        household=_section(sent.household, Household),
        eligibility=_section(sent.eligibility, EligibilityFacts),
    )


def _rows(sent: Iterable[In] | None, make: Callable[[In], Out]) -> tuple[Out, ...]:
    return tuple(make(row) for row in sent or ())


def _section(sent: schemas.Strict | None, kind: Callable[..., Out]) -> Out:
    return kind() if sent is None else kind(**_given(sent))


def _job(sent: schemas.JobIn) -> Job:
    return Job(**_given(sent))


def _given(sent: schemas.Strict) -> dict[str, Any]:
    """The fields that say something. The two models have the same names, so absent and null fall to the default."""
    return {name: _value(value) for name, value in sent if value is not None}


def _value(value: object) -> object:
    if isinstance(value, schemas.ConstraintIn):
        return Constraint(_value(value.value), value.hard)
    if isinstance(value, list):
        return tuple(value)
    return value


def answer_bytes(answer: Answer) -> bytes:
    """The answer as JSON: the same answer gives the same bytes. Keys are in the order of the dataclasses."""
    document = {name: getattr(answer, name) for name in _ANSWER_FIELDS}
    document["relaxations"] = [_relaxation(row) for row in answer.relaxations]
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)


def _relaxation(row: Relaxation) -> dict[str, object]:
    # `from` is a word of Python, so the dataclass has to say `from_`.
    return {name.rstrip("_"): getattr(row, name) for name in _RELAXATION_FIELDS}
