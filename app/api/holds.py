"""`/v1/seekers/{id}/hold`: a person of whom nothing is erased for now."""

import uuid
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from app import clock
from app.api.access import HoldReader, HoldWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import VersionDep, version_tag
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.follow_ups import Day, Words
from app.api.model import Model
from app.api.replies import PRIVATE, encode, reply
from app.api.schemas import Strict
from app.deps import HoldsDep
from app.errors import FieldError, InvalidInputError

router = APIRouter(prefix="/v1", tags=["seekers"], route_class=DescribedRoute)

_SAID: dict[str, Any] = {"since": "2026-11-20", "reason": "Records asked for in a complaint"}
_HOLD: dict[str, Any] = {"seeker_id": "0b7ad1f5-4f7e-4c39-9b0e-3f0a52f4a7c1", "version": 2, **_SAID}


class HoldIn(Strict):
    """Why nothing of a person may be erased, and since which day."""

    since: Day
    reason: Words


class HoldOut(Model):
    """The hold a person is on."""

    seeker_id: uuid.UUID
    version: int
    since: date
    reason: str


async def _said(body: JsonBody) -> HoldIn:
    said = read_as(HoldIn, body)
    if date.fromisoformat(said.since) > clock.today():  # it works from now on, whatever day is named
        fault = FieldError("/since", "out_of_range", "is a day to come", "give today or an earlier day")
        raise InvalidInputError("The request has a fault; see errors.", errors=(fault,))
    return said


SaidDep = Annotated[HoldIn, Depends(_said)]


@router.put(
    "/seekers/{seeker_id}/hold",
    operation_id="put_hold",
    summary="Put a person on legal hold",
    description=(
        "Until it is lifted, nothing of the person is erased: not by request, and not by age. A profile can still be "
        "put right. A hold is part of the person and has the person's ETag; a second takes the place of the first."
    ),
    response_model=HoldOut,
    responses={200: json_example("They are on hold", _HOLD)},
    openapi_extra=json_body(HoldIn, _SAID),
)
async def put_hold(  # what an operation is given are its parameters
    request: Request, caller: HoldWriter, seeker_id: uuid.UUID, said: SaidDep, version: VersionDep, holds: HoldsDep
) -> Response:
    """When the reply comes, nobody can erase them any more."""
    hold = await run_in_threadpool(holds.put, caller, seeker_id, version, date.fromisoformat(said.since), said.reason)
    return reply(request, encode(hold), cache=PRIVATE, etag=version_tag(hold.version))


@router.get(
    "/seekers/{seeker_id}/hold",
    operation_id="get_hold",
    summary="The legal hold a person is on",
    description="404 where they are on none. Who put them on it stands in the audit.",
    response_model=HoldOut,
    responses={200: json_example("The hold", _HOLD)},
)
async def get_hold(request: Request, caller: HoldReader, seeker_id: uuid.UUID, holds: HoldsDep) -> Response:
    """That they are on hold is on the person as well; why is only here."""
    hold = await run_in_threadpool(holds.get, caller, seeker_id)
    return reply(request, encode(hold), cache=PRIVATE, etag=version_tag(hold.version))


@router.delete(
    "/seekers/{seeker_id}/hold",
    operation_id="lift_hold",
    summary="Lift the legal hold a person is on",
    description="They can be erased again, and are erased by age as if they had never been on hold.",
    status_code=204,
    response_class=Response,
)
async def lift_hold(caller: HoldWriter, seeker_id: uuid.UUID, version: VersionDep, holds: HoldsDep) -> Response:
    """The reason goes with it; the audit stays."""
    await run_in_threadpool(holds.lift, caller, seeker_id, version)
    return Response(status_code=204)
