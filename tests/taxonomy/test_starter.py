"""What the starter set must hold: enough of everything, every row sourced, and every figure the official one."""

import csv
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from taxonomy.codes import Education, parse_cip_code, parse_onet_code, parse_soc_code
from taxonomy.loaders.crosswalks import load_cip_to_soc, load_onet_2010_to_2019, load_onet_to_soc
from taxonomy.loaders.files import list_files
from taxonomy.loaders.source import list_sources, recognise
from taxonomy.loaders.starter import STARTER, Starter, load_starter
from taxonomy.loaders.texas import load_texas
from taxonomy.loaders.vocabulary import load_vocabulary

OFFICIAL = Path(__file__).parents[2].parent / "shared" / "data"
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
MAX_BYTES = 390_000
MAX_CELL = 120


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


# Enough of everything


def test_the_starter_set_is_large_enough_to_be_useful(starter: Starter, tables: dict[str, list[Any]]) -> None:
    titles_of = Counter(t.onet_code for t in tables["titles"] if t.kind == "lexicon")

    assert len(tables["occupations"]) >= 150
    assert len(starter.listings) >= 160
    assert len(tables["skill_phrases"]) >= 400
    assert {w.area for w in tables["wages"]} == {"US", "TX"}
    assert len(tables["descriptors"]) == 68
    assert all(titles_of[o.onet_code] >= 3 for o in tables["occupations"])


def test_every_occupation_has_a_wage_in_the_nation_and_in_texas(tables: dict[str, list[Any]]) -> None:
    wages = {(w.soc_code, w.area) for w in tables["wages"]}

    missing = [
        (o.onet_code, area) for o in tables["occupations"] for area in ("US", "TX") if (o.soc_code, area) not in wages
    ]

    assert missing == []


def test_every_occupation_a_credential_opens_is_in_the_set(tables: dict[str, list[Any]]) -> None:
    codes = {o.onet_code for o in tables["occupations"]}

    missing = {
        code: credential.id
        for credential in load_vocabulary()["credentials"]
        for code in (*credential.opens, *credential.licenses)
        if code not in codes
    }

    assert missing == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("nursing home aide", "31-1131.00"),
        ("forklift driver", "53-7051.00"),
        ("line cook", "35-2014.00"),
        ("cajera", "41-2011.00"),
        ("ayudante de enfermera", "31-1131.00"),
        ("soldador", "51-4121.00"),
    ],
)
def test_everyday_titles_name_their_occupation(tables: dict[str, list[Any]], words: str, code: str) -> None:
    codes = {t.onet_code for t in tables["titles"] if t.text.lower() == words}

    assert codes == {code}


# Every row is well formed and sourced


def test_every_row_names_a_release_that_is_described(starter: Starter, tables: dict[str, list[Any]]) -> None:
    releases = {r.id for r in tables["releases"]}

    records = [r for name, rows in tables.items() if name not in ("releases", "problems") for r in rows]
    used = {r.release for r in records} | {x.release for x in starter.listings}
    used |= {o.projections_release for o in tables["occupations"]} - {None}

    assert used - releases == set()
    assert all(r.licence and r.attribution and r.link.startswith("https://") for r in tables["releases"])


def test_every_code_parses(starter: Starter, tables: dict[str, list[Any]]) -> None:
    for o in tables["occupations"]:
        assert parse_onet_code(o.onet_code) == o.onet_code
        assert parse_soc_code(o.soc_code) == o.soc_code == o.onet_code[:7]
        assert o.projections_of is None or parse_soc_code(o.projections_of)
    for w in tables["wages"]:
        assert parse_soc_code(w.soc_code) == w.soc_code
    for listing in starter.listings:
        assert listing.cip is None or parse_cip_code(listing.cip)


def test_labels_are_of_their_scales(tables: dict[str, list[Any]]) -> None:
    education = {level.label for level in Education}

    assert {o.typical_education for o in tables["occupations"]} <= education | {None}
    assert {o.work_experience for o in tables["occupations"]} <= {"none", "less_than_5_years", "5_years_or_more"}
    assert {o.job_zone for o in tables["occupations"]} <= {1, 2, 3, 4, 5, None}
    assert {d.kind for d in tables["descriptors"]} == {"skill", "knowledge"}


def test_wages_rise_with_the_percentile_and_an_absent_one_says_why(tables: dict[str, list[Any]]) -> None:
    for w in tables["wages"]:
        known = [getattr(w, p) for p in PERCENTILES if getattr(w, p) is not None]
        absent = {p for p in PERCENTILES if getattr(w, p) is None}

        assert known == sorted(known), w
        assert absent == (set(w.top_coded) | set(w.withheld)) - {"annual_only"}, w


def test_ratings_lie_on_their_scales(starter: Starter) -> None:
    need, importance = starter.contents.arrays["need"], starter.contents.arrays["importance"]
    rated = [o.ratings_from is not None for o in starter.contents.tables["occupations"]]

    assert need.shape == importance.shape == (len(rated), 68)
    assert need[rated].min() >= 0
    assert need[rated].max() <= 7
    assert importance[rated].min() >= 1
    assert importance[rated].max() <= 5


def test_no_title_or_phrase_is_given_twice(tables: dict[str, list[Any]]) -> None:
    titles = Counter((t.text.lower(), t.onet_code) for t in tables["titles"])
    phrases = Counter(p.text.lower() for p in tables["skill_phrases"])

    assert [t for t, n in titles.items() if n > 1] == []
    assert [p for p, n in phrases.items() if n > 1] == []
    assert all((p.element_id is None) != (p.technology is None) for p in tables["skill_phrases"])


def test_every_technology_a_phrase_names_is_used_by_some_occupation(tables: dict[str, list[Any]]) -> None:
    used = {t.technology for t in tables["technologies"]}

    assert {p.technology for p in tables["skill_phrases"]} - {None} <= used


def test_files_are_small_and_hold_no_prose() -> None:
    for path in STARTER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            longest = max((cell for row in csv.reader(stream) for cell in row), key=len)

        assert path.stat().st_size < MAX_BYTES, path.name
        assert len(longest) <= MAX_CELL, (path.name, longest)


def test_nearly_every_code_a_program_declares_leads_to_an_occupation(starter: Starter) -> None:
    walks = starter.crosswalks
    declared = {parse_onet_code(code) for x in starter.listings for code in x.declared_codes} - {None}

    unknown = declared - walks.onet_to_soc.keys() - walks.onet_2010_to_2019.keys()

    # The rest are group codes ("15-1210.00") and slips of the pen, which no edition of O*NET-SOC holds.
    assert len(unknown) < 0.2 * len(declared), sorted(map(str, unknown))
    assert walks.onet_2010_to_2019["51-4121.06"] == ("51-4121.00",)
    assert "29-2061" in walks.cip_to_soc["51.3901"]


# The traps of the real list are kept, not tidied away


def test_the_known_traps_of_the_list_stand_as_listed(starter: Starter) -> None:
    by_id = {x.id: x for x in starter.listings}
    nurse_aides = [
        x for x in starter.listings if "nurse aide" in x.name.lower() or "nursing assistant" in x.name.lower()
    ]
    repeats = Counter((x.provider_id, x.name) for x in starter.listings)
    bachelors = [x for x in starter.listings if "Bachelor" in x.name and x.tuition_usd == 36_374]

    assert by_id["tx-8870"].credential_text == "Licensed Vocational Nurse"
    assert by_id["tx-8870"].declared_codes == ("29114100",)
    assert any("29114100" in x.declared_codes for x in nurse_aides)
    assert max(repeats.values()) >= 3
    assert bachelors
    assert all(x.weeks is not None and x.weeks <= 70 for x in bachelors)


def test_programs_lie_in_the_region_and_their_zip_codes_are_known(
    starter: Starter, tables: dict[str, list[Any]]
) -> None:
    zips = {z.zip for z in tables["zips"]}
    counties = {z.county for z in tables["zips"]}

    assert {f"{x.county} County" for x in starter.listings} <= counties
    assert {x.zip for x in starter.listings if x.zip} - zips == set()


def test_a_provider_that_supports_people_is_not_listed_as_a_course(starter: Starter) -> None:
    providers = {p.id for p in starter.contents.tables["providers"]}

    assert "project-quest" in providers
    assert all(x.provider_id != "project-quest" for x in starter.listings)


# The figures are the official ones


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
    rows = {r[8]: r for r in sheet("oews/national_M2025_dl.xlsx", "national_M2025_dl") if r[10] == "detailed"}

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
            if field.name not in ("file", "line", "release"):
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
