"""The reviewed table of occupations that BLS publishes only as a group."""

import csv
from itertools import chain
from pathlib import Path

import pytest

from taxonomy.codes import parse_soc_code
from taxonomy.loaders.files import list_files
from taxonomy.loaders.groups import list_groups
from taxonomy.loaders.oews import load_oews
from taxonomy.loaders.source import list_sources, recognise
from taxonomy.occupations import ALL_WORK


def test_every_code_is_one_and_no_occupation_is_in_two_groups() -> None:
    groups = list_groups()

    members = list(chain.from_iterable(groups.values()))

    assert len(groups) == 12
    assert all(parse_soc_code(code) for code in chain(groups, members))
    assert len(set(members)) == len(members)
    assert not set(members) & groups.keys()


@pytest.mark.official
def test_members_are_those_of_the_publishers_own_crosswalk(official_data: Path) -> None:
    with (official_data / "crosswalks" / "oes_hybrid_crosswalk.csv").open(encoding="utf-8-sig", newline="") as stream:
        pairs = {(row["OES2019EstimatesCode"].strip(), row["SOCCode2018"].strip()) for row in csv.DictReader(stream)}

    for code, members in list_groups().items():
        assert {soc for group, soc in pairs if group == code} == set(members), code


@pytest.mark.official
def test_no_detailed_wage_row_is_of_a_group_nobody_reviewed(official_data: Path) -> None:
    files = list_files([official_data / "oews", official_data / "crosswalks"])
    deliveries, _ = recognise(files, list_sources())
    wages, _ = load_oews(deliveries["oews-us"])
    with (official_data / "crosswalks" / "onet_2019_to_SOC_Crosswalk.csv").open(encoding="utf-8-sig") as stream:
        occupations = {row["2018 SOC Code"] for row in csv.DictReader(stream)}

    assert {w.soc_code for w in wages} - occupations == {*list_groups(), ALL_WORK}
