"""Catalog: occupations, programs and credentials made ready for the search, built once a process.

Strings and rare fields stay in the snapshot's memory map; what the search reads often is here as arrays and tuples.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from matching.degrees import short_for_degree
from matching.exits import ExitLink, Exits, read_exits
from matching.job_quality import JobSignals
from matching.licences import Licences
from matching.occupations import NO_EDUCATION, Occupations, education_value
from matching.outlook import Outlooks
from matching.places import Places, unit_vectors
from matching.screens import Screens
from taxonomy.codes import Education
from taxonomy.credentials import Credential, StackRule
from taxonomy.frozen import frozen
from taxonomy.law import LegalBar
from taxonomy.programs import Program
from taxonomy.sectors import sector_of_field
from taxonomy.snapshot import Snapshot
from taxonomy.studies import Support

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@frozen
class Programs:
    """What the search reads of every program; arrays are aligned with the snapshot's programs."""

    records: Sequence[Program]
    ids: tuple[str, ...]
    credential: Coded[str | None]
    awards: Coded[Credential | None]  # the credential as it is known in the program's state
    provider: Coded[str]
    field: Coded[str | None]  # CIP code
    kind: Coded[str]
    apprenticeship: npt.NDArray[np.bool_]
    award: Coded[str | None]
    modality: Coded[str | None]
    listed_in: Coded[str | None]  # state on whose list each stands
    language: Coded[str]
    pell: Coded[str | None]
    sectors: Coded[frozenset[str]]  # of the credential, the field of study and the jobs opened
    rows_of: dict[str, tuple[int, ...]]  # credential id to the programs that lead to it
    minimum_age: Floats  # NaN where none is known
    driving_licence: npt.NDArray[np.bool_]  # the credential presupposes one
    hands_on: npt.NDArray[np.bool_]  # learned with hands or patients
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


@frozen
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
    licences: Licences
    screens: Screens
    places: Places
    outlooks: Outlooks
    job_signals: JobSignals
    listed: Mapping[str, int]  # programs known here of each state's list

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot) -> "Catalog":
        """Make a snapshot ready for matching."""
        credentials = {c.id: c for c in snapshot.credentials}
        rules: defaultdict[str, list[StackRule]] = defaultdict(list)
        for rule in snapshot.table("stack_rules"):
            rules[rule.to_credential].append(rule)
        occupations = Occupations.of(snapshot)
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
            licences=Licences.of(credentials.values(), rules, occupations.row),
            legal_bars={bar.code: bar for bar in snapshot.table("legal_bars")},
            screens=screens,
            places=Places(snapshot),
            outlooks=Outlooks(snapshot),
            job_signals=JobSignals(snapshot),
            listed=Counter(state for state in programs.listed_in if state),
        )


def _read_programs(
    snapshot: Snapshot,
    occupations: Occupations,
    credentials: dict[str, Credential],
    screens: Screens,
    bridges: frozenset[str],
) -> Programs:
    table = snapshot.programs
    credential, award = Coded(table.strings("credential_id")), Coded(table.strings("award"))
    kind, modality = Coded(k or "" for k in table.strings("kind")), Coded(table.strings("modality"))
    state, field = Coded(table.strings("state")), Coded(table.strings("cip_code"))
    held = credential.beside(state).map(lambda pair: _in_state(credentials, *pair))
    exits = read_exits(snapshot, occupations, credential, credentials)
    weeks, clock_hours = table.numbers("weeks"), table.numbers("clock_hours")
    hands_on = _flagged(held, "hands_on")
    with np.errstate(invalid="ignore", divide="ignore"):
        hours_per_week = clock_hours / weeks
        # Of a length the list names as a span `weeks` is the end.
        most_hours_per_week = clock_hours / table.numbers("weeks_least")
    given = award.beside(held)
    awarded = given.ints(lambda of: _awarded(*of))
    return Programs(
        records=table.records,
        ids=tuple(i or "" for i in table.strings("id")),
        credential=credential,
        awards=held,
        provider=Coded(p or "" for p in table.strings("provider_id")),
        field=field,
        kind=kind,
        apprenticeship=kind.where(lambda k: k == "apprenticeship"),
        award=award,
        modality=modality,
        listed_in=Coded(own or at for own, at in zip(table.strings("listed_in"), table.strings("state"), strict=True)),
        language=Coded(lang or "en" for lang in table.strings("language")),
        pell=Coded(table.strings("pell")),
        sectors=held.beside(field, exits.of_program).map(lambda of: _sectors(occupations, *of)),
        rows_of=_rows_of(credential),
        minimum_age=np.fmax(
            held.floats(lambda c: c.minimum_age if c and c.minimum_age else np.nan),
            np.fmax(table.numbers("minimum_age"), screens.minimum_age),
        ),
        driving_licence=_flagged(held, "driving_licence"),
        # What is learned with hands or patients has parts in person, even where the list says online.
        hands_on=hands_on,
        remote=modality.where(lambda m: m == "online") & ~hands_on,
        point=unit_vectors(table.numbers("latitude"), table.numbers("longitude")),
        weeks=weeks,
        weeks_listed=Coded(table.strings("weeks_basis")).where(lambda basis: basis in ("listed", "span")),
        clock_hours=clock_hours,
        hours_per_week=hours_per_week,
        most_hours_per_week=most_hours_per_week,
        tuition=table.numbers("tuition_usd"),
        books=table.numbers("books_usd"),
        evening=table.numbers("evening"),
        weekend=table.numbers("weekend"),
        flexible=table.numbers("flexible_hours"),
        education_required=np.maximum.reduce(
            [
                Coded(table.strings("education_required")).ints(education_value),
                held.ints(lambda c: education_value(c.education_required if c else None)),
                screens.of_program.ints(
                    lambda own: max((education_value(s.education_required) for s in own), default=0)
                ),
            ]
        ),
        education_awarded=awarded,
        rung=given.ints(lambda of: _rung(*of)),
        short_for_degree=short_for_degree(awarded, weeks, credential, bridges),
        exits=exits,
    )


def _in_state(credentials: dict[str, Credential], named: str | None, state: str | None) -> Credential | None:
    return credentials[named].in_state(state) if named is not None and named in credentials else None


def _rung(award: str | None, credential: Credential | None) -> int:
    confers = _awarded(award, credential)
    if confers:
        return Education(confers).rung
    return NO_EDUCATION if award == "none" and credential is None else Education.POSTSECONDARY_CERTIFICATE.rung


def _sectors(
    occupations: Occupations, credential: Credential | None, cip_code: str | None, exits: tuple[ExitLink, ...]
) -> frozenset[str]:
    own = credential.sector if credential else (sector_of_field(cip_code) if cip_code else None)
    return frozenset(s for s in (own, *(occupations.sector[e.occupation] for e in exits)) if s)


def _rows_of(credential: Coded[str | None]) -> dict[str, tuple[int, ...]]:
    rows = zip(credential.values, credential.rows(), strict=True)
    return {name: tuple(found.tolist()) for name, found in rows if name is not None}


def _flagged(awards: Coded[Credential | None], flag: str) -> npt.NDArray[np.bool_]:
    return awards.where(lambda credential: credential is not None and flag in credential.flags)


# What an award confers when no known credential says so; a certificate of an unknown length confers no level.
_CONFERS = {"associate": Education.ASSOCIATE, "bachelor": Education.BACHELOR}


def _awarded(award: str | None, credential: Credential | None) -> int:
    if credential and credential.education_awarded:
        return education_value(credential.education_awarded)
    return int(_CONFERS.get(award or "", NO_EDUCATION))
