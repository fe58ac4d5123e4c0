"""`/v1/seekers`: people kept for their board, under a key of their own each."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.access import MatchWriter, SeekerEraser, SeekerReader, SeekerWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import OnceDep, OnceWithoutBodyDep, VersionDep, version_tag
from app.api.described import DescribedRoute
from app.api.documentation import PROFILE_BODY, json_body, json_example
from app.api.examples import ANSWER, PROFILE
from app.api.language import LanguageDep, said_in
from app.api.lookups import PageOptions
from app.api.mapping import answer_bytes, read_seeker
from app.api.matches import AnswerOptions
from app.api.model import Model
from app.api.replies import PRIVATE, encode, made_reply, page_reply, reply
from app.api.schemas import SeekerIn, ShortText, Strict
from app.deps import SeekersDep, ServicesDep
from matching.answer import Answer

router = APIRouter(prefix="/v1", tags=["seekers"], route_class=DescribedRoute)

_ID = "0b7ad1f5-4f7e-4c39-9b0e-3f0a52f4a7c1"
_RECORD: dict[str, Any] = {
    "id": _ID,
    "version": 1,
    "created_at": "2026-11-22T15:04:05.123456+00:00",
    "updated_at": "2026-11-22T15:04:05.123456+00:00",
    "on_hold_since": None,
}


class SeekerOut(Model):
    """A person without what is known of them."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    on_hold_since: date | None = Field(description="Day from which nothing of them is erased; null: on no legal hold")


class SeekerWithProfile(SeekerOut):
    """A person with the profile as it was sent."""

    profile: SeekerIn


class SeekerPage(Model):
    """People."""

    items: list[SeekerOut]
    next_cursor: str | None


class SeekerSearch(Strict):
    """What to look for. It comes in the body, as a reference has no place in an address."""

    reference: ShortText


async def _profile(body: JsonBody) -> dict[str, Any]:
    read_seeker(body)  # raises for what is no profile, before any condition of the request is looked at
    return cast("dict[str, Any]", body)


ProfileDep = Annotated[dict[str, Any], Depends(_profile)]


@router.post(
    "/seekers",
    operation_id="create_seeker",
    summary="Keep a person",
    description="The profile is encrypted with a key of this person's own. The reply says nothing of them.",
    status_code=201,
    response_model=SeekerOut,
    responses={201: json_example("The person is kept", _RECORD)},
    openapi_extra=PROFILE_BODY,
)
async def create_seeker(
    request: Request, caller: SeekerWriter, profile: ProfileDep, once: OnceDep, seekers: SeekersDep
) -> Response:
    """Checked as a profile that is to be answered is."""
    made = await run_in_threadpool(seekers.create, caller, profile, once)
    return made_reply(request, made, status=201, location=f"/v1/seekers/{made.id}", etag=version_tag(1))


@router.get(
    "/seekers",
    operation_id="list_seekers",
    summary="Kept people, newest first",
    response_model=SeekerPage,
    responses={200: json_example("A page of people", {"items": [_RECORD], "next_cursor": "MjAyNi0xMS0yMlQxNTowNA"})},
)
async def list_seekers(
    request: Request, caller: SeekerReader, seekers: SeekersDep, options: Annotated[PageOptions, Query()]
) -> Response:
    """Without profiles, so that a list reads nobody's."""
    page = await run_in_threadpool(seekers.list, caller, limit=options.limit, cursor=options.cursor, reference=None)
    return page_reply(request, page, cache=PRIVATE)


@router.post(
    "/seekers/search",
    operation_id="search_seekers",
    summary="People of a reference",
    response_model=SeekerPage,
    responses={
        200: json_example("People of this reference", {"items": [_RECORD], "next_cursor": "MjAyNi0xMS0yMlQxNTo"})
    },
    openapi_extra=json_body(SeekerSearch, {"reference": "A-1042"}),
)
async def search_seekers(
    request: Request,
    caller: SeekerReader,
    body: JsonBody,
    seekers: SeekersDep,
    options: Annotated[PageOptions, Query()],
) -> Response:
    """By a keyed digest: the reference itself is nowhere in the database."""
    asked = read_as(SeekerSearch, body)
    page = await run_in_threadpool(
        seekers.list, caller, limit=options.limit, cursor=options.cursor, reference=asked.reference
    )
    return page_reply(request, page, cache=PRIVATE)


@router.get(
    "/seekers/{seeker_id:uuid}",  # so that /seekers/search is no id
    operation_id="get_seeker",
    summary="A kept person with their profile",
    response_model=SeekerWithProfile,
    responses={200: json_example("The person", {**_RECORD, "profile": PROFILE})},
)
async def get_seeker(request: Request, caller: SeekerReader, seeker_id: uuid.UUID, seekers: SeekersDep) -> Response:
    """The ETag is needed to change or erase them."""
    record, profile = await run_in_threadpool(seekers.get, caller, seeker_id)
    document = {
        "id": record.id,
        "version": record.version,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "on_hold_since": record.on_hold_since,
        "profile": profile,
    }
    return reply(request, encode(document), cache=PRIVATE, etag=version_tag(record.version))


@router.put(
    "/seekers/{seeker_id:uuid}",  # so that /seekers/search is no id
    operation_id="replace_seeker",
    summary="Put another profile in place of a person's",
    response_model=SeekerOut,
    responses={200: json_example("The person, in a new version", {**_RECORD, "version": 2})},
    openapi_extra=PROFILE_BODY,
)
async def replace_seeker(
    request: Request,
    caller: SeekerWriter,
    seeker_id: uuid.UUID,
    profile: ProfileDep,
    version: VersionDep,
    seekers: SeekersDep,
) -> Response:
    """Of changes made at once to the same version, one is made and the others are refused."""
    record = await run_in_threadpool(seekers.change, caller, seeker_id, version, profile)
    return reply(request, encode(record), cache=PRIVATE, etag=version_tag(record.version))


@router.delete(
    "/seekers/{seeker_id:uuid}",  # so that /seekers/search is no id
    operation_id="erase_seeker",
    summary="Erase a person",
    description="Destroys the person's key: profile, answers and decisions can be read no more. The audit stays. "
    "409 `on_hold` where they are on legal hold.",
    status_code=204,
    responses={409: {}},  # on hold
    response_class=Response,
)
async def erase_seeker(
    caller: SeekerEraser, seeker_id: uuid.UUID, version: VersionDep, seekers: SeekersDep
) -> Response:
    """When the reply comes, the key is gone."""
    await run_in_threadpool(seekers.erase, caller, seeker_id, version)
    return Response(status_code=204)


@router.post(
    "/seekers/{seeker_id}/matches",
    operation_id="create_seeker_match",
    summary="Plans for a kept person",
    description="Answers the kept profile as `POST /v1/matches` would; the answer is kept under the person's key.",
    status_code=201,
    response_model=Answer,
    responses={201: json_example("The answer, kept", ANSWER)},
)
async def create_seeker_match(  # noqa: PLR0913, PLR0917 # what an operation is given are its parameters
    request: Request,
    caller: MatchWriter,
    seeker_id: uuid.UUID,
    once: OnceWithoutBodyDep,
    services: ServicesDep,
    options: Annotated[AnswerOptions, Query()],
    language: LanguageDep,
) -> Response:
    """The engine runs here and not in a thread, as it does for a profile that is sent."""
    _, profile = await run_in_threadpool(services.seekers.get, caller, seeker_id)
    seeker = read_seeker(profile)
    answer = services.engine.answer(seeker, options.as_of, options.plans, language)
    made = await run_in_threadpool(
        services.seekers.keep_answer, caller, seeker_id, seeker, answer, answer_bytes(answer), once
    )
    headers = {"X-Match-Id": str(made.id), **({} if made.replayed else said_in(language))}
    return made_reply(request, made, status=201, location=f"/v1/matches/{made.id}", headers=headers)
