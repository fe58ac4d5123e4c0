"""What speaks for a job that nobody declares for a course."""

from collections.abc import Callable

import pytest

from taxonomy.linking.job_evidence import FEATURES, Course, JobEvidence
from taxonomy.occupations import Occupation, Title

WELDER, MACHINIST, TEACHER, PLUMBER = "51-4121.00", "51-4041.00", "25-1194.00", "47-2152.00"
FIELDS = {"48.0508": ((WELDER, 1.0),), "46.0503": ((PLUMBER, 0.5), (TEACHER, 0.5))}
Found = Callable[..., dict[str, dict[str, float]]]


def course(name: str, *declared: str, at: str = "p1", cip: str | None = "48.0508", text: str | None = None) -> Course:
    return Course(f"{at}-{name}", at, name, text, cip, frozenset(declared))


@pytest.fixture
def found(occupations: tuple[Occupation, ...]) -> Found:
    """The candidates of one course beside others, each with its evidence by name."""

    def find(asked: Course, *peers: Course) -> dict[str, dict[str, float]]:
        titles = [Title("Pipe Fabricator", PLUMBER, "alternate", "test")]
        (one,) = JobEvidence(occupations, titles, FIELDS, [asked, *peers]).candidates([asked])
        rows = (dict(zip(FEATURES, row, strict=True)) for row in one.features.tolist())
        return dict(zip(one.codes, rows, strict=True))

    return find


def test_the_name_and_the_credentials_text_are_compared_with_all_titles_of_a_job(found: Found) -> None:
    jobs = found(course("Welding", text="Pipe Fabricator", cip=None))

    assert (jobs[WELDER]["name_is_title"], jobs[WELDER]["field_names"]) == (1.0, 0.0)
    assert jobs[PLUMBER]["text_title"] == pytest.approx(1.0)


def test_the_field_of_study_shares_its_word_among_the_jobs_it_names(found: Found) -> None:
    jobs = found(course("Trade", cip="46.0503"))

    assert (jobs[PLUMBER]["field_names"], jobs[PLUMBER]["field_share"]) == (1.0, 0.5)


def test_what_may_be_nobodys_target_is_no_candidate(found: Found) -> None:
    assert TEACHER not in found(course("Career Technical Education Teachers Postsecondary", cip="46.0503"))


def test_other_providers_of_the_field_are_counted_once_each_and_drawn_towards_nothing(found: Found) -> None:
    peers = [course(f"Shop {n}", MACHINIST, at=at) for n, at in enumerate(("p2", "p2", "p3"))]

    jobs = found(course("Trade"), *peers, course("Shop 9", WELDER, at="p4"))

    assert jobs[MACHINIST]["peers_field"] == pytest.approx(2 / 4)  # 2 of 3 providers, and one more that declares none


def test_what_the_courses_own_provider_declares_is_never_evidence(found: Found) -> None:
    alone = found(course("Trade", MACHINIST), course("Trade", MACHINIST, at="p1"))

    assert MACHINIST not in alone
    assert all(not evidence[f] for evidence in alone.values() for f in FEATURES if f.startswith("peers"))


def test_courses_of_like_name_speak_for_their_jobs_across_fields_of_study(found: Found) -> None:
    peers = [course("Precision Metalwork", MACHINIST, at="p2", cip="48.0501")]

    jobs = found(course("Precision Metalwork", cip="48.0508"), *peers)

    assert jobs[MACHINIST]["peers_name"] == 1.0
    assert jobs[MACHINIST]["peers_name_near"] == pytest.approx(1.0)
    assert jobs[MACHINIST]["peers_field"] == 0.0


def test_a_course_that_nothing_speaks_for_has_no_candidate(found: Found) -> None:
    assert found(course("Xylomancy", cip=None)) == {}
