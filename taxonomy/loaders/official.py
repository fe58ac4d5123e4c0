"""All sources found among some files, loaded: one call per official source, and boards' own local files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from taxonomy.classifications import SocSuccessor
from taxonomy.law import Parameter
from taxonomy.linking.listing import Listing
from taxonomy.linking.peer_rates import list_peer_rates
from taxonomy.loaders.area_projections import (
    load_california_projections,
    load_california_regions,
    load_state_projections,
    national_projections,
)
from taxonomy.loaders.classifications import (
    load_attainment,
    load_career_pathways,
    load_demand,
    load_listed_credentials,
    load_separations,
    load_skill_ranks,
    load_soc,
    load_soc_successors,
)
from taxonomy.loaders.crosswalks import (
    Crosswalks,
    Pairs,
    load_fields,
    load_onet_2009_to_2010,
    load_onet_2010_to_2019,
    load_onet_to_soc,
)
from taxonomy.loaders.files import SourceError, SourceFile, list_files
from taxonomy.loaders.geo import CountyKey, load_cbsas, load_counties, load_texas_boards, load_zips
from taxonomy.loaders.income_standards import load_income_standards
from taxonomy.loaders.ipeds import load_completions, load_institutions
from taxonomy.loaders.list_mapping import ListMapping
from taxonomy.loaders.living_costs import load_child_care_rates, load_income_limits, load_rents, load_wage_ratios
from taxonomy.loaders.loading import Loading
from taxonomy.loaders.mapped_list import MappedList, load_mapped_list
from taxonomy.loaders.mapping_file import is_mapping, list_mappings, read_mapping
from taxonomy.loaders.oews import load_oews
from taxonomy.loaders.onet import OnetTables, Ratings, load_onet, load_ratings
from taxonomy.loaders.onet_reference import load_work_context
from taxonomy.loaders.outcomes import NewJersey, load_ca_outcomes, load_nj_outcomes
from taxonomy.loaders.projections import Projection, load_projections
from taxonomy.loaders.rapids import load_apprenticeship_occupations
from taxonomy.loaders.reviewed import list_edition_differences, why_not_read
from taxonomy.loaders.source import Delivery, Source, is_known, recognise
from taxonomy.loaders.texas import load_texas
from taxonomy.local_words import LocalWord
from taxonomy.occupations import Wage
from taxonomy.places import Zip
from taxonomy.programs import OutcomeRate, PeerRate
from taxonomy.release import Problem, Release, TableCount


@dataclass(slots=True)
class Official:
    """What the official files say. A part is None or empty where its source was not among them."""

    onet: OnetTables | None = None
    ratings: Ratings | None = None
    projections: dict[str, Projection] | None = None
    wages: list[Wage] = field(default_factory=list)
    zips: list[Zip] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    outcome_rates: list[OutcomeRate] = field(default_factory=list)
    peer_rates: list[PeerRate] = field(default_factory=list)
    crosswalks: Crosswalks = field(default_factory=Crosswalks)
    parameters: list[Parameter] = field(default_factory=list)
    local_words: list[LocalWord] = field(default_factory=list)
    # Rows of snapshot tables that nothing else adds to, by the table's name.
    tables: dict[str, list[Any]] = field(default_factory=dict)
    source_ids: set[str] = field(default_factory=set)
    releases: list[Release] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: list[tuple[str, TableCount]] = field(default_factory=list)  # rows of each file, by release


def load_official(paths: Sequence[Path], sources: Sequence[Source], *, retrieved_on: str | None = None) -> Official:
    """Load every source recognised in `paths`, the newest edition of each.

    Raises:
        SourceError: a path holds nothing we know, or a source that cannot be used; the message says which and why.
    """
    files = list_files(paths)
    mappings = _mappings(files)
    sources = [*sources, *(mapping.source for mapping in mappings.values())]
    _refuse_strangers(paths, sources)
    deliveries, notices = recognise(files, sources)
    loading = Loading(deliveries, retrieved_on)
    successors = loading.load("soc-2010-to-2018", load_soc_successors) or []
    onet_2010_to_2019 = _older_codes_too(
        loading.load("onet-2009-to-2010", load_onet_2009_to_2010) or {},
        loading.load("onet-2010-to-2019", load_onet_2010_to_2019) or {},
        successors,
    )
    cip_to_soc, cip_titles = loading.load("cip-soc", load_fields) or ({}, {})
    crosswalks = Crosswalks(
        onet_2010_to_2019=onet_2010_to_2019,
        onet_to_soc={
            code: socs[0] for code, socs in (loading.load("onet-2019-to-soc", load_onet_to_soc) or {}).items()
        },
        cip_to_soc=cip_to_soc,
        cip_titles=cip_titles,
    )
    cbsas = loading.load("cbsa", load_cbsas) or {}
    boards = loading.load("tx-boards", load_texas_boards) or {}
    counties = loading.load("counties", lambda delivery: load_counties(delivery, cbsas, boards)) or []
    new_jersey = loading.load("nj-outcomes", load_nj_outcomes) or NewJersey([], [])
    california = loading.load("ca-outcomes", load_ca_outcomes) or []
    projections = loading.load("bls-projections", load_projections)
    local = [loading.load_board(file) for file in files if _is_board_file(file)]
    lists = [_load_list(loading, mapping) for mapping in mappings.values()]
    official = Official(
        onet=loading.load("onet", load_onet),
        ratings=loading.load("onet-ratings", load_ratings),
        projections=projections,
        wages=[w for source in ("oews-us", "oews-state", "oews-metro") for w in loading.load(source, load_oews) or ()],
        zips=loading.load("zips", lambda delivery: load_zips(delivery, cbsas, boards, counties)) or [],
        listings=[*(loading.load("tx-etpl", load_texas) or []), *(row for one in lists for row in one.listings)],
        # California's counts stand with its programs, where contradictions are taken out.
        outcome_rates=[*new_jersey.rates, *(rate for one in lists for rate in one.outcome_rates)],
        peer_rates=list_peer_rates(new_jersey.rates, california),
        crosswalks=crosswalks,
        tables={
            **_load_tables(loading, projections or {}, crosswalks, successors, cbsas),
            "counties": counties,
            "outcome_earnings": [*new_jersey.earnings, *(pay for one in lists for pay in one.earnings)],
            "soc_successors": successors,
        },
        parameters=[
            *(loading.load("income-standards", load_income_standards) or ()),
            *(p for parameters, _ in local for p in parameters),
        ],
        local_words=[w for _, words in local for w in words],
        source_ids=set(deliveries),
        releases=loading.releases,
        problems=loading.problems,
        counts=loading.counts,
    )
    official.problems += _not_read(files, sources)
    official.problems += _mixed_editions(deliveries)
    for source, texts in notices.items():
        release = deliveries[source].release_id
        official.problems += [Problem(release, text.split(":")[0], 0, "", "", "notice", text) for text in texts]
    return official


def _older_codes_too(onet_2009_to_2010: Pairs, onet_2010_to_2019: Pairs, successors: Sequence[SocSuccessor]) -> Pairs:
    """The crosswalk from O*NET-SOC 2010 with what older codes lead to; a code valid in both keeps its 2010 meaning.

    A code of 2009 leads through 2010. A SOC 2010 code that O*NET never had, written as O*NET writes it ("15-1150.00"),
    leads to each of its SOC 2018 successors.
    """
    from_soc = {f"{old}.00": tuple(f"{code}.00" for code in new) for old, new in _grouped(successors).items()}
    onet_2010_to_2019 = from_soc | onet_2010_to_2019
    chained = {
        old: tuple(sorted({new for middle in middles for new in onet_2010_to_2019.get(middle, ())}))
        for old, middles in onet_2009_to_2010.items()
    }
    return {old: new for old, new in chained.items() if new} | onet_2010_to_2019


def _load_tables(
    loading: Loading,
    projections: dict[str, Projection],
    crosswalks: Crosswalks,
    successors: Sequence[SocSuccessor],
    cbsas: Mapping[CountyKey, tuple[str, str]],
) -> dict[str, list[Any]]:
    """Tables that each come from one or two sources and that nothing is derived from."""
    older = crosswalks.onet_2010_to_2019
    newer_soc = _grouped(successors)
    groups, titles = loading.load("soc-2018", load_soc) or ([], [])
    national = national_projections(loading.deliveries["bls-projections"], projections) if projections else []
    return {
        "projections": [
            *national,
            *(loading.load("ca-projections", load_california_projections) or ()),
            *(loading.load("ca-regional-projections", lambda d: load_california_regions(d, cbsas)) or ()),
            *(loading.load("state-projections", lambda d: load_state_projections(d, newer_soc)) or ()),
        ],
        "institutions": loading.load("ipeds-institutions", load_institutions) or [],
        "completions": loading.load("ipeds-completions", load_completions) or [],
        "apprenticeship_occupations": loading.load("rapids", lambda d: load_apprenticeship_occupations(d, older)) or [],
        "child_care_rates": loading.load("tx-child-care", load_child_care_rates) or [],
        "income_limits": loading.load("hud-income-limits", load_income_limits) or [],
        **(loading.load("onet-context", load_work_context) or {}),
        "rents": loading.load("hud-rents", load_rents) or [],
        "wage_ratios": loading.load("urban-wage-ratio", load_wage_ratios) or [],
        "soc_groups": groups,
        "direct_match_titles": titles,
        "career_pathways": loading.load("co-pathways", lambda d: load_career_pathways(d, older)) or [],
        "demand_listings": loading.load("nj-demand", lambda d: load_demand(d, newer_soc)) or [],
        "listed_credentials": loading.load("nj-credentials", lambda d: load_listed_credentials(d, older)) or [],
        "occupation_skills": loading.load("bls-skills", load_skill_ranks) or [],
        "occupation_attainment": loading.load("bls-attainment", load_attainment) or [],
        "occupation_separations": loading.load("bls-separations", load_separations) or [],
    }


def _not_read(files: Sequence[SourceFile], sources: Sequence[Source]) -> list[Problem]:
    """A line for each file that was given and not read, so that none is passed over in silence."""
    names = {f.name for f in files if not (is_known(f, sources) or _is_board_file(f) or is_mapping(f))}
    return [Problem("", name, 0, "", "", "notice", why_not_read(name)) for name in sorted(names)]


def _mixed_editions(deliveries: Mapping[str, Delivery]) -> list[Problem]:
    """A line where parts of one publisher's database come in two editions, with what review knows of it."""
    reviewed = {(d.source, d.edition, d.beside_edition): d.reason for d in list_edition_differences()}
    found: list[Problem] = []
    for part, whole in (("onet-ratings", "onet"), ("onet-context", "onet")):
        if part in deliveries and whole in deliveries:
            editions = deliveries[part].edition, deliveries[whole].edition
            known = reviewed.get((part, *editions), "nobody has reviewed how they differ")
            reason = f"of edition {editions[0]} beside {whole} {editions[1]}: {known}"
            if editions[0] != editions[1]:
                found.append(Problem(deliveries[part].release_id, "", 0, "", editions[0], "notice", reason))
    return found


def _grouped(successors: Sequence[SocSuccessor]) -> Pairs:
    """SOC 2010 code to its successors, sorted."""
    found: dict[str, list[str]] = {}
    for pair in successors:
        found.setdefault(pair.soc_2010, []).append(pair.soc_2018)
    return {old: tuple(sorted(new)) for old, new in found.items()}


def _mappings(files: Sequence[SourceFile]) -> dict[str, ListMapping]:
    """The package's mappings of provider lists and those among the files; a given one replaces one of the same id."""
    mappings = {mapping.source.id: mapping for mapping in list_mappings()}
    given = [read_mapping(file.read(), file.name) for file in files if is_mapping(file)]
    for mapping in given:
        if not any(fnmatch(f.name.lower(), p.lower()) for f in files for p in mapping.source.tables[0].files):
            wanted = ", ".join(mapping.source.tables[0].files)
            raise SourceError(f"{mapping.name}: none of the files it speaks of was given: {wanted}")
        mappings[mapping.source.id] = mapping
    return mappings


def _load_list(loading: Loading, mapping: ListMapping) -> MappedList:
    found = loading.load(mapping.source.id, lambda delivery: load_mapped_list(delivery, mapping))
    return found or MappedList([], [], [])


def _is_board_file(file: SourceFile) -> bool:
    """A TOML file on disk that says which board it is for; other TOML files are none of ours."""
    if file.member is not None or file.path.suffix.lower() != ".toml":
        return False
    return re.search(rb"^\s*\[board\]", file.read(), re.MULTILINE) is not None


def _refuse_strangers(paths: Sequence[Path], sources: Sequence[Source]) -> None:
    """A path that gives nothing is a mistake to tell, not an install that quietly lacks it."""
    for path in paths:
        if not any(is_known(file, sources) or _is_board_file(file) or is_mapping(file) for file in list_files([path])):
            titles = ", ".join(source.title for source in sources)
            raise SourceError(
                f"{path.name} holds no file of a known source. Keep the publisher's file names. Known: {titles}"
            )
