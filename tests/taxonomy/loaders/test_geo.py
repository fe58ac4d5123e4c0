"""Places are invented, but for the two reviewed oddities of the delineation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.files import list_files
from taxonomy.loaders.geo import load_cbsas, load_counties, load_texas_boards, load_zips
from taxonomy.loaders.source import Delivery, list_sources, recognise
from taxonomy.places import Zip
from taxonomy.release import LoadReport

ZIPS = "zip_code,zip_code_type,active,city,state,county,timezone,lat,long\n"
CBSA_HEADER = [
    ["Table with row headers in column A"],
    ["List 1. CORE BASED STATISTICAL AREAS, JULY 2033"],
    ["CBSA Code", "CBSA Title", "County/County Equivalent", "State Name"],
]


def zips(
    deliver: Callable[..., Delivery], *rows: str, cbsas: dict | None = None, boards: dict | None = None
) -> tuple[list[Zip], LoadReport]:
    text = ZIPS + "".join(f"{r}\n" for r in rows)
    return load_zips(deliver("zips", {"zipcodes_2.csv": text}), cbsas or {}, boards or {})


def test_a_zip_lies_in_the_metro_and_the_board_of_its_county(deliver: Callable[..., Delivery]) -> None:
    cbsas = {("TX", "dewittcounty"): ("99999", "Lampton, TX")}
    boards = {("TX", "dewittcounty"): "GOLDEN_CRESCENT"}

    (found,), _ = zips(
        deliver, "00001,STANDARD,True,Lampton,TX,De Witt County,X,29.1,-97.3", cbsas=cbsas, boards=boards
    )

    assert (found.county, found.cbsa, found.cbsa_name, found.board) == (
        "De Witt County",
        "99999",
        "Lampton, TX",
        "GOLDEN_CRESCENT",
    )


def test_a_county_in_no_metro_leaves_the_metro_unknown(deliver: Callable[..., Delivery]) -> None:
    (found,), _ = zips(deliver, "00001,STANDARD,True,Lampton,TX,Loving County,X,29.1,-97.3")

    assert (found.county, found.cbsa, found.cbsa_name, found.board) == ("Loving County", None, None, None)


def test_a_zip_without_county_is_kept_and_one_without_coordinates_is_not(deliver: Callable[..., Delivery]) -> None:
    found, report = zips(deliver, "00001,STANDARD,True,A,TX,,X,29.1,-97.3", "00002,STANDARD,True,B,TX,,X,0.0,0.0")

    assert [(z.zip, z.county) for z in found] == [("00001", None)]
    assert [(p.line, p.reason) for p in report.problems] == [(3, "no coordinates")]


def test_zips_out_of_use_or_malformed_are_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    rows = ("00001,STANDARD,False,A,TX,,X,29.1,-97.3", "501,UNIQUE,True,B,NY,,X,40.8,-73.0")

    found, report = zips(deliver, *rows)

    assert found == []
    assert [(p.line, p.value) for p in report.problems] == [(2, "00001"), (3, "501")]


def test_a_delineation_names_metros_by_county_in_its_own_oddities(deliver: Callable[..., Delivery]) -> None:
    rows = [
        ["11111", "Winchester, VA-WV", "Frederick County + Winchester city", "Virginia"],
        ["22222", "Norwich, CT", "New London Coumty", "Connecticut"],
        ["Note: something", "", "", ""],
    ]

    header = [CBSA_HEADER[0], ["List 1. CORE BASED STATISTICAL AREAS, JULY 2023"], CBSA_HEADER[2]]

    areas, report = load_cbsas(deliver("cbsa", {"list1_2023.xlsx": [*header, *rows]}))

    assert areas == {
        ("VA", "frederickcounty"): ("11111", "Winchester, VA-WV"),
        ("VA", "winchestercity"): ("11111", "Winchester, VA-WV"),
        ("CT", "newlondoncounty"): ("22222", "Norwich, CT"),
    }
    assert [(p.line, p.action) for p in report.problems] == [(5, "repaired"), (6, "row_rejected")]


def test_a_county_given_to_two_boards_has_none(deliver: Callable[..., Delivery]) -> None:
    text = "lwda,county_enum\nALAMO,BEXAR_COUNTY_TX\nALAMO,MCMULLEN_COUNTY_TX\nCOASTAL_BEND,MCMULLEN_COUNTY_TX\n"

    boards, report = load_texas_boards(deliver("tx-boards", {"tx_county_to_lwda.csv": text}))

    assert boards == {("TX", "bexarcounty"): "ALAMO"}
    assert [(p.line, p.value) for p in report.problems] == [(4, "COASTAL_BEND, MCMULLEN_COUNTY_TX")]


@pytest.mark.official
def test_official_places_join_by_county(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "geo"]), list_sources())
    cbsas, _ = load_cbsas(deliveries["cbsa"])
    boards, _ = load_texas_boards(deliveries["tx-boards"])

    found, report = load_zips(deliveries["zips"], cbsas, boards)

    by_zip = {z.zip: z for z in found}
    assert (by_zip["78207"].cbsa, by_zip["78207"].board, by_zip["78207"].county) == ("41700", "ALAMO", "Bexar County")
    assert len(boards) == 253
    assert {z.county for z in found if z.state == "TX" and z.board is None} == {None, "McMullen County"}
    left_out = sum(p.action == "row_rejected" for p in report.problems)
    assert report.counts[0].rows_read == 42_735 == len(found) + left_out


def test_counties_carry_their_areas_and_newest_population_and_give_zips_their_code(
    deliver: Callable[..., Delivery],
) -> None:
    delivery = deliver(
        "counties",
        {
            "county_fips_2020.csv": ",state,county_name,county_fips\n0,TX,Bexar County,48029\n"
            "1,AL,Autauga County,1001\n",
            "county-populations.csv": "year,state,county,state_name,county_name,population\n"
            "2022,48,029,Texas,Bexar County,5\n2023,48,029,Texas,Bexar County,7\n2023,09,110,Connecticut,Region,9\n",
        },
    )
    key = ("TX", "bexarcounty")

    counties, report = load_counties(delivery, {key: ("41700", "San Antonio, TX")}, {key: "ALAMO"})
    (found,), _ = load_zips(
        deliver("zips", {"zipcodes_2.csv": f"{ZIPS}00001,STANDARD,True,Lampton,TX,Bexar County,X,29.1,-97.3\n"}),
        {},
        {},
        counties,
    )

    assert [(c.county_fips, c.cbsa, c.board, c.population, c.population_year) for c in counties] == [
        ("48029", "41700", "ALAMO", 7, 2023),
        ("01001", None, None, None, None),
    ]
    assert [(p.line, p.value, p.action) for p in report.problems] == [
        (3, "1001", "repaired"),
        (4, "09110", "row_rejected"),
        (0, "1", "rows_set_aside"),
    ]
    assert found.county_fips == "48029"
