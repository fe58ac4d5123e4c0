"""A study with everything recorded about it: effects, ratings and the offerings it speaks to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from taxonomy.frozen import frozen
from taxonomy.studies import Effect, Rating, Study, StudyLink


@frozen
class Dossier:
    """One study and its rows. Nothing here is averaged: disagreement stays visible."""

    study: Study
    effects: tuple[Effect, ...] = ()
    ratings: tuple[Rating, ...] = ()
    links: tuple[StudyLink, ...] = ()

    @property
    def earnings(self) -> tuple[Effect, ...]:
        """Estimates of earnings over the whole sample. Parts of a sample never carry a tier or a headline."""
        return tuple(e for e in self.effects if e.outcome == "earnings" and e.subgroup is None)

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector the study's people trained for, the main one first."""
        return (self.study.sector, *self.study.also_sectors)


class HasTables(Protocol):
    """What is needed of a snapshot: its tables by name."""

    def table(self, name: str, /) -> Iterable[Any]:
        """The rows of a table."""
        ...


# Effects are read pay first, then what may lead to it.
_READING_ORDER = ("earnings", "earnings_threshold", "net_benefit", "employment", "credential", "benefit")


def _as_read(effect: Effect) -> tuple[Any, ...]:
    """Pay before other outcomes, the whole sample before its parts, early before late, figures before words.

    A snapshot keeps rows in the order of their keys, which would put "14 years" before "year 9".
    """
    years = float("inf") if effect.follow_up_years is None else effect.follow_up_years
    no_figure = effect.estimate_usd is None and effect.percent is None and effect.percentage_points is None
    return (_READING_ORDER.index(effect.outcome), effect.subgroup or "", years, no_figure, repr(effect))


def gather(snapshot: HasTables) -> Mapping[str, Dossier]:
    """All studies of a snapshot by id, in the snapshot's order; effects in the order they are best read."""
    rows: dict[str, dict[str, list[Any]]] = {}
    for table in ("effects", "ratings", "study_links"):
        rows[table] = defaultdict(list)
        for row in snapshot.table(table):
            rows[table][row.study_id].append(row)
    return {
        study.id: Dossier(
            study,
            tuple(sorted(rows["effects"][study.id], key=_as_read)),
            tuple(rows["ratings"][study.id]),
            tuple(rows["study_links"][study.id]),
        )
        for study in snapshot.table("studies")
    }
