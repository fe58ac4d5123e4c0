"""Titles to occupations, over a small made-up world."""

import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.index import derive_title_index
from matching.resolve.noise import typo
from matching.resolve.resolver import NO_PAID_JOB, Resolver
from matching.resolve.text import Understanding, normalise, understanding
from matching.wording import say
from taxonomy.snapshot import Contents


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("cashier", "41-2011.00"),
        ("Sr. cashier @ Walmart, nights", "41-2011.00"),
        ("CNA", "31-1131.00"),
        ("forklift oprator", "53-7051.00"),
        ("driver, forklift", "53-7051.00"),
        ("HVAC tech", "49-9021.00"),
        ("soldador", "51-4121.00"),
        ("cajera", "41-2011.00"),
        ("welders", "51-4121.00"),
    ],
)
def test_everyday_titles_find_their_occupation(resolver: Resolver, title: str, code: str) -> None:
    result = resolver.resolve_title(title)

    assert result.code == code
    assert result.text == title
    assert result.candidates[0].matched_text


def test_a_title_of_two_occupations_asks_back(resolver: Resolver) -> None:
    result = resolver.resolve_title("cook")

    assert {c.code for c in result.candidates[:2]} == {"35-2014.00", "35-2011.00"}
    assert result.confirm


def test_duties_decide_when_the_title_is_vague(resolver: Resolver) -> None:
    alone = resolver.resolve_title("cook")
    told = resolver.resolve_title("cook", duties="fast food cook")

    assert alone.code == "35-2014.00"
    assert told.code == "35-2011.00"


def test_duties_do_not_overrule_a_sure_title(resolver: Resolver) -> None:
    assert resolver.resolve_title("registered nurse", duties="cash register").code == "29-1141.00"


@pytest.mark.parametrize("text", ["", "12345", "😀", "\x00\x01", "zzxqj kkvw", "<br><br>"])
def test_what_says_nothing_is_not_understood(resolver: Resolver, text: str) -> None:
    result = resolver.resolve_title(text)

    assert result.code is None
    assert result.note is not None
    assert "not understood" in result.note


@pytest.mark.parametrize(
    "text", ["stay at home mom", "Stay-at-home parent (2 kids)", "ama de casa", "Unemployed", "student", "N/A"]
)
def test_what_is_no_paid_job_is_read_as_none_and_the_work_done_is_asked(resolver: Resolver, text: str) -> None:
    result = resolver.resolve_title(text)

    assert result.code is None
    assert result.confirm
    assert result.note == NO_PAID_JOB


def test_duties_told_beside_no_paid_job_are_heard(resolver: Resolver) -> None:
    result = resolver.resolve_title("homemaker", duties="line cook")

    assert result.code == "35-2014.00"
    assert result.text == "homemaker"


def test_the_or_of_an_operating_room_is_no_joining_word() -> None:
    assert normalise("OR tech") == "operating room technician"
    assert normalise("cook or baker") == "cook baker"


def test_an_army_job_code_names_its_work() -> None:
    assert normalise("88M") == normalise("88M truck driver") == "truck driver"


def test_another_script_is_named_as_not_supported(resolver: Resolver) -> None:
    assert "language not supported" in (resolver.resolve_title("看護師").note or "")
    assert "language not supported" in (resolver.resolve_skill("сварка")[0].note or "")
    assert "language not supported" in (resolver.resolve_program("看護学校").note or "")


@pytest.mark.parametrize("text", ["Vendeur de chaussures", "infirmière", "Krankenschwester", "thợ hàn", "cozinheira"])
def test_another_language_in_latin_letters_is_not_guessed_at(resolver: Resolver, text: str) -> None:
    result = resolver.resolve_title(text)

    assert (result.code, result.candidates) == (None, ())
    assert "language not supported" in (result.note or "")


@pytest.mark.parametrize("text", ["68W", "0311", "11B", "11B infantryman"])
def test_a_military_code_of_digits_is_words(text: str) -> None:
    assert understanding(text) is Understanding.WORDS


def test_what_shares_only_letters_with_a_title_is_not_suggested(resolver: Resolver) -> None:
    result = resolver.resolve_title("zzyzx")

    assert (result.candidates, result.confirm) == ((), False)


@given(text=st.text(max_size=400), duties=st.none() | st.text(max_size=100))
def test_no_text_raises_and_probabilities_are_probabilities(resolver: Resolver, text: str, duties: str | None) -> None:
    result = resolver.resolve_title(text, duties)
    stated = [c.probability or 0.0 for c in result.candidates]

    assert all(0.0 <= p <= 1.0 for p in stated)
    assert sum(stated) <= 1.0 + 1e-3
    assert stated == sorted(stated, reverse=True)


def test_ten_thousand_characters_take_bounded_time(resolver: Resolver) -> None:
    started = time.perf_counter()
    resolver.resolve_title("welder " * 1_500, duties="drove " * 2_000)
    resolver.resolve_skill("no experience with " * 600)

    assert time.perf_counter() - started < 1.0


def test_a_list_gives_the_same_as_one_by_one(resolver: Resolver) -> None:
    titles = ["welder", "cook", "welder", "", "看護師"]

    assert resolver.resolve_titles(titles) == [resolver.resolve_title(t) for t in titles]


def test_seeded_typos_keep_nine_of_ten_first_places(resolver: Resolver, contents: Contents) -> None:
    rng = random.Random(5)  # noqa: S311 - reproducible noise, no secret
    # Short acronyms are left out: one letter makes them another acronym. "cook" names two occupations.
    titles = [t for t in contents.tables["titles"] if len(t.text) > 5]
    noised = [(typo(t.text, rng), t.onet_code) for t in titles for _ in range(10)]
    right = sum(resolver.resolve_title(text).code == code for text, code in noised)

    assert right / len(noised) >= 0.9


def test_indexes_derived_twice_have_equal_bytes(contents: Contents) -> None:
    first, second = derive_title_index(contents), derive_title_index(contents)

    assert all(name.startswith("resolve_") for name in first)
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_a_program_is_found_by_name_and_provider(resolver: Resolver) -> None:
    assert resolver.resolve_program("river school nurse aide").code == "p3"
    assert resolver.resolve_program("nurse aide training").confirm
    assert resolver.resolve_program("underwater basket").code is None


@pytest.mark.parametrize("text", ["never worked as welder", "not a nurse", "No soy enfermera", "I was never a cook"])
def test_work_that_is_denied_is_no_work(resolver: Resolver, text: str) -> None:
    result = resolver.resolve_title(text)

    assert (result.code, result.confirm, result.note) == (None, True, NO_PAID_JOB)


@pytest.mark.parametrize(
    ("text", "done", "left_out"),
    [
        ("never worked as a welder but was a line cook", "was a line cook", "never worked as a welder"),
        ("not a nurse, I was a CNA", "I was a CNA", "not a nurse"),
        ("Nunca fui soldador pero trabajé de cajera", "trabajé de cajera", "Nunca fui soldador"),
        ("cashier, never a welder, cook, or nurse", "cashier", "never a welder; cook; or nurse"),
        ("stay at home mom 6 yrs, cashier", "cashier", "stay at home mom 6 yrs"),
    ],
)
def test_beside_what_is_denied_other_work_counts_and_the_denied_is_not_put_to_the_person(
    resolver: Resolver, text: str, done: str, left_out: str
) -> None:
    result, alone = resolver.resolve_title(text), resolver.resolve_title(done)

    assert alone.code is not None
    assert (result.text, result.code, result.candidates) == (text, alone.code, alone.candidates)
    assert result.note == say("words.left_out", text=left_out)


def test_denied_duties_are_not_heard(resolver: Resolver) -> None:
    told = resolver.resolve_title("cook", duties="never fast food cook, line cook")

    assert told.code == "35-2014.00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("wleder", "51-4121.00"),
        ("cahsier", "41-2011.00"),
        ("electrican", "47-2111.00"),
        ("frklift operator", "53-7051.00"),
    ],
)
def test_a_word_alone_with_a_slip_is_understood(resolver: Resolver, text: str, code: str) -> None:
    assert resolver.resolve_title(text).code == code


def test_a_short_word_with_a_slip_is_put_to_the_person(resolver: Resolver) -> None:
    result = resolver.resolve_title("wreman")
    short = resolver.resolve_title("cok")

    assert result.code == "47-2111.00"
    assert (short.code, short.confirm) == ("35-2014.00", True)


def test_an_unknown_name_after_a_whole_title_is_where_the_work_was(resolver: Resolver) -> None:
    named, plain = resolver.resolve_title("line cook Qzyxia"), resolver.resolve_title("line cook")

    assert (named.code, named.candidates) == (plain.code, plain.candidates)


def test_a_text_of_two_jobs_names_both_counts_one_and_says_so(resolver: Resolver) -> None:
    result = resolver.resolve_title("welder and cashier")

    assert {c.code for c in result.candidates} == {"51-4121.00", "41-2011.00"}
    assert result.confirm
    assert result.note == say("words.several_jobs", title=result.title)


@pytest.mark.parametrize("text", ["line cook / grill cook", "RN/charge nurse"])
def test_two_names_of_the_same_work_are_one_job(resolver: Resolver, text: str) -> None:
    assert resolver.resolve_title(text).note is None
