"""`/v1/explain`: why a code is not among the plans of a profile, and what the search did with the programs."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app import clock
from app.api.access import Requires
from app.api.body import JsonBody
from app.api.described import DescribedRoute
from app.api.documentation import PROFILE_BODY, json_example
from app.api.language import LanguageDep, said_in
from app.api.mapping import read_seeker
from app.api.model import Options
from app.api.replies import PRIVATE, encode, reply
from app.deps import EngineDep
from app.services.answering import Explanation
from app.services.principal import Scope

router = APIRouter(
    prefix="/v1", tags=["matches"], dependencies=[Depends(Requires(Scope.MATCHES_READ))], route_class=DescribedRoute
)

_EXPLANATION: dict[str, Any] = {
    "as_of": "2026-11-22",
    "snapshot": "0" * 64,
    "method_version": "0.1.0",
    "why_not": {
        "code": "lvn",
        "kind": "credential",
        "title": "Licensed vocational (practical) nurse",
        "sentences": ["4 of 6 programs that lead there are farther than you can go."],
        "fates": [
            {
                "reason": "distance",
                "count": 4,
                "sentence": "4 of 6 programs that lead there are farther than you can go.",
                "examples": ["tx-1042: Vocational nursing"],
            }
        ],
    },
    "trace": {
        "programs": 350,
        "ruled_out": {"distance": 120},
        "not_taken": {"no_better_pay": 40},
        "ways_looked_at": 61,
        "ways_beaten": 30,
        "ways_kept": 12,
        "plans_shown": 3,
    },
}


class ExplainOptions(Options):
    """What to explain, beside the profile."""

    as_of: date = Field(
        default_factory=clock.today,
        ge=date(2000, 1, 1),
        le=date(2099, 12, 31),
        description="Day whose rules and amounts apply; default: the present day at UTC",
    )
    why_not: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="A program id, credential id or O*NET code: why it is not among the plans"
    )


@router.post(
    "/explain",
    operation_id="explain_match",
    summary="Why a code is not among the plans, and the counts of the search",
    description=(
        "Answers the profile as `POST /v1/matches` would, keeps nothing, and says what became of the programs: `trace` "
        "by rule, `why_not` for those that lead to one program, credential or occupation. A code the data in use does "
        "not know has the kind null."
    ),
    response_model=Explanation,
    responses={200: json_example("What became of the programs", _EXPLANATION)},
    openapi_extra=PROFILE_BODY,
)
async def explain_match(
    request: Request,
    body: JsonBody,
    engine: EngineDep,
    options: Annotated[ExplainOptions, Query()],
    language: LanguageDep,
) -> Response:
    """One search serves both parts."""
    explanation = engine.explain(read_seeker(body), options.as_of, options.why_not, language)
    return reply(request, encode(explanation), cache=PRIVATE, headers=said_in(language))
