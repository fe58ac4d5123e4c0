"""From listings to programs, providers and the jobs programs lead to: every list takes this one way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from taxonomy.codes import parse_cip_code
from taxonomy.frozen import frozen
from taxonomy.linking.awards import believed_award, entry_education, is_bridge, is_short_form
from taxonomy.linking.costs import check_cost
from taxonomy.linking.credential_naming import CredentialNamer, Naming
from taxonomy.linking.declared import Declared, declared_occupations
from taxonomy.linking.duplicates import merge_repeats
from taxonomy.linking.findings import Finding, problem_of
from taxonomy.linking.job_courses import course_of
from taxonomy.linking.job_evidence import JobEvidence
from taxonomy.linking.job_model import Guess, guess_jobs, shipped_model
from taxonomy.linking.kinds import program_kind
from taxonomy.linking.lengths import (
    Length,
    Measured,
    check_length,
    check_rule_hours,
    estimate_weeks,
    is_part_of_degree,
    list_peers,
)
from taxonomy.linking.listing import Listing
from taxonomy.linking.occupation_links import Exits, claimed_links, guessed_links, is_silent
from taxonomy.linking.part_courses import part_of_course, usual_hours
from taxonomy.linking.providers import merge_providers, tidy, with_merged
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.places import Zip
from taxonomy.programs import Program, ProgramOccupation
from taxonomy.release import Problem
from taxonomy.snapshot import Contents

# CIP 2020 ends at family 61; Texas rows show codes whose leading zero was dropped and a digit padded ("901000").
_LAST_CIP_FAMILY = 61


@frozen
class _Checked:
    """One listing after its claims were judged."""

    listing: Listing
    program: Program
    naming: Naming
    declared: tuple[Declared, ...]
    length: Length
    findings: tuple[Finding, ...]


def link_programs(contents: Contents, listings: Sequence[Listing], crosswalks: Crosswalks) -> None:
    """Add providers, programs and their occupations to `contents`, and a problem for every claim not believed.

    Reads the tables `credentials`, `occupations` and `zips`, which must be filled before.
    """
    tables = contents.tables
    studied = frozenset(row.provider_id for name in ("study_links", "supports") for row in tables[name])
    merged_providers = merge_providers(listings, studied, tables["outcome_rates"])
    into = merged_providers.into
    listings = with_merged(listings, into)
    tables["outcome_rates"] = with_merged(tables["outcome_rates"], into)
    namer = CredentialNamer(tables["credentials"])
    exits = Exits.build(tables["occupations"], tables["credentials"], crosswalks)
    zips = {z.zip: z for z in tables["zips"]}
    checked = [_check(listing, namer, crosswalks, exits, zips) for listing in listings]
    checked = _with_estimates(_without_parts(checked))
    programs, merged = merge_repeats([c.program for c in checked])

    by_id = {c.listing.id: c for c in checked}
    tables["providers"].extend(merged_providers.providers)
    tables["programs"].extend(programs)
    tables["program_occupations"].extend(_links(programs, by_id, contents, exits))
    tables["problems"].extend(problem_of(f, c.listing) for c in checked for f in c.findings)
    tables["problems"].extend(merged_providers.problems)
    tables["problems"].extend(_merge_problem(by_id[i].listing) for i in merged)


def _links(
    programs: Sequence[Program], by_id: Mapping[str, _Checked], contents: Contents, exits: Exits
) -> list[ProgramOccupation]:
    """What is claimed of each program, and what the classifier finds where nothing is."""
    targets = {code: o for code, o in exits.occupations.items() if o.barred is None}
    declared = {p.id: [d.onet_code for d in by_id[p.id].declared] for p in programs}
    claimed = {p.id: claimed_links(p, by_id[p.id].naming, by_id[p.id].declared, exits) for p in programs}
    courses = {p.id: course_of(p, declared[p.id], targets) for p in programs}
    silent = [courses[p.id] for p in programs if is_silent(p, claimed[p.id])]
    guesses: dict[str, tuple[Guess, ...]] = {}
    if silent and targets:
        evidence = JobEvidence(targets.values(), contents.tables["titles"], exits.by_cip, courses.values())
        guesses = guess_jobs(silent, evidence, shipped_model())
    return [
        link
        for p in programs
        for link in (
            *claimed[p.id],
            *guessed_links(p, by_id[p.id].naming, claimed[p.id], guesses.get(p.id, ()), exits),
        )
    ]


def _check(
    listing: Listing, namer: CredentialNamer, crosswalks: Crosswalks, exits: Exits, zips: Mapping[str, Zip]
) -> _Checked:
    cip, cip_findings = _checked_cip(listing)
    award, award_findings = believed_award(listing)
    kind, kind_findings = program_kind(listing)
    if kind == "apprenticeship":
        award = "apprenticeship"
    elif award == "apprenticeship":
        award = None
    declared, code_findings = declared_occupations(listing, crosswalks, exits.occupations)
    naming = namer.name(listing, cip=cip, award=award, declared=frozenset(d.onet_code for d in declared))
    if is_part_of_degree(listing, naming.credential):
        reason = f"{listing.clock_hours:g} class hours are part of a bachelor's degree, not the whole"
        part = Finding("part_of_degree", "clock_hours", f"{listing.clock_hours:g}", reason)
        naming = Naming(None, 0.0, (*naming.findings, part))
    credential = naming.credential and naming.credential.in_state(listing.state)
    length = check_rule_hours(check_length(listing, award), credential, is_short=is_short_form(listing))
    cost = check_cost(listing, kind)
    findings = (
        *cip_findings,
        *award_findings,
        *kind_findings,
        *code_findings,
        *naming.findings,
        *length.findings,
        *cost.findings,
        *_bridge_findings(listing),
    )
    latitude, longitude = _place(listing, zips)
    program = Program(
        id=listing.id,
        provider_id=listing.provider_id,
        provider_name=tidy(listing.provider_name),
        name=tidy(listing.name),
        kind=kind,
        credential_id=naming.credential.id if naming.credential else None,
        credential_text=None if naming.text_lost else listing.credential_text,
        credential_confidence=naming.confidence,
        award=award,
        cip_code=cip,
        clock_hours=length.clock_hours,
        weeks=length.weeks,
        weeks_basis=length.basis,
        weeks_least=listing.weeks_least if length.basis == "span" else None,
        modality=listing.modality,
        evening=listing.evening,
        weekend=listing.weekend,
        flexible_hours=listing.flexible_hours,
        child_care_onsite=listing.child_care_onsite,
        near_transit=listing.near_transit,
        language=listing.language,
        tuition_usd=cost.tuition_usd,
        books_usd=cost.books_usd,
        pell=listing.pell,
        education_required=entry_education(listing, award),
        courses_required=listing.courses_required,
        city=listing.city,
        county=listing.county,
        state=listing.state,
        zip=listing.zip,
        latitude=latitude,
        longitude=longitude,
        listed_on=listing.listed_on,
        updated_on=listing.updated_on,
        same_course=(),
        problems=tuple(dict.fromkeys(f.code for f in findings)),
        release=listing.release,
        starts_on=listing.starts_on,
        seats=None if listing.seats is None else int(listing.seats),
        minimum_age=None if listing.minimum_age is None else int(listing.minimum_age),
        listed_in=listing.listed_in,
    )
    return _Checked(listing, program, naming, declared, length, findings)


def _checked_cip(listing: Listing) -> tuple[str | None, tuple[Finding, ...]]:
    if not listing.cip:
        return None, ()
    cip = parse_cip_code(listing.cip)
    if cip is None or not 1 <= int(cip[:2]) <= _LAST_CIP_FAMILY:
        return None, (Finding("cip_unknown", "cip", listing.cip, "no such field of study in CIP 2020"),)
    return cip, ()


def _bridge_findings(listing: Listing) -> tuple[Finding, ...]:
    if not is_bridge(listing):
        return ()
    reason = "the name says that students enter with a licence or degree; the list's prerequisites do not"
    return (Finding("bridge_needs_earlier_credential", "name", listing.name, reason, "repaired"),)


def _without_parts(checked: Sequence[_Checked]) -> list[_Checked]:
    usual = usual_hours(c.program for c in checked)
    return [
        _without_credential(c, f) if (f := part_of_course(c.program, c.naming.credential, usual)) else c
        for c in checked
    ]


def _without_credential(one: _Checked, finding: Finding) -> _Checked:
    problems = (*one.program.problems, finding.code)
    program = replace(one.program, credential_id=None, credential_confidence=0.0, problems=problems)
    return replace(one, program=program, naming=Naming(None, 0.0), findings=(*one.findings, finding))


def _with_estimates(checked: Sequence[_Checked]) -> list[_Checked]:
    measured = [
        Measured(c.program.release, c.program.credential_id, c.program.cip_code, c.program.award, c.length)
        for c in checked
    ]
    peers = list_peers(measured)
    return [_with_length(c, estimate_weeks(m, peers)) for c, m in zip(checked, measured, strict=True)]


def _with_length(one: _Checked, length: Length) -> _Checked:
    return replace(one, program=replace(one.program, weeks=length.weeks, weeks_basis=length.basis))


def _place(listing: Listing, zips: Mapping[str, Zip]) -> tuple[float | None, float | None]:
    """The listing's own position, else the centre of its ZIP code, else the middle of its city's ZIP codes."""
    if listing.latitude is not None and listing.longitude is not None:
        return listing.latitude, listing.longitude
    place = zips.get(listing.zip or "")
    if place is not None:
        return place.latitude, place.longitude
    city = (listing.city or "").casefold()
    found = [z for z in zips.values() if z.state == listing.state and z.city.casefold() == city] if city else []
    if not found:
        return None, None
    return round(fmean(z.latitude for z in found), 4), round(fmean(z.longitude for z in found), 4)


def _merge_problem(listing: Listing) -> Problem:
    reason = "the same course, place, delivery, length and price is listed again"
    return problem_of(Finding("repeat", "name", listing.name, reason, "merged"), listing)
