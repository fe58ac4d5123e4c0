"""Which credential a program awards."""

from collections.abc import Callable, Iterable

import pytest

from taxonomy.credentials import Credential
from taxonomy.linking.credential_naming import SURE_ENOUGH, CredentialNamer, Naming
from taxonomy.linking.listing import Listing

NameOf = Callable[..., Naming]
MakeListing = Callable[..., Listing]


@pytest.fixture
def name_of(credentials: tuple[Credential, ...], listing: MakeListing) -> NameOf:
    """Names the credential of a listing given by its fields."""
    namer = CredentialNamer(credentials)

    def name(
        *, cip: str | None = None, award: str | None = None, declared: Iterable[str] = (), **fields: object
    ) -> Naming:
        return namer.name(listing(**fields), cip=cip, award=award, declared=frozenset(declared))

    return name


@pytest.mark.parametrize(("state", "credential"), [("TX", "plumber-tx"), (None, "plumber-tx"), ("NJ", None)])
def test_a_course_of_one_state_does_not_award_the_licence_of_another(
    name_of: NameOf, state: str | None, credential: str | None
) -> None:
    naming = name_of(name="Journeyman Plumber", cip="46.0503", award="license", state=state)

    assert (naming.credential and naming.credential.id) == credential


def test_name_text_and_field_that_agree_give_the_highest_confidence(name_of: NameOf) -> None:
    naming = name_of(name="Vocational Nursing", credential_text="Licensed Vocational Nurse", cip="51.3901")

    assert naming.credential.id == "lvn"
    assert naming.confidence > 0.95


def test_vocational_nursing_stays_vocational_though_it_declares_the_registered_nurse(name_of: NameOf) -> None:
    naming = name_of(name="Vocational Nursing Level 2 Certificate", cip="51.3901", declared=["29-1141.00"])

    assert naming.credential.id == "lvn"


def test_career_mobility_is_the_registered_nurse_course_for_licensed_vocational_nurses(name_of: NameOf) -> None:
    naming = name_of(
        name="Nursing: Career Mobility", credential_text="Registered Nurse License", cip="51.3801", award="associate"
    )

    assert naming.credential.id == "rn"


def test_a_bridge_names_what_is_earned_not_what_is_held(name_of: NameOf) -> None:
    naming = name_of(name="LVN to RN Transition", credential_text="LVN", cip="51.3801", award="associate")

    assert naming.credential.id == "rn"


def test_the_award_tells_the_bachelor_from_the_licence(name_of: NameOf) -> None:
    naming = name_of(name="RN to BSN", credential_text="Registered Nurse", cip="51.3801", award="bachelor")

    assert naming.credential.id == "bsn"


@pytest.mark.parametrize(("cip", "credential"), [("51.1009", "phlebotomy"), ("47.0303", "mssc-cpt")])
def test_cpt_is_read_by_the_field_of_study(name_of: NameOf, cip: str, credential: str | None) -> None:
    assert name_of(name="Technician Program", credential_text="CPT", cip=cip).credential.id == credential


def test_a_credential_text_copied_from_another_program_is_lost_and_reported(name_of: NameOf) -> None:
    naming = name_of(
        name="Culinary Arts A.A.S.",
        credential_text="Certified Occupational Therapy Assistant",
        cip="12.0503",
        award="associate",
        declared=["35-1011.00"],
    )

    assert naming.credential is None
    assert naming.text_lost
    assert [f.code for f in naming.findings] == ["credential_text_contradicts"]


def test_words_that_stand_in_name_and_text_survive_a_wrong_field_of_study(name_of: NameOf) -> None:
    naming = name_of(name="Phlebotomy", credential_text="Certified Phlebotomy Technician", cip="15.0612")

    assert naming.credential.id == "phlebotomy"
    assert not naming.text_lost


def test_several_credentials_in_one_name_give_the_first_with_less_confidence(name_of: NameOf) -> None:
    several = name_of(name="Nurse Aide and Phlebotomy", cip="51.0000")
    one = name_of(name="Nurse Aide", cip="51.0000")
    both = name_of(name="Nurse Aide with Phlebotomy", credential_text="CNA and phlebotomy", cip=None)

    assert both.credential.id == "cna"
    assert several.confidence < one.confidence


def test_a_course_whose_words_name_nothing_we_know_awards_an_unknown_credential(name_of: NameOf) -> None:
    naming = name_of(name="Digital Marketing", credential_text="Adobe Professional", cip="52.1404")

    assert (naming.credential, naming.confidence) == (None, 0.0)


def test_a_name_against_its_field_of_study_is_not_sure_enough(name_of: NameOf) -> None:
    naming = name_of(name="Production Technology Spanish", cip="16.0905")

    assert naming.credential is None


def test_a_renewal_course_awards_nothing(name_of: NameOf) -> None:
    naming = name_of(name="Nurse Aide Refresher", cip="51.3902")

    assert naming.credential is None
    assert [f.code for f in naming.findings] == ["renewal_course"]


def test_a_field_that_belongs_to_one_licence_names_it_only_for_the_whole_award(name_of: NameOf) -> None:
    whole = name_of(name="Nursing AD", cip="51.3901", award="license", declared=["29-2061.00"])
    part = name_of(name="Healthcare Update Topics", cip="51.3901", award="none", declared=["29-2061.00"])

    assert whole.credential.id == "lvn"
    assert SURE_ENOUGH <= whole.confidence < 0.7
    assert part.credential is None


@pytest.mark.parametrize(
    ("award", "credential"), [("industry_certificate", None), ("apprenticeship", "plumber-apprenticeship")]
)
def test_only_an_apprenticeship_awards_the_certificate_of_one(
    name_of: NameOf, award: str, credential: str | None
) -> None:
    naming = name_of(
        name="Pre-Apprentice Plumbing",
        credential_text="Plumber's Apprentice License",
        cip="46.0503",
        award=award,
        declared=("47-2152.00",),
    )

    assert (naming.credential.id if naming.credential else None) == credential


@pytest.mark.parametrize(("award", "credential"), [("associate", "automotive-aas"), ("industry_certificate", "ase")])
def test_a_degree_is_not_sold_as_the_one_exam_its_text_names(name_of: NameOf, award: str, credential: str) -> None:
    naming = name_of(
        name="Automotive Technology",
        credential_text="Automotive Service Excellence",
        cip="47.0604",
        award=award,
        declared=("49-3023.00",),
    )

    assert naming.credential is not None
    assert naming.credential.id == credential


def test_a_course_in_another_state_does_not_earn_the_licence_of_texas(name_of: NameOf) -> None:
    here = name_of(name="Manicurist", cip="12.0410", award="license", state="TX")
    elsewhere = name_of(name="Manicurist", cip="12.0410", award="license", state="NJ")

    assert here.credential is not None
    assert here.credential.id == "tx-manicurist"
    assert elsewhere.credential is None
