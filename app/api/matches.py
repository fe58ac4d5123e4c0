"""`/v1/matches`: a profile in, plans out; and the same answer again, to the byte."""

import uuid
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from app import clock
from app.api.access import MatchReader, MatchWriter
from app.api.body import JsonBody
from app.api.documentation import PROFILE_BODY, json_example
from app.api.examples import ANSWER
from app.api.mapping import answer_bytes, read_seeker
from app.api.replies import PRIVATE, reply
from app.deps import EngineDep, MatchesDep
from matching.answer import Answer

router = APIRouter(prefix="/v1", tags=["matches"])


class MatchOptions(BaseModel):
    """How to answer, beside the profile."""

    model_config = ConfigDict(extra="forbid")

    store: bool = Field(default=True, description="Keep the answer, so that it can be read again by its id")
    as_of: date = Field(
        default_factory=clock.today,
        ge=date(2000, 1, 1),
        le=date(2099, 12, 31),
        description="Day whose rules and amounts apply; default: the present day at UTC",
    )
    plans: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, description="Most plans to return")


@router.post(
    "/matches",
    operation_id="create_match",
    summary="Plans for one person",
    description=(
        "Answers a profile with plans of stacked steps. Without a plan that fits, the answer is still 200 or 201, with "
        "what was ruled out and what to relax. The body is the same, to the byte, as `stackway match` prints. With "
        "`store=true` the reply is 201 and names the answer in `Location` and `X-Match-Id`."
    ),
    status_code=201,
    response_model=Answer,
    responses={200: json_example("The answer, not kept", ANSWER), 201: json_example("The answer, kept", ANSWER)},
    openapi_extra=PROFILE_BODY,
)
async def create_match(
    request: Request,
    caller: MatchWriter,
    body: JsonBody,
    engine: EngineDep,
    matches: MatchesDep,
    options: Annotated[MatchOptions, Query()],
) -> Response:
    """The engine runs here and not in a thread: it takes a few milliseconds, which a hand-over would double."""
    seeker = read_seeker(body)
    answer = engine.answer(seeker, options.as_of, options.plans)
    content = answer_bytes(answer)
    if not options.store:
        return reply(request, content, cache=PRIVATE)
    match_id = await run_in_threadpool(matches.keep, caller, seeker, answer, content)
    headers = {"Location": f"/v1/matches/{match_id}", "X-Match-Id": str(match_id)}
    return reply(request, content, status=201, cache=PRIVATE, headers=headers)


@router.get(
    "/matches/{match_id}",
    operation_id="get_match",
    summary="An answer that was kept",
    description="The very bytes that were sent when the profile was answered.",
    response_model=Answer,
    responses={200: json_example("The answer", ANSWER)},
)
async def get_match(request: Request, caller: MatchReader, match_id: uuid.UUID, matches: MatchesDep) -> Response:
    """Read from the database in a thread, so that a slow database holds up nobody else."""
    content = await run_in_threadpool(matches.get_answer, caller, match_id)
    return reply(request, content, cache=PRIVATE)
