"""Every fault as `application/problem+json` (RFC 9457), never with a value of the input in it."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute, APIRouter
from starlette.exceptions import HTTPException
from structlog.contextvars import get_contextvars

from app.api.field_errors import from_details
from app.errors import AppError, InvalidInputError

MEDIA_TYPE = "application/problem+json"


def problem(error: AppError) -> Response:
    """A fault of ours as a reply."""
    document: dict[str, Any] = {
        "type": f"urn:stackway:problem:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "errors": [
            {"pointer": fault.pointer, "code": fault.code, "detail": fault.message, "remedy": fault.remedy}
            for fault in error.errors
        ],
        "request_id": get_contextvars().get("request_id"),
    }
    return Response(orjson.dumps(document), error.status, headers=error.headers, media_type=MEDIA_TYPE)


def install(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Let every fault of `app` be told as a problem."""
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]

    async def on_app_error(_request: Request, error: Exception) -> Response:
        assert isinstance(error, AppError)  # noqa: S101 # the type it is registered for
        return problem(error)

    async def on_invalid(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 # the type it is registered for
        faults = from_details(error.errors())
        return problem(InvalidInputError("The request has faults; see errors.", errors=faults))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 # the type it is registered for
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_allowed(routes, request.url.path))
        return problem(_http_error(HTTPStatus(error.status_code), headers))

    app.add_exception_handler(AppError, on_app_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)


def _allowed(routes: Iterable[APIRoute], path: str) -> list[str]:
    # The framework names the methods of the first route that has this path; a path may have several routes.
    methods = {method for route in routes if route.path_regex.match(path) for method in route.methods or ()}
    return sorted(methods | {"HEAD"} if "GET" in methods else methods)


def _http_error(status: HTTPStatus, headers: dict[str, str]) -> AppError:
    kind = type(
        "HttpError",
        (AppError,),
        {"status": int(status), "code": status.name.lower(), "title": status.phrase},
    )
    error: AppError = kind(status.description or None, headers=headers)
    return error
