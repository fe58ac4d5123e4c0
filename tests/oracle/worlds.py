"""Small generated worlds: a handful of credentials with stack rules, and programs that lead to them."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matching.job_quality import JobQuality
from matching.moves import Move, Opening, Person, Rate
from matching.outlook import AreaOutlook
from matching.pathways.rules import Rules, lay_foundations
from matching.pathways.stacking import Stacking
from matching.places import AreaWages
from taxonomy.credentials import StackRule

CREDENTIALS = ("a", "b", "c", "d")
_NOTHING = np.zeros(0)
_NO_OUTLOOK = AreaOutlook(_NOTHING, _NOTHING, np.zeros(0, np.int8), ("US",), (None,), (1.0,), "US", (None,))

rates = st.builds(Rate, alpha=st.sampled_from([2.0, 5.0, 9.0]), beta=st.sampled_from([1.0, 3.0]))
openings = st.builds(
    Opening,
    occupation=st.integers(0, 3),
    wage=st.sampled_from([12.0, 16.0, 18.0, 25.0, 40.0]),
    entry_wage=st.sampled_from([12.0, 16.0, 25.0, 40.0]),
    learning_wage=st.sampled_from([10.0, 14.0]),
    rung=st.sampled_from([0, 0, 2, 3]),
    basis=st.just("credential"),
    confidence=st.sampled_from([1.0, 0.4]),
)


@st.composite
def moves(draw: st.DrawFn) -> list[Move]:
    """Up to five moves over four credentials, so that parallel programs and ladders both occur.

    Half of the worlds have a training account that what earlier moves took is missing from.
    """
    cap = draw(st.sampled_from([float("inf"), 3_000.0]))
    from_account = st.just(0.0) if cap == float("inf") else st.sampled_from([0.0, 0.0, 1_000.0, 2_500.0, 3_000.0])
    return [
        draw(
            st.builds(
                Move,
                award=st.sampled_from(CREDENTIALS),
                program=st.just(row),
                kind=st.sampled_from(["training", "training", "apprenticeship"]),
                support=st.none(),
                weeks=st.sampled_from([4.0, 16.0, 52.0, 104.0]),
                exam_weeks=st.sampled_from([0.0, 4.0]),
                hours_per_week=st.sampled_from([None, 8.0, 30.0, 45.0]),
                cost_low=st.sampled_from([0.0, 500.0]),
                cost_high=st.sampled_from([500.0, 4_000.0, 30_000.0]),
                completion=rates,
                employment=rates,
                evidence=st.integers(0, 6),
                concerns=st.sampled_from([(), ("schedule",), ("schedule", "distance")]),
                openings=st.lists(openings, max_size=2).map(tuple),
                education_required=st.sampled_from([0, 2, 3]),
                education_awarded=st.sampled_from([0, 0, 3, 6]),
                rung=st.sampled_from([0, 2, 3]),
                sectors=st.sampled_from([frozenset({"x"}), frozenset({"y"}), frozenset({"x", "y"})]),
                account_low=from_account,
                account_high=from_account,
                account_cap=st.just(cap),
            )
        )
        for row in range(draw(st.integers(1, 5)))
    ]


@st.composite
def ladders(draw: st.DrawFn) -> list[Move]:
    """A course for each credential, most of which pay: long ladders, and short courses worth their while between."""
    sure = st.sampled_from([Rate(9.0, 1.0), Rate(999.0, 1.0)])
    return [
        move(
            award, row, weeks=draw(st.sampled_from([4.0, 16.0, 52.0, 104.0])),
            cost_high=draw(st.sampled_from([0.0, 0.0, 500.0])), completion=draw(sure), employment=draw(sure),
            openings=(job(row, draw(st.sampled_from([16.0, 18.0, 20.0, 24.0, 40.0]))),),
        )
        for row, award in enumerate(CREDENTIALS)
    ]  # fmt: skip


@st.composite
def stackings(draw: st.DrawFn) -> Stacking:
    """Rules between the four credentials, all pointing up the alphabet, and a person at the foot of the ladder."""
    pairs = [(f, t) for f in CREDENTIALS for t in CREDENTIALS if f < t]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    rules: dict[str, tuple[StackRule, ...]] = {}
    for start, end in chosen:
        rule = StackRule(
            from_credential=start,
            to_credential=end,
            relation=draw(st.sampled_from(["required", "recommended"])),
            group=draw(st.sampled_from([None, "any"])),
            work_months=draw(st.sampled_from([None, None, 6])),
            work_hours=None,
            agreement=None,
            verified=True,
            source="generated",
            edition="1",
        )
        rules[end] = (*rules.get(end, ()), rule)
    foundations = lay_foundations(rules, {c: (row,) for row, c in enumerate(CREDENTIALS)})
    person = draw(people())
    return Stacking(Rules.of_awards(foundations, CREDENTIALS), person, person.usual_wage * 1.05, 1.05)


def people() -> st.SearchStrategy[Person]:
    """People who differ in schooling, credentials held, work and limits."""
    return st.builds(
        Person,
        place=st.none(),
        wages=st.just(AreaWages(_NOTHING, _NOTHING, _NOTHING, np.zeros(0, np.int8), ("US",), "US")),
        outlook=st.just(_NO_OUTLOOK),
        education=st.sampled_from([0, 1, 2, 3, 5]),
        held=st.frozensets(st.sampled_from(CREDENTIALS), max_size=1),
        worked_months=st.sampled_from([{}, {0: 12.0}]),
        usual_wage=st.sampled_from([14.0, 17.0]),
        usual_wage_basis=st.just("stated"),
        usual_occupation=st.none(),
        age=st.none(),
        goal_occupations=st.sampled_from([frozenset[int](), frozenset({1})]),
        better_pay_within=st.sampled_from([float("inf"), 60.0]),
        most_out_of_pocket=st.sampled_from([float("inf"), 500.0]),
    )


def job(occupation: int, wage: float) -> Opening:
    """A job a credential opens to everybody."""
    return Opening(occupation, wage, wage, wage, 0, "credential", 1.0)


def move(award: str, program: int, **changed: object) -> Move:
    """A course of sixteen weeks that nearly everybody finishes."""
    plain = Move(
        award=award, program=program, kind="training", support=None, weeks=16.0, exam_weeks=0.0, hours_per_week=8.0,
        cost_low=0.0, cost_high=0.0, completion=Rate(9.0, 1.0), employment=Rate(9.0, 1.0), evidence=4, concerns=(),
        openings=(), education_required=0, education_awarded=0, rung=2, sectors=frozenset({"x"}),
        account_cap=3_000.0,
    )  # fmt: skip
    fields: dict[str, Any] = changed
    return replace(plain, **fields)


def ladder(first: str, *later: str, relation: str = "required") -> Stacking:
    """A person without limits, and rules by which credentials require another, or usually come after it."""
    rules = {
        to: (StackRule(first, to, relation, None, None, None, None, verified=True, source="drawn", edition="1"),)
        for to in later
    }
    foundations = lay_foundations(rules, {c: (row,) for row, c in enumerate(CREDENTIALS)})
    person = Person(
        place=None, wages=AreaWages(_NOTHING, _NOTHING, _NOTHING, np.zeros(0, np.int8), ("US",), "US"),
        outlook=_NO_OUTLOOK, job_quality=JobQuality({}, {}, {}), education=0, held=frozenset(), worked_months={},
        usual_wage=14.0,
        usual_wage_basis="stated", usual_occupation=None, age=None,
        goal_occupations=frozenset(), better_pay_within=float("inf"), most_out_of_pocket=float("inf"),
    )  # fmt: skip
    return Stacking(Rules.of_awards(foundations, CREDENTIALS), person, person.usual_wage * 1.05, 1.05)
