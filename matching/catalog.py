"""Catalog: occupations, programs and credentials made ready for the search, built once a process.

Strings and rare fields stay in the snapshot's memory map; what the search reads often is here as arrays and tuples.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from matching.degrees import short_for_degree
from matching.exits import ExitLink, Exits, read_exits
from matching.job_quality import JobSignals
from matching.outlook import Outlooks
from matching.places import Places, unit_vectors
from matching.screens import Screens
from taxonomy.codes import Education
from taxonomy.credentials import Credential, StackRule
from taxonomy.law import LegalBar
from taxonomy.occupations import Occupation
from taxonomy.programs import Program
from taxonomy.sectors import sector_of_field, sector_of_occupation
from taxonomy.snapshot import Snapshot
from taxonomy.studies import Support

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NO_EDUCATION = 0  # an education that is not asked for, or not known


@dataclass(frozen=True, slots=True)
class Occupations:
    """What the method reads of every occupation; arrays are aligned with the snapshot's occupations."""

    records: tuple[Occupation, ...]
    codes: tuple[str, ...]
    titles: tuple[str, ...]
    row: dict[str, int]
    education: Ints  # typical entry education as Education value, 0 unknown
    experience_months: Ints  # experience in a related job that employers usually ask for (BLS), at its lower bound
    job_zone: Ints  # 0 unknown
    barred: tuple[str | None, ...]
    sector: tuple[str | None, ...]
    broad_group: Coded[str]  # SOC broad group, "31-113" of "31-1131.00"


@dataclass(frozen=True, slots=True)
class Programs:
    """What the search reads of every program; arrays are aligned with the snapshot's programs."""

    records: tuple[Program, ...]
    credential: tuple[str | None, ...]
    awards: tuple[Credential | None, ...]  # the credential as it is known in the program's state
    provider: tuple[str, ...]
    kind: Coded[str]
    apprenticeship: npt.NDArray[np.bool_]
    award: tuple[str | None, ...]
    modality: Coded[str | None]
    state: Coded[str | None]
    language: Coded[str]
    pell: tuple[str | None, ...]
    sectors: Coded[frozenset[str]]  # of the credential, the field of study and the jobs opened
    rows_of: dict[str, tuple[int, ...]]  # credential id to the programs that lead to it
    minimum_age: Floats  # NaN where none is known
    driving_licence: npt.NDArray[np.bool_]  # the credential presupposes one
    remote: npt.NDArray[np.bool_]  # online, and nothing in it is learned with hands or patients
    point: Floats  # unit vectors, NaN where the place is unknown
    weeks: Floats
    weeks_listed: npt.NDArray[np.bool_]
    clock_hours: Floats
    hours_per_week: Floats  # of class, by the list's own hours and weeks
    most_hours_per_week: Floats  # the same over the least of a span of weeks
    tuition: Floats
    books: Floats
    evening: Floats  # 1 yes, 0 no, NaN unknown; likewise below
    weekend: Floats
    flexible: Floats
    education_required: Ints
    education_awarded: Ints
    rung: Ints  # rung of schooling a finisher stands on (Education.rung): a certificate course counts as one
    short_for_degree: npt.NDArray[np.bool_]  # a whole degree by name, listed as shorter than its school years
    exits: Exits


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the stages read of a snapshot."""

    snapshot: Snapshot
    occupations: Occupations
    programs: Programs
    credentials: dict[str, Credential]
    rules_into: dict[str, tuple[StackRule, ...]]
    opens: dict[str, tuple[int, ...]]  # rows of the jobs each credential opens
    supports: tuple[Support, ...]
    provider_kinds: dict[str, str | None]
    legal_bars: dict[str, LegalBar]
    screens: Screens
    places: Places
    outlooks: Outlooks
    job_signals: JobSignals
    listed_states: frozenset[str]  # states of which a list of programs is installed

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot) -> "Catalog":
        """Make a snapshot ready for matching."""
        credentials = {c.id: c for c in snapshot.credentials}
        rules: defaultdict[str, list[StackRule]] = defaultdict(list)
        for rule in snapshot.table("stack_rules"):
            rules[rule.to_credential].append(rule)
        occupations = _read_occupations(snapshot)
        screens = Screens.of(
            snapshot.table("screens"),
            [p or "" for p in snapshot.programs.strings("provider_id")],
            snapshot.programs.strings("credential_id"),
        )
        bridges = frozenset(to for to, group in rules.items() if any(rule.relation == "required" for rule in group))
        programs = _read_programs(snapshot, occupations, credentials, screens, bridges)
        return cls(
            snapshot=snapshot,
            occupations=occupations,
            programs=programs,
            credentials=credentials,
            rules_into={to: tuple(group) for to, group in rules.items()},
            opens={
                c.id: tuple(occupations.row[o] for o in c.opens if o in occupations.row) for c in credentials.values()
            },
            supports=tuple(snapshot.table("supports")),
            provider_kinds={p.id: p.kind for p in snapshot.table("providers")},
            legal_bars={bar.code: bar for bar in snapshot.table("legal_bars")},
            screens=screens,
            places=Places(snapshot),
            outlooks=Outlooks(snapshot),
            job_signals=JobSignals(snapshot),
            listed_states=frozenset(s for s in programs.state.values if s),
        )


def education_value(label: str | None) -> int:
    """Education label to its value, 0 when unknown or not asked for."""
    return int(Education[label.upper()]) if label else NO_EDUCATION


# BLS: "less than 5 years" is counted as one year at least, as its definition starts above a month or two on the job.
_EXPERIENCE = {"none": 0, "less_than_5_years": 12, "5_years_or_more": 60}


def _read_occupations(snapshot: Snapshot) -> Occupations:
    table = snapshot.occupations
    codes = tuple(c or "" for c in table.strings("onet_code"))
    return Occupations(
        records=tuple(table),
        codes=codes,
        titles=tuple(t or "" for t in table.strings("title")),
        row={code: row for row, code in enumerate(codes)},
        education=np.array([education_value(e) for e in table.strings("typical_education")], np.int64),
        experience_months=np.array([_EXPERIENCE[e or "none"] for e in table.strings("work_experience")], np.int64),
        job_zone=np.nan_to_num(table.numbers("job_zone")).astype(np.int64),
        barred=tuple(table.strings("barred")),
        sector=tuple(sector_of_occupation(c) for c in codes),
        broad_group=Coded(c[:6] for c in codes),
    )


def _read_programs(
    snapshot: Snapshot,
    occupations: Occupations,
    credentials: dict[str, Credential],
    screens: Screens,
    bridges: frozenset[str],
) -> Programs:
    table = snapshot.programs
    credential = tuple(table.strings("credential_id"))
    award = tuple(table.strings("award"))
    state = table.strings("state")
    held = _awards(credential, state, credentials)
    exits = read_exits(snapshot, occupations.row, occupations.education, occupations.barred, credentials)
    kind, modality = Coded(k or "" for k in table.strings("kind")), Coded(table.strings("modality"))
    weeks, clock_hours = table.numbers("weeks"), table.numbers("clock_hours")
    with np.errstate(invalid="ignore", divide="ignore"):
        hours_per_week = clock_hours / weeks
        # Of a length the list names as a span `weeks` is the end.
        most_hours_per_week = clock_hours / table.numbers("weeks_least")
    awarded = np.array([_awarded(a, c) for a, c in zip(award, held, strict=True)], np.int64)
    return Programs(
        records=tuple(table),
        credential=credential,
        awards=held,
        provider=tuple(p or "" for p in table.strings("provider_id")),
        kind=kind,
        apprenticeship=kind.where(lambda k: k == "apprenticeship"),
        award=award,
        modality=modality,
        state=Coded(state),
        language=Coded(lang or "en" for lang in table.strings("language")),
        pell=tuple(table.strings("pell")),
        sectors=Coded(
            _sectors(c, cip, links, occupations)
            for c, cip, links in zip(held, table.strings("cip_code"), exits, strict=True)
        ),
        rows_of=_rows_of(credential),
        minimum_age=np.fmax(
            np.array([c.minimum_age if c and c.minimum_age else np.nan for c in held], np.float64),
            np.fmax(table.numbers("minimum_age"), screens.minimum_age),
        ),
        driving_licence=_flagged(held, "driving_licence"),
        # What is learned with hands or patients has parts in person, even where the list says online.
        remote=modality.where(lambda m: m == "online") & ~_flagged(held, "hands_on"),
        point=unit_vectors(table.numbers("latitude"), table.numbers("longitude")),
        weeks=weeks,
        weeks_listed=np.array([b in ("listed", "span") for b in table.strings("weeks_basis")], np.bool_),
        clock_hours=clock_hours,
        hours_per_week=hours_per_week,
        most_hours_per_week=most_hours_per_week,
        tuition=table.numbers("tuition_usd"),
        books=table.numbers("books_usd"),
        evening=table.numbers("evening"),
        weekend=table.numbers("weekend"),
        flexible=table.numbers("flexible_hours"),
        education_required=np.array(
            [
                max(
                    education_value(own),
                    education_value(c.education_required if c else None),
                    *(education_value(screen.education_required) for screen in asked),
                )
                for own, c, asked in zip(table.strings("education_required"), held, screens.of_program, strict=True)
            ],
            np.int64,
        ),
        education_awarded=awarded,
        rung=np.array([_rung(a, c) for a, c in zip(award, held, strict=True)], np.int64),
        short_for_degree=short_for_degree(awarded, weeks, credential, bridges),
        exits=exits,
    )


def _awards(
    named: Sequence[str | None], states: Sequence[str | None], credentials: dict[str, Credential]
) -> tuple[Credential | None, ...]:
    # One object for each credential and state, however many programs lead to it.
    pairs = list(zip(named, states, strict=True))
    known = {(c, s): credentials[c].in_state(s) for c, s in dict.fromkeys(pairs) if c is not None and c in credentials}
    return tuple(known.get((c, s)) if c is not None else None for c, s in pairs)


def _rung(award: str | None, credential: Credential | None) -> int:
    confers = _awarded(award, credential)
    if confers:
        return Education(confers).rung
    return NO_EDUCATION if award == "none" and credential is None else Education.POSTSECONDARY_CERTIFICATE.rung


def _sectors(
    credential: Credential | None, cip_code: str | None, exits: tuple[ExitLink, ...], occupations: Occupations
) -> frozenset[str]:
    own = credential.sector if credential else (sector_of_field(cip_code) if cip_code else None)
    return frozenset(s for s in (own, *(occupations.sector[e.occupation] for e in exits)) if s)


def _rows_of(credential: tuple[str | None, ...]) -> dict[str, tuple[int, ...]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, credential_id in enumerate(credential):
        if credential_id is not None:
            rows[credential_id].append(row)
    return {c: tuple(r) for c, r in rows.items()}


def _flagged(credentials: Sequence[Credential | None], flag: str) -> npt.NDArray[np.bool_]:
    return np.array([c is not None and flag in c.flags for c in credentials], np.bool_)


# What an award confers when no known credential says so; a certificate of an unknown length confers no level.
_CONFERS = {"associate": Education.ASSOCIATE, "bachelor": Education.BACHELOR}


def _awarded(award: str | None, credential: Credential | None) -> int:
    if credential and credential.education_awarded:
        return education_value(credential.education_awarded)
    return int(_CONFERS.get(award or "", NO_EDUCATION))
