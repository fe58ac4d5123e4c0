"""Labels are true by construction: whoever carries one leads all others in it."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matching.explain.selection import OVERALL_SHARE, Selected, kind_key, labels_for, path_key, select
from matching.moves import Move, Opening, Path, Rate
from matching.wording import LANGUAGES, catalogue


def way(
    program: int = 0,
    *,
    job: int = 0,
    award: str | None = None,
    support: int | None = None,
    steps: int = 1,
    value: float = 1_000.0,
    cost: float = 100.0,
    weeks: float = 10.0,
    wage: float = 20.0,
    evidence: int = 4,
    concerns: int = 0,
) -> Path:
    opening = Opening(job, wage, wage, wage, 0, "credential", 1.0)
    move = Move(
        award=award or f"c{program}", program=program, kind="training", support=support, weeks=weeks, exam_weeks=0.0,
        hours_per_week=None, cost_low=0.0, cost_high=cost, completion=Rate(1, 1), employment=Rate(1, 1),
        evidence=evidence, concerns=(), openings=(opening,), education_required=0, education_awarded=0, rung=0,
        sectors=frozenset(),
    )  # fmt: skip
    return Path(
        moves=(move,) * steps, openings=(opening,) * steps, waits=(0.0,) * steps, value=value, cost_high=cost,
        weeks=weeks, better_pay_after=weeks, wage=wage, evidence=evidence, concerns=concerns,
    )  # fmt: skip


# Every value drawn is at least a quarter of the best, so that none falls short of LEAST_SHARE.
ways = st.builds(
    way,
    program=st.integers(0, 30),
    job=st.integers(0, 5),
    steps=st.integers(1, 3),
    value=st.sampled_from([500.0, 1_000.0, 2_000.0]),
    cost=st.sampled_from([0.0, 100.0, 900.0]),
    weeks=st.sampled_from([4.0, 10.0, 60.0]),
    wage=st.sampled_from([16.0, 20.0, 35.0]),
    evidence=st.integers(0, 6),
    concerns=st.integers(0, 2),
)


@given(st.lists(ways, min_size=1, max_size=20, unique_by=path_key))
def test_who_carries_a_label_leads_in_it(paths: list[Path]) -> None:
    chosen = select(paths, 6)

    for label, measure in labels_for(lambda _path: False, lambda _path: 0).items():
        if label == "interests":
            continue
        leaders = [s.path for s in chosen if label in s.best_at]
        assert len(leaders) == 1
        best = max(path.value for path in paths)
        running = [path for path in paths if label != "overall" or path.value >= OVERALL_SHARE * best]
        assert measure(leaders[0]) == min(measure(path) for path in running)


@given(st.lists(ways, min_size=1, max_size=20, unique_by=path_key))
def test_interests_give_a_label_of_their_own_and_move_no_other(paths: list[Path]) -> None:
    shared = {path_key(path): number % 3 for number, path in enumerate(paths)}

    plain = select(paths, 6)
    with_interests = select(paths, 6, in_common=lambda path: shared[path_key(path)])

    def others(chosen: list[Selected]) -> set[tuple[object, ...]]:
        labels = ((s, tuple(label for label in s.best_at if label != "interests")) for s in chosen)
        return {(path_key(s.path), kept) for s, kept in labels if kept}

    assert others(plain) == others(with_interests)
    leaders = [shared[path_key(s.path)] for s in with_interests if "interests" in s.best_at]
    assert all(number == max(shared.values()) > 0 for number in leaders)


@given(st.lists(ways, max_size=20, unique_by=path_key), st.randoms(use_true_random=False))
def test_the_order_paths_come_in_does_not_matter(paths: list[Path], random: Random) -> None:
    shuffled = list(paths)
    random.shuffle(shuffled)

    assert select(shuffled, 6) == select(paths, 6)


@given(st.lists(ways, max_size=30, unique_by=path_key), st.integers(1, 6))
def test_at_most_so_many_are_chosen_none_twice(paths: list[Path], most: int) -> None:
    chosen = [path_key(s.path) for s in select(paths, most)]

    assert len(chosen) <= most
    assert len(set(chosen)) == len(chosen)


def test_further_places_go_to_other_kinds_and_not_to_the_same_course_elsewhere() -> None:
    best = way(0, award="lvn", value=9_000.0, cost=0.0, weeks=1.0, wage=40.0, evidence=0)
    elsewhere = way(1, award="lvn", value=8_000.0)
    other = way(2, award="emt", value=7_000.0)

    chosen = select([best, elsewhere, other], 6)

    assert [s.path for s in chosen] == [best, other]


def test_a_job_no_plan_leads_to_takes_a_further_place_before_another_way_to_one_that_is_shown() -> None:
    best = way(0, job=0, value=9_000.0, cost=0.0, weeks=1.0, wage=40.0, evidence=0)
    ladders = [way(number, job=0, value=8_000.0 - number, steps=2) for number in (1, 2)]
    other = way(3, job=1, value=4_000.0)

    chosen = select([best, *ladders, other], 4)

    assert [s.path for s in chosen] == [best, ladders[0], other, ladders[1]]


def test_a_job_on_the_way_of_a_shown_ladder_is_shown_already() -> None:
    best = way(0, job=0, value=9_000.0, cost=0.0, weeks=1.0, wage=40.0, evidence=0)
    on_the_way, other = way(1, job=1, value=5_000.0), way(2, job=2, value=4_000.0)
    ladder = way(3, job=0, value=8_000.0, steps=2)
    ladder = replace(ladder, openings=(on_the_way.openings[0], ladder.openings[1]))

    chosen = select([best, ladder, on_the_way, other], 3)

    assert [s.path for s in chosen] == [best, ladder, other]


def test_a_ladder_takes_a_further_place_before_a_single_course() -> None:
    best = way(0, value=9_000.0, cost=0.0, weeks=1.0, wage=40.0, evidence=0)
    single, ladder = way(1, value=5_000.0), way(2, value=2_000.0, steps=2)

    chosen = select([best, single, ladder], 2)

    assert [s.path for s in chosen] == [best, ladder]


def test_an_open_question_costs_the_overall_label_and_no_other() -> None:
    sure, unsure = way(0, value=5_000.0), way(1, value=9_000.0, concerns=1)

    labels = {s.path.moves[0].program: s.best_at for s in select([sure, unsure], 6)}

    assert "overall" in labels[0]
    assert "highest_value" in labels[1]


def test_few_open_questions_make_a_plan_worth_little_not_the_best_overall() -> None:
    poor, good = way(0, value=1_000.0), way(1, value=9_000.0, concerns=1)

    labels = {s.path.moves[0].program: s.best_at for s in select([poor, good], 6)}

    assert "overall" in labels[1]


def test_the_same_course_with_a_support_beside_it_is_another_route_of_the_same_kind() -> None:
    alone, supported = way(0), way(0, support=1)

    assert path_key(alone) != path_key(supported)
    assert kind_key(alone) == kind_key(supported)


def test_a_plan_that_may_cost_more_than_it_brings_has_to_bring_a_fair_share_of_the_best() -> None:
    best = way(0, value=10_000.0)
    dear, dear_but_good = way(1, value=2_499.0, cost=2_500.0), way(2, value=2_500.0, cost=4_000.0)
    small_and_free = way(3, value=10.0, cost=0.0)

    chosen = [s.path for s in select([best, dear, dear_but_good, small_and_free], 6)]

    assert dear not in chosen
    assert {path_key(p) for p in chosen} == {path_key(p) for p in (best, dear_but_good, small_and_free)}


def test_among_equals_work_near_what_the_person_has_done_is_best_overall_and_nothing_else_changes() -> None:
    near, far = way(0, job=1, value=3_000.0), way(1, job=2, value=5_000.0)

    labels = {
        s.path.moves[0].program: s.best_at
        for s in select([near, far], 6, is_far=lambda path: path.moves[0].program == 1)
    }

    assert "overall" in labels[0]
    assert {"highest_value"} <= set(labels[1])


def test_nothing_is_chosen_from_nothing() -> None:
    assert select([], 6) == []


def test_every_label_has_words_for_the_tables_in_both_languages() -> None:
    labels = labels_for(lambda _: False, lambda _: 0)

    for language in LANGUAGES:
        assert [name for name in labels if f"table.best_at.{name}" not in catalogue(language)] == []
