"""`/v1/matches`: a profile in, plans out; and the same answer again, to the byte."""

import uuid
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app import clock
from app.api.access import MatchReader, MatchWriter, SeekerEraser
from app.api.body import JsonBody
from app.api.conditions import OnceDep, TagDep
from app.api.described import DescribedRoute
from app.api.documentation import PROFILE_BODY, json_example
from app.api.examples import ANSWER
from app.api.language import LanguageDep, said_in
from app.api.lookups import PageOptions
from app.api.mapping import answer_bytes, read_seeker
from app.api.model import Model, Options
from app.api.replies import PRIVATE, made_reply, page_reply, reply
from app.db.matches import ListedMatch
from app.deps import MatchesDep, ServicesDep
from matching.answer import Answer

router = APIRouter(prefix="/v1", tags=["matches"], route_class=DescribedRoute)

_LISTED: dict[str, Any] = {
    "id": "7c1e9f0a-5d3b-4b7e-8a55-2f64f3c0d911",
    "created_at": "2026-11-22T15:04:05.123456+00:00",
    "as_of": "2026-11-22",
    "snapshot": "0" * 64,
    "method_version": "0.1.0",
    "seeker_id": "0b7ad1f5-4f7e-4c39-9b0e-3f0a52f4a7c1",
}


class AnswerOptions(Options):
    """How to answer, beside the profile."""

    as_of: date = Field(
        default_factory=clock.today,
        ge=date(2000, 1, 1),
        le=date(2099, 12, 31),
        description="Day whose rules and amounts apply; default: the present day at UTC",
    )
    plans: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, description="Most plans to return")


class MatchOptions(AnswerOptions):
    """The same for a profile that is sent with the request."""

    store: bool = Field(default=True, description="Keep the answer, so that it can be read again by its id")


class MatchListOptions(PageOptions):
    """Which kept answers."""

    seeker: uuid.UUID | None = Field(default=None, description="Id of the kept person they were made for")


class MatchPage(Model):
    """Kept answers, without what they say."""

    items: list[ListedMatch]
    next_cursor: str | None


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
    responses={
        200: {"model": Answer} | json_example("The answer, not kept", ANSWER),
        201: json_example("The answer, kept", ANSWER),
    },
    openapi_extra=PROFILE_BODY,
)
async def create_match(  # noqa: PLR0913, PLR0917 # what an operation is given are its parameters
    request: Request,
    caller: MatchWriter,
    body: JsonBody,
    once: OnceDep,
    services: ServicesDep,
    options: Annotated[MatchOptions, Query()],
    language: LanguageDep,
) -> Response:
    """The engine runs here and not in a thread: it takes a few milliseconds, which a hand-over would double."""
    seeker = read_seeker(body)
    answer = services.engine.answer(seeker, options.as_of, options.plans, language)
    content = answer_bytes(answer)
    if not options.store:
        return reply(request, content, cache=PRIVATE, headers=said_in(language))
    made = await run_in_threadpool(services.matches.keep, caller, seeker, answer, content, once)
    headers = {"X-Match-Id": str(made.id), **({} if made.replayed else said_in(language))}
    return made_reply(request, made, status=201, location=f"/v1/matches/{made.id}", headers=headers)


@router.get(
    "/matches",
    operation_id="list_matches",
    summary="Kept answers, newest first",
    response_model=MatchPage,
    responses={200: json_example("A page of answers", {"items": [_LISTED], "next_cursor": "MjAyNi0xMS0yMlQxNTowNA"})},
)
async def list_matches(
    request: Request, caller: MatchReader, matches: MatchesDep, options: Annotated[MatchListOptions, Query()]
) -> Response:
    """Without what they say, so that a list reads nobody's."""
    page = await run_in_threadpool(
        matches.list, caller, limit=options.limit, cursor=options.cursor, seeker=options.seeker
    )
    return page_reply(request, page, cache=PRIVATE)


@router.delete(
    "/matches/{match_id}",
    operation_id="erase_match",
    summary="Erase an answer",
    description=(
        "Destroys the key of an answer to a profile that was sent; it and its decisions can be read no more. An answer "
        "to a kept person is erased with the person."
    ),
    status_code=204,
    response_class=Response,
)
async def erase_match(caller: SeekerEraser, match_id: uuid.UUID, tag: TagDep, matches: MatchesDep) -> Response:
    """When the reply comes, the key is gone."""
    await run_in_threadpool(matches.erase, caller, match_id, tag)
    return Response(status_code=204)


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
