"""Look-ups in the installed data: occupations, credentials, programs, providers, studies, sources."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from app.errors import NotFoundError
from app.services.evidence import ProviderEvidence, provider_evidence
from app.services.listing import Listing, Page
from matching.evidence.book import EvidenceBook
from taxonomy.credentials import Credential, StackRule
from taxonomy.frozen import frozen
from taxonomy.occupations import Occupation, Wage
from taxonomy.programs import Program, ProgramOccupation, Provider
from taxonomy.sectors import sector_of_occupation
from taxonomy.snapshot import Snapshot
from taxonomy.store import ReleaseStatus, list_release_statuses
from taxonomy.studies import Effect, Rating, Study, StudyLink

T = TypeVar("T")


@frozen
class OccupationDetail:
    """An occupation with its wages by area, the titles that name it, and the credentials that open it."""

    occupation: Occupation
    sector: str | None
    wages: tuple[Wage, ...]
    titles: tuple[str, ...]
    credentials: tuple[str, ...]


@frozen
class CredentialDetail:
    """A credential with the rules by which others count towards it and it towards others."""

    credential: Credential
    built_on: tuple[StackRule, ...]
    counts_towards: tuple[StackRule, ...]


@frozen
class ProgramDetail:
    """A program with the jobs it claims, usable or not, and why not."""

    program: Program
    occupations: tuple[ProgramOccupation, ...]


@frozen
class ProviderDetail:
    """A provider with the ids of its programs and of the studies that speak to it."""

    provider: Provider
    programs: tuple[str, ...]
    studies: tuple[StudyLink, ...]


@frozen
class StudyDetail:
    """A study with its effects, favourable or not, and each clearinghouse's own word on it."""

    study: Study
    effects: tuple[Effect, ...]
    ratings: tuple[Rating, ...]
    links: tuple[StudyLink, ...]


class Catalogue:
    """The records of one snapshot, read on first use."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def list_occupations(
        self, *, q: str | None, sector: str | None, limit: int, cursor: str | None
    ) -> Page[Occupation]:
        """Occupations whose title, other title or code holds every word of `q`."""
        words = _words(q)
        names = self._occupation_names if words else {}

        def keep(row: Occupation) -> bool:
            if sector is not None and sector_of_occupation(row.soc_code) != sector:
                return False
            return not words or any(_holds(name, words) for name in names[row.onet_code])

        return self._occupations.page(keep, limit=limit, cursor=cursor)

    def get_occupation(self, code: str) -> OccupationDetail:
        """An occupation by its O*NET code.

        Raises:
            NotFoundError: no such code here.
        """
        occupation = _found(self._occupations.find(code), "occupation", "code")
        return OccupationDetail(
            occupation,
            sector_of_occupation(occupation.soc_code),
            self._wages.get(occupation.soc_code, ()),
            tuple(row.text for row in self._titles.get(code, ())),
            tuple(c.id for c in self._snapshot.credentials if code in c.opens),
        )

    def list_credentials(
        self, *, q: str | None, sector: str | None, limit: int, cursor: str | None
    ) -> Page[Credential]:
        """Credentials whose name or other name holds every word of `q`."""
        words = _words(q)

        def keep(row: Credential) -> bool:
            names = (row.name, row.id, *row.aliases)
            return sector in (None, row.sector) and any(_holds(name.casefold(), words) for name in names)

        return self._credentials.page(keep, limit=limit, cursor=cursor)

    def get_credential(self, credential_id: str) -> CredentialDetail:
        """A credential by its id.

        Raises:
            NotFoundError: no such id here.
        """
        rules: Sequence[StackRule] = self._snapshot.table("stack_rules")
        return CredentialDetail(
            _found(self._credentials.find(credential_id), "credential", "id"),
            tuple(rule for rule in rules if rule.to_credential == credential_id),
            tuple(rule for rule in rules if rule.from_credential == credential_id),
        )

    def list_programs(self, keep: Callable[[Program], bool], *, limit: int, cursor: str | None) -> Page[Program]:
        """Programs that `keep` lets through."""
        return self._programs.page(keep, limit=limit, cursor=cursor)

    def get_program(self, program_id: str) -> ProgramDetail:
        """A program by its id.

        Raises:
            NotFoundError: no such id here.
        """
        program = _found(self._programs.find(program_id), "program", "id")
        return ProgramDetail(program, self._program_occupations.get(program_id, ()))

    def list_providers(self, *, q: str | None, limit: int, cursor: str | None) -> Page[Provider]:
        """Providers whose name holds every word of `q`."""
        words = _words(q)
        return self._providers.page(lambda row: _holds(row.name.casefold(), words), limit=limit, cursor=cursor)

    def get_provider(self, provider_id: str) -> ProviderDetail:
        """A provider by its id.

        Raises:
            NotFoundError: no such id here.
        """
        links: Sequence[StudyLink] = self._snapshot.table("study_links")
        return ProviderDetail(
            _found(self._providers.find(provider_id), "provider", "id"),
            self._programs_of.get(provider_id, ()),
            tuple(link for link in links if link.provider_id == provider_id),
        )

    def get_provider_evidence(self, provider_id: str) -> ProviderEvidence:
        """What is known of how well a provider's offerings work.

        Raises:
            NotFoundError: no such id here.
        """
        supports = [s for s in self._snapshot.table("supports") if s.provider_id == provider_id]
        provider = self._providers.find(provider_id)
        known = _found(provider or next(iter(supports), None), "provider", "id")
        programs = [_found(self._programs.find(id_), "program", "id") for id_ in self._programs_of.get(provider_id, ())]
        return provider_evidence(provider_id, known.name, programs, supports, self.evidence)

    def list_studies(self, *, q: str | None, sector: str | None, limit: int, cursor: str | None) -> Page[StudyDetail]:
        """Studies whose program, site or population holds every word of `q`, with all they found."""
        words = _words(q)

        def keep(row: StudyDetail) -> bool:
            text = f"{row.study.program} {row.study.site} {row.study.population}".casefold()
            return sector in (None, row.study.sector) and _holds(text, words)

        return self._studies.page(keep, limit=limit, cursor=cursor)

    def list_sources(self, today: date) -> tuple[ReleaseStatus, ...]:
        """Every release in the snapshot: the attribution its licence asks for, rows left out, age against schedule."""
        return list_release_statuses(self._snapshot, today)

    def list_source_pages(self, today: date, *, limit: int, cursor: str | None) -> Page[ReleaseStatus]:
        """The same in pages, in the order of their ids.

        Raises:
            InvalidInputError: the cursor is not one we gave.
        """
        return Listing(self.list_sources(today), lambda row: row.id).page(lambda _: True, limit=limit, cursor=cursor)

    @cached_property
    def _occupations(self) -> Listing[Occupation]:
        return Listing(list(self._snapshot.occupations), lambda row: row.onet_code)

    @cached_property
    def _credentials(self) -> Listing[Credential]:
        return Listing(list(self._snapshot.credentials), lambda row: row.id)

    @cached_property
    def _programs(self) -> Listing[Program]:
        return Listing(list(self._snapshot.programs), lambda row: row.id)

    @cached_property
    def _providers(self) -> Listing[Provider]:
        return Listing(list(self._snapshot.table("providers")), lambda row: row.id)

    @cached_property
    def _studies(self) -> Listing[StudyDetail]:
        effects = self._grouped("effects", "study_id")
        ratings = self._grouped("ratings", "study_id")
        links = self._grouped("study_links", "study_id")
        details = [
            StudyDetail(row, effects.get(row.id, ()), ratings.get(row.id, ()), links.get(row.id, ()))
            for row in self._snapshot.table("studies")
        ]
        return Listing(details, lambda row: row.study.id)

    @cached_property
    def evidence(self) -> EvidenceBook:
        """Studies, tiers and rates of the snapshot."""
        return EvidenceBook.from_snapshot(self._snapshot)

    @cached_property
    def _wages(self) -> dict[str, tuple[Wage, ...]]:
        return self._grouped("wages", "soc_code")

    @cached_property
    def _titles(self) -> dict[str, tuple[Any, ...]]:
        return self._grouped("titles", "onet_code")

    @cached_property
    def _program_occupations(self) -> dict[str, tuple[ProgramOccupation, ...]]:
        return self._grouped("program_occupations", "program_id")

    @cached_property
    def _programs_of(self) -> dict[str, tuple[str, ...]]:
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._snapshot.programs:
            ids[row.provider_id].append(row.id)
        return _frozen(ids)

    @cached_property
    def _occupation_names(self) -> dict[str, tuple[str, ...]]:
        return {
            row.onet_code: (
                row.onet_code,
                row.title.casefold(),
                *(title.text.casefold() for title in self._titles.get(row.onet_code, ())),
            )
            for row in self._snapshot.occupations
        }

    def _grouped(self, table: str, key: str) -> dict[str, tuple[Any, ...]]:
        groups: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self._snapshot.table(table):
            groups[getattr(row, key)].append(row)
        return _frozen(groups)


def _frozen(groups: defaultdict[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(rows) for key, rows in groups.items()}


def _found(record: T | None, kind: str, key: str) -> T:
    if record is None:
        raise NotFoundError(f"The installed data has no {kind} with this {key}.")
    return record


def _words(q: str | None) -> tuple[str, ...]:
    return tuple(q.casefold().split()) if q else ()


def _holds(name: str, words: tuple[str, ...]) -> bool:
    return all(word in name for word in words)
