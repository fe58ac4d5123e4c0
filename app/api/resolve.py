"""`/v1/resolve` and `/v1/suggestions`: words to codes, and names that begin as somebody types."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from app import clock
from app.api.access import LOOKUPS
from app.api.body import JsonBody, read_as
from app.api.described import DescribedRoute
from app.api.documentation import json_body
from app.api.model import Model
from app.api.replies import PRIVATE, encode, reply
from app.api.schemas import ShortText, Strict
from app.deps import EngineDep
from app.services.answering import Resolution, Words
from matching.resolve.prefixes import Suggestion

router = APIRouter(prefix="/v1", tags=["words"], dependencies=LOOKUPS, route_class=DescribedRoute)

_EXAMPLE = {"kind": "titles", "texts": ["nursing home aide", "forklift oprator"], "top": 3}

_TYPED = {"kind": "titles", "beginning": "forkl", "top": 5}


class ResolveRequest(Strict):
    """Texts of one kind."""

    kind: Annotated[Words, Field(strict=False)]
    texts: Annotated[list[ShortText], Field(min_length=1, max_length=500)]
    top: Annotated[int, Field(ge=1, le=20)] = Field(default=5, description="Most candidates for each text")


class ResolveReply(Model):
    """One result for each text, in their order."""

    results: list[Resolution]


class SuggestionRequest(Strict):
    """What was typed so far."""

    kind: Annotated[Words, Field(strict=False)]
    beginning: Annotated[str, Field(min_length=1, max_length=80, description="What was typed so far")]
    top: Annotated[int, Field(ge=1, le=20)] = Field(default=10, description="Most names to return")


class SuggestionReply(Model):
    """Names with a word that begins so, in the order to show them."""

    suggestions: list[Suggestion]


@router.post(
    "/resolve",
    operation_id="resolve_words",
    summary="Job titles, skills or credentials to codes",
    response_model=ResolveReply,
    openapi_extra=json_body(ResolveRequest, _EXAMPLE),
)
async def resolve_words(request: Request, body: JsonBody, engine: EngineDep) -> Response:
    """Nothing is kept. The texts come in the body, since a person's words have no place in an address."""
    asked = read_as(ResolveRequest, body)
    today = clock.today()
    results = engine.resolve(asked.kind, asked.texts, asked.top, today)
    return reply(request, encode({"results": results}), cache=PRIVATE)


@router.post(
    "/suggestions",
    operation_id="suggest_names",
    summary="Names that begin as somebody types",
    response_model=SuggestionReply,
    openapi_extra=json_body(SuggestionRequest, _TYPED),
)
async def suggest_names(request: Request, body: JsonBody, engine: EngineDep) -> Response:
    """For a box that completes. Nothing is kept, and what was typed comes in the body as in `/v1/resolve`."""
    asked = read_as(SuggestionRequest, body)
    found = engine.suggest(asked.kind, asked.beginning, asked.top)
    return reply(request, encode({"suggestions": found}), cache=PRIVATE)
