"""What is known of how well a provider's offerings work, put together for a reader."""

from collections.abc import Iterable, Sequence

from matching.answer_evidence import Evidence, StudyFinding
from matching.evidence.book import EvidenceBook
from taxonomy.frozen import frozen
from taxonomy.programs import Program
from taxonomy.studies import Support


@frozen
class OfferingEvidence:
    """Programs, or one support, with the same evidence."""

    programs: tuple[str, ...]
    support: str | None
    sector: str | None
    evidence: Evidence


@frozen
class SectorStudies:
    """Studies of training for a sector anywhere: gains, nulls and losses. Never evidence about this provider."""

    sector: str
    studies: tuple[StudyFinding, ...]


@frozen
class ProviderEvidence:
    """Evidence of a provider's offerings, and how training for their sectors fared elsewhere."""

    provider_id: str
    name: str
    offerings: tuple[OfferingEvidence, ...]
    elsewhere: tuple[SectorStudies, ...]


def provider_evidence(
    provider_id: str, name: str, programs: Iterable[Program], supports: Iterable[Support], book: EvidenceBook
) -> ProviderEvidence:
    """The evidence of one provider; programs that share all of it are told together."""
    offerings = [*_of_programs(programs, book), *(_of_support(support, book) for support in supports)]
    sectors = sorted({offering.sector for offering in offerings if offering.sector is not None})
    elsewhere = (SectorStudies(sector, book.sector_context(sector)) for sector in sectors)
    return ProviderEvidence(provider_id, name, tuple(offerings), tuple(s for s in elsewhere if s.studies))


def _of_programs(programs: Iterable[Program], book: EvidenceBook) -> Sequence[OfferingEvidence]:
    groups: dict[str, tuple[list[str], str | None, Evidence]] = {}
    for program in programs:
        sector, evidence = book.sector_of(program), book.evidence_for(program)
        group = groups.setdefault(repr((sector, evidence)), ([], sector, evidence))
        group[0].append(program.id)
    return [OfferingEvidence(tuple(ids), None, sector, evidence) for ids, sector, evidence in groups.values()]


def _of_support(support: Support, book: EvidenceBook) -> OfferingEvidence:
    evidence = book.support_evidence(support)
    return OfferingEvidence((), support.id, support.sector, evidence)
