"""`/v1/eligibility`: which funding streams a person appears eligible for, and what would decide the others."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app import clock
from app.api.access import ELIGIBILITY
from app.api.body import JsonBody
from app.api.described import DescribedRoute
from app.api.documentation import PROFILE_BODY
from app.api.language import LanguageDep, said_in
from app.api.mapping import read_seeker
from app.api.model import Options
from app.api.replies import PRIVATE, encode, reply
from app.deps import EngineDep
from matching.eligibility.report import EligibilityReport

router = APIRouter(prefix="/v1", tags=["eligibility"], dependencies=ELIGIBILITY, route_class=DescribedRoute)


class EligibilityOptions(Options):
    """How to screen, beside the profile."""

    as_of: date = Field(
        default_factory=clock.today,
        ge=date(2000, 1, 1),
        le=date(2099, 12, 31),
        description="Day whose rules and amounts apply; default: the present day at UTC",
    )


@router.post(
    "/eligibility",
    operation_id="screen_eligibility",
    summary="Funding streams a person appears eligible for",
    description="Screens: appears_eligible, appears_ineligible, needs_document or unknown. Nothing is kept.",
    response_model=EligibilityReport,
    openapi_extra=PROFILE_BODY,
)
async def screen_eligibility(
    request: Request,
    body: JsonBody,
    engine: EngineDep,
    options: Annotated[EligibilityOptions, Query()],
    language: LanguageDep,
) -> Response:
    """Each stream with its citation and the dates its rule is in force."""
    report = engine.screen(read_seeker(body), options.as_of, language)
    return reply(request, encode(report), cache=PRIVATE, headers=said_in(language))
