"""The studies of the starter set carry the facts they should, with a source each, and no more than was read."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from taxonomy.loaders.vocabulary import STARTER, read_records
from taxonomy.sectors import SECTORS

TABLES = ("studies", "effects", "ratings", "study_links")
FILES = sorted((STARTER / "studies").glob("*.toml"))


def load() -> dict[str, list[tuple[Path, Any]]]:
    """Every record of the study files with the file it is in."""
    tables: dict[str, list[tuple[Path, Any]]] = {name: [] for name in TABLES}
    for path in FILES:
        for name, records in read_records(path, TABLES).items():
            tables[name].extend((path, record) for record in records)
    return tables


ROWS = load()
STUDIES = {study.id: study for _, study in ROWS["studies"]}
EFFECTS = [effect for _, effect in ROWS["effects"]]
RATINGS = [rating for _, rating in ROWS["ratings"]]
LINKS = [link for _, link in ROWS["study_links"]]
(SUPPORT,) = read_records(STARTER / "supports.toml", ("supports",))["supports"]

CLEAR, PATHWAYS, ACF = "clear.dol.gov", "pathwaystowork.acf.", "acf."

# A sample of facts: file, study, table, the cells that hold it, and the host its source is on.
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
    ("systems", "wia-training-funds", "effects", {"follow_up": "30 months", "significant": False}, "mathematica.org"),
    ("systems", "career-academies", "effects", {"estimate_usd": 2088.0, "period": "year"}, "mdrc.org"),
    ("systems", "job-corps", "effects", {"follow_up": "years 5-9", "significant": False}, CLEAR),
]


@pytest.mark.parametrize(("file", "study_id", "table", "cells", "host"), FACTS)
def test_a_fact_is_in_its_file_with_its_source(
    file: str, study_id: str, table: str, cells: dict[str, Any], host: str
) -> None:
    rows = [
        record
        for path, record in ROWS[table]
        if path.stem == file and (record.id if table == "studies" else record.study_id) == study_id
    ]

    matching = [r for r in rows if all(getattr(r, name) == value for name, value in cells.items())]

    assert len(matching) == 1
    # An effect has the source of its study.
    source = STUDIES[study_id].url if table == "effects" else matching[0].url
    assert host in urlsplit(source).netloc


def test_the_sample_covers_favourable_null_and_harmful_results() -> None:
    assert len(FACTS) >= 40
    assert {cells.get("direction") for *_, cells, _ in FACTS} >= {"none", "unfavourable"}
    assert len({study_id for _, study_id, *_ in FACTS}) >= 20


def test_every_row_speaks_of_a_study_on_record_and_every_link_too() -> None:
    named = {row.study_id for row in [*EFFECTS, *RATINGS, *LINKS]} | {s.part_of for s in STUDIES.values() if s.part_of}

    assert named <= STUDIES.keys()


def test_no_record_is_made_from_memory() -> None:
    tags = {r.confidence for r in [*STUDIES.values(), *EFFECTS, *RATINGS]}

    assert tags == {"V", "V2"}


def test_a_figure_from_a_secondary_source_is_worded_as_such() -> None:
    secondary = [e for e in EFFECTS if e.confidence == "V2"]

    assert secondary
    for effect in secondary:
        assert effect.note is not None
        assert re.search(r"\bper [A-Zas]", effect.note), effect


def test_an_estimate_says_its_unit() -> None:
    for effect in EFFECTS:
        if effect.estimate_usd is not None:
            assert effect.period in {"quarter", "year", "cumulative"}, effect


def test_words_of_the_vocabulary_are_known() -> None:
    assert {s.design for s in STUDIES.values()} <= {"rct", "qed", "descriptive"}
    assert {s.sector for s in STUDIES.values()} <= {*SECTORS, "several"}
    assert {x for s in STUDIES.values() for x in s.also_sectors} <= set(SECTORS)
    assert {e.direction for e in EFFECTS} == {"favourable", "none", "unfavourable", "not_compared"}
    assert {e.outcome for e in EFFECTS} <= {
        "earnings",
        "earnings_threshold",
        "employment",
        "credential",
        "benefit",
        "net_benefit",
    }
    assert {x.relation for x in LINKS} <= {"same_site", "same_provider_other_site", "replication"}


def test_direction_and_sign_agree() -> None:
    for effect in EFFECTS:
        value = effect.estimate_usd if effect.estimate_usd is not None else effect.percent
        if value is not None and effect.outcome != "benefit":
            assert effect.direction != "favourable" or value > 0, effect
            assert effect.direction != "unfavourable" or value < 0, effect


def test_the_two_ways_one_effect_is_stated_are_never_two_gains() -> None:
    big_step = STUDIES["wrtp-big-step-seis"]

    assert big_step.caution is not None
    assert "not two gains" in big_step.caution


def test_null_ladders_have_no_link_to_a_local_offering() -> None:
    linked = {x.study_id for x in LINKS}

    assert not linked & {"vida-pace", "capital-idea-rmc", "carreras-en-salud-pace", "hpog-1", "hpog-2"}
    assert {(x.study_id, x.relation) for x in LINKS if x.provider_id == "per-scholas"} == {
        ("per-scholas-workadvance", "same_provider_other_site"),
        ("per-scholas-seis", "same_provider_other_site"),
    }


def test_a_link_names_a_provider_or_a_kind_of_program() -> None:
    for link in LINKS:
        assert (link.provider_id is None) == (link.program_kind is not None)
        assert link.provider_id is not None or link.relation == "replication"


def test_project_quest_supports_people_in_local_colleges_and_teaches_nothing_itself() -> None:
    assert (SUPPORT.provider_id, SUPPORT.county, SUPPORT.state) == ("project-quest", "Bexar", "TX")
    assert SUPPORT.full_time_study is True
    assert {"counselling", "tuition_help"} <= set(SUPPORT.gives)
    assert {"tx-804", "tx-805"} <= set(SUPPORT.partner_provider_ids)
    assert SUPPORT.cost_to_person_usd is None
    assert len(re.findall(r"https://", SUPPORT.source)) == 3


def test_partner_colleges_are_providers_of_the_starter_programs() -> None:
    programs = STARTER / "programs.csv"

    listed = {line.split(",")[1] for line in programs.read_text(encoding="utf-8").splitlines()[1:]}

    assert set(SUPPORT.partner_provider_ids) <= listed
