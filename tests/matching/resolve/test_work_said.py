"""What of a job text was done, what is denied, and what is no paid occupation."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.work_said import work_said


@pytest.mark.parametrize(
    ("text", "done", "left_out"),
    [
        (
            "never worked as a welder but helped in a bakery",
            "helped in a bakery",
            ("never worked as a welder",),
        ),
        ("I was never a nurse, I was a CNA", "I was a CNA", ("I was never a nurse",)),
        ("worked as a cashier, never as a cook", "worked as a cashier", ("never as a cook",)),
        ("no experience as welder, worked in warehouse", "worked in warehouse", ("no experience as welder",)),
        ("nunca fui cocinero pero trabajé de mesera", "trabajé de mesera", ("nunca fui cocinero",)),
        ("was never a welder and helped in a bakery", "helped in a bakery", ("was never a welder",)),
        ("Didn't work as a roofer. Did siding", "Did siding", ("Didn't work as a roofer",)),
        ("RN (never licensed)", "RN", ("never licensed",)),
        ("never worked except babysitting", "babysitting", ("never worked",)),
        ("stay at home mom 6 yrs, part time cashier", "part time cashier", ("stay at home mom 6 yrs",)),
        ("unemployed since 2020, was a cook", "was a cook", ("unemployed since 2020",)),
    ],
)
def test_a_denial_reaches_to_the_end_of_its_clause(text: str, done: str, left_out: tuple[str, ...]) -> None:
    said = work_said(text)

    assert (said.done, said.left_out) == (done, left_out)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("never a welder, cook, or nurse", ("never a welder", "cook", "or nurse")),
        ("never a welder, a cook or a nurse", ("never a welder", "a cook or a nurse")),
        ("welder, no experience", ("welder", "no experience")),
        ("never worked", ("never worked",)),
        ("N/A", ("N/A",)),
        ("ama de casa", ("ama de casa",)),
        ("No soy enfermera", ("No soy enfermera",)),
    ],
)
def test_where_all_is_denied_nothing_was_done(text: str, left_out: tuple[str, ...]) -> None:
    said = work_said(text)

    assert (said.done, said.left_out) == ("", left_out)


@pytest.mark.parametrize(
    "text",
    [
        "not only a cook, also a baker",
        "Coordinator, Volunteer",
        "cook, in school cafeteria",
        "laid off from a welding job",
        "No. 1 cook",
        "notary",
        "driver, not CDL",
        "",
    ],
)
def test_what_only_sounds_like_a_denial_is_left_as_it_is(text: str) -> None:
    said = work_said(text)

    assert (said.done, said.left_out) == (text, ())


@given(text=st.text("abc ,;-é()", max_size=100), denial=st.sampled_from(["never a ", "no soy ", "not a "]))
def test_every_letter_stays_on_one_of_the_two_sides(text: str, denial: str) -> None:
    said = work_said(denial + text)

    kept = "".join((said.done, *said.left_out))
    assert sorted(filter(str.isalpha, kept)) == sorted(filter(str.isalpha, denial + text))


@pytest.mark.parametrize("flood", ["never a ", "not not ", "no experience ", "or ", ", or a", "a b ", "never, "])
def test_a_flood_takes_bounded_time(flood: str) -> None:
    started = time.perf_counter()
    work_said(flood * 5_000)

    assert time.perf_counter() - started < 0.2
