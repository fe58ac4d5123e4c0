"""An operation that is to go says so in every reply and in the description, from one line where it is declared."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import pytest
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app import main
from app.api.access import LOOKUPS
from app.api.deprecation import Deprecated
from app.api.documentation import json_example
from app.api.replies import reply
from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import client_of

GOING = Deprecated(since=date(2027, 3, 1), last_day=date(2028, 3, 1), instead="/v1/new")


@pytest.fixture
def going(settings: Settings, engine: MatchEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The service with an operation more, which is to go."""
    router = APIRouter(prefix="/v1", tags=["look-ups"], dependencies=LOOKUPS)

    @router.get(
        "/old/{number}",
        operation_id="get_old",
        summary="What was",
        description="By its number.",
        responses={200: json_example("It", {"number": 1})},
        dependencies=[Depends(GOING)],
    )
    async def get_old(request: Request, number: int) -> Response:
        return reply(request, b'{"number":%d}' % number)

    monkeypatch.setattr(main, "ROUTERS", (*main.ROUTERS, router))
    with client_of(settings, engine) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/v1/old/1", 200), ("HEAD", "/v1/old/1", 200), ("GET", "/v1/old/one", 422)],
)
def test_every_reply_says_since_when_until_when_and_what_comes_after(
    going: TestClient, method: str, address: str, status: int
) -> None:
    said = going.request(method, address)

    assert said.status_code == status
    # RFC 9745: a date as a structured field, an at sign and the seconds of Unix; RFC 8594: a date of HTTP.
    assert said.headers["deprecation"] == f"@{int(datetime(2027, 3, 1, tzinfo=UTC).timestamp())}"
    assert parsedate_to_datetime(said.headers["sunset"]) == datetime(2028, 3, 1, 23, 59, 59, tzinfo=UTC)
    assert said.headers["sunset"].endswith(" GMT")
    assert said.headers["link"] == '</v1/new>; rel="successor-version"'


def test_the_description_marks_it_and_nothing_else(going: TestClient) -> None:
    paths = going.get("/openapi.json").json()["paths"]
    operation = paths["/v1/old/{number}"]["get"]
    marked = [o["operationId"] for methods in paths.values() for o in methods.values() if o.get("deprecated")]

    assert marked == ["get_old"]
    assert operation["description"] == (
        "Deprecated since 2027-03-01, answers until 2028-03-01; use /v1/new. By its number."
    )
    assert {"Deprecation", "Sunset", "Link"} <= operation["responses"]["200"]["headers"].keys()


def test_other_operations_say_nothing_of_it(going: TestClient) -> None:
    assert not {"deprecation", "sunset"} & set(going.get("/v1/me").headers)


def test_without_a_last_day_none_is_said() -> None:
    assert Deprecated(since=date(2027, 3, 1)).headers.keys() == {"Deprecation"}


def test_an_operation_cannot_end_before_it_is_deprecated() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Deprecated(since=date(2027, 3, 1), last_day=date(2027, 2, 1))


def test_no_operation_is_marked_in_the_description_alone() -> None:
    routes = [route for router in main.ROUTERS for route in router.routes if isinstance(route, APIRoute)]

    assert len(routes) > 40
    assert [route.path for route in routes if route.deprecated] == []
