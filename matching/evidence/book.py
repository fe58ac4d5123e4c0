"""The evidence stage: everything known about how well an offering works, looked up by program.

Built once from a snapshot. The search asks for tiers and rates of hundreds of programs a match, so those are cached by
what they depend on: provider, sector and kind for the tier; program and measure for the rate.
"""

from collections import defaultdict
from collections.abc import Container, Iterable

from matching.answer_evidence import Evidence, RateEstimate, StudyFinding
from matching.catalog import Programs
from matching.coded import Coded
from matching.evidence.dossier import Dossier, HasTables, gather
from matching.evidence.elements import elements_of_program, elements_of_support, to_ask
from matching.evidence.findings import NO_LINK, finding_of
from matching.evidence.peers import Peers
from matching.evidence.rates import NO_FIGURE, BetaRate, choose_own, posterior, reveals_small_cell
from matching.evidence.sentences import sentences_of_study, sentences_without_study
from matching.evidence.tiers import MEANINGS, tier_of_program, tier_of_study
from matching.wording import Said, say, together
from taxonomy.codes import Tier
from taxonomy.frozen import frozen
from taxonomy.programs import OutcomeRate, PeerRate, Program
from taxonomy.sectors import sector_of_field
from taxonomy.studies import Effect, Study, StudyLink, Support

MEASURES = ("completion", "employment_q2")

# How directly a study speaks to an offering, most direct first.
_RELATIONS = ("same_site", "same_provider_other_site", "replication")
# Tiers from the surest gain to the surest loss: the order in which a sector's studies are listed.
_TIER_ORDER = (Tier.A, Tier.B, Tier.C, Tier.N, Tier.X, Tier.D, Tier.U)


# Key of the counts of a program or its field where there are any, its two-digit field of study, its award.
_ToldBy = tuple[str | None, str | None, str | None]


@frozen
class StudyRecord:
    """A study for the list of studies: the record, Stackway's tier for it, and its words."""

    study: Study
    tier: Tier
    finding: StudyFinding
    effects: tuple[Effect, ...] = ()


@frozen
class _Linked:
    """A study and the link that makes it speak to an offering."""

    dossier: Dossier
    link: StudyLink


class EvidenceBook:
    """Studies, tiers and rates by program. Immutable after it is built, apart from its caches."""

    def __init__(
        self,
        dossiers: Iterable[Dossier],
        outcome_rates: Iterable[OutcomeRate] = (),
        peer_rates: Iterable[PeerRate] = (),
        credential_sectors: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._dossiers = tuple(dossiers)
        self._study_tiers = {d.study.id: tier_of_study(d) for d in self._dossiers}
        self._by_provider: dict[str | None, list[_Linked]] = defaultdict(list)
        for dossier in self._dossiers:
            for link in dossier.links:
                self._by_provider[link.provider_id].append(_Linked(dossier, link))
        counted = tuple(outcome_rates)
        self._outcomes = _index_outcomes(counted)
        self._parts = _index_parts(counted)
        self._peers = Peers(peer_rates)
        self._credential_sectors = dict(credential_sectors)
        self._linked_cache: dict[tuple[str, str | None, str], tuple[tuple[_Linked, ...], Tier]] = {}
        self._rate_cache: dict[tuple[str, _ToldBy], BetaRate] = {}
        self._support_cache: dict[str, Evidence] = {}

    @classmethod
    def from_snapshot(cls, snapshot: HasTables) -> "EvidenceBook":
        """The book of a snapshot: reads the study, rate and credential tables once."""
        return cls(
            gather(snapshot).values(),
            snapshot.table("outcome_rates"),
            snapshot.table("peer_rates"),
            ((c.id, c.sector) for c in snapshot.table("credentials")),
        )

    def sector_of(self, program: Program) -> str | None:
        """Sector of a program: its credential's, else that of its field of study."""
        return self._sector(program.credential_id, program.cip_code)

    def tier_for(self, program: Program) -> Tier:
        """The tier of a program. Its own counted outcomes, without a study, make D."""
        _, tier = self._linked(program.provider_id, self.sector_of(program), program.kind)
        return _with_counts(tier, counted=_is_counted(self.rate_for(program, "employment_q2")))

    def tiers(self, programs: Programs, employment: Coded[BetaRate]) -> Coded[Tier]:
        """The tier of each of all programs, given what `rates` says of their employment."""
        sectors = programs.credential.beside(programs.field).map(lambda of: self._sector(*of))
        told = programs.provider.beside(sectors, programs.kind, employment.map(_is_counted))
        return told.map(lambda of: _with_counts(self._linked(*of[:3])[1], counted=of[3]))

    def rate_for(self, program: Program, measure: str) -> BetaRate:
        """The chance of `completion` or `employment_q2`: own counts drawn towards peers, or the peers alone."""
        told = self._told_by(measure, program.id, program.provider_id, program.cip_code, program.award)
        return self._rate(measure, told)

    def rates(self, programs: Programs, measure: str) -> Coded[BetaRate]:
        """The same of all programs; those that nothing tells apart share one look-up."""
        known = {counted for of, counted in self._outcomes if of == measure}
        own = Coded(program if program in known else None for program in programs.ids)
        of_field = programs.provider.beside(programs.field).map(lambda of: _among(known, _field_of(*of)))
        told = own.beside(of_field, programs.field.map(_family), programs.award)
        return told.map(lambda of: self._rate(measure, (of[0] or of[1], *of[2:])))

    def evidence_for(self, program: Program) -> Evidence:
        """Everything to show beside a training or apprenticeship step."""
        sector = self.sector_of(program)
        linked, _ = self._linked(program.provider_id, sector, program.kind)
        tier = self.tier_for(program)
        elements, source = elements_of_program(program, _at_same_site(linked))
        return Evidence(
            tier=tier.value,
            tier_meaning=MEANINGS[tier],
            studies=tuple(finding_of(x.dossier, x.link.relation, x.link.note) for x in linked),
            rates=self._shown_rates(program),
            elements=elements,
            elements_source=source,
            sentences=self._sentences(linked, tier, sector, program.kind),
            ask=to_ask(elements),
        )

    def support_evidence(self, support: Support) -> Evidence:
        """Everything to show beside an intermediary that supports people in other schools' courses."""
        if support.id not in self._support_cache:
            self._support_cache[support.id] = self._evidence_of(support)
        return self._support_cache[support.id]

    def tier_for_support(self, support: Support) -> Tier:
        """The tier of an intermediary."""
        return self._linked(support.provider_id, support.sector, "support")[1]

    def _evidence_of(self, support: Support) -> Evidence:
        linked, tier = self._linked(support.provider_id, support.sector, "support")
        elements, source = elements_of_support(support, _at_same_site(linked))
        return Evidence(
            tier=tier.value,
            tier_meaning=MEANINGS[tier],
            studies=tuple(finding_of(x.dossier, x.link.relation, x.link.note) for x in linked),
            elements=elements,
            elements_source=source,
            sentences=self._sentences(linked, tier, support.sector, "support"),
            ask=to_ask(elements),
        )

    def sector_context(self, sector: str) -> tuple[StudyFinding, ...]:
        """Studies of training for a sector, nulls and losses beside gains. Never evidence about a provider."""
        return tuple(finding_of(d, NO_LINK) for d in self._of_sector(sector))

    def list_studies(self) -> tuple[StudyRecord, ...]:
        """Every study on record with its tier, linked to an offering or not."""
        return tuple(
            StudyRecord(d.study, self._study_tiers[d.study.id], finding_of(d, NO_LINK), d.effects)
            for d in self._dossiers
        )

    def _linked(self, provider_id: str, sector: str | None, kind: str) -> tuple[tuple[_Linked, ...], Tier]:
        # Nothing tells providers apart of whom no study speaks.
        studied = provider_id if provider_id in self._by_provider else ""
        key = (studied, sector, kind)
        if key not in self._linked_cache:
            candidates = [*self._by_provider.get(studied, ()), *self._by_provider.get(None, ())]
            found = [x for x in candidates if _applies(x.link, sector, kind)]
            found.sort(key=lambda x: (_RELATIONS.index(x.link.relation), self._rank(x.dossier), x.dossier.study.id))
            # Evidence on a provider speaks before evidence on a model, and alone decides the tier when there is some.
            direct = [x.dossier for x in found if x.link.provider_id is not None]
            tier = tier_of_program(direct or [x.dossier for x in found])
            self._linked_cache[key] = (tuple(found), tier)
        return self._linked_cache[key]

    def _sector(self, credential_id: str | None, cip_code: str | None) -> str | None:
        if credential_id is not None and credential_id in self._credential_sectors:
            return self._credential_sectors[credential_id]
        return sector_of_field(cip_code) if cip_code is not None else None

    def _rank(self, dossier: Dossier) -> int:
        return _TIER_ORDER.index(self._study_tiers[dossier.study.id])

    def _of_sector(self, sector: str) -> list[Dossier]:
        found = [d for d in self._dossiers if sector in d.sectors]
        return sorted(found, key=lambda d: (self._rank(d), d.study.id))

    def _tiers_of_sector(self, sector: str) -> list[Tier]:
        """One tier a study of the sector; sites of a study that is itself on the list are not counted again."""
        found = self._of_sector(sector)
        whole = {d.study.id for d in found}
        return [self._study_tiers[d.study.id] for d in found if d.study.part_of not in whole]

    def _sentences(self, linked: tuple[_Linked, ...], tier: Tier, sector: str | None, kind: str) -> tuple[Said, Said]:
        if linked:
            first = linked[0]
            study_tier = self._study_tiers[first.dossier.study.id]
            found, limits = sentences_of_study(first.dossier, study_tier, first.link.relation)
        else:
            elsewhere = self._tiers_of_sector(sector) if sector else ()
            found, limits = sentences_without_study(tier, sector, elsewhere)
        if kind == "apprenticeship":
            limits = together([limits, say("evidence.apprenticeship_exempt")])
        return found, limits

    def _shown_rates(self, program: Program) -> tuple[RateEstimate, ...]:
        rates = ((measure, self.rate_for(program, measure)) for measure in MEASURES)
        return tuple(rate.as_estimate(measure) for measure, rate in rates if rate is not NO_FIGURE)

    def _told_by(
        self, measure: str, program_id: str | None, provider_id: str, cip_code: str | None, award: str | None
    ) -> _ToldBy:
        """What the rate of a program hangs on: counts of it, else of its field at its provider; and its peers."""
        counted = program_id
        if program_id is None or (measure, program_id) not in self._outcomes:
            field = _field_of(provider_id, cip_code)
            counted = field if (measure, field) in self._outcomes else None
        return counted, _family(cip_code), award

    def _rate(self, measure: str, told_by: _ToldBy) -> BetaRate:
        key = (measure, told_by)
        if key not in self._rate_cache:
            counted, family, award = told_by
            own = choose_own(self._own_counts(measure, counted))
            prior = self._peers.nearest(measure, family, award, None if own is None else own.population)
            self._rate_cache[key] = posterior(prior, own)
        return self._rate_cache[key]

    def _own_counts(self, measure: str, counted: str | None) -> list[OutcomeRate]:
        if counted is None:
            return []
        parts = self._parts.get((measure, counted), ())  # of a field; a program has none
        # A total beside the counts of its other programs must not give a small program's count away.
        return [total for total in self._outcomes[measure, counted] if not reveals_small_cell(total, parts)]


def _field_of(provider_id: str | None, cip_code: str | None) -> str:
    """What counts of a whole field at its provider are known by."""
    return f"{provider_id}/{cip_code}"


def _family(cip_code: str | None) -> str | None:
    return cip_code[:2] if cip_code else None


def _among(known: Container[str], name: str) -> str | None:
    return name if name in known else None


def _is_counted(rate: BetaRate) -> bool:
    return rate.basis == "own"


def _with_counts(tier: Tier, *, counted: bool) -> Tier:
    return Tier.D if tier is Tier.U and counted else tier


def _applies(link: StudyLink, sector: str | None, kind: str) -> bool:
    return link.sector in (None, sector) and link.program_kind in (None, kind)


def _at_same_site(linked: Iterable[_Linked]) -> list[Dossier]:
    return [x.dossier for x in linked if x.link.relation == "same_site"]


def _index_outcomes(rates: Iterable[OutcomeRate]) -> dict[tuple[str, str], list[OutcomeRate]]:
    """Counts by measure and program id, or by measure and "provider/field" where the list counts a whole field."""
    index: dict[tuple[str, str], list[OutcomeRate]] = defaultdict(list)
    for rate in rates:
        key = rate.program_id if rate.program_id is not None else _field_of(rate.provider_id, rate.cip_code)
        index[rate.measure, key].append(rate)
    return index


def _index_parts(rates: Iterable[OutcomeRate]) -> dict[tuple[str, str], list[OutcomeRate]]:
    """Counts of single programs by measure and "provider/field": the parts a whole field's count may be made of."""
    index: dict[tuple[str, str], list[OutcomeRate]] = defaultdict(list)
    for rate in rates:
        if rate.program_id is not None:
            index[rate.measure, _field_of(rate.provider_id, rate.cip_code)].append(rate)
    return index
