"""Which jobs a program leads to, and why others are held back."""

from collections.abc import Callable

import pytest

from taxonomy.linking import link_programs
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.programs import ProgramOccupation
from taxonomy.snapshot import Contents

MakeListing = Callable[..., Listing]
LinksOf = Callable[..., dict[str, ProgramOccupation]]


@pytest.fixture
def links_of(contents: Contents, crosswalks: Crosswalks, listing: MakeListing) -> LinksOf:
    """Links of a listing given by its fields, by occupation."""

    def links(**fields: object) -> dict[str, ProgramOccupation]:
        link_programs(contents, [listing(**fields)], crosswalks)
        return {link.onet_code: link for link in contents.tables["program_occupations"]}

    return links


def test_a_known_credential_gives_the_exits_it_opens(links_of: LinksOf) -> None:
    links = links_of(name="Vocational Nursing", cip="513901", outcome="license")

    assert (links["29-2061.00"].basis, links["29-2061.00"].usable) == ("credential", True)


def test_vocational_nursing_that_declares_the_registered_nurse_does_not_lead_there(links_of: LinksOf) -> None:
    links = links_of(name="Vocational Nursing", cip="513901", declared_codes=("29114100",))

    assert (links["29-1141.00"].usable, links["29-1141.00"].reason) == (False, "contradicts_credential")


def test_a_nurse_aide_course_that_declares_the_registered_nurse_does_not_lead_there(links_of: LinksOf) -> None:
    links = links_of(name="Nurse Aide", cip="513902", declared_codes=("29114100", "31113000"))

    assert [code for code, link in links.items() if link.usable] == ["31-1131.00"]


def test_a_declared_neighbour_of_the_credential_stays(links_of: LinksOf) -> None:
    links = links_of(name="Nurse Aide", cip="513902", declared_codes=("31101100",))

    assert links["31-1121.00"].usable


def test_a_licensed_job_stays_shut_to_a_course_that_does_not_earn_the_licence(links_of: LinksOf) -> None:
    links = links_of(name="Healthcare Careers", cip="513801", declared_codes=("29114100",))

    assert links["29-1141.00"].reason == "licence_needed"


def test_a_declared_job_of_another_field_gives_way_to_the_field_of_study(links_of: LinksOf) -> None:
    links = links_of(name="Plumbing Trades Certificate", cip="460503", declared_codes=("17302400",))

    assert links["17-3024.00"].reason == "contradicts_field"
    assert (links["47-2152.00"].basis, links["47-2152.00"].usable) == ("classified", True)
    assert links["47-2152.00"].sources == ("title", "field_of_study")


def test_a_general_field_of_study_contradicts_nobody(links_of: LinksOf) -> None:
    links = links_of(name="Construction Trades", cip="460000", declared_codes=("47215200",))

    assert links["47-2152.00"].usable


def test_a_forty_hour_certificate_is_no_way_to_a_bachelors_job(links_of: LinksOf) -> None:
    links = links_of(
        name="Agile Course", outcome="industry_certificate", clock_hours=40.0, declared_codes=("13108200",)
    )

    assert links["13-1082.00"].reason == "above_award"


def test_a_course_that_asks_for_a_bachelors_degree_leads_to_a_bachelors_job(links_of: LinksOf) -> None:
    links = links_of(
        name="Agile Course",
        outcome="industry_certificate",
        education_required="bachelor",
        declared_codes=("13108200",),
    )

    assert links["13-1082.00"].usable


def test_a_postsecondary_teacher_is_never_a_target(links_of: LinksOf) -> None:
    assert links_of(name="Business", cip="520201", declared_codes=("25119400",))["25-1194.00"].reason == "barred"


def test_a_three_hour_seminar_trains_for_no_occupation(links_of: LinksOf) -> None:
    links = links_of(name="Welding Safety Seminar", cip="480508", clock_hours=3.0, declared_codes=("51412106",))

    assert links["51-4121.00"].reason == "short_course"


def test_a_split_occupation_shares_its_confidence(links_of: LinksOf) -> None:
    whole = links_of(name="Machining", declared_codes=("51404100",))["51-4041.00"].confidence
    branch = links_of(name="Machining", declared_codes=("51401000",))["51-4041.00"].confidence

    assert branch == whole / 2


def test_the_classifier_speaks_only_where_nothing_else_does(links_of: LinksOf) -> None:
    silent = links_of(name="Automotive", cip="470604")
    spoken = links_of(name="Welding", cip="480508", declared_codes=("51412106",))

    assert silent["49-3023.00"].basis == "classified"
    assert spoken["51-4121.00"].basis == "declared"


def test_a_wrong_field_of_study_is_no_witness_against_the_credential(links_of: LinksOf) -> None:
    links = links_of(name="Phlebotomy", credential_text="CPT", cip="513901", declared_codes=("29206100",))

    assert links["29-2061.00"].reason == "contradicts_credential"


def test_a_refresher_opens_nothing(links_of: LinksOf) -> None:
    links = links_of(name="Nurse Aide Refresher", cip="513902", declared_codes=("31101400",))

    assert {link.reason for link in links.values()} == {"renewal_course"}


def test_a_specialty_of_a_licensed_job_is_shut_like_the_job(links_of: LinksOf) -> None:
    links = links_of(name="Healthcare Careers", cip="513801", declared_codes=("29114103",))

    assert links["29-1141.03"].reason == "licence_needed"


def test_preparation_for_an_apprenticeship_does_not_open_the_trade(links_of: LinksOf) -> None:
    links = links_of(name="Pre-Apprentice Plumbing", cip="460503", clock_hours=160.0, declared_codes=("47215200",))

    assert links["47-2152.00"].reason == "prepares_for_apprenticeship"


def test_a_course_named_for_another_line_of_work_does_not_lead_to_the_job_it_declares(links_of: LinksOf) -> None:
    links = links_of(name="Medical Assistant", cip="460503", declared_codes=("47215200",))

    assert links["47-2152.00"].reason == "name_is_another_job"


def test_what_tops_up_a_degree_of_its_field_opens_nothing_to_others(links_of: LinksOf) -> None:
    links = links_of(name="Robotics   Enhanced Skills Certificate", clock_hours=576.0, declared_codes=("17302400",))

    assert links["17-3024.00"].reason == "follows_degree"


def test_a_link_names_all_its_sources_and_not_the_strongest_alone(links_of: LinksOf) -> None:
    links = links_of(name="Vocational Nursing", cip="513901", outcome="license", declared_codes=("29206100",))

    assert links["29-2061.00"].sources == ("credential", "declared", "field_of_study")


def test_a_job_that_its_field_alone_suggests_stays_unsure_and_opens_nothing(links_of: LinksOf) -> None:
    links = links_of(name="Enterprise", cip="520201")

    assert {(link.usable, link.reason) for link in links.values()} <= {(False, "unsure")}


def test_a_teacher_of_the_subject_is_never_found_by_the_classifier(links_of: LinksOf) -> None:
    assert "25-1194.00" not in links_of(name="Career Technical Education Teachers Postsecondary", cip="520201")


def test_work_shut_by_the_law_of_one_state_stays_shut_elsewhere_to_a_course_that_earns_no_licence(
    links_of: LinksOf,
) -> None:
    links = links_of(
        name="Nail Technology", cip="120410", state="NJ", outcome="industry_certificate", declared_codes=("39509200",)
    )

    assert (links["39-5092.00"].usable, links["39-5092.00"].reason) == (False, "licence_needed")


def test_a_licence_of_another_state_opens_the_work_it_declares(links_of: LinksOf) -> None:
    links = links_of(name="Nail Technology", cip="120410", state="NJ", outcome="license", declared_codes=("39509200",))

    assert (links["39-5092.00"].basis, links["39-5092.00"].usable) == ("declared", True)
