"""`/v1/me`: who the service takes the caller for."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.access import CallerDep
from app.api.described import DescribedRoute
from app.api.documentation import json_example
from app.api.model import Model
from app.api.replies import PRIVATE, encode, reply

router = APIRouter(prefix="/v1", tags=["access"], route_class=DescribedRoute)

_LOCAL = (
    "Local mode: no key is needed, this machine only. Name a PostgreSQL in STACKWAY_DATABASE_URL for others to use it."
)
_BOUND = "The caller sees the records of this board only."
_EXAMPLE = {
    "board": "alamo",
    "caller": "key:5f0c1d2e3a4b",
    "key_id": "5f0c1d2e3a4b",
    "scopes": ["lookups:read", "matches:read", "matches:write"],
    "expires_at": "2027-06-30T00:00:00Z",
    "notice": _BOUND,
}


class Me(Model):
    """The caller: board, rights, the name the audit knows them by, and which key where it is one."""

    board: str
    caller: str
    key_id: str | None
    scopes: list[str]
    expires_at: datetime | None
    notice: str


@router.get(
    "/me",
    operation_id="get_me",
    summary="Board, rights and key of the caller",
    response_model=Me,
    responses={200: json_example("The caller", _EXAMPLE)},
)
async def get_me(request: Request, caller: CallerDep) -> Response:
    """Anyone the service knows may ask."""
    me = Me(
        board=caller.board,
        caller=caller.name,
        key_id=caller.key_id,
        scopes=sorted(caller.scopes),
        expires_at=caller.expires_at,
        notice=_LOCAL if caller.is_local else _BOUND,
    )
    return reply(request, encode(me.model_dump()), cache=PRIVATE)
