"""The SOC and lists by code, in the layouts of their publishers. Groups and titles are invented."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.classifications import SocGroup
from taxonomy.loaders.classifications import (
    load_attainment,
    load_career_pathways,
    load_demand,
    load_listed_credentials,
    load_separations,
    load_skill_ranks,
    load_soc,
    load_soc_successors,
)
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources

Deliver = Callable[..., Delivery]
PREAMBLE = [["The agency", "", "", "", ""], ["", "", "", "", ""]]


def test_the_structure_gives_each_code_its_level_and_what_it_belongs_to(deliver: Deliver) -> None:
    rows = [
        *PREAMBLE,
        ["Major Group", "Minor Group", "Broad Group", "Detailed Occupation", ""],
        ["98-0000", "", "", "", "Lamp Occupations"],
        ["", "98-1000", "", "", "Lighters"],
        ["", "", "98-1010", "", "Gas Lighters"],
        ["", "", "", "98-1011", "Street Lighters"],
        ["Note", "", "", "", ""],
    ]

    (groups, titles), report = load_soc(deliver("soc-2018", {"soc_structure_2018.xlsx": rows}))

    assert [(g.soc_code, g.level, g.parent) for g in groups] == [
        ("98-0000", "major", None),
        ("98-1000", "minor", "98-0000"),
        ("98-1010", "broad", "98-1000"),
        ("98-1011", "detailed", "98-1010"),
    ]
    assert titles == []
    assert [(p.line, p.action) for p in report.problems] == [(8, "row_rejected")]


@pytest.mark.parametrize(
    "header", ["SOCGroup,SOCCode,SOCTitle,SOCDefinition", "SOC Group,SOC Code,SOC Title,SOC Definition"]
)
def test_definitions_are_read_by_either_spelling_of_their_columns(deliver: Deliver, header: str) -> None:
    text = (
        f"Published by the agency,,,\n{header}\nDetailed,98-1011,Street Lighters,Light  lamps.\nMajor,98-0000,Lamps,\n"
    )

    (groups, _), report = load_soc(deliver("soc-2018", {"soc2018_definitions.csv": text}))

    assert groups == [
        SocGroup("98-1011", "detailed", "Street Lighters", None, "Light lamps.", "soc-2018-2018"),
        SocGroup("98-0000", "major", "Lamps", None, None, "soc-2018-2018"),
    ]
    assert report.problems == []


def test_a_table_whose_header_never_comes_is_refused(deliver: Deliver) -> None:
    with pytest.raises(SourceError, match=r"column .*SOC Definition.* is missing"):
        load_soc(deliver("soc-2018", {"soc2018_definitions.csv": "a,b\n1,2\n"}))


def test_direct_match_titles_are_a_table_of_their_own(deliver: Deliver) -> None:
    rows = [
        *[["Bureau", "", "", ""]] * 6,
        ["2018 SOC Code", "2018 SOC Title", "2018 SOC Direct Match Title", "Illustrative Example"],
        ["98-1011", "Street Lighters", "Lamp Trimmer", "x"],
        ["98-1011", "Street Lighters", "Wick Cutter", ""],
        ["98-1011", "Street Lighters", "Wick Cutter", ""],
    ]

    (_, titles), report = load_soc(deliver("soc-2018", {"soc_2018_direct_match_title_file.xlsx": rows}))

    assert [(t.title, t.soc_code, t.illustrative) for t in titles] == [
        ("Lamp Trimmer", "98-1011", True),
        ("Wick Cutter", "98-1011", None),
    ]
    assert [(p.line, p.action) for p in report.problems] == [(10, "merged")]


def test_a_soc_code_that_was_split_keeps_every_heir(deliver: Deliver) -> None:
    text = "2010 SOC Code,2010 SOC Title,2018 SOC Code,2018 SOC Title\n98-1011,A,98-1012,B\n98-1011,A,98-1013,C\n"

    found, _ = load_soc_successors(deliver("soc-2010-to-2018", {"soc_2010_to_2018_crosswalk.csv": text}))

    assert [(pair.soc_2010, pair.soc_2018) for pair in found] == [("98-1011", "98-1012"), ("98-1011", "98-1013")]


def test_a_soc_2010_code_in_onets_spelling_leads_to_all_its_heirs(tmp_path: Path) -> None:
    (tmp_path / "soc_2010_to_2018_crosswalk.csv").write_text(
        "2010 SOC Code,2018 SOC Code\n98-1011,98-1012\n98-1011,98-1013\n98-2011,98-2012\n"
    )
    (tmp_path / "onet_2010_to_2019_Crosswalk.csv").write_text(
        "O*NET-SOC 2010 Code,O*NET-SOC 2019 Code\n98-2011.00,98-2019.00\n"
    )
    sources = [replace(s, tables=tuple(replace(t, minimum_rows=0) for t in s.tables)) for s in list_sources()]

    crosswalk = load_official([tmp_path], sources).crosswalks.onet_2010_to_2019

    assert crosswalk["98-1011.00"] == ("98-1012.00", "98-1013.00")
    assert crosswalk["98-2011.00"] == ("98-2019.00",)  # where O*NET says, its word stands


def test_pathways_keep_the_listed_code_beside_todays(deliver: Deliver) -> None:
    text = (
        "career_cluster,career_pathway,onet_soc,occupation,cip_code,cip_title\n"
        "Light,Street Light,98-1011.01,Lighter,98.0101,Lighting.\nLight,Street Light,none,Lighter,98.0101,Lighting.\n"
    )

    (found,), report = load_career_pathways(
        deliver("co-pathways", {"co_career_pathways_2018.csv": text}), {"98-1011.01": ("98-1012.00", "98-1013.00")}
    )

    assert (found.onet_code_listed, found.onet_codes) == ("98-1011.01", ("98-1012.00", "98-1013.00"))
    assert [(p.line, p.column, p.value) for p in report.problems] == [(3, "onet_soc", "none")]


def test_demand_is_of_the_state_or_of_one_county(deliver: Deliver) -> None:
    delivery = deliver(
        "nj-demand",
        {
            "in_demand_socs.csv": "SOC,OCCUPATIONTITLE\n98-1011,Lighters\n",
            "in_demand_cips.csv": "CIP,CIPTitle\n1.0105,Lamps.\n",
            "local_exceptions_2020.csv": (
                "SOC,OCCUPATION,COUNTY,CIP,CIPDESCRIPTION\n98-1011,Lighters,ATLANTIC,98.0101,Lamps\n"
            ),
        },
    )

    found, report = load_demand(delivery, {"98-1011": ("98-1012",)})

    assert [(d.county, d.soc_codes, d.soc_code_listed, d.cip_code) for d in found] == [
        (None, ("98-1012",), "98-1011", None),
        (None, (), None, "01.0105"),
        ("Atlantic", ("98-1012",), "98-1011", "98.0101"),
    ]
    assert report.problems == []


def test_withdrawn_credentials_are_left_out_and_codes_of_2010_carried_over(deliver: Deliver) -> None:
    header = "ID,NAME,CODE,DATECREATED,DATELASTMODIFIED,ISDELETED,DATEDELETED\n"
    delivery = deliver(
        "nj-credentials",
        {
            "TBLLICENSE_DATA_TABLE.csv": f"{header}1,LIGHTER,98-1011.00,,,0,\n2,SNUFFER,989,,,0,\n3,OLD,,,,1,\n",
            "TBLINDUSTRYCREDENTIAL_DATA_TABLE.csv": (
                f"{header.replace('CODE', 'CODE,ISSUERID')}1,Certified Wick,0438,91,,,0,\n"
            ),
            "TBLDEGREELU_DATA_TABLE.csv": "ID,NAME\n101,Certificate\n",
        },
    )

    found, report = load_listed_credentials(delivery, {"98-1011.00": ("98-1012.00",)})

    assert [(c.id, c.kind, c.onet_codes, c.code_listed) for c in found] == [
        ("nj-license-1", "license", ("98-1012.00",), "98-1011.00"),
        ("nj-license-2", "license", (), None),
        ("nj-industry_certificate-1", "industry_certificate", (), "0438"),
        ("nj-degree-101", "degree", (), None),
    ]
    assert [(p.line, p.column, p.value, p.action) for p in report.problems] == [
        (3, "CODE", "989", "value_unknown"),
        (4, "ISDELETED", "1", "row_rejected"),
    ]


def _sheet(source_id: str, rows: list[list[object]]) -> list[list[object]]:
    """A table of BLS's layout: a heading with the year, then columns, whose own year stands for the wildcard."""
    (table,) = next(s for s in list_sources() if s.id == source_id).tables
    header = [column.replace("* National", "2034 National").replace("*", ", 2034–44") for column in table.columns]
    return [["Table of 2034–44", *[""] * (len(header) - 1)], header, *rows]


def test_an_occupation_has_a_percentile_in_each_skill(deliver: Deliver) -> None:
    rows = _sheet("bls-skills", [["98-1011", *range(10, 27)], ["Source: the bureau", *[""] * 17]])

    found, report = load_skill_ranks(deliver("bls-skills", {"skills.xlsx": rows}))

    assert len(found) == 17
    assert (found[0].skill, found[0].percentile, found[-1].skill, found[-1].percentile) == (
        "Adaptability",
        10,
        "Writing and reading",
        26,
    )
    assert [(p.line, p.action) for p in report.problems] == [(4, "row_rejected")]


def test_schooling_and_separations_are_read_by_occupation(deliver: Deliver) -> None:
    shares = _sheet("bls-attainment", [["98-1011", 1.5, 40, 20, 10, 20, 8, "—"]])
    leaving = _sheet("bls-separations", [["98-1011", "Line item", 4.3, 6.1], ["98-1000", "Summary", 4, 6]])

    (schooling,), clean = load_attainment(deliver("bls-attainment", {"education.xlsx": shares}))
    (separations,), report = load_separations(deliver("bls-separations", {"occupation.xlsx": leaving}))

    assert (schooling.high_school_pct, schooling.doctoral_or_professional_pct) == (40.0, None)
    assert clean.problems == []
    assert (separations.exit_rate_pct, separations.transfer_rate_pct) == (4.3, 6.1)
    assert [(p.line, p.value) for p in report.problems] == [(4, "Summary")]


@pytest.mark.official
def test_the_official_classification_is_read_whole(official_data: Path) -> None:
    official = load_official([official_data / "crosswalks"], list_sources())

    groups = {g.soc_code: g for g in official.tables["soc_groups"]}
    assert len(groups) == 1447
    assert sum(g.level == "detailed" for g in groups.values()) == 867
    assert all(g.definition for g in groups.values() if g.level == "detailed")
    assert all((g.parent is None) == (g.level == "major") for g in groups.values())
    assert {g.parent for g in groups.values() if g.parent} <= groups.keys()
    assert len(official.tables["soc_successors"]) == 900
