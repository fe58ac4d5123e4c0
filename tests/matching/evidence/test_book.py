"""The book: which evidence an offering is shown with, and which it is not."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.evidence.book import EvidenceBook
from matching.evidence.dossier import Dossier
from taxonomy.codes import Tier
from taxonomy.programs import PeerRate
from taxonomy.studies import Support


def test_project_quest_is_shown_as_a_support_of_tier_b_at_the_same_site(book: EvidenceBook, quest: Support) -> None:
    evidence = book.support_evidence(quest)

    assert evidence.tier == book.tier_for_support(quest) == "B"
    assert [(s.study_id, s.relation) for s in evidence.studies] == [("project-quest", "same_site")]
    assert "$5,726" in evidence.sentences[0]
    assert "years 13-14" in evidence.sentences[1]


@pytest.mark.parametrize("provider_id", ["tx-804", "tx-805", "tx-807"])
def test_a_college_course_does_not_borrow_the_evidence_of_who_supports_its_students(
    provider_id: str, book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    evidence = book.evidence_for(a_program(provider_id=provider_id))

    assert evidence.tier == "U"
    assert evidence.studies == ()


def test_a_campus_that_carries_a_studied_name_gets_no_link(book: EvidenceBook, a_program: Callable[..., Any]) -> None:
    namesake = a_program(provider_id="tx-10103", provider_name="Inspire Project LLC", name="Project Quest")

    assert book.tier_for(namesake) is Tier.U
    assert book.evidence_for(namesake).studies == ()


def test_per_scholas_in_san_antonio_keeps_its_tier_with_caution_about_the_site(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    evidence = book.evidence_for(a_program(provider_id="per-scholas", cip_code="11.0901"))

    assert evidence.tier == "B"
    assert [s.study_id for s in evidence.studies] == ["per-scholas-workadvance", "per-scholas-seis"]
    assert {s.relation for s in evidence.studies} == {"same_provider_other_site"}
    assert "not at this site" in evidence.sentences[1]
    assert set(evidence.elements.values()) == {"unknown"}
    assert any("CLEAR: Low" in r for r in evidence.studies[1].ratings)
    assert any("Favorable" in r for r in evidence.studies[1].ratings)


def test_a_link_limited_to_a_sector_does_not_reach_other_courses_of_the_provider(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    welding = a_program(provider_id="per-scholas", cip_code="48.0508")
    unknown_field = a_program(provider_id="per-scholas", cip_code=None)

    assert book.tier_for(welding) is Tier.U
    assert book.tier_for(unknown_field) is Tier.U


def test_apprenticeship_is_evidence_on_the_model_for_every_sponsor_and_no_other_kind(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    apprenticeship = book.evidence_for(a_program(kind="apprenticeship", provider_id="tx-10064", cip_code="46.0302"))
    course = book.evidence_for(a_program(kind="training", provider_id="tx-10064", cip_code="46.0302"))

    assert apprenticeship.tier == "C"
    assert [s.relation for s in apprenticeship.studies] == ["replication"]
    assert "not of this provider" in apprenticeship.sentences[1]
    assert course.tier == "U"
    assert course.studies == ()


def test_evidence_on_the_provider_decides_the_tier_before_evidence_on_the_model(
    a_study: Callable[..., Any],
    an_effect: Callable[..., Any],
    a_rating: Callable[..., Any],
    a_link: Callable[..., Any],
    a_program: Callable[..., Any],
) -> None:
    null = an_effect(significant=False, direction="none")
    own = Dossier(a_study(id="own"), (null,), (a_rating(),), (a_link(study_id="own"),))
    model_link = a_link(study_id="m", provider_id=None, program_kind="apprenticeship", relation="replication")
    model = Dossier(a_study(id="m"), (an_effect(),), (a_rating(),), (model_link,))
    book = EvidenceBook([model, own])

    evidence = book.evidence_for(a_program(kind="apprenticeship"))

    assert evidence.tier == "N"
    assert [s.study_id for s in evidence.studies] == ["own", "m"]


def test_the_sector_shows_nulls_and_losses_beside_gains(book: EvidenceBook) -> None:
    shown = {f.study_id: f.relation for f in book.sector_context("healthcare")}

    assert {
        "project-quest",
        "vida-pace",
        "carreras-en-salud-pace",
        "pathways-to-healthcare-pace",
        "hpog-1",
        "hpog-2",
    } <= (shown.keys())
    assert "hgjti-cna-columbia-gorge" in shown
    assert set(shown.values()) == {"context"}
    assert book.sector_context("agriculture") == ()


def test_a_course_without_a_study_is_told_how_its_sector_fared_counting_nobody_twice(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    _, sector = book.evidence_for(a_program()).sentences

    # Gains: WorkAdvance and SEIS (each once, with all its sites), QUEST, Capital IDEA.
    # Without: VIDA, Carreras, HPOG 1 (with three PACE programs, its parts), HPOG 2, Patient Care, WTA Connect, the
    # nursing assistant course.
    assert "4 found higher pay and 7 did not" in sector


def test_own_counts_without_a_study_make_tier_d(
    peers: PeerRate, a_count: Callable[..., Any], a_program: Callable[..., Any]
) -> None:
    counted = EvidenceBook([], [a_count(measure="employment_q2")], [peers])
    too_few = EvidenceBook([], [a_count(measure="employment_q2", numerator=4.0, denominator=5.0)], [peers])

    assert counted.tier_for(a_program()) is Tier.D
    assert too_few.tier_for(a_program()) is Tier.U


def test_the_sector_is_the_credentials_before_the_fields(a_program: Callable[..., Any]) -> None:
    book = EvidenceBook([], credential_sectors=[("cdl", "transportation")])

    assert book.sector_of(a_program(credential_id="cdl")) == "transportation"
    assert book.sector_of(a_program(credential_id="other")) == "healthcare"
    assert book.sector_of(a_program(cip_code=None)) is None


def test_rates_take_the_programs_own_counts_before_those_of_its_field(
    peers: PeerRate, a_count: Callable[..., Any], a_program: Callable[..., Any]
) -> None:
    of_program = a_count(numerator=45.0)
    of_field = a_count(program_id=None, numerator=10.0)
    book = EvidenceBook([], [of_program, of_field], [peers])

    assert book.rate_for(a_program(), "completion").mean == pytest.approx((14 + 45) / (20 + 50))
    assert book.rate_for(a_program(id="p2"), "completion").mean == pytest.approx((14 + 10) / (20 + 50))
    assert book.rate_for(a_program(id="p3", provider_id="other"), "completion").mean == pytest.approx(0.7)


def test_peers_of_the_field_come_before_all_fields(peers: PeerRate, a_program: Callable[..., Any]) -> None:
    everyone = PeerRate("completion", "all", 5.0, 5.0, 500, 9000, "NJ", "2018", "nj-outcomes", "nj-1")
    book = EvidenceBook([], [], [everyone, peers])

    assert book.rate_for(a_program(), "completion").mean == pytest.approx(0.7)
    assert book.rate_for(a_program(id="p2", cip_code="48.0508"), "completion").mean == pytest.approx(0.5)
    assert book.rate_for(a_program(id="p3", cip_code=None), "completion").mean == pytest.approx(0.5)


def test_a_rate_nobody_knows_is_not_shown(peers: PeerRate, a_program: Callable[..., Any]) -> None:
    book = EvidenceBook([], [], [peers])

    assert [r.measure for r in book.evidence_for(a_program()).rates] == ["completion"]
    assert book.rate_for(a_program(), "employment_q2").basis == "none"


def test_the_list_of_studies_holds_each_once_with_its_tier(book: EvidenceBook, dossiers: dict[str, Dossier]) -> None:
    listed = book.list_studies()

    assert [r.study.id for r in listed] == list(dossiers)
    assert {r.study.id: r.tier for r in listed}["hgjti-cna-columbia-gorge"] is Tier.X


def test_a_program_is_not_shown_a_total_that_gives_a_small_count_away(
    a_program: Callable[..., Any], a_count: Callable[..., Any], peers: PeerRate
) -> None:
    program = a_program(id="small")
    field = {"provider_id": program.provider_id, "cip_code": program.cip_code}
    whole = a_count(program_id=None, numerator=40.0, denominator=60.0, **field)
    other = a_count(program_id="large", numerator=40.0, denominator=55.0, **field)

    alone = EvidenceBook([], [whole], [peers]).rate_for(program, "completion")
    beside = EvidenceBook([], [whole, other], [peers]).rate_for(program, "completion")

    assert (alone.basis, alone.n) == ("own", 60)
    assert beside.n is None


def test_an_apprenticeship_without_figures_is_said_to_owe_none(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    craft = book.evidence_for(a_program(kind="apprenticeship", provider_id="somebody"))
    course = book.evidence_for(a_program(provider_id="somebody"))

    assert "20 CFR 677.230(b)" in craft.sentences[1]
    assert "677.230" not in " ".join(course.sentences)
    assert len(craft.sentences) == len(course.sentences) == 2


def test_evidence_says_what_to_ask_and_what_to_add_locally_for_each_element_that_is_not_there(
    book: EvidenceBook, a_program: Callable[..., Any]
) -> None:
    evidence = book.evidence_for(a_program(provider_id="somebody"))

    assert len(evidence.ask) == sum(found != "yes" for found in evidence.elements.values()) > 0
    assert any("plan supports beside it" in question for question in evidence.ask)
