"""Courses: every program as the search counts it, before a person is known. Made once a process."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog, Programs
from matching.coded import Coded
from matching.config import MatchConfig
from matching.moves import Person, Rate
from matching.occupations import NO_EDUCATION, education_value
from matching.pathways.openings import Offers
from matching.pathways.rules import Rules, lay_foundations
from matching.pathways.stand_ins import StandIns
from taxonomy.codes import Education
from taxonomy.frozen import frozen
from taxonomy.places import Zip
from taxonomy.studies import Support

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@frozen(eq=False)
class TrackRecord:
    """What is known of how well each program works; aligned with the programs."""

    completion: Coded[Rate]
    employment: Coded[Rate]
    tier: Ints  # rank of its evidence, 0 strongest
    tier_of_support: Callable[[Support], int]  # the same of an intermediary


@frozen(eq=False)
class Courses:
    """What the other stages know about each program; arrays are aligned with the programs.

    Where a list is silent the cautious stand-in is here; `Move.concerns` and the step's checks confess to it.
    """

    weeks: Floats
    hours_per_week: Floats
    has_exam: Bools
    completion: Coded[Rate]
    employment: Coded[Rate]
    completion_mean: Floats
    employment_mean: Floats
    evidence: Ints
    awards: Coded[str]  # credential id, or "program:<row>" when the credential is not known
    alike: Ints  # equal for programs that may stand in for each other: same credential, schooling, sectors
    sectors: Ints  # a bit each
    leads_on: Bools  # another credential stacks on it
    ruled: Bools  # some rule between credentials names its credential
    rules: Rules  # between the credentials
    offers: Offers
    supported: tuple[tuple[Ints, Ints], ...]  # of each support: the rows it supports people in, and their evidence

    @classmethod
    def of(cls, catalog: Catalog, stand_ins: StandIns, record: TrackRecord, config: MatchConfig) -> "Courses":
        """Make the programs of a catalog ready."""
        programs = catalog.programs
        stacked = {rule.from_credential for rules in catalog.rules_into.values() for rule in rules}
        alike = programs.awards.map(lambda credential: credential and credential.id).beside(
            programs.kind,
            Coded(programs.education_required.tolist()),
            Coded(programs.education_awarded.tolist()),
            Coded(programs.rung.tolist()),
            programs.sectors,
        )
        foundations = lay_foundations(catalog.rules_into, catalog.opens)
        awards = Coded(c.id if c else f"program:{row}" for row, c in enumerate(programs.awards))
        names = sorted({sector for sectors in programs.sectors.values for sector in sectors})
        bits = [sum(1 << names.index(sector) for sector in sectors) for sectors in programs.sectors.values]
        return cls(
            weeks=np.where(np.isnan(programs.weeks), stand_ins.weeks, programs.weeks),
            hours_per_week=_hours_per_week(programs, stand_ins),
            has_exam=programs.awards.where(
                lambda credential: credential is not None and credential.exam_name is not None
            ),
            completion=record.completion,
            employment=record.employment,
            completion_mean=record.completion.floats(lambda rate: rate.mean),
            employment_mean=record.employment.floats(lambda rate: rate.mean),
            evidence=record.tier,
            awards=awards,
            alike=alike.code,
            sectors=np.array(bits, np.int64)[programs.sectors.code],
            leads_on=programs.credential.where(lambda name: name in stacked),
            ruled=programs.credential.where(lambda name: name in stacked or name in foundations),
            rules=Rules.of_awards(foundations, awards.values),
            offers=Offers.of(catalog, config),
            supported=tuple(_supported(support, programs, record) for support in catalog.supports),
        )


def _hours_per_week(programs: Programs, stand_ins: StandIns) -> Floats:
    """Hours of class a week: the list's, else its hours over the weeks counted, else those of like programs."""
    with np.errstate(invalid="ignore", divide="ignore"):
        hours = programs.clock_hours / np.where(np.isnan(programs.weeks), stand_ins.weeks, programs.weeks)
    counted: Floats = np.where(np.isfinite(hours), hours, stand_ins.hours_per_week)
    return counted


def _supported(support: Support, programs: Programs, record: TrackRecord) -> tuple[Ints, Ints]:
    """The programs an intermediary is known to support people in, and the evidence of both together."""
    of_partner = programs.provider.where(lambda provider: provider in support.partner_provider_ids)
    led_to = programs.credential.where(lambda name: not support.credential_ids or name in support.credential_ids)
    # Full-time study means courses for credit; that a course takes Pell grants is the list's own mark of one.
    for_credit = programs.pell.where(lambda pell: not support.full_time_study or pell == "yes")
    of_sector = programs.sectors.where(lambda sectors: support.sector in sectors)
    rows = np.flatnonzero(of_partner & led_to & for_credit & of_sector)
    # With a support beside the course, the stronger of both.
    return rows, np.minimum(record.tier[rows], record.tier_of_support(support))


def supports(support: Support, person: Person) -> bool:
    """Whether an intermediary takes people like this one: of its own county, with the schooling it asks for."""
    asked = education_value(support.education_required)
    schooled = person.education == NO_EDUCATION or not asked or Education(person.education).at_least(Education(asked))
    return schooled and person.place is not None and same_county(person.place, support)


def same_county(place: Zip, support: Support) -> bool:
    """Whether a place lies in a support's county; "Bexar" and "Bexar County" are one."""
    county = (place.county or "").removesuffix(" County")
    return place.state == support.state and county == support.county.removesuffix(" County")
