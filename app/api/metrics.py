"""`/metrics`: figures for Prometheus, for this machine or whoever has the token. No database is asked, nor any key."""

import hmac

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.access import from_this_machine
from app.deps import ServicesDep
from app.errors import UnauthorizedError
from app.metrics import CONTENT_TYPE

router = APIRouter(tags=["operation"])


@router.get("/metrics", include_in_schema=False)
async def get_metrics(request: Request, services: ServicesDep) -> Response:
    """Not part of the API: its names follow Prometheus, and it says nothing of any board."""
    token = services.settings.metrics_token
    if token is None:
        allowed = from_this_machine(request)
    else:
        wanted = f"Bearer {token.get_secret_value()}"
        allowed = hmac.compare_digest(request.headers.get("authorization", "").encode(), wanted.encode())
    if not allowed:
        raise UnauthorizedError("Send the token that STACKWAY_METRICS_TOKEN holds, or ask from the machine itself.")
    return Response(services.metrics.text(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
