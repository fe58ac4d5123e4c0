"""The courses of a snapshot as the classifier reads them, and what their evidence is drawn from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from taxonomy.linking.job_evidence import Course, JobEvidence
from taxonomy.linking.occupation_links import fields_by_onet
from taxonomy.programs import Program
from taxonomy.snapshot import Snapshot


def course_of(program: Program, declared: Iterable[str], allowed: Mapping[str, object]) -> Course:
    """A program as a course; declared jobs that may be nobody's target are left out."""
    jobs = frozenset(code for code in declared if code in allowed)
    return Course(program.id, program.provider_id, program.name, program.credential_text, program.cip_code, jobs)


def list_courses(snapshot: Snapshot) -> list[Course]:
    """All courses, each with the jobs its provider declares."""
    allowed = {o.onet_code: o for o in snapshot.occupations if o.barred is None}
    declared: dict[str, list[str]] = defaultdict(list)
    for link in snapshot.table("program_occupations"):
        if "declared" in link.sources:
            declared[link.program_id].append(link.onet_code)
    return [course_of(p, declared[p.id], allowed) for p in snapshot.programs]


def evidence_of(snapshot: Snapshot, peers: Iterable[Course]) -> JobEvidence:
    """The evidence a snapshot holds, with `peers` as the courses of others."""
    crosswalk: dict[str, list[str]] = defaultdict(list)
    for pair in snapshot.table("fields_of_study"):
        crosswalk[pair.cip_code].append(pair.soc_code)
    occupations = list(snapshot.occupations)
    return JobEvidence(occupations, snapshot.table("titles"), fields_by_onet(occupations, crosswalk), peers)
