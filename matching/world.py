"""World: everything a match reads besides the seeker, the configuration and the day. Built once a process."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.eligibility.law import Law
from matching.evidence.book import EvidenceBook
from matching.fit.gap import descriptor_weights
from matching.fit.transitions import TransitionModel
from matching.pathways.stand_ins import StandIns
from matching.resolve.resolver import Resolver
from taxonomy.snapshot import Snapshot


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
    evidence: EvidenceBook
    law: Law

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot, config: MatchConfig | None = None) -> "World":
        """Make a snapshot ready for matching."""
        catalog = Catalog.from_snapshot(snapshot)
        return cls(
            snapshot=snapshot,
            catalog=catalog,
            stand_ins=StandIns.from_catalog(catalog, config or MatchConfig()),
            weights=descriptor_weights(snapshot),
            descriptors=tuple(d.name for d in snapshot.table("descriptors")),
            descriptor_row={d.element_id: column for column, d in enumerate(snapshot.table("descriptors"))},
            transitions=TransitionModel.from_snapshot(snapshot),
            resolver=Resolver.from_snapshot(snapshot),
            evidence=EvidenceBook.from_snapshot(snapshot),
            law=Law(tuple(snapshot.table("parameters"))),
        )
