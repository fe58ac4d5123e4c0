"""A study gathered with its rows."""

from collections.abc import Callable
from typing import Any

from matching.evidence.dossier import Dossier, gather
from taxonomy.snapshot import Snapshot


def test_every_row_of_the_snapshot_lands_in_its_study(snapshot: Snapshot) -> None:
    dossiers = gather(snapshot)

    for table, field in (("effects", "effects"), ("ratings", "ratings"), ("study_links", "links")):
        gathered = [row for d in dossiers.values() for row in getattr(d, field)]
        assert sorted(map(repr, gathered)) == sorted(map(repr, snapshot.table(table)))
    assert list(dossiers) == [s.id for s in snapshot.table("studies")]


def test_earnings_leave_out_parts_of_the_sample_and_other_outcomes(
    a_study: Callable[..., Any], an_effect: Callable[..., Any]
) -> None:
    whole = an_effect()
    dossier = Dossier(a_study(), (whole, an_effect(subgroup="women"), an_effect(outcome="credential")))

    assert dossier.earnings == (whole,)


def test_the_main_sector_comes_first(a_study: Callable[..., Any]) -> None:
    dossier = Dossier(a_study(sector="construction", also_sectors=("healthcare",)))

    assert dossier.sectors == ("construction", "healthcare")
