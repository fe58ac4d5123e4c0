"""The starter set's figures are the official ones, row by row."""

import csv
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from taxonomy.loaders.crosswalks import load_cip_to_soc, load_onet_2010_to_2019, load_onet_to_soc
from taxonomy.loaders.files import list_files
from taxonomy.loaders.source import list_sources, recognise
from taxonomy.loaders.starter import Starter, load_starter
from taxonomy.loaders.texas import load_texas

OFFICIAL = Path(__file__).parents[2].parent / "shared" / "data"
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")


@pytest.fixture(scope="module")
def starter() -> Starter:
    return load_starter()


@pytest.fixture(scope="module")
def tables(starter: Starter) -> dict[str, list[Any]]:
    return starter.contents.tables


def official(path: str) -> Path:
    """An official file, or a skip that says what is missing."""
    if not (OFFICIAL / path).exists():
        pytest.skip(f"the official data ({path}) is not beside the project")
    return OFFICIAL / path


@cache
def tab_rows(path: str) -> list[dict[str, str]]:
    with official(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def sheet(path: str, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = CalamineWorkbook.from_path(official(path)).get_sheet_by_name(name).to_python()
    return rows


@pytest.mark.official
def test_codes_titles_and_job_zones_equal_those_of_onet(tables: dict[str, list[Any]]) -> None:
    titles = {r["O*NET-SOC Code"]: r["Title"] for r in tab_rows("onet_30_1/Occupation Data.txt")}
    zones = {r["O*NET-SOC Code"]: int(r["Job Zone"]) for r in tab_rows("onet_30_1/Job Zones.txt")}

    for o in tables["occupations"]:
        assert (o.title, o.job_zone) == (titles[o.onet_code], zones.get(o.onet_code))


@pytest.mark.official
@pytest.mark.parametrize(("array", "scale"), [("need", "LV"), ("importance", "IM")])
def test_ratings_equal_those_of_onet(starter: Starter, array: str, scale: str) -> None:
    rows = [
        *tab_rows("onet_30_0_ratings/Skills.txt"),
        *tab_rows("onet_30_0_ratings/Knowledge.txt"),
    ]
    ratings = {(r["O*NET-SOC Code"], r["Element ID"]): float(r["Data Value"]) for r in rows if r["Scale ID"] == scale}
    contents = starter.contents

    for i, o in enumerate(contents.tables["occupations"]):
        for j, d in enumerate(contents.tables["descriptors"]):
            if o.ratings_from is not None:
                assert contents.arrays[array][i, j] == pytest.approx(ratings[o.ratings_from, d.element_id], abs=1e-6)


@pytest.mark.official
def test_projections_equal_those_of_bls(tables: dict[str, list[Any]]) -> None:
    rows = {r[1]: r for r in sheet("bls_ep_2024_34/occupation.xlsx", "Table 1.2") if r[2] == "Line item"}

    for o in tables["occupations"]:
        row = rows[o.projections_of or o.soc_code]
        assert o.growth_pct == row[8], o
        assert o.employment == round(row[3] * 1000), o
        assert o.openings_per_year == round(row[10] * 1000), o


@pytest.mark.official
def test_national_wages_equal_those_of_bls(tables: dict[str, list[Any]]) -> None:
    rows = {
        r[8]: r for r in sheet("oews/national_M2025_dl.xlsx", "national_M2025_dl") if r[10] in ("detailed", "total")
    }

    for w in (w for w in tables["wages"] if w.area == "US"):
        row = rows[w.published_as or w.soc_code]
        figures = [cell if isinstance(cell, float) else None for cell in row[20:25]]
        assert [getattr(w, p) for p in PERCENTILES] == figures, w
        assert w.employment == (None if w.published_as else row[11]), w
        assert w.year == 2025


@pytest.mark.official
def test_texas_wages_equal_those_of_bls(tables: dict[str, list[Any]]) -> None:
    with official("oews/state_M2023_detailed_rebuilt.csv").open(encoding="utf-8", newline="") as stream:
        rows = {r["OCC_CODE"]: r for r in csv.DictReader(stream) if r["PRIM_STATE"] == "TX"}
    columns = ("H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")

    for w in (w for w in tables["wages"] if w.area == "TX"):
        row = rows[w.published_as or w.soc_code]
        figures = [None if row[c] in ("*", "#", "") else float(row[c]) for c in columns]
        assert [getattr(w, p) for p in PERCENTILES] == figures, w
        assert w.year == 2023


@pytest.mark.official
def test_listings_equal_those_of_the_texas_list(starter: Starter) -> None:
    deliveries, _ = recognise(list_files([official("tx_etpl")]), list_sources())
    listed = {x.id: x for x in load_texas(deliveries["tx-etpl"])[0]}
    texan = [x for x in starter.listings if x.release == "tx-etpl-2024-03-20"]

    assert len(texan) >= 160
    for listing in texan:
        for field in fields(listing):
            # Whose list it is and what proves whose a course is, is read of whole lists only.
            if field.name not in ("file", "line", "release", "street", "site", "listed_in"):
                ours, theirs = getattr(listing, field.name), getattr(listed[listing.id], field.name)
                assert ours == theirs, (listing.id, field.name)


@pytest.mark.official
def test_crosswalks_equal_the_official_ones_for_the_codes_that_occur(starter: Starter) -> None:
    deliveries, _ = recognise(list_files([official("crosswalks")]), list_sources())
    successors = load_onet_2010_to_2019(deliveries["onet-2010-to-2019"])[0]
    fields_of_study = load_cip_to_soc(deliveries["cip-soc"])[0]
    socs = load_onet_to_soc(deliveries["onet-2019-to-soc"])[0]

    for code, codes in starter.crosswalks.onet_2010_to_2019.items():
        assert codes == successors[code]
    for code, codes in starter.crosswalks.cip_to_soc.items():
        assert codes == fields_of_study[code]
    for code, soc in starter.crosswalks.onet_to_soc.items():
        assert (soc,) == socs[code]


@pytest.mark.official
def test_zip_codes_equal_those_of_the_package(tables: dict[str, list[Any]]) -> None:
    with official("geo/zipcodes_pypi_1.3.0.csv").open(encoding="utf-8", newline="") as stream:
        rows = {r["zip_code"]: r for r in csv.DictReader(stream)}

    for z in tables["zips"]:
        row = rows[z.zip]
        assert (z.city, z.state, z.county) == (row["city"], row["state"], row["county"])
        assert (z.latitude, z.longitude) == (float(row["lat"]), float(row["long"]))
