"""A study with everything recorded about it: effects, ratings and the offerings it speaks to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from taxonomy.studies import Effect, Rating, Study, StudyLink


@dataclass(frozen=True, slots=True)
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


def gather(snapshot: HasTables) -> Mapping[str, Dossier]:
    """All studies of a snapshot by id, in the snapshot's order."""
    rows: dict[str, dict[str, list[Any]]] = {}
    for table in ("effects", "ratings", "study_links"):
        rows[table] = defaultdict(list)
        for row in snapshot.table(table):
            rows[table][row.study_id].append(row)
    return {
        study.id: Dossier(
            study,
            tuple(rows["effects"][study.id]),
            tuple(rows["ratings"][study.id]),
            tuple(rows["study_links"][study.id]),
        )
        for study in snapshot.table("studies")
    }
