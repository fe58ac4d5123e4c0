"""The studies of the starter set carry the facts they should, with a source each, and no more than was read."""

import re
from pathlib import Path
from typing import Any

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
    assert {"counseling", "tuition_help"} <= set(SUPPORT.gives)
    assert {"tx-804", "tx-805"} <= set(SUPPORT.partner_provider_ids)
    assert SUPPORT.cost_to_person_usd is None
    assert len(re.findall(r"https://", SUPPORT.source)) == 3


def test_partner_colleges_are_providers_of_the_starter_programs() -> None:
    programs = STARTER / "programs.csv"

    listed = {line.split(",")[1] for line in programs.read_text(encoding="utf-8").splitlines()[1:]}

    assert set(SUPPORT.partner_provider_ids) <= listed
