"""Signals of the quality of a job beside its pay: hours, nights away, wage floors, union contracts, dangers."""

from taxonomy.frozen import frozen

# variable_hours, overnight_travel: whether most jobs of the kind have them. wage_standard: a floor by law above the
# general minimum wage. union_coverage: share of workers under a union contract. hazard: what is known of injuries.
SIGNAL_KINDS = ("variable_hours", "overnight_travel", "wage_standard", "union_coverage", "hazard")


@frozen
class JobSignal:
    """What one source says of some jobs. A job without a signal of a kind is unknown in that, not free of it."""

    kind: str  # see SIGNAL_KINDS
    holds: bool  # False: the source says that the job is known not to have it
    occupations: tuple[str, ...]  # O*NET codes, or beginnings of codes ("47-2")
    area: str  # "US" or a state
    value: float | None  # US dollars an hour, or per cent of workers, or cases of 10,000 workers; None: no figure
    compared_with: float | None  # the same figure over all private industry
    about: str | None  # whose figure it is, or whom a wage floor covers
    effective_from: str | None  # of law; of a figure the year it speaks of, as a day
    effective_to: str | None
    citation: str
    link: str | None
    checked_on: str
    verified: bool  # False: read in a secondary source, which the citation names

    def concerns(self, onet_code: str) -> bool:
        """Whether it speaks of an occupation."""
        return onet_code.startswith(self.occupations)
