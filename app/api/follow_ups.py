"""What becomes of a plan: whom a person was sent to, and what came of it."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import AfterValidator, Field

from app.api.access import OutcomeReader, OutcomeWriter, ReferralReader, ReferralWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import OnceDep
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.lookups import PageOptions
from app.api.model import Model
from app.api.replies import PRIVATE, made_reply, page_reply
from app.api.schemas import OnetCode, ShortText, Strict, in_the_calendar
from app.deps import Services, ServicesDep
from app.services.follow_ups import FollowUpRecord, Kind
from app.services.ledger import Once
from app.services.listing import Page
from app.services.principal import Principal
from taxonomy.frozen import frozen

router = APIRouter(prefix="/v1", tags=["follow-up"], route_class=DescribedRoute)

Words = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")]
PlanId = Annotated[str, Field(min_length=1, max_length=100, description="Id of the plan in the answer")]
Day = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]$"), AfterValidator(in_the_calendar)]

_MATCH = "7c1e9f0a-5d3b-4b7e-8a55-2f64f3c0d911"
_ID = "4ce3e0f6-9f6b-4a57-9f0f-3c2d60a7a001"
MADE: dict[str, Any] = {
    "id": _ID,
    "match_id": _MATCH,
    "created_at": "2026-11-22T15:04:05.123456+00:00",
    "due_on": None,
}
_REFERRAL = {
    "plan": "p-1",
    "step": 1,
    "referred_to": "Admissions, Alamo Colleges",
    "referred_by": "R. Ortiz",
    "note": None,
}
_OUTCOME = {
    "plan": "p-1",
    "event": "employed",
    "happened_on": "2027-02-01",
    "onet_code": "29-2061.00",
    "hourly_wage_usd": 24.5,
    "hours_per_week": 36,
    "known_from": "person",
    "note": None,
}


class ReferralIn(Strict):
    """Whom the person was sent to, for which step of the plan."""

    plan: PlanId
    step: Annotated[int, Field(ge=1, le=20)] | None = None
    referred_to: ShortText
    referred_by: ShortText
    note: Words | None = None


class OutcomeIn(Strict):
    """One thing that came of a plan, and how it is known. What is not known is null, never zero."""

    plan: PlanId
    event: Literal["enrolled", "withdrew", "completed", "credential_earned", "employed", "left_work", "no_contact"]
    happened_on: Day | None = None
    onet_code: OnetCode | None = None
    hourly_wage_usd: Annotated[float, Field(ge=0, le=1_000)] | None = None
    hours_per_week: Annotated[float, Field(ge=0, le=168)] | None = None
    known_from: Literal["person", "employer", "provider", "wage_record", "document"]
    note: Words | None = None


class FollowUpCreated(Model):
    """That it was kept, and until when it is to be settled."""

    id: uuid.UUID
    match_id: uuid.UUID
    created_at: datetime
    due_on: date | None


class ReferralOut(FollowUpCreated, ReferralIn):
    """A referral."""


class OutcomeOut(FollowUpCreated, OutcomeIn):
    """An outcome."""


class ReferralList(Model):
    """Referrals, oldest first."""

    items: list[ReferralOut]
    next_cursor: str | None


class OutcomeList(Model):
    """Outcomes, oldest first."""

    items: list[OutcomeOut]
    next_cursor: str | None


def new_record(
    match_id: uuid.UUID, kind: Kind, content: dict[str, Any], *, due: date | None = None, about: uuid.UUID | None = None
) -> FollowUpRecord:
    """One that is not kept yet."""
    content = {name: value for name, value in content.items() if name != "plan" or value is not None}
    return FollowUpRecord(uuid.uuid4(), match_id, kind, about, due, None, content)


@frozen
class Sent:
    """What was sent to be added, and where it goes."""

    request: Request
    body: object
    once: Once | None
    services: Services

    def content(self, model: type[Model]) -> dict[str, Any]:
        """The body, checked.

        Raises:
            InvalidInputError: with every fault found.
        """
        return read_as(model, self.body).model_dump(mode="json")

    async def added(self, caller: Principal, record: FollowUpRecord, where: str) -> Response:
        """Keep it, and say that it is kept."""
        made = await run_in_threadpool(self.services.follow_ups.add, caller, record, self.once)
        return made_reply(self.request, made, status=201, location=f"/v1/matches/{record.match_id}/{where}")


async def _sent(request: Request, body: JsonBody, once: OnceDep, services: ServicesDep) -> Sent:
    return Sent(request, body, once, services)


SentDep = Annotated[Sent, Depends(_sent)]


@frozen
class Listed:
    """What was asked of a list."""

    request: Request
    options: PageOptions
    services: Services

    async def page(
        self, caller: Principal, match_id: uuid.UUID, kind: Kind, show: Callable[[FollowUpRecord], dict[str, Any]]
    ) -> Response:
        """A page of those of an answer, each as it is told."""
        found = await run_in_threadpool(
            self.services.follow_ups.list, caller, match_id, kind, limit=self.options.limit, cursor=self.options.cursor
        )
        return page_reply(self.request, Page(tuple(map(show, found.items)), found.next_cursor), cache=PRIVATE)


async def _listed(request: Request, options: Annotated[PageOptions, Query()], services: ServicesDep) -> Listed:
    return Listed(request, options, services)


ListedDep = Annotated[Listed, Depends(_listed)]


def shown(record: FollowUpRecord) -> dict[str, Any]:
    """One as it is told."""
    return {
        "id": record.id,
        "match_id": record.match_id,
        "created_at": record.created_at,
        "due_on": record.due_on,
        **record.content,
    }


@router.post(
    "/matches/{match_id}/referrals",
    operation_id="create_referral",
    summary="Note whom a person was sent to",
    status_code=201,
    response_model=FollowUpCreated,
    responses={201: json_example("The referral is kept", MADE)},
    openapi_extra=json_body(ReferralIn, _REFERRAL),
)
async def create_referral(caller: ReferralWriter, match_id: uuid.UUID, sent: SentDep) -> Response:
    """Nobody is sent anywhere by itself: a named person did, and says so here."""
    record = new_record(match_id, "referral", sent.content(ReferralIn))
    return await sent.added(caller, record, "referrals")


@router.get(
    "/matches/{match_id}/referrals",
    operation_id="list_referrals",
    summary="Whom a person was sent to",
    response_model=ReferralList,
    responses={200: json_example("Referrals, oldest first", {"items": [{**MADE, **_REFERRAL}], "next_cursor": None})},
)
async def list_referrals(caller: ReferralReader, match_id: uuid.UUID, listed: ListedDep) -> Response:
    """With their words, for whoever may read them."""
    return await listed.page(caller, match_id, "referral", shown)


@router.post(
    "/matches/{match_id}/outcomes",
    operation_id="create_outcome",
    summary="Note what came of a plan",
    status_code=201,
    response_model=FollowUpCreated,
    responses={201: json_example("The outcome is kept", MADE)},
    openapi_extra=json_body(OutcomeIn, _OUTCOME),
)
async def create_outcome(caller: OutcomeWriter, match_id: uuid.UUID, sent: SentDep) -> Response:
    """Added, never changed: what turns out otherwise is noted as well."""
    record = new_record(match_id, "outcome", sent.content(OutcomeIn))
    return await sent.added(caller, record, "outcomes")


@router.get(
    "/matches/{match_id}/outcomes",
    operation_id="list_outcomes",
    summary="What came of the plans of an answer",
    response_model=OutcomeList,
    responses={200: json_example("Outcomes, oldest first", {"items": [{**MADE, **_OUTCOME}], "next_cursor": None})},
)
async def list_outcomes(caller: OutcomeReader, match_id: uuid.UUID, listed: ListedDep) -> Response:
    """With their words, for whoever may read them."""
    return await listed.page(caller, match_id, "outcome", shown)
