"""The starter studies as a real snapshot, and small records with one field changed at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matching.evidence.book import EvidenceBook
from matching.evidence.dossier import Dossier, gather
from taxonomy.loaders.vocabulary import STARTER, read_records
from taxonomy.programs import OutcomeRate, PeerRate, Program
from taxonomy.snapshot import Contents, Snapshot, write_snapshot
from taxonomy.studies import Effect, Rating, Study, StudyLink, Support


@pytest.fixture(scope="session")
def starter_tables() -> dict[str, list[Any]]:
    tables: dict[str, list[Any]] = {}
    for path in sorted((STARTER / "studies").glob("*.toml")):
        for name, records in read_records(path, ("studies", "effects", "ratings", "study_links")).items():
            tables.setdefault(name, []).extend(records)
    tables |= read_records(STARTER / "supports.toml", ("supports",))
    return tables


@pytest.fixture(scope="session")
def snapshot(starter_tables: dict[str, list[Any]], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("snapshots") / "studies"
    contents = Contents()
    contents.tables.update(starter_tables)
    write_snapshot(contents, folder)
    return Snapshot.open(folder)


@pytest.fixture(scope="session")
def dossiers(snapshot: Snapshot) -> dict[str, Dossier]:
    return dict(gather(snapshot))


@pytest.fixture
def book(snapshot: Snapshot) -> EvidenceBook:
    return EvidenceBook.from_snapshot(snapshot)


@pytest.fixture
def quest(starter_tables: dict[str, list[Any]]) -> Support:
    return next(s for s in starter_tables["supports"] if s.provider_id == "project-quest")


@pytest.fixture(scope="session")
def a_study() -> Callable[..., Study]:
    plain = Study(
        id="s",
        program="Bridge",
        provider_id="bridge",
        site="Springfield",
        sector="healthcare",
        design="rct",
        n=400,
        enrolled="2010-2012",
        citation="Smith 2015",
        url="https://example.org/s",
        elements=(),
        elements_checked=False,
        population="adults",
        screening=None,
        cost_usd=None,
        cost_year=None,
        caution=None,
        confidence="V",
        checked_on="2026-11-22",
        sites=1,
    )
    return lambda **changes: replace(plain, **changes)


@pytest.fixture(scope="session")
def an_effect() -> Callable[..., Effect]:
    plain = Effect(
        study_id="s",
        outcome="earnings",
        follow_up="year 3",
        follow_up_years=3.0,
        estimate_usd=3000.0,
        period="year",
        dollar_year=2015,
        percent=None,
        percentage_points=None,
        significant=True,
        direction="favourable",
        note=None,
        confidence="V",
    )
    return lambda **changes: replace(plain, **changes)


@pytest.fixture(scope="session")
def a_rating() -> Callable[..., Rating]:
    plain = Rating(
        study_id="s",
        clearinghouse="CLEAR",
        version=None,
        level="study",
        outcome="earnings",
        term=None,
        value="High",
        as_of=None,
        url="https://example.org/r",
        confidence="V",
    )
    return lambda **changes: replace(plain, **changes)


@pytest.fixture(scope="session")
def a_link() -> Callable[..., StudyLink]:
    plain = StudyLink(
        study_id="s", provider_id="bridge", relation="same_site", sector=None, note=None, source="https://example.org/l"
    )
    return lambda **changes: replace(plain, **changes)


@pytest.fixture(scope="session")
def a_program() -> Callable[..., Program]:
    plain = Program(
        id="p1",
        provider_id="bridge",
        provider_name="Bridge",
        name="Practical Nursing",
        kind="training",
        credential_id=None,
        credential_text=None,
        credential_confidence=0.0,
        award="college_certificate",
        cip_code="51.3901",
        clock_hours=None,
        weeks=None,
        weeks_basis="unknown",
        modality=None,
        evening=None,
        weekend=None,
        flexible_hours=None,
        child_care_onsite=None,
        near_transit=None,
        language="en",
        tuition_usd=None,
        books_usd=None,
        pell=None,
        education_required=None,
        courses_required=None,
        city=None,
        county=None,
        state=None,
        zip=None,
        latitude=None,
        longitude=None,
        listed_on=None,
        updated_on=None,
        same_course=(),
        problems=(),
        release="list-1",
    )
    return lambda **changes: replace(plain, **changes)


@pytest.fixture(scope="session")
def peers() -> PeerRate:
    """A prior worth 20 people at 70 percent."""
    return PeerRate(
        measure="completion",
        group="51",
        alpha=14.0,
        beta=6.0,
        programs=80,
        people=2400,
        area="NJ",
        period="2018",
        source="nj-outcomes",
        release="nj-1",
    )


@pytest.fixture(scope="session")
def a_count() -> Callable[..., OutcomeRate]:
    plain = OutcomeRate(
        provider_id="bridge",
        program_id="p1",
        cip_code="51.3901",
        measure="completion",
        numerator=45.0,
        denominator=50.0,
        population="all_students",
        period="2019",
        release="nj-1",
    )
    return lambda **changes: replace(plain, **changes)
