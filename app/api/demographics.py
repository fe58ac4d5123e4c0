"""`/v1/seekers/{id}/demographics`: what a person says of themselves for reports on equal opportunity."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.access import DemographicsReader, DemographicsWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import StateDep, TagDep
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.model import Model
from app.api.replies import PRIVATE, encode, reply
from app.api.schemas import Strict
from app.deps import DemographicsDep
from app.services.tags import State

router = APIRouter(prefix="/v1", tags=["demographics"], route_class=DescribedRoute)

_YesNo = Literal["yes", "no", "declined"]
_Race = Literal[
    "american_indian_or_alaska_native",
    "asian",
    "black_or_african_american",
    "native_hawaiian_or_pacific_islander",
    "white",
    "declined",
]
_SAID: dict[str, Any] = {
    "race": ["white"],
    "hispanic": "yes",
    "sex": "female",
    "birth_year": 1994,
    "disability": "declined",
    "limited_english": "no",
    "preferred_language": "es",
}
_AT = "2026-11-22T15:04:05.123456+00:00"


class DemographicsIn(Strict):
    """What a person says of themselves, as 29 CFR 38.41(b)(2) asks. Null: not asked; `declined`: not answered."""

    race: Annotated[list[_Race], Field(min_length=1, max_length=6)] | None = None
    hispanic: _YesNo | None = None
    sex: Literal["female", "male", "declined"] | None = None
    birth_year: Annotated[int, Field(ge=1900, le=2099)] | None = None
    disability: _YesNo | None = None
    limited_english: _YesNo | None = None
    preferred_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None


class DemographicsKept(Model):
    """That it was kept."""

    updated_at: datetime


class DemographicsOut(DemographicsIn):
    """What was said last."""

    updated_at: datetime


@router.put(
    "/seekers/{seeker_id}/demographics",
    operation_id="put_demographics",
    summary="Keep what a person says of race, sex and disability",
    description=(
        "For reports on equal opportunity. It is kept where the role that matches cannot read, replaces what was said "
        "before, and is erased with the person. `If-None-Match: *` for the first statement, If-Match with the ETag of "
        "the one before for each that follows: of two case managers at once, neither undoes what the other wrote down."
    ),
    response_model=DemographicsKept,
    responses={200: json_example("It is kept", {"updated_at": _AT})},
    openapi_extra=json_body(DemographicsIn, _SAID),
)
async def put_demographics(  # what an operation is given are its parameters
    request: Request,
    caller: DemographicsWriter,
    seeker_id: uuid.UUID,
    body: JsonBody,
    state: StateDep,
    demographics: DemographicsDep,
) -> Response:
    """The reply says nothing of it."""
    said = read_as(DemographicsIn, body)
    at, tag = await run_in_threadpool(demographics.put, caller, seeker_id, said.model_dump(), state)
    return reply(request, encode({"updated_at": at}), cache=PRIVATE, etag=tag)


@router.get(
    "/seekers/{seeker_id}/demographics",
    operation_id="get_demographics",
    summary="What a person said of race, sex and disability",
    response_model=DemographicsOut,
    responses={200: json_example("What was said last", {**_SAID, "updated_at": _AT})},
)
async def get_demographics(
    request: Request, caller: DemographicsReader, seeker_id: uuid.UUID, demographics: DemographicsDep
) -> Response:
    """With a scope of its own."""
    at, said, tag = await run_in_threadpool(demographics.get, caller, seeker_id)
    return reply(request, encode({**said, "updated_at": at}), cache=PRIVATE, etag=tag)


@router.delete(
    "/seekers/{seeker_id}/demographics",
    operation_id="delete_demographics",
    summary="Remove what a person said of race, sex and disability",
    description="The person stays. 409 `on_hold` where they are on legal hold.",
    status_code=204,
    responses={409: {}},  # on hold
    response_class=Response,
)
async def delete_demographics(
    caller: DemographicsWriter, seeker_id: uuid.UUID, tag: TagDep, demographics: DemographicsDep
) -> Response:
    """When the reply comes, it is gone."""
    await run_in_threadpool(demographics.delete, caller, seeker_id, State(tag))
    return Response(status_code=204)
