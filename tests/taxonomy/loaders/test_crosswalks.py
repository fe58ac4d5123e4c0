"""Codes 98-, 99- belong to no occupation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.crosswalks import load_fields, load_onet_2010_to_2019, load_onet_to_soc
from taxonomy.loaders.files import list_files
from taxonomy.loaders.source import Delivery, list_sources, recognise

_2010 = "O*NET-SOC 2010 Code,O*NET-SOC 2010 Title,O*NET-SOC 2019 Code,O*NET-SOC 2019 Title\n"


def test_an_occupation_that_was_split_keeps_all_its_successors(deliver: Callable[..., Delivery]) -> None:
    text = f"{_2010}98-1011.00,Lamps,98-1013.00,Gas\n98-1011.00,Lamps,98-1012.00,Oil\n"

    pairs, _ = load_onet_2010_to_2019(deliver("onet-2010-to-2019", {"2010_to_2019_Crosswalk.csv": text}))

    assert pairs == {"98-1011.00": ("98-1012.00", "98-1013.00")}


def test_what_is_no_code_or_repeated_is_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    text = f"{_2010}98-1011.00,L,98-1012.00,O\n98-1011.00,L,98-1012.00,O\nn/a,L,98-1012.00,O\n"

    pairs, report = load_onet_2010_to_2019(deliver("onet-2010-to-2019", {"2010_to_2019_Crosswalk.csv": text}))

    assert pairs == {"98-1011.00": ("98-1012.00",)}
    assert [(p.line, p.action) for p in report.problems] == [(3, "merged"), (4, "row_rejected")]
    assert (report.counts[0].rows_read, report.counts[0].rows_kept) == (3, 1)


def test_a_field_of_study_without_occupations_leads_to_none(deliver: Callable[..., Delivery]) -> None:
    rows = [
        ["CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title"],
        ["01.0508", "Taxidermy", "99-9999", "NO MATCH"],
        ["99.9999", "NO MATCH", "27-3041", "Editors"],
        ["51.3901", "Practical Nursing.", "29-2061", "Practical nurses"],
    ]

    (pairs, titles), report = load_fields(deliver("cip-soc", {"CIP2020_SOC2018_Crosswalk.xlsx": rows}))

    assert pairs == {"51.3901": ("29-2061",)}
    assert titles == {"01.0508": "Taxidermy", "51.3901": "Practical Nursing"}
    assert [p.reason for p in report.problems] == ["the publisher says there is no match"] * 2


@pytest.mark.official
def test_official_crosswalks_have_their_known_counts(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "crosswalks"]), list_sources())

    onet, _ = load_onet_2010_to_2019(deliveries["onet-2010-to-2019"])
    soc, _ = load_onet_to_soc(deliveries["onet-2019-to-soc"])
    (cip, fields), report = load_fields(deliveries["cip-soc"])

    assert sum(map(len, onet.values())) == 1164
    assert len(soc) == 1016
    assert all(code[:7] == socs[0] and len(socs) == 1 for code, socs in soc.items())
    assert (report.counts[0].rows_read, sum(map(len, cip.values())), len(report.problems)) == (6097, 5723, 194 + 180)
    assert "29-1141" in cip["51.3801"]
    assert len(fields) > 2_000
    assert not any(title.endswith(".") for title in fields.values())
