"""Three-valued logic, against its truth tables and against trying every completion."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.kleene import Finding, Truth, all_of, and_, any_of, negate, not_, or_, ways_to_settle

VALUES: tuple[Truth, ...] = (True, False, None)


def leaf(name: str, value: Truth, *missing: str) -> Finding:
    return Finding(name, value, "a citation", missing)


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_an_operator_is_known_exactly_when_every_completion_agrees(left: Truth, right: Truth) -> None:
    completions = [
        (a, b)
        for a in ((left,) if left is not None else (True, False))
        for b in ((right,) if right is not None else (True, False))
    ]

    for operator, truth in ((and_, lambda a, b: a and b), (or_, lambda a, b: a or b)):
        results = {truth(a, b) for a, b in completions}
        expected = results.pop() if len(results) == 1 else None
        assert operator([left, right]) is expected


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_the_opposite_of_unknown_is_unknown(value: Truth, opposite: Truth) -> None:
    assert not_(value) is opposite


def test_nothing_to_meet_is_met_and_no_door_is_closed() -> None:
    assert and_([]) is True
    assert or_([]) is False


def test_proving_all_needs_every_open_part_and_refuting_it_needs_one() -> None:
    both = all_of("both", "law", leaf("a", None, "fact a"), leaf("b", None, "fact b"), leaf("c", value=True))

    assert ways_to_settle(both, outcome=True) == (frozenset({"fact a", "fact b"}),)
    assert ways_to_settle(both, outcome=False) == (frozenset({"fact a"}), frozenset({"fact b"}))


def test_proving_any_needs_one_door_and_refuting_it_needs_them_all() -> None:
    either = any_of("either", "law", leaf("a", None, "fact a"), leaf("b", None, "fact b", "fact c"))

    assert ways_to_settle(either, outcome=True) == (frozenset({"fact a"}), frozenset({"fact b", "fact c"}))
    assert ways_to_settle(either, outcome=False) == (frozenset({"fact a", "fact b", "fact c"}),)


def test_a_negation_swaps_proof_and_refutation() -> None:
    neither = negate("not", "law", any_of("either", "law", leaf("a", None, "fact a"), leaf("b", None, "fact b")))

    assert ways_to_settle(neither, outcome=True) == (frozenset({"fact a", "fact b"}),)


def test_what_is_settled_needs_nothing_and_cannot_be_unsettled() -> None:
    settled = leaf("a", value=True)

    assert ways_to_settle(settled, outcome=True) == (frozenset(),)
    assert ways_to_settle(settled, outcome=False) == ()


def test_no_way_contains_another() -> None:
    either = any_of("either", "law", leaf("a", None, "x"), leaf("b", None, "x", "y"))

    assert ways_to_settle(either, outcome=True) == (frozenset({"x"}),)


FACT_NAMES = ("p", "q", "r", "s")


def trees() -> st.SearchStrategy[Finding]:
    leaves = st.sampled_from(FACT_NAMES).map(lambda fact: leaf(fact, None, fact)) | st.booleans().map(
        lambda value: leaf("fixed", value)
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: all_of("all", "law", *parts)),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: any_of("any", "law", *parts)),
            inner.map(lambda part: negate("not", "law", part)),
        ),
        max_leaves=8,
    )


def completed(tree: Finding, facts: dict[str, bool]) -> Finding:
    """The same tree with some facts known."""
    if tree.rule == "clause":
        return leaf(tree.name, facts.get(tree.name)) if tree.value is None and tree.name in facts else tree
    parts = [completed(part, facts) for part in tree.parts]
    return {"all": all_of, "any": any_of}[tree.rule]("", "", *parts) if tree.rule != "not" else negate("", "", *parts)


@given(
    trees(),
    st.dictionaries(st.sampled_from(FACT_NAMES), st.booleans()),
    st.dictionaries(st.sampled_from(FACT_NAMES), st.booleans()),
)
def test_what_is_settled_stays_settled_when_more_is_known(
    tree: Finding, few: dict[str, bool], more: dict[str, bool]
) -> None:
    first = completed(tree, few)

    second = completed(tree, {**more, **few})

    assert first.value is None or second.value is first.value


@given(trees(), st.booleans())
def test_every_way_can_settle_and_no_smaller_set_of_facts_can(tree: Finding, outcome: bool) -> None:  # noqa: FBT001 -- Hypothesis passes arguments by position
    ways = ways_to_settle(tree, outcome=outcome)

    reaching = [
        frozenset(chosen)
        for size in range(len(FACT_NAMES) + 1)
        for chosen in combinations(FACT_NAMES, size)
        if any(
            completed(tree, dict(zip(chosen, answers, strict=True))).value is outcome
            for answers in product((True, False), repeat=size)
        )
    ]
    # A fact used both ways in one tree can make a combination impossible, so ways may be optimistic, never too large.
    smallest = min((len(way) for way in reaching), default=None)
    if smallest is not None:
        assert ways
        assert len(ways[0]) <= smallest
