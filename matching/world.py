"""World: everything a match reads besides the seeker, the configuration and the day. Built once a process."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.demand import Demand
from matching.eligibility.law import Law
from matching.evidence.book import EvidenceBook
from matching.fit.gap import descriptor_weights
from matching.fit.transitions import TransitionModel
from matching.living_costs import LivingCosts
from matching.moves import Rate
from matching.pathways.courses import Chances, Courses, TierRank
from matching.pathways.stand_ins import StandIns
from matching.price_list import PriceList
from matching.resolve.resolver import Resolver
from matching.travel import TravelTimes
from matching.travel_table import TableTimes
from taxonomy.codes import Tier
from taxonomy.law import DEMAND
from taxonomy.snapshot import Snapshot
from taxonomy.studies import Support

# Strongest first. Not knowing stands before a finding of no gain, and that before a finding of harm.
TIER_ORDER = (Tier.A, Tier.B, Tier.C, Tier.D, Tier.U, Tier.N, Tier.X)


@dataclass(frozen=True, slots=True)
class World:
    """A snapshot as each stage reads it."""

    snapshot: Snapshot
    catalog: Catalog
    stand_ins: StandIns
    weights: npt.NDArray[np.float32]
    descriptors: tuple[str, ...]  # names, in the order of the matrices' columns
    descriptor_row: dict[str, int]  # by O*NET element id
    transitions: TransitionModel
    resolver: Resolver
    courses: Courses
    prices: PriceList
    evidence: EvidenceBook
    law: Law
    living_costs: LivingCosts
    demand: Demand
    travel: TravelTimes

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, config: MatchConfig | None = None) -> "World":
        """Make a snapshot ready for matching."""
        config = config or MatchConfig()
        catalog = Catalog.from_snapshot(snapshot)
        stand_ins = StandIns.from_catalog(catalog, config)
        evidence = EvidenceBook.from_snapshot(snapshot)
        chances, tier_rank = _evidence_by_row(catalog, evidence)
        law = Law(tuple(snapshot.table("parameters")))
        return cls(
            snapshot=snapshot,
            catalog=catalog,
            stand_ins=stand_ins,
            weights=descriptor_weights(snapshot),
            descriptors=tuple(d.name for d in snapshot.table("descriptors")),
            descriptor_row={d.element_id: column for column, d in enumerate(snapshot.table("descriptors"))},
            transitions=TransitionModel.from_snapshot(snapshot),
            resolver=Resolver.from_snapshot(snapshot),
            courses=Courses.of(catalog, stand_ins, chances, tier_rank, config),
            prices=PriceList.of(catalog, stand_ins),
            evidence=evidence,
            law=law,
            living_costs=LivingCosts.of(snapshot),
            demand=Demand(snapshot, lambda area, day: law.family(DEMAND, area, day)),
            travel=TableTimes(law),
        )


def _evidence_by_row(catalog: Catalog, evidence: EvidenceBook) -> tuple[Chances, TierRank]:
    """The book of evidence, asked by the row of a program."""
    records = catalog.programs.records

    def chances(row: int) -> tuple[Rate, Rate]:
        completion = evidence.rate_for(records[row], "completion")
        employment = evidence.rate_for(records[row], "employment_q2")
        return Rate(completion.alpha, completion.beta), Rate(employment.alpha, employment.beta)

    def tier_rank(row: int, support: Support | None) -> int:
        own = TIER_ORDER.index(evidence.tier_for(records[row]))
        # With a support beside the course, the stronger of both.
        return own if support is None else min(own, TIER_ORDER.index(evidence.tier_for_support(support)))

    return chances, tier_rank
