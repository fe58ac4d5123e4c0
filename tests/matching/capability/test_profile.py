"""Capability grows with what is known of a person, forgets order, and is wide where nothing is known."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.capability.profile import SPREAD_FLOOR, Capability, Experience, assess_capability, merge_experience

OCCUPATIONS, DESCRIPTORS = 6, 4
NEED = np.array(
    [
        [1.0, 2.0, 0.5, 3.0],
        [2.0, 1.0, 4.0, 2.5],
        [3.5, 3.0, 1.0, 0.0],
        [5.0, 4.5, 2.0, 6.0],
        [0.5, 0.0, 3.0, 1.0],
        [np.nan] * 4,  # an "all other" occupation: no ratings
    ],
    np.float32,
)
OPEN = np.array([True, True, False, False, True, True])

experiences = st.builds(
    Experience,
    occupation=st.integers(0, OCCUPATIONS - 1),
    months=st.floats(0.0, 480.0),
    years_since=st.floats(0.0, 40.0),
)
histories = st.lists(experiences, max_size=5)
credentials = st.lists(st.integers(0, OCCUPATIONS - 1), max_size=3)
stated_skills = st.lists(st.tuples(st.integers(0, DESCRIPTORS - 1), st.floats(0.0, 7.0)), max_size=4)


def assess(
    jobs: list[Experience], held: list[int] | None = None, stated: list[tuple[int, float]] | None = None
) -> Capability:
    return assess_capability(NEED, OPEN, jobs, held or [], stated or [])


def test_nobody_known_has_the_mean_and_the_spread_of_the_occupations_open_to_their_education() -> None:
    peers = NEED[[0, 1, 4]].astype(np.float64)

    unknown = assess([])

    np.testing.assert_allclose(unknown.level, peers.mean(axis=0))
    np.testing.assert_allclose(unknown.spread, np.maximum(SPREAD_FLOOR, peers.std(axis=0)))
    assert (unknown.level > 0).all()


@given(histories, credentials, stated_skills)
def test_knowing_anything_never_widens_the_spread(
    jobs: list[Experience], held: list[int], stated: list[tuple[int, float]]
) -> None:
    unknown = assess([])

    known = assess(jobs, held, stated)

    assert (known.spread <= unknown.spread + 1e-9).all()
    assert (known.spread >= SPREAD_FLOOR).all()


@given(histories, credentials, stated_skills, experiences)
def test_one_more_job_never_lowers_a_level(
    jobs: list[Experience], held: list[int], stated: list[tuple[int, float]], another: Experience
) -> None:
    before = assess(jobs, held, stated)

    after = assess([*jobs, another], held, stated)

    assert (after.level >= before.level - 1e-9).all()


@given(experiences, st.floats(0.0, 120.0))
def test_more_months_in_a_job_never_lower_a_level(job: Experience, more_months: float) -> None:
    longer = Experience(job.occupation, job.months + more_months, job.years_since)

    assert (assess([longer]).level >= assess([job]).level - 1e-9).all()


@given(experiences, st.floats(0.0, 20.0))
def test_a_job_left_longer_ago_never_raises_a_level(job: Experience, years: float) -> None:
    older = Experience(job.occupation, job.months, job.years_since + years)

    assert (assess([older]).level <= assess([job]).level + 1e-9).all()


@given(histories, st.integers(0, OCCUPATIONS - 1), st.tuples(st.integers(0, DESCRIPTORS - 1), st.floats(0.0, 7.0)))
def test_a_credential_or_a_stated_skill_never_lowers_a_level(
    jobs: list[Experience], credential: int, skill: tuple[int, float]
) -> None:
    before = assess(jobs)

    assert (assess(jobs, [credential]).level >= before.level - 1e-9).all()
    assert (assess(jobs, [], [skill]).level >= before.level - 1e-9).all()


@given(histories, credentials, stated_skills, st.randoms())
def test_the_order_of_what_is_known_is_without_meaning(
    jobs: list[Experience], held: list[int], stated: list[tuple[int, float]], rng: Random
) -> None:
    shuffled = [list(jobs), list(held), list(stated)]
    for part in shuffled:
        rng.shuffle(part)

    first, second = assess(jobs, held, stated), assess(*shuffled)  # type: ignore[arg-type] # one list of each kind

    np.testing.assert_array_equal(first.level, second.level)
    np.testing.assert_array_equal(first.spread, second.spread)


def test_easy_work_does_not_unlearn() -> None:
    demanding = [Experience(3, 36.0, 0.0)]

    level = assess([*demanding, Experience(4, 36.0, 0.0)]).level

    assert (level >= assess(demanding).level).all()


def test_years_in_an_occupation_come_near_what_it_needs_but_not_above() -> None:
    prior = assess([]).level

    level = assess([Experience(3, 60.0, 0.0)]).level

    np.testing.assert_allclose(level, np.maximum(prior, NEED[3]), atol=0.05)
    assert (level <= np.maximum(prior, NEED[3])).all()


def test_an_occupation_without_ratings_teaches_nothing_and_breaks_nothing() -> None:
    known, unknown = assess([Experience(5, 120.0, 0.0)]), assess([])

    np.testing.assert_array_equal(known.level, unknown.level)
    np.testing.assert_array_equal(known.spread, unknown.spread)


def test_a_person_whose_education_opens_no_rated_occupation_is_compared_with_all_of_them() -> None:
    rated = NEED[:5].astype(np.float64)

    unknown = assess_capability(NEED, np.array([False] * 5 + [True]), [], [], [])

    np.testing.assert_allclose(unknown.level, rated.mean(axis=0))


def test_spells_in_one_occupation_add_up_and_the_latest_end_counts() -> None:
    spells = [Experience(1, 10.0, 4.0), Experience(1, 14.0, 1.0), Experience(2, 3.0, 0.0)]

    merged = merge_experience(spells)

    assert merged == (Experience(1, 24.0, 1.0), Experience(2, 3.0, 0.0))
