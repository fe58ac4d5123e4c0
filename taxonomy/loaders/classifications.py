"""SOC structure, definitions and titles, its change of 2018, state lists, and BLS tables by occupation."""

from collections.abc import Iterator, Mapping
from functools import partial

from taxonomy.classifications import (
    CareerPathway,
    DirectMatchTitle,
    ListedCredential,
    OccupationAttainment,
    OccupationSeparations,
    OccupationSkill,
    SocGroup,
    SocSuccessor,
)
from taxonomy.codes import parse_cip_code, parse_onet_code, parse_soc_code
from taxonomy.loaders.records import CIP, NUMBER, SOC, TEXT, Cell, needed, one_of, read_records
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.projections import DemandListing
from taxonomy.release import LoadReport

Older = Mapping[str, tuple[str, ...]]

_LEVELS = ("major", "minor", "broad", "detailed")
_ILLUSTRATIVE = Cell(lambda text: True if text.casefold() in ("x", "yes") else None, "an x", blank=frozenset({""}))
# BLS prints a tilde where a rate is too small to show, and a dash where there is none.
_SHARE = Cell(parse_number, "a number", blank=frozenset({"", "-", "–", "—"}))


def load_soc(delivery: Delivery) -> tuple[tuple[list[SocGroup], list[DirectMatchTitle]], LoadReport]:
    """The SOC 2018: groups with their definitions, and the titles that mean one occupation."""
    report = LoadReport(delivery.release_id)
    groups: dict[str, SocGroup] = {}
    if "structure" in delivery.files:
        groups = {group.soc_code: group for group in _structure(Rows(delivery, "structure", report))}
    if "definitions" in delivery.files:
        _define(groups, Rows(delivery, "definitions", report))
    titles: list[DirectMatchTitle] = []
    if "direct_match_titles" in delivery.files:
        make = partial(_direct_match, release=delivery.release_id)
        rows = Rows(delivery, "direct_match_titles", report)
        titles = read_records(rows, (SOC, needed(TEXT), _ILLUSTRATIVE), make, lambda t: (t.soc_code, t.title))
    return (list(groups.values()), titles), report


def _direct_match(soc: str, title: str, illustrative: bool | None, *, release: str) -> DirectMatchTitle:  # noqa: FBT001
    return DirectMatchTitle(title, soc, illustrative, release)


def _structure(rows: Rows) -> Iterator[SocGroup]:
    """The workbook prints each code in the column of its level, below the group it belongs to."""
    above: list[str | None] = [None] * len(_LEVELS)
    seen: set[str] = set()
    for line, (*codes, title) in rows:
        level = next((i for i, code in enumerate(codes) if code.strip()), None)
        code = None if level is None else parse_soc_code(codes[level])
        if level is None or code is None or not title.strip() or code in seen:
            rows.leave_out(line, rows.spec.columns[0], " ".join(codes).strip() or title, "a note, or already given")
            continue
        above[level:] = [code] + [None] * (len(_LEVELS) - level - 1)
        parent = next((c for c in reversed(above[:level]) if c), None)
        seen.add(code)
        yield SocGroup(code, _LEVELS[level], title.strip(), parent, None, rows.release)
        rows.keep()
    rows.close()


def _define(groups: dict[str, SocGroup], rows: Rows) -> None:
    """Add definitions; a code that the structure was not given for comes in by its definition, without a parent."""
    given: set[str] = set()
    for line, (level, code_text, title, text) in rows:
        code = parse_soc_code(code_text)
        kind = level.strip().casefold()
        if code is None or kind not in _LEVELS or code in given:
            rows.leave_out(line, rows.spec.columns[1], code_text, "not a SOC code of a known level, or already given")
            continue
        given.add(code)
        group = groups.get(code) or SocGroup(code, kind, " ".join(title.split()), None, None, rows.release)
        groups[code] = SocGroup(
            code, group.level, group.title, group.parent, " ".join(text.split()) or None, group.release
        )
        rows.keep()
    rows.close()


def load_soc_successors(delivery: Delivery) -> tuple[list[SocSuccessor], LoadReport]:
    """SOC 2010 codes to those of 2018, every pair as published."""
    report = LoadReport(delivery.release_id)
    make = partial(SocSuccessor, release=delivery.release_id)
    return read_records(Rows(delivery, "pairs", report), (SOC, SOC), make), report


def load_career_pathways(delivery: Delivery, older: Older) -> tuple[list[CareerPathway], LoadReport]:
    """Colorado's pathways; `older` leads its O*NET codes of 2010 to today's."""
    report = LoadReport(delivery.release_id)

    def make(cluster: str, pathway: str, listed: str, cip: str | None) -> CareerPathway:
        code = parse_onet_code(listed) or listed
        return CareerPathway("CO", cluster, pathway, older.get(code, (code,)), listed, cip, delivery.release_id)

    onet = Cell(lambda text: text if parse_onet_code(text) else None, "an O*NET-SOC code", needed=True)
    rows = Rows(delivery, "pathways", report)
    cells = (needed(TEXT), needed(TEXT), onet, Cell(parse_cip_code, "a six-digit CIP code"))
    return read_records(rows, cells, make), report


def load_demand(delivery: Delivery, successors: Older) -> tuple[list[DemandListing], LoadReport]:
    """New Jersey's lists; `successors` leads SOC 2010 codes to those of 2018."""
    report = LoadReport(delivery.release_id)
    found: list[DemandListing] = []

    def of_state(soc: str | None, title: str, *, cip: str | None = None, county: str | None = None) -> DemandListing:
        socs = () if soc is None else successors.get(soc, (soc,))
        return DemandListing("NJ", county, socs, soc, cip, title, delivery.release_id)

    if "occupations" in delivery.files:
        found += read_records(Rows(delivery, "occupations", report), (SOC, needed(TEXT)), of_state)
    if "fields" in delivery.files:
        rows = Rows(delivery, "fields", report)
        found += read_records(rows, (CIP, needed(TEXT)), lambda cip, title: of_state(None, title, cip=cip))
    if "exceptions" in delivery.files:
        rows = Rows(delivery, "exceptions", report)
        cells = (SOC, needed(TEXT), needed(TEXT), CIP)
        found += read_records(
            rows, cells, lambda soc, title, county, cip: of_state(soc, title, cip=cip, county=county.title())
        )
    return found, report


_NOT_WITHDRAWN = Cell(one_of(**{"0": "listed"}), "on the list any more: the state withdrew it", needed=True)
_CREDENTIAL_KINDS = {"licenses": "license", "industry_credentials": "industry_certificate"}


def load_listed_credentials(delivery: Delivery, older: Older) -> tuple[list[ListedCredential], LoadReport]:
    """New Jersey's licences, industry credentials and award levels; withdrawn ones are left out.

    The codes beside licences are O*NET-SOC 2010 where they are codes at all; `older` leads them to today's.
    """
    report = LoadReport(delivery.release_id)
    found: list[ListedCredential] = []
    onet = Cell(lambda text: text if parse_onet_code(text) else None, "an O*NET-SOC code")
    for table, kind in _CREDENTIAL_KINDS.items():
        if table not in delivery.files:
            continue
        code_cell = onet if kind == "license" else TEXT

        def make(number: str, name: str, code: str | None, _: str, *, kind: str = kind) -> ListedCredential:
            onet_code = parse_onet_code(code) if code and kind == "license" else None
            codes = () if onet_code is None else older.get(onet_code, (onet_code,))
            return ListedCredential(f"nj-{kind}-{number}", kind, name, codes, code, "NJ", delivery.release_id)

        cells = (needed(TEXT), needed(TEXT), code_cell, _NOT_WITHDRAWN)
        found += read_records(Rows(delivery, table, report), cells, make, lambda c: c.id)
    if "degrees" in delivery.files:
        rows = Rows(delivery, "degrees", report)
        found += read_records(
            rows,
            (needed(TEXT), needed(TEXT)),
            lambda number, name: ListedCredential(
                f"nj-degree-{number}", "degree", name, (), None, "NJ", delivery.release_id
            ),
            lambda c: c.id,
        )
    return found, report


def load_skill_ranks(delivery: Delivery) -> tuple[list[OccupationSkill], LoadReport]:
    """BLS's percentile of each occupation in each of its skills: a row of the sheet is one occupation, all skills."""
    report = LoadReport(delivery.release_id)
    found: dict[tuple[str, str], OccupationSkill] = {}
    seen: set[str] = set()
    rows = Rows(delivery, "skills", report)
    for line, (code, *percentiles) in rows:
        soc = parse_soc_code(code)
        if soc is None or soc in seen:
            rows.leave_out(line, rows.spec.columns[0], code, "a note, or already given")
            continue
        seen.add(soc)
        for skill, text in zip(rows.spec.columns[1:], percentiles, strict=True):
            value = rows.number(line, skill, text)
            if value is not None:
                found[soc, skill] = OccupationSkill(soc, skill, round(value), delivery.release_id)
        rows.keep()
    rows.close()
    return list(found.values()), report


def load_attainment(delivery: Delivery) -> tuple[list[OccupationAttainment], LoadReport]:
    """The schooling of those who work in each occupation."""
    report = LoadReport(delivery.release_id)
    make = partial(OccupationAttainment, release=delivery.release_id)
    rows = Rows(delivery, "attainment", report)
    return read_records(rows, (SOC, *(_SHARE,) * 7), make, lambda r: r.soc_code), report


def load_separations(delivery: Delivery) -> tuple[list[OccupationSeparations], LoadReport]:
    """How many leave each occupation a year; groups are left out by their type."""
    report = LoadReport(delivery.release_id)
    line_item = Cell(one_of(**{"Line item": "detailed"}), "a detailed occupation: a total or a group", needed=True)
    rows = Rows(delivery, "separations", report)
    found = read_records(
        rows,
        (SOC, line_item, needed(NUMBER), needed(NUMBER)),
        lambda soc, _, leaving, moving: OccupationSeparations(soc, leaving, moving, delivery.release_id),
        lambda r: r.soc_code,
    )
    return found, report
