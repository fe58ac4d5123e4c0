"""The whole Texas list: its real traps, by the rows that show them, and how much of it is linked."""

import csv
from collections import defaultdict
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pytest

from taxonomy.linking import link_programs
from taxonomy.linking.peer_rates import list_peer_rates
from taxonomy.loaders.files import list_files
from taxonomy.loaders.official import load_official
from taxonomy.loaders.onet import align_ratings
from taxonomy.loaders.outcomes import load_ca_outcomes, load_nj_outcomes
from taxonomy.loaders.projections import add_projections
from taxonomy.loaders.source import list_sources, recognise
from taxonomy.loaders.vocabulary import STARTER, load_vocabulary
from taxonomy.programs import PeerRate, Program, ProgramOccupation
from taxonomy.snapshot import Contents

pytestmark = pytest.mark.official
_REGISTERED_NURSE = "29-1141.00"


@dataclass(frozen=True)
class Linked:
    """The list after linking."""

    programs: dict[str, Program]
    links: dict[str, list[ProgramOccupation]]

    def usable(self, program_id: str) -> set[str]:
        return {link.onet_code for link in self.links[program_id] if link.usable}

    def named(self, *words: str) -> list[Program]:
        return [p for p in self.programs.values() if all(w in p.name.lower() for w in words)]


@pytest.fixture(scope="module")
def texas(official_data: Path) -> Linked:
    folders = ("onet_30_1", "onet_30_0_ratings", "crosswalks", "tx_etpl", "bls_ep_2024_34")
    official = load_official([official_data / f for f in folders], list_sources())
    assert official.onet is not None
    assert official.ratings is not None
    occupations, _, _ = align_ratings(official.onet.occupations, official.ratings)
    contents = Contents()
    contents.tables.update(load_vocabulary())
    contents.tables["titles"] += official.onet.titles
    contents.tables["occupations"] = add_projections(occupations, official.projections or {})
    link_programs(contents, official.listings, official.crosswalks)
    links = defaultdict(list)
    for link in contents.tables["program_occupations"]:
        links[link.program_id].append(link)
    return Linked({p.id: p for p in contents.tables["programs"]}, links)


def test_no_vocational_nursing_course_leads_to_registered_nurse(texas: Linked) -> None:
    named = [p for p in texas.named("vocational nurs") if "rn" not in p.name.lower().split()]
    courses = [p for p in named if p.credential_id != "rn-bridge"]  # which is for those who hold the licence

    assert len(courses) > 60
    assert [p.name for p in courses if _REGISTERED_NURSE in texas.usable(p.id)] == []


def test_the_vocational_nursing_course_that_declares_registered_nurse_leads_to_vocational_nurse(texas: Linked) -> None:
    (declared,) = [link for link in texas.links["tx-8870"] if link.onet_code == _REGISTERED_NURSE]

    assert texas.usable("tx-8870") == {"29-2061.00"}
    assert declared.reason == "contradicts_credential"


def test_no_nurse_aide_course_leads_to_registered_nurse_whatever_it_declares(texas: Linked) -> None:
    aides = [p for p in texas.programs.values() if p.credential_id == "cna"]

    assert len(aides) > 80
    assert all("31-1131.00" in texas.usable(p.id) for p in aides)
    assert [p.name for p in aides if _REGISTERED_NURSE in texas.usable(p.id)] == []


def test_an_invented_occupation_code_on_a_nurse_aide_course_leads_nowhere_else(texas: Linked) -> None:
    aides = [p for p in texas.programs.values() if p.credential_id == "cna" and "occupation_code_unknown" in p.problems]

    assert aides
    assert all("31-1131.00" in texas.usable(p.id) for p in aides)


def test_weeks_of_zero_are_never_a_length(texas: Linked) -> None:
    assert texas.programs["tx-8870"].weeks_basis == "estimated"
    assert [p.id for p in texas.programs.values() if p.weeks is not None and p.weeks <= 0] == []


def test_a_course_typed_in_three_times_is_one_program(texas: Linked) -> None:
    kept = [i for i in ("tx-30061", "tx-30062", "tx-30063") if i in texas.programs]

    assert len(kept) == 1
    assert len(texas.programs[kept[0]].same_course) >= 2


def test_a_course_delivered_in_three_ways_is_one_course_in_three_programs(texas: Linked) -> None:
    ids = ("tx-31237", "tx-35010", "tx-31236")

    assert all(set(texas.programs[i].same_course) == set(ids) - {i} for i in ids)
    assert len({texas.programs[i].modality for i in ids}) == 3


def test_the_short_bachelors_at_36374_dollars_claim_no_hours_and_no_short_length(texas: Linked) -> None:
    bachelors = [p for p in texas.programs.values() if p.tuition_usd == 36374 and p.award == "bachelor"]

    assert len(bachelors) > 35
    assert {p.clock_hours for p in bachelors} == {None}
    assert [p.name for p in bachelors if p.weeks is not None and p.weeks < 64] == []


def test_an_occupational_therapy_credential_copied_to_a_kitchen_is_lost(texas: Linked) -> None:
    culinary = texas.programs["tx-31329"]

    assert (culinary.credential_text, culinary.credential_id) != (None, "occupational-therapy-assistant")
    assert culinary.credential_text is None
    assert "credential_text_contradicts" in culinary.problems
    assert "31-2011.00" not in texas.usable(culinary.id)


def test_career_mobility_nursing_is_the_registered_nurse_bridge(texas: Linked) -> None:
    mobility = texas.programs["tx-8856"]

    assert texas.usable(mobility.id) == {_REGISTERED_NURSE}
    assert "bridge_needs_earlier_credential" in mobility.problems


def test_cpt_is_phlebotomy_or_production_by_its_field(texas: Linked) -> None:
    assert texas.programs["tx-33488"].credential_id == "phlebotomy-cpt"
    assert texas.programs["tx-9135"].credential_id == "mssc-cpt"


def test_most_of_the_list_is_linked_and_no_link_is_barred(texas: Linked) -> None:
    named = [p for p in texas.programs.values() if p.credential_id]
    linked = [p for p in texas.programs if texas.usable(p)]

    assert len(named) / len(texas.programs) > 0.6
    # Jobs the classifier is unsure of are kept, and count as no link.
    assert len(linked) / len(texas.programs) > 0.75
    assert [p for p in texas.programs if any(code.startswith("25-1") for code in texas.usable(p))] == []


def test_the_starters_peer_rates_are_those_of_the_official_lists(official_data: Path) -> None:
    deliveries, _ = recognise(list_files([official_data / "nj_etpl", official_data / "ca_etpl"]), list_sources())
    new_jersey, _ = load_nj_outcomes(deliveries["nj-outcomes"])
    california, _ = load_ca_outcomes(deliveries["ca-outcomes"])

    fitted = list_peer_rates(new_jersey.rates, california)

    with (STARTER / "peer_rates.csv").open(newline="", encoding="utf-8") as stream:
        shipped = list(csv.DictReader(stream))
    names = [f.name for f in fields(PeerRate)]
    assert [[row[n] for n in names] for row in shipped] == [
        ["" if cell is None else str(cell) for cell in astuple(rate)] for rate in fitted
    ]
