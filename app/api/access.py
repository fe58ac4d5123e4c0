"""Who may ask what: the API key or token of a request, the right an operation needs, and how often a key may ask."""

import re
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from app.api.accepting import check_accept
from app.api.edition import NAMES_ITS_DATA
from app.api.middleware import add_reply_headers, note_board
from app.deps import Services
from app.errors import ForbiddenError, UnauthorizedError
from app.services.principal import Principal, Scope
from app.settings import is_loopback

_NAMED = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(?::[0-9]{1,5})?")
_PAGE = re.compile(rf"https?://{_NAMED.pattern}")


class Requires:
    """A dependency that lets a request through when its caller holds a right; None: whoever is known at all.

    Operations without one are open to all; the OpenAPI document takes its `x-required-scopes` from here.
    """

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope

    async def __call__(self, request: Request) -> Principal:
        """The caller.

        Raises:
            NotAcceptableError: the caller would not take the reply.
            UnauthorizedError: no key or token, or none that works.
            TooManyRequestsError: the caller has asked too often.
            ForbiddenError: the caller lacks the right.
            UnavailableError: the database, or the identity provider, is away.
        """
        check_accept(request)
        services: Services = request.app.state.services
        principal = await _principal(request, services)
        note_board(request, principal.board)
        if not principal.is_local:
            allowance = services.limiter.take(principal.name)
            add_reply_headers(request, allowance.headers())
            allowance.check()
        if self.scope is not None and self.scope not in principal.scopes:
            raise ForbiddenError(self.scope)
        return principal


async def _principal(request: Request, services: Services) -> Principal:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        if services.settings.access == "local" and from_this_machine(request):
            return Principal(services.settings.board, frozenset(Scope), None)
        raise UnauthorizedError("Send an API key: `Authorization: Bearer sw_…`; `stackway keys create` makes one.")
    found = None
    if scheme.lower() == "bearer":
        token = token.strip()
        # A token of an identity provider has dots, which a key never has.
        known_by = services.tokens if token.count(".") == 2 else services.keys
        found = None if known_by is None else await run_in_threadpool(known_by.authenticate, token)
    if found is None:
        raise UnauthorizedError("The API key or token is not one that works here.")
    return found


def from_this_machine(request: Request) -> bool:
    """Whether the caller is on the machine itself, asked for it by such a name, and is no page from elsewhere.

    The name counts too: a page elsewhere can let its own name point here and read the answers. It is read from the
    header alone, since the framework takes one that it cannot read, or none, for the address it listens on.
    """
    if request.client is None or not is_loopback(request.client.host):
        return False
    names = [_NAMED.fullmatch(name) for name in request.headers.getlist("host")]
    # Some requests a browser sends for a page without asking first, and marks them so.
    names += [_PAGE.fullmatch(page) for page in request.headers.getlist("origin")]
    return (
        len(request.headers.getlist("host")) == 1
        and all(name is not None and is_loopback(name[1]) for name in names)
        and request.headers.get("sec-fetch-site") != "cross-site"
    )


CallerDep = Annotated[Principal, Depends(Requires(None))]
MatchReader = Annotated[Principal, Depends(Requires(Scope.MATCHES_READ))]
MatchWriter = Annotated[Principal, Depends(Requires(Scope.MATCHES_WRITE))]
SeekerReader = Annotated[Principal, Depends(Requires(Scope.SEEKERS_READ))]
SeekerWriter = Annotated[Principal, Depends(Requires(Scope.SEEKERS_WRITE))]
SeekerEraser = Annotated[Principal, Depends(Requires(Scope.SEEKERS_ERASE))]
HoldReader = Annotated[Principal, Depends(Requires(Scope.HOLDS_READ))]
HoldWriter = Annotated[Principal, Depends(Requires(Scope.HOLDS_WRITE))]
DecisionReader = Annotated[Principal, Depends(Requires(Scope.DECISIONS_READ))]
DecisionWriter = Annotated[Principal, Depends(Requires(Scope.DECISIONS_WRITE))]
ReferralReader = Annotated[Principal, Depends(Requires(Scope.REFERRALS_READ))]
ReferralWriter = Annotated[Principal, Depends(Requires(Scope.REFERRALS_WRITE))]
OutcomeReader = Annotated[Principal, Depends(Requires(Scope.OUTCOMES_READ))]
OutcomeWriter = Annotated[Principal, Depends(Requires(Scope.OUTCOMES_WRITE))]
ReviewReader = Annotated[Principal, Depends(Requires(Scope.REVIEWS_READ))]
ReviewWriter = Annotated[Principal, Depends(Requires(Scope.REVIEWS_WRITE))]
DemographicsReader = Annotated[Principal, Depends(Requires(Scope.DEMOGRAPHICS_READ))]
DemographicsWriter = Annotated[Principal, Depends(Requires(Scope.DEMOGRAPHICS_WRITE))]
AuditReader = Annotated[Principal, Depends(Requires(Scope.AUDIT_READ))]
BatchReader = Annotated[Principal, Depends(Requires(Scope.BATCHES_READ))]
BatchExporter = Annotated[Principal, Depends(Requires(Scope.BATCHES_EXPORT))]
BatchWriter = Annotated[Principal, Depends(Requires(Scope.BATCHES_WRITE))]
WebhookReader = Annotated[Principal, Depends(Requires(Scope.WEBHOOKS_READ))]
WebhookWriter = Annotated[Principal, Depends(Requires(Scope.WEBHOOKS_WRITE))]
LOOKUPS = [Depends(Requires(Scope.LOOKUPS_READ)), NAMES_ITS_DATA]
ELIGIBILITY = [Depends(Requires(Scope.ELIGIBILITY_READ)), NAMES_ITS_DATA]
