"""From files to the contents of a snapshot: official data, the reviewed vocabulary, the starter set for the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from taxonomy.integrity import check_contents, sort_contents
from taxonomy.linking.link import link_programs
from taxonomy.linking.peer_rates import list_peers_by_award, list_peers_of_lists
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.loaders.groups import list_groups
from taxonomy.loaders.interests import add_interests
from taxonomy.loaders.official import Official, load_official
from taxonomy.loaders.onet import Ratings, align_ratings
from taxonomy.loaders.projections import add_projections
from taxonomy.loaders.source import Source, list_sources
from taxonomy.loaders.starter import Starter, load_starter
from taxonomy.loaders.vocabulary import load_vocabulary
from taxonomy.occupations import ALL_WORK, Occupation
from taxonomy.programs import FieldOfStudy, FieldTitle
from taxonomy.release import Problem
from taxonomy.snapshot import Contents

# Tables the starter set adds to: a row stands unless an official source has brought an edition of where it came from.
_SHARED = (
    "titles",
    "technologies",
    "related",
    "skill_phrases",
    "wages",
    "zips",
    "providers",
    "outcome_rates",
    "peer_rates",
)

_STARTER_FIELDS = "cip-soc-2020"  # the starter's release of the crosswalk of fields of study

_PROJECTED = (
    "typical_education",
    "work_experience",
    "on_the_job_training",
    "growth_pct",
    "openings_per_year",
    "employment",
    "projections_area",
    "projections_release",
    "projections_of",
)


def assemble(
    paths: Sequence[Path] = (), *, retrieved_on: str | None = None, sources: Sequence[Source] | None = None
) -> Contents:
    """Everything a snapshot holds, from the official files in `paths` (a folder gives all it knows) and the package.

    Where no official source speaks, the starter set does, and a problem of action "notice" says so.

    Raises:
        SourceError: a recognised source cannot be used.
        IntegrityError: the parts contradict each other.
    """
    official = load_official(paths, sources if sources is not None else list_sources(), retrieved_on=retrieved_on)
    starter = load_starter()
    contents = Contents()
    tables = contents.tables
    tables.update(load_vocabulary())
    given = {(p.id, p.area, p.effective_from) for p in official.parameters}
    reviewed = (p for p in tables["parameters"] if (p.id, p.area, p.effective_from) not in given)
    tables["parameters"] = [*reviewed, *official.parameters]
    tables.update(official.tables)
    _add_occupations(contents, official, starter)
    _add_shared(contents, official, starter)
    _add_local_words(contents, official)
    tables["releases"] += official.releases
    tables["problems"] += official.problems
    if official.onet:
        tables["problems"] += _unplaced_codes(official, tables["occupations"])
    listings = [*official.listings, *(s for s in starter.listings if not _superseded(s.release, official))]
    crosswalks = _crosswalks(official, starter)
    fields = _release_of_fields(official)
    tables["fields_of_study"] += [
        FieldOfStudy(c, soc, fields) for c, socs in crosswalks.cip_to_soc.items() for soc in socs
    ]
    tables["field_titles"] += [FieldTitle(cip, title, fields) for cip, title in sorted(crosswalks.cip_titles.items())]
    link_programs(contents, listings, crosswalks)
    tables["peer_rates"] += list_peers_of_lists(tables["outcome_rates"], tables["programs"])
    tables["peer_rates"] += list_peers_by_award(tables["outcome_rates"], tables["programs"], tables["peer_rates"])
    _add_starter_releases(contents, official, starter)
    _count_reported_rows(contents)
    sort_contents(contents)
    check_contents(contents)
    return contents


def _superseded(release: str, official: Official) -> bool:
    """Whether an official source has brought what the starter set took from an edition of the same source."""
    owners = [source for source in official.source_ids if release.startswith(f"{source}-")]
    # "onet-ratings-30.0" begins like an edition of "onet" too; what follows the source's id is its edition.
    return any(release.removeprefix(f"{source}-")[:1].isdigit() for source in owners)


def _crosswalks(official: Official, starter: Starter) -> Crosswalks:
    """Each official crosswalk, and the starter's part of those that were not given."""
    given, fallback = official.crosswalks, starter.crosswalks
    return Crosswalks(
        onet_2010_to_2019=given.onet_2010_to_2019 or fallback.onet_2010_to_2019,
        onet_to_soc=given.onet_to_soc or fallback.onet_to_soc,
        cip_to_soc=given.cip_to_soc or fallback.cip_to_soc,
        cip_titles=given.cip_titles or fallback.cip_titles,
    )


def _release_of_fields(official: Official) -> str:
    given = [release.id for release in official.releases if release.id.startswith("cip-soc-")]
    return given[0] if given else _STARTER_FIELDS


def _add_occupations(contents: Contents, official: Official, starter: Starter) -> None:
    given = starter.contents
    ratings = official.ratings or _starter_ratings(given)
    occupations: list[Occupation] = official.onet.occupations if official.onet else given.tables["occupations"]
    if official.onet or official.ratings:
        occupations, need, importance = align_ratings(occupations, ratings)
    else:
        need, importance = given.arrays["need"], given.arrays["importance"]
    if official.projections is not None:
        occupations = add_projections(occupations, official.projections)
    elif official.onet:
        occupations = _with_starter_projections(occupations, given.tables["occupations"])
    if official.onet:
        occupations = add_interests(occupations, official.onet.reference.get("element_ratings", ()))
    contents.tables["occupations"] = list(occupations)
    contents.tables["descriptors"] = list(ratings.descriptors)
    contents.arrays.update(need=need, importance=importance)
    if official.onet:
        contents.tables["titles"] += official.onet.titles
        contents.tables["technologies"] += official.onet.technologies
        contents.tables["tasks"] += official.onet.tasks
        contents.tables["related"] += official.onet.related
        for name, rows in official.onet.reference.items():
            contents.tables[name] += rows


def _starter_ratings(given: Contents) -> Ratings:
    """The starter's ratings by the occupation they are of, which may itself be outside the starter's selection."""
    row_of = {o.ratings_from: row for row, o in enumerate(given.tables["occupations"]) if o.ratings_from is not None}
    codes = sorted(row_of)
    rows = [row_of[code] for code in codes]
    return Ratings(
        onet_codes=tuple(codes),
        descriptors=tuple(given.tables["descriptors"]),
        need=given.arrays["need"][rows],
        importance=given.arrays["importance"][rows],
    )


def _with_starter_projections(occupations: Sequence[Occupation], given: Sequence[Occupation]) -> list[Occupation]:
    known = {o.onet_code: {name: getattr(o, name) for name in _PROJECTED} for o in given}
    return [replace(o, **known.get(o.onet_code, {})) for o in occupations]


def _unplaced_codes(official: Official, occupations: Sequence[Occupation]) -> list[Problem]:
    """A notice for each published code that is neither an occupation nor a group we know: a new grouping."""
    known = {o.soc_code for o in occupations} | list_groups().keys() | {ALL_WORK}
    published = {(w.release, w.soc_code) for w in official.wages}
    published |= {(p.release, p.soc_code) for p in (official.projections or {}).values()}
    reason = "neither an occupation nor a reviewed group; its members have no figures until the table of groups has it"
    return [Problem(r, "", 0, "", code, "notice", reason) for r, code in sorted(published) if code not in known]


def _add_shared(contents: Contents, official: Official, starter: Starter) -> None:
    tables = contents.tables
    tables["wages"] += official.wages
    tables["zips"] += official.zips
    tables["outcome_rates"] += official.outcome_rates
    tables["peer_rates"] += official.peer_rates
    codes = {o.onet_code for o in tables["occupations"]} | {None}
    elements = {d.element_id for d in tables["descriptors"]} | {None}
    for name in _SHARED:
        for row in starter.contents.tables[name]:
            if _superseded(row.release, official):
                continue
            if getattr(row, "onet_code", None) in codes and getattr(row, "element_id", None) in elements:
                tables[name].append(row)
            else:
                reason = "names an occupation or descriptor that the installed edition does not hold"
                told = Problem(row.release, f"{name}.csv", 0, "", str(row)[:120], "row_rejected", reason)
                tables["problems"].append(told)


def _add_local_words(contents: Contents, official: Official) -> None:
    """The boards' words that stand for something the snapshot holds; a problem for each that does not."""
    tables = contents.tables
    known: dict[str, set[str]] = {
        "title": {o.onet_code for o in tables["occupations"]},
        "skill": {d.element_id for d in tables["descriptors"]} | {t.technology for t in tables["technologies"]},
        "credential": {c.id for c in tables["credentials"]},
    }
    for word in official.local_words:
        if word.code in known[word.kind]:
            tables["local_words"].append(word)
        else:
            reason = f"{word.kind} “{word.text}”: no such code in the installed data; `stackway resolve` finds codes"
            tables["problems"].append(Problem(word.release, "", 0, "code", word.code, "row_rejected", reason))


def _add_starter_releases(contents: Contents, official: Official, starter: Starter) -> None:
    """Releases of the starter rows that are in use, each with a notice when official data stands beside them."""
    tables = contents.tables
    present = {release.id for release in tables["releases"]}
    for release in starter.contents.tables["releases"]:
        if release.id in present or _superseded(release.id, official):
            continue
        tables["releases"].append(release)
        if official.source_ids and release.publisher != "Stackway":
            reason = f"no file of this source was given; the starter set's selection stands in: {release.title}"
            tables["problems"].append(Problem(release.id, "", 0, "", "", "notice", reason))
    kept = {release.id for release in tables["releases"]}
    tables["problems"] += [p for p in starter.contents.tables["problems"] if p.release in kept - present]


def _count_reported_rows(contents: Contents) -> None:
    """Let each release count the rows with a line in the report, those the linker judged among them."""
    rows: dict[str, set[tuple[str, int]]] = {}
    for problem in contents.tables["problems"]:
        if problem.line:  # 0: speaks of a file, not of a row
            rows.setdefault(problem.release, set()).add((problem.file, problem.line))
    aside: Counter[str] = Counter()
    for problem in contents.tables["problems"]:
        if problem.action == "rows_set_aside":
            aside[problem.release] += int(problem.value)
    releases = contents.tables["releases"]
    releases[:] = [replace(r, rows_reported=len(rows.get(r.id, ())) + aside[r.id]) for r in releases]
