"""Every fact the studies carry from a source that was read: fact, file, source. Nothing is carried that is not here."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from taxonomy.loaders.vocabulary import STARTER, read_records

TABLES = ("studies", "effects", "ratings")
ROWS: list[tuple[str, str, Any]] = [
    (path.stem, table, record)
    for path in sorted(Path(STARTER / "studies").glob("*.toml"))
    for table, records in read_records(path, (*TABLES, "study_links")).items()
    for record in records
    if table in TABLES
]
URLS = {record.id: record.url for _, table, record in ROWS if table == "studies"}

CLEAR, PATHWAYS, ACF = "clear.dol.gov", "pathwaystowork.acf.", "acf."

# File, study, table, the cells that hold the fact, and the host its source is on.
FACTS: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("sectoral", "per-scholas-seis", "studies", {"n": 442, "design": "rct"}, CLEAR),
    ("sectoral", "per-scholas-seis", "ratings", {"clearinghouse": "CLEAR", "value": "Low"}, CLEAR),
    ("sectoral", "per-scholas-seis", "ratings", {"clearinghouse": "Pathways to Work", "value": "Favorable"}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "studies", {"cost_usd": 6214.0, "enrolled": "2011-2013"}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "effects", {"percent": 16.0, "period": "cumulative"}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "effects", {"follow_up": "years 9-10", "significant": False}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "effects", {"estimate_usd": 18536.0, "dollar_year": 2018}, PATHWAYS),
    (
        "sectoral",
        "per-scholas-workadvance",
        "ratings",
        {"value": "Near Top Tier", "as_of": "2025-11-11"},
        "evidencebasedprograms.org",
    ),
    ("sectoral", "workadvance-pooled", "studies", {"n": 2564, "sites": 4}, "mdrc.org"),
    ("sectoral", "workadvance-pooled", "effects", {"follow_up": "year 2", "percent": 14.0}, "mdrc.org"),
    ("sectoral", "st-nicks-workadvance", "effects", {"follow_up": "year 2", "significant": False}, PATHWAYS),
    ("sectoral", "st-nicks-workadvance", "effects", {"follow_up": "year 10", "percent": 32.0}, PATHWAYS),
    ("sectoral", "madison-workadvance", "effects", {"follow_up": "year 3", "significant": False}, CLEAR),
    ("sectoral", "madison-workadvance", "effects", {"outcome": "earnings_threshold", "significant": True}, CLEAR),
    ("sectoral", "towards-employment-workadvance", "effects", {"follow_up": "year 2", "percent": 14.0}, PATHWAYS),
    ("sectoral", "towards-employment-workadvance", "effects", {"estimate_usd": 5505.0}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "effects", {"estimate_usd": 6255.0, "period": "cumulative"}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "effects", {"estimate_usd": 6212.0, "dollar_year": 2018}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "jvs-boston-seis", "ratings", {"clearinghouse": "CLEAR", "value": "Low"}, CLEAR),
    ("sectoral", "year-up-pace", "studies", {"n": 2544, "enrolled": "2013-2014"}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": -5778.0, "follow_up": "year 1"}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 1895.0, "period": "quarter", "percent": 53.0}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 7789.0, "dollar_year": 2018}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 8251.0, "dollar_year": 2020}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"outcome": "employment", "significant": False}, PATHWAYS),
    ("sectoral", "project-quest", "studies", {"n": 410, "cost_usd": 12500.0, "cost_year": 2019}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"estimate_usd": 5726.0, "percent": 20.0, "significant": True}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"estimate_usd": 4616.0, "significant": False}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"follow_up": "years 13-14", "significant": False}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"estimate_usd": 138577.0, "subgroup": "aged 35 or older"}, PATHWAYS),
    ("sectoral", "project-quest", "ratings", {"value": "Near Top Tier", "as_of": "2024-10-23"}, "evidencebasedpolicy"),
    ("ladders", "vida-pace", "studies", {"n": 958, "enrolled": "2011-2014"}, "evidencebasedpolicy.org"),
    (
        "ladders",
        "vida-pace",
        "effects",
        {"outcome": "credential", "percentage_points": 12.0},
        "evidencebasedpolicy.org",
    ),
    ("ladders", "vida-pace", "effects", {"outcome": "earnings", "significant": False}, "evidencebasedpolicy.org"),
    ("ladders", "carreras-en-salud-pace", "effects", {"outcome": "employment", "percentage_points": 6.0}, ACF),
    ("ladders", "carreras-en-salud-pace", "effects", {"outcome": "earnings", "significant": False}, ACF),
    ("ladders", "pathways-to-healthcare-pace", "effects", {"estimate_usd": -636.0, "dollar_year": 2016}, PATHWAYS),
    ("ladders", "hpog-1", "effects", {"outcome": "earnings", "direction": "none"}, ACF),
    ("ladders", "hpog-2", "effects", {"outcome": "earnings", "direction": "none"}, ACF),
    ("ladders", "hgjti-cna-columbia-gorge", "effects", {"direction": "unfavourable", "significant": True}, CLEAR),
    ("ladders", "hgjti-cna-columbia-gorge", "ratings", {"clearinghouse": "CLEAR", "value": "Moderate"}, CLEAR),
    ("ladders", "capital-idea-rmc", "ratings", {"value": "Meets standards with reservations"}, "ies.ed.gov"),
    (
        "systems",
        "registered-apprenticeship-10-states",
        "effects",
        {"follow_up": "year 6", "estimate_usd": 6595.0},
        CLEAR,
    ),
    (
        "systems",
        "registered-apprenticeship-10-states",
        "effects",
        {"follow_up": "year 9", "estimate_usd": 5839.0},
        CLEAR,
    ),
    ("systems", "snap-et-pilots", "effects", {"outcome": "earnings", "subgroup": "3 of 10 pilots"}, "fns.usda.gov"),
    (
        "systems",
        "wia-training-funds",
        "effects",
        {"follow_up": "30 months", "significant": False},
        "mathematica-mpr.com",
    ),
    ("systems", "career-academies", "effects", {"estimate_usd": 2088.0, "period": "year"}, "wtgrantfoundation.org"),
    ("systems", "job-corps", "effects", {"follow_up": "years 5-9", "significant": False}, CLEAR),
    # Studies: who, how many, when, at what cost.
    ("descriptive", "upct-ladwp", "studies", {"design": "descriptive", "sector": "energy"}, "laborcenter.berkeley.edu"),
    ("descriptive", "project-hope-sc", "studies", {"design": "descriptive", "enrolled": "2010-2020"}, ACF),
    ("descriptive", "mn-net-impact-2017", "studies", {"design": "qed", "site": "Minnesota"}, "mn.gov"),
    ("ladders", "carreras-en-salud-pace", "studies", {"design": "rct", "site": "Chicago, Illinois"}, ACF),
    ("ladders", "pathways-to-healthcare-pace", "studies", {"n": 1217, "design": "rct"}, PATHWAYS),
    ("ladders", "hpog-1", "studies", {"n": 13802, "design": "rct"}, ACF),
    ("ladders", "hpog-2", "studies", {"n": 23068, "sites": 38}, ACF),
    ("ladders", "hgjti-cna-columbia-gorge", "studies", {"design": "qed"}, CLEAR),
    ("ladders", "capital-idea-rmc", "studies", {"design": "qed", "cost_usd": 24000.0}, "ies.ed.gov"),
    ("sectoral", "st-nicks-workadvance", "studies", {"design": "rct", "enrolled": "2011-2013"}, PATHWAYS),
    ("sectoral", "madison-workadvance", "studies", {"design": "rct", "cost_usd": 6032.0}, CLEAR),
    ("sectoral", "towards-employment-workadvance", "studies", {"design": "rct", "cost_usd": 5262.0}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "studies", {"n": 335, "design": "rct"}, PATHWAYS),
    ("sectoral", "jvs-boston-seis", "studies", {"n": 313, "design": "rct"}, CLEAR),
    ("systems", "registered-apprenticeship-10-states", "studies", {"design": "qed", "sites": 10}, CLEAR),
    ("systems", "snap-et-pilots", "studies", {"design": "rct", "sites": 10}, "fns.usda.gov"),
    ("systems", "wia-intensive-services", "studies", {"sites": 28, "enrolled": "2011-2013"}, "mathematica-mpr.com"),
    ("systems", "wia-training-funds", "studies", {"sites": 28, "enrolled": "2011-2013"}, "mathematica-mpr.com"),
    ("systems", "career-academies", "studies", {"design": "rct", "sites": 9}, "wtgrantfoundation.org"),
    ("systems", "job-corps", "studies", {"design": "rct", "n": 15138}, CLEAR),
    ("systems", "cuny-asap", "studies", {"design": "rct"}, "mdrc.org"),
    # Effects: gains, nulls and losses.
    ("descriptive", "mn-net-impact-2017", "effects", {"outcome": "earnings", "direction": "favourable"}, "mn.gov"),
    ("ladders", "vida-pace", "effects", {"outcome": "credential", "percentage_points": 8.0}, "evidencebasedpolicy.org"),
    ("ladders", "carreras-en-salud-pace", "effects", {"outcome": "credential", "percentage_points": 4.0}, ACF),
    ("ladders", "pathways-to-healthcare-pace", "effects", {"outcome": "benefit", "percentage_points": 7.0}, PATHWAYS),
    ("ladders", "hpog-2", "effects", {"outcome": "credential", "percentage_points": 14.0}, ACF),
    ("ladders", "hpog-2", "effects", {"outcome": "employment", "percentage_points": 7.0}, ACF),
    ("ladders", "capital-idea-rmc", "effects", {"outcome": "earnings", "direction": "favourable"}, "ies.ed.gov"),
    ("sectoral", "per-scholas-seis", "effects", {"follow_up": "24 months", "estimate_usd": None}, CLEAR),
    ("sectoral", "per-scholas-workadvance", "effects", {"follow_up": "years 2-5", "significant": True}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "effects", {"follow_up": "years 7-8", "significant": True}, PATHWAYS),
    (
        "sectoral",
        "per-scholas-workadvance",
        "effects",
        {"follow_up": "calendar years 2017 and 2018", "significant": True},
        PATHWAYS,
    ),
    ("sectoral", "workadvance-pooled", "effects", {"follow_up": "year 3", "significant": True}, "mdrc.org"),
    ("sectoral", "workadvance-pooled", "effects", {"follow_up": "year 10", "significant": False}, "mdrc.org"),
    ("sectoral", "st-nicks-workadvance", "effects", {"percentage_points": 7.0}, PATHWAYS),
    ("sectoral", "madison-workadvance", "effects", {"follow_up": "year 2", "significant": False}, CLEAR),
    ("sectoral", "towards-employment-workadvance", "effects", {"follow_up": "year 10", "direction": "none"}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 1857.0, "follow_up": "quarters 12-13"}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 34328.0, "outcome": "net_benefit"}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"follow_up": "years 9-12", "estimate_usd": 6000.0}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"estimate_usd": 54000.0, "period": "cumulative"}, PATHWAYS),
    ("sectoral", "project-quest", "effects", {"outcome": "net_benefit"}, PATHWAYS),
    ("systems", "registered-apprenticeship-10-states", "effects", {"percentage_points": 8.6}, CLEAR),
    ("systems", "snap-et-pilots", "effects", {"outcome": "earnings", "direction": "none"}, "fns.usda.gov"),
    ("systems", "snap-et-pilots", "effects", {"outcome": "employment", "subgroup": "5 of 10 pilots"}, "fns.usda.gov"),
    ("systems", "wia-intensive-services", "effects", {"direction": "favourable"}, "mathematica-mpr.com"),
    ("systems", "job-corps", "effects", {"follow_up": "years 3-4", "significant": True}, CLEAR),
    ("systems", "job-corps", "effects", {"subgroup": "aged 20-24 on joining"}, CLEAR),
    ("systems", "cuny-asap", "effects", {"outcome": "credential", "percentage_points": 18.0}, "mdrc.org"),
    # The record beside the estimate: people analysed, what the others earned, whose cost.
    ("sectoral", "year-up-pace", "studies", {"n_analysed": 2495}, PATHWAYS),
    ("sectoral", "per-scholas-seis", "studies", {"n_analysed": 345}, CLEAR),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 7789.0, "control_mean_usd": 23243.0}, PATHWAYS),
    ("sectoral", "year-up-pace", "effects", {"estimate_usd": 8251.0, "control_mean_usd": 27338.0}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "effects", {"estimate_usd": 6212.0, "effect_sd": 0.297}, PATHWAYS),
    ("ladders", "pathways-to-healthcare-pace", "effects", {"control_mean_usd": 16284.0}, PATHWAYS),
    ("sectoral", "per-scholas-workadvance", "studies", {"cost_of": "the program, a participant"}, PATHWAYS),
    ("ladders", "capital-idea-rmc", "studies", {"cost_of": "the program, a student"}, "ies.ed.gov"),
    # Ratings: whose word, on what.
    ("ladders", "vida-pace", "ratings", {"value": "Meets standards without reservations"}, "ies.ed.gov"),
    (
        "ladders",
        "vida-pace",
        "ratings",
        {"clearinghouse": "Blueprints", "value": "Promising"},
        "blueprintsprograms.org",
    ),
    ("ladders", "pathways-to-healthcare-pace", "ratings", {"term": "long", "value": "High"}, PATHWAYS),
    ("ladders", "hpog-1", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "per-scholas-workadvance", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "workadvance-pooled", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "st-nicks-workadvance", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "madison-workadvance", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "towards-employment-workadvance", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("sectoral", "wrtp-big-step-seis", "ratings", {"outcome": "earnings", "value": "Supported"}, PATHWAYS),
    ("sectoral", "wrtp-big-step-seis", "ratings", {"value": "Little evidence to assess support"}, PATHWAYS),
    ("sectoral", "year-up-pace", "ratings", {"clearinghouse": "CLEAR", "outcome": "earnings", "value": "High"}, CLEAR),
    ("sectoral", "year-up-pace", "ratings", {"clearinghouse": "CLEAR", "outcome": "education", "value": "Low"}, CLEAR),
    ("sectoral", "year-up-pace", "ratings", {"clearinghouse": "Pathways to Work", "value": "High"}, PATHWAYS),
    (
        "sectoral",
        "year-up-pace",
        "ratings",
        {"clearinghouse": "Blueprints", "value": "Promising"},
        "blueprintsprograms",
    ),
    ("sectoral", "project-quest", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
    ("systems", "registered-apprenticeship-10-states", "ratings", {"value": "Moderate"}, CLEAR),
    ("systems", "job-corps", "ratings", {"clearinghouse": "CLEAR", "value": "High"}, CLEAR),
]


def holds(fact: tuple[str, str, str, dict[str, Any], str], row: tuple[str, str, Any]) -> bool:
    file, study_id, table, cells, _ = fact
    where, its_table, record = row
    if (where, its_table) != (file, table) or getattr(record, "study_id", getattr(record, "id", None)) != study_id:
        return False
    return all(getattr(record, name) == value for name, value in cells.items())


@pytest.mark.parametrize("fact", FACTS, ids=[f"{f[1]} {f[2]} {f[3]}" for f in FACTS])
def test_a_fact_is_in_its_file_once_with_its_source(fact: tuple[str, str, str, dict[str, Any], str]) -> None:
    found = [row for row in ROWS if holds(fact, row)]

    assert len(found) == 1
    # An effect has the source of its study.
    source = URLS[fact[1]] if fact[2] == "effects" else found[0][2].url
    assert fact[4] in urlsplit(source).netloc


def test_no_fact_is_carried_that_is_not_listed_here() -> None:
    carried = [row for row in ROWS if row[2].confidence == "V"]

    unlisted = [row for row in carried if not any(holds(fact, row) for fact in FACTS)]

    assert unlisted == []
