"""`/v1/resolve`: words to codes, with what a person should confirm."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, ValidationError

from app import clock
from app.api.access import LOOKUPS
from app.api.body import JsonBody
from app.api.documentation import json_body
from app.api.field_errors import field_errors
from app.api.replies import PRIVATE, encode, reply
from app.api.schemas import ShortText, Strict
from app.deps import EngineDep
from app.errors import InvalidInputError
from app.services.answering import Resolution, Words

router = APIRouter(prefix="/v1", tags=["words"], dependencies=LOOKUPS)

_EXAMPLE = {"kind": "titles", "texts": ["nursing home aide", "forklift oprator"], "top": 3}


class ResolveRequest(Strict):
    """Texts of one kind."""

    kind: Annotated[Words, Field(strict=False)]
    texts: Annotated[list[ShortText], Field(min_length=1, max_length=500)]
    top: Annotated[int, Field(ge=1, le=20)] = Field(default=5, description="Most candidates for each text")


class ResolveReply(BaseModel):
    """One result for each text, in their order."""

    results: list[Resolution]


@router.post(
    "/resolve",
    operation_id="resolve_words",
    summary="Job titles, skills or credentials to codes",
    response_model=ResolveReply,
    openapi_extra=json_body(ResolveRequest, _EXAMPLE),
)
async def resolve_words(request: Request, body: JsonBody, engine: EngineDep) -> Response:
    """Nothing is kept. The texts come in the body, since a person's words have no place in an address."""
    try:
        asked = ResolveRequest.model_validate(body)
    except ValidationError as error:
        raise InvalidInputError("The request has faults; see errors.", errors=field_errors(error)) from None
    today = clock.today()
    results = [engine.resolve(asked.kind, text, asked.top, today) for text in asked.texts]
    return reply(request, encode({"results": results}), cache=PRIVATE)
