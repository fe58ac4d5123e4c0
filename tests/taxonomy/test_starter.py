"""What the starter set must hold: enough of everything, every row sourced, and every figure the official one."""

import csv
from collections import Counter
from typing import Any

import pytest

from taxonomy.codes import Education, parse_cip_code, parse_onet_code, parse_soc_code
from taxonomy.loaders.starter import STARTER, Starter, load_starter
from taxonomy.loaders.vocabulary import load_vocabulary

PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
MAX_BYTES = 390_000
MAX_CELL = 120


@pytest.fixture(scope="module")
def starter() -> Starter:
    return load_starter()


@pytest.fixture(scope="module")
def tables(starter: Starter) -> dict[str, list[Any]]:
    return starter.contents.tables


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
