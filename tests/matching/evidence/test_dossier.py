"""A study gathered with its rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from matching.evidence.dossier import Dossier, gather
from taxonomy.snapshot import Contents, Snapshot, write_snapshot


def test_every_row_of_the_snapshot_lands_in_its_study(snapshot: Snapshot) -> None:
    dossiers = gather(snapshot)

    for table, field in (("effects", "effects"), ("ratings", "ratings"), ("study_links", "links")):
        gathered = [row for d in dossiers.values() for row in getattr(d, field)]
        assert sorted(map(repr, gathered)) == sorted(map(repr, snapshot.table(table)))
    assert list(dossiers) == [s.id for s in snapshot.table("studies")]


def test_effects_read_pay_first_whole_sample_first_and_early_first(
    dossiers: dict[str, Dossier],
) -> None:
    quest = [(e.outcome, e.follow_up, e.subgroup) for e in dossiers["project-quest"].effects]

    assert quest == [
        ("earnings", "year 9", None),
        ("earnings", "year 11", None),
        ("earnings", "years 9-12", None),
        ("earnings", "14 years", None),
        ("earnings", "years 13-14", None),
        ("earnings", "14 years", "aged 35 or older"),
        ("net_benefit", "14 years", None),
    ]


def test_the_order_of_rows_in_the_snapshot_changes_nothing(
    starter_tables: dict[str, list[Any]], dossiers: dict[str, Dossier], tmp_path: Path
) -> None:
    contents = Contents()
    contents.tables.update({name: rows[::-1] for name, rows in starter_tables.items()})
    write_snapshot(contents, tmp_path / "turned")

    turned = gather(Snapshot.open(tmp_path / "turned"))

    assert {k: d.effects for k, d in turned.items()} == {k: d.effects for k, d in dossiers.items()}


def test_earnings_leave_out_parts_of_the_sample_and_other_outcomes(
    a_study: Callable[..., Any], an_effect: Callable[..., Any]
) -> None:
    whole = an_effect()
    dossier = Dossier(a_study(), (whole, an_effect(subgroup="women"), an_effect(outcome="credential")))

    assert dossier.earnings == (whole,)


def test_the_main_sector_comes_first(a_study: Callable[..., Any]) -> None:
    dossier = Dossier(a_study(sector="construction", also_sectors=("healthcare",)))

    assert dossier.sectors == ("construction", "healthcare")
