"""Look-ups in the installed data. Unknown stays null, and a filter never drops what is unknown without being asked."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app import clock
from app.api.access import LOOKUPS
from app.api.described import DescribedRoute
from app.api.model import Model, Options
from app.api.replies import encode, page_reply, reply
from app.deps import CatalogueDep
from app.services.catalogue import (
    CredentialDetail,
    OccupationDetail,
    ProgramDetail,
    ProviderDetail,
    StudyDetail,
)
from app.services.evidence import ProviderEvidence
from taxonomy.credentials import Credential
from taxonomy.occupations import Occupation
from taxonomy.programs import Program, Provider
from taxonomy.store import ReleaseStatus

router = APIRouter(prefix="/v1", tags=["look-ups"], dependencies=LOOKUPS, route_class=DescribedRoute)

SearchText = Annotated[str, Field(min_length=1, max_length=200, description="Words the name must hold")]
Sector = Annotated[str, Field(min_length=1, max_length=50, description="Sector, such as healthcare")]


class PageOptions(Options):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=200)] = Field(default=50, description="Most items to return")
    cursor: Annotated[str, Field(min_length=1, max_length=500)] | None = Field(
        default=None, description="next_cursor of the page before"
    )


class SearchOptions(PageOptions):
    """A list searched by words."""

    q: SearchText | None = None


class SectorOptions(SearchOptions):
    """A list searched by words, of one sector."""

    sector: Sector | None = None


class SourceOptions(PageOptions):
    """Which part of the sources: all of them, where nothing is said, since licences ask that each is named."""

    limit: Annotated[int, Field(ge=1, le=200)] = Field(default=200, description="Most items to return")


class ProgramOptions(SearchOptions):
    """Which programs."""

    credential: Annotated[str, Field(max_length=200, description="Id of the credential it awards")] | None = None
    provider: Annotated[str, Field(max_length=200, description="Id of the provider")] | None = None
    zip: Annotated[str, Field(pattern=r"^[0-9]{5}$", description="ZIP code it is taught in")] | None = None
    county: Annotated[str, Field(max_length=100, description="County it is taught in")] | None = None
    modality: Literal["in_person", "hybrid", "online"] | None = None

    def keeps(self, program: Program) -> bool:
        """Whether the program is what was asked for."""
        wanted = (
            (self.credential, program.credential_id),
            (self.provider, program.provider_id),
            (self.zip, program.zip),
            (self.county and self.county.casefold(), program.county and program.county.casefold()),
            (self.modality, program.modality),
        )
        if any(asked is not None and asked != has for asked, has in wanted):
            return False
        name = f"{program.name} {program.provider_name}".casefold()
        return self.q is None or all(word in name for word in self.q.casefold().split())


class OccupationPage(Model):
    """Occupations."""

    items: list[Occupation]
    next_cursor: str | None


class CredentialPage(Model):
    """Credentials."""

    items: list[Credential]
    next_cursor: str | None


class ProgramPage(Model):
    """Programs."""

    items: list[Program]
    next_cursor: str | None


class ProviderPage(Model):
    """Providers."""

    items: list[Provider]
    next_cursor: str | None


class StudyPage(Model):
    """Studies."""

    items: list[StudyDetail]
    next_cursor: str | None


class SourceList(Model):
    """Releases in the snapshot."""

    items: list[ReleaseStatus]
    next_cursor: str | None


@router.get(
    "/occupations",
    operation_id="list_occupations",
    summary="Occupations, searched by title",
    response_model=OccupationPage,
)
async def list_occupations(
    request: Request, catalogue: CatalogueDep, options: Annotated[SectorOptions, Query()]
) -> Response:
    """In the order of their O*NET codes."""
    page = catalogue.list_occupations(q=options.q, sector=options.sector, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page)


@router.get(
    "/occupations/{code}",
    operation_id="get_occupation",
    summary="An occupation with its wages by area",
    response_model=OccupationDetail,
)
async def get_occupation(request: Request, code: str, catalogue: CatalogueDep) -> Response:
    """By its O*NET-SOC 2019 code."""
    return reply(request, encode(catalogue.get_occupation(code)))


@router.get(
    "/credentials",
    operation_id="list_credentials",
    summary="Credentials, searched by name",
    response_model=CredentialPage,
)
async def list_credentials(
    request: Request, catalogue: CatalogueDep, options: Annotated[SectorOptions, Query()]
) -> Response:
    """In the order of their ids."""
    page = catalogue.list_credentials(q=options.q, sector=options.sector, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page)


@router.get(
    "/credentials/{credential_id}",
    operation_id="get_credential",
    summary="A credential with its stack rules",
    response_model=CredentialDetail,
)
async def get_credential(request: Request, credential_id: str, catalogue: CatalogueDep) -> Response:
    """What it is built on and what it counts towards."""
    return reply(request, encode(catalogue.get_credential(credential_id)))


@router.get(
    "/programs",
    operation_id="list_programs",
    summary="Programs by credential, provider, place or way of teaching",
    response_model=ProgramPage,
)
async def list_programs(
    request: Request, catalogue: CatalogueDep, options: Annotated[ProgramOptions, Query()]
) -> Response:
    """In the order of their ids."""
    return page_reply(request, catalogue.list_programs(options.keeps, limit=options.limit, cursor=options.cursor))


@router.get(
    "/programs/{program_id}",
    operation_id="get_program",
    summary="A program with the jobs it claims, and which claims hold",
    response_model=ProgramDetail,
)
async def get_program(request: Request, program_id: str, catalogue: CatalogueDep) -> Response:
    """Claims that do not hold stay, with the reason."""
    return reply(request, encode(catalogue.get_program(program_id)))


@router.get(
    "/providers",
    operation_id="list_providers",
    summary="Providers, searched by name",
    response_model=ProviderPage,
)
async def list_providers(
    request: Request, catalogue: CatalogueDep, options: Annotated[SearchOptions, Query()]
) -> Response:
    """In the order of their ids."""
    return page_reply(request, catalogue.list_providers(q=options.q, limit=options.limit, cursor=options.cursor))


@router.get(
    "/providers/{provider_id}",
    operation_id="get_provider",
    summary="A provider with its programs and the studies that speak to it",
    response_model=ProviderDetail,
)
async def get_provider(request: Request, provider_id: str, catalogue: CatalogueDep) -> Response:
    """Studies are tied to a provider by reviewed links, never by a similar name."""
    return reply(request, encode(catalogue.get_provider(provider_id)))


@router.get(
    "/providers/{provider_id}/evidence",
    operation_id="get_provider_evidence",
    summary="How well a provider's offerings are proven",
    response_model=ProviderEvidence,
)
async def get_provider_evidence(request: Request, provider_id: str, catalogue: CatalogueDep) -> Response:
    """Tier, studies, rates and elements of each offering; studies of its sectors elsewhere stand apart."""
    return reply(request, encode(catalogue.get_provider_evidence(provider_id)))


@router.get(
    "/studies",
    operation_id="list_studies",
    summary="Impact studies: what was found, good or bad",
    response_model=StudyPage,
)
async def list_studies(
    request: Request, catalogue: CatalogueDep, options: Annotated[SectorOptions, Query()]
) -> Response:
    """In the order of their ids."""
    page = catalogue.list_studies(q=options.q, sector=options.sector, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page)


@router.get(
    "/sources",
    operation_id="list_sources",
    summary="Releases the answers are made from, with attribution, rows left out and age",
    response_model=SourceList,
)
async def list_sources(
    request: Request, catalogue: CatalogueDep, options: Annotated[SourceOptions, Query()]
) -> Response:
    """Every release in the snapshot, in the order of their ids."""
    page = catalogue.list_source_pages(clock.today(), limit=options.limit, cursor=options.cursor)
    return page_reply(request, page)
