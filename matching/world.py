"""World: everything a match reads besides the seeker, the configuration and the day. Built once a process."""

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.demand import Demand
from matching.eligibility.law import Law
from matching.evidence.book import MEASURES, EvidenceBook
from matching.evidence.rates import BetaRate
from matching.fit.gap import descriptor_weights
from matching.fit.transitions import TransitionModel
from matching.living_costs import LivingCosts
from matching.moves import Rate
from matching.pathways.courses import Courses, TrackRecord
from matching.pathways.stand_ins import StandIns
from matching.price_list import PriceList
from matching.resolve.resolver import Resolver
from matching.travel import TravelTimes
from matching.travel_table import TableTimes
from taxonomy.codes import Tier
from taxonomy.frozen import frozen
from taxonomy.law import DEMAND
from taxonomy.snapshot import Snapshot

# Strongest first. Not knowing stands before a finding of no gain, and that before a finding of harm.
TIER_ORDER = (Tier.A, Tier.B, Tier.C, Tier.D, Tier.U, Tier.N, Tier.X)


@frozen
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
            courses=Courses.of(catalog, stand_ins, _track_record(catalog, evidence), config),
            prices=PriceList.of(catalog, stand_ins),
            evidence=evidence,
            law=law,
            living_costs=LivingCosts(snapshot),
            demand=Demand(snapshot, lambda area, day: law.family(DEMAND, area, day)),
            travel=TableTimes(law),
        )


def _track_record(catalog: Catalog, evidence: EvidenceBook) -> TrackRecord:
    """What the book of evidence says of every program, as the search counts it."""
    completion, employment = (evidence.rates(catalog.programs, measure) for measure in MEASURES)
    return TrackRecord(
        completion=completion.map(_chance),
        employment=employment.map(_chance),
        tier=evidence.tiers(catalog.programs, employment).ints(TIER_ORDER.index),
        tier_of_support=lambda support: TIER_ORDER.index(evidence.tier_for_support(support)),
    )


def _chance(rate: BetaRate) -> Rate:
    return Rate(rate.alpha, rate.beta)
