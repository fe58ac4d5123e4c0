"""What an endpoint may ask for, as annotated types. All of it is made once, when the service starts."""

from typing import Annotated

from fastapi import Depends, Request

from app.db.session import Database
from app.metrics import Metrics
from app.services.answering import Engine
from app.services.audit_pages import AuditPages
from app.services.batch_results import BatchResults
from app.services.batches import Batches
from app.services.catalogue import Catalogue
from app.services.deliveries import Deliveries
from app.services.demographics import DemographicsService
from app.services.follow_ups import FollowUps
from app.services.holds import Holds
from app.services.keys import Keys
from app.services.limiter import Limiter
from app.services.matches import Matches
from app.services.principal import Authenticator
from app.services.seekers import Seekers
from app.services.vault import Vault
from app.services.webhooks import Webhooks
from app.settings import Settings
from taxonomy.frozen import frozen


@frozen
class Services:
    """Everything a running service holds."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    database: Database
    matches: Matches
    seekers: Seekers
    holds: Holds
    audit: AuditPages
    follow_ups: FollowUps
    demographics: DemographicsService
    batches: Batches
    batch_results: BatchResults
    webhooks: Webhooks
    deliveries: Deliveries
    keys: Keys
    tokens: Authenticator | None  # None: no identity provider is trusted
    limiter: Limiter
    vault: Vault
    metrics: Metrics


def _held(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


# Coroutines all, though they wait for nothing: the framework runs a plain function in a thread.


async def _services(request: Request) -> Services:
    return _held(request)


async def _engine(request: Request) -> Engine:
    return _held(request).engine


async def _catalogue(request: Request) -> Catalogue:
    return _held(request).catalogue


async def _matches(request: Request) -> Matches:
    return _held(request).matches


async def _audit(request: Request) -> AuditPages:
    return _held(request).audit


async def _holds(request: Request) -> Holds:
    return _held(request).holds


async def _seekers(request: Request) -> Seekers:
    return _held(request).seekers


async def _follow_ups(request: Request) -> FollowUps:
    return _held(request).follow_ups


async def _deliveries(request: Request) -> Deliveries:
    return _held(request).deliveries


async def _webhooks(request: Request) -> Webhooks:
    return _held(request).webhooks


async def _demographics(request: Request) -> DemographicsService:
    return _held(request).demographics


ServicesDep = Annotated[Services, Depends(_services)]
EngineDep = Annotated[Engine, Depends(_engine)]
CatalogueDep = Annotated[Catalogue, Depends(_catalogue)]
MatchesDep = Annotated[Matches, Depends(_matches)]
AuditPagesDep = Annotated[AuditPages, Depends(_audit)]
HoldsDep = Annotated[Holds, Depends(_holds)]
SeekersDep = Annotated[Seekers, Depends(_seekers)]
DeliveriesDep = Annotated[Deliveries, Depends(_deliveries)]
WebhooksDep = Annotated[Webhooks, Depends(_webhooks)]
FollowUpsDep = Annotated[FollowUps, Depends(_follow_ups)]
DemographicsDep = Annotated[DemographicsService, Depends(_demographics)]
