"""The service put together: settings in, an ASGI application out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from app import logs
from app.api import (
    audit,
    batches,
    decisions,
    deliveries,
    demographics,
    documentation,
    eligibility,
    explain,
    follow_ups,
    health,
    holds,
    lookups,
    matches,
    me,
    metrics,
    problems,
    resolve,
    reviews,
    seekers,
    webhooks,
)
from app.api.middleware import AroundRequests
from app.api.schemas import SeekerIn
from app.db.session import Database
from app.deps import Services
from app.errors import ConfigurationError, UnavailableError
from app.metrics import Metrics
from app.services.answering import Engine, open_engine
from app.services.audit import open_anchor
from app.services.audit_pages import AuditPages
from app.services.batch_results import BatchResults
from app.services.batches import Batches
from app.services.catalogue import Catalogue
from app.services.deliveries import Deliveries
from app.services.demographics import DemographicsService
from app.services.follow_ups import FollowUps
from app.services.holds import Holds
from app.services.keys import Keys
from app.services.ledger import Ledger
from app.services.limiter import Limiter
from app.services.matches import Matches
from app.services.principal import Authenticator
from app.services.seekers import Seekers
from app.services.vault import open_vault
from app.services.webhooks import Webhooks
from app.settings import Settings
from app.tracing import Tracing, open_tracing
from app.web import pages, rules, sources, studies

DESCRIPTION = """
Plans of stackable credentials into better-paid work: what to study, where, at what cost, who may pay, which job it
opens at which local wage, and how well such training has worked. A case manager decides; Stackway shows its reasons.

Unknown is `null`, never zero. Money is in US dollars. Every fault is `application/problem+json`.
"""

ROUTERS = (
    me.router,
    audit.router,
    matches.router,
    decisions.router,
    follow_ups.router,
    reviews.router,
    seekers.router,
    holds.router,
    demographics.router,
    batches.router,
    webhooks.router,
    deliveries.router,
    eligibility.router,
    explain.router,
    resolve.router,
    lookups.router,
    health.router,
    metrics.router,
    pages.router,
    studies.router,
    sources.router,
    rules.router,
)


# Of operations that read their body themselves.
BODIES = (
    SeekerIn,
    resolve.ResolveRequest,
    resolve.SuggestionRequest,
    seekers.SeekerSearch,
    holds.HoldIn,
    decisions.DecisionIn,
    follow_ups.ReferralIn,
    follow_ups.OutcomeIn,
    reviews.ReviewRequestIn,
    reviews.ReviewResultIn,
    demographics.DemographicsIn,
    webhooks.WebhookIn,
    webhooks.SecretChange,
)

# The framework's own spans and logs carry addresses as asked and the text of exceptions: app.tracing makes ours.
_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


def create_app(
    settings: Settings, *, engine: Callable[[Settings], Engine] = open_engine, tracing: Tracing | None = None
) -> FastAPI:
    """The application. It opens data and database when it starts, not when it is made.

    Args:
        settings: names the database; `app.serve` starts the embedded one before it calls this.
        engine: opens the data and the method.
        tracing: makes spans; default: as the settings say.

    Raises:
        ConfigurationError: no database is named, or whoever reaches the machine could ask without a key.
    """
    if settings.database_url is None:
        raise ConfigurationError("Name a PostgreSQL in STACKWAY_DATABASE_URL, or start with `stackway serve`.")
    if settings.access == "local" and not settings.listens_on_this_machine_only:
        raise ConfigurationError(
            "Without keys the service listens on this machine only. Set STACKWAY_HOST to 127.0.0.1, or name a "
            "PostgreSQL in STACKWAY_DATABASE_URL and make keys with `stackway keys create`."
        )
    url = settings.database_url.get_secret_value()
    logs.configure(settings.log_level)
    counted = Metrics()
    traced = tracing or open_tracing(settings.traces_endpoint)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Settings]]:
        database = Database(url, settings)
        eeo = (
            None
            if settings.eeo_database_url is None
            else Database(settings.eeo_database_url.get_secret_value(), settings)
        )
        try:
            try:
                _check_roles(database, eeo)  # what opens the data in the meantime need not wait for the database
                app.state.services = _services(settings, engine(settings), (database, eeo), counted)
            except ConfigurationError as error:
                # The server only says that it did not start. These words are ours and quote nobody.
                logs.get_logger().error(f"the service cannot start: {error}")
                raise
            yield {"settings": settings}  # for the connections, which know nothing else of the application
        finally:
            database.close()
            if eeo is not None:
                eeo.close()
            traced.close()
            counted.close()

    app = FastAPI(
        telemetry=_NO_TELEMETRY,
        title="Stackway",
        version=version("stackway"),
        summary="Plans of stackable credentials into better-paid work",
        description=DESCRIPTION.strip(),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere; the start page lists the operations
        redoc_url=None,
        redirect_slashes=False,
        # As they are: a router that is included has each operation made a second time, and looked up twice.
        routes=[route for router in ROUTERS for route in router.routes],
    )
    problems.install(app, ROUTERS)
    documentation.install(app, ROUTERS, BODIES)
    app.add_middleware(AroundRequests, settings=settings, metrics=counted, tracing=traced)
    return app


def _check_roles(*databases: Database | None) -> None:
    try:
        for database in filter(None, databases):
            database.refuse_privilege()
    except UnavailableError:
        # Answers without keeping them need no database; /readyz says that it is away.
        logs.get_logger().warning("the database does not answer yet")


def _services(
    settings: Settings, engine: Engine, databases: tuple[Database, Database | None], counted: Metrics
) -> Services:
    database, eeo = databases
    logger = logs.get_logger()
    counted.stands_on(engine.snapshot.digest)
    if settings.access == "local":
        logger.warning("local mode: no API key is needed, from this machine only", board=settings.board)
    logger.info("service starts", snapshot=engine.snapshot.digest)
    vault, anchor = open_vault(settings), open_anchor(settings)
    ledger = Ledger(database, vault, anchor)
    return Services(
        settings=settings,
        engine=engine,
        catalogue=Catalogue(engine.snapshot),
        database=database,
        matches=Matches(ledger),
        seekers=Seekers(ledger),
        holds=Holds(ledger),
        audit=AuditPages(ledger),
        follow_ups=FollowUps(ledger),
        demographics=DemographicsService(None if eeo is None else Ledger(eeo, vault, anchor)),
        batches=Batches(ledger, settings),
        batch_results=BatchResults(ledger),
        webhooks=Webhooks(ledger, settings.webhook_hosts),
        deliveries=Deliveries(ledger),
        keys=Keys(database),
        tokens=_tokens(settings, database),
        limiter=Limiter(settings.requests_per_minute),
        vault=vault,
        metrics=counted,
    )


def _tokens(settings: Settings, database: Database) -> Authenticator | None:
    if not settings.oidc_issuers:
        return None
    from app.services.tokens import open_tokens  # noqa: PLC0415 # a service without an issuer starts sooner without

    return open_tokens(settings, database)
