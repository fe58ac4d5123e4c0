"""One plain spelling for what people write."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.text import MAX_LENGTH, Understanding, normalise, understanding, without_noise
from matching.resolve.title_forms import spellings
from matching.resolve.word_lists import (
    doers_of,
    everyday_phrases,
    spanish_titles,
    spanish_words,
    unpaid_care,
    word_lists,
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("R.N.", "registered nurse"),
        ("CNAs", "certified nursing assistant"),
        ("NA-C", "certified nursing assistant"),
        ("Cooks, Restaurant", "cook restaurant"),
        ("Heating, Ventilation, and Air Conditioning (HVAC) Mechanic", "hvac mechanic"),
        ("Auxiliar de enfermería", "nursing assistant"),
        ("<b>Welder</b>", "welder"),
        ("ＣＡＳＨＩＥＲ\x00", "cashier"),
        ("C++ developer", "c++ developer"),
        ("bus", "bus"),
        ("Saleswoman", "salesman"),
        ("firemen", "fireman"),
        ("salespeople", "salesman"),
        ("Waitresses", "waiter"),
        ("specimen collector", "specimen collector"),
        ("people person", "people person"),
        ("trabajé limpiando casas", "cleaner house"),
        ("Cocinera en una escuela", "cook school"),
        ("niñero", "nanny"),
        ("cuidaba a mi abuelita", "personal care aide"),
        ("took care of my father in law", "personal care aide"),
        ("babysat my nephews", "child care worker"),
        ("Navy HM2", "hospital corpsman"),
        ("Navy at San Diego", "navy at san diego"),
        ("para at an elementary school", "para at an elementary school"),
    ],
)
def test_the_same_words_get_one_spelling(written: str, plain: str) -> None:
    assert normalise(written) == plain


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Sr. cashier @ Walmart, nights", "cashier"),
        ("forklift driver at the warehouse", "forklift driver"),
        ("Cook II (part time)", "cook"),
        ("night auditor", "night auditor"),
        ("At-risk youth counselor", "at risk youth counselor"),
        ("I took care of my grandma", "personal care aide"),
        ("Junior High School Teacher", "middle school teacher"),
        ("Jr. cook at the senior center", "cook"),
        ("senior center cook", "elder center cook"),
        ("Senior", ""),
        ("carpenter for 10 years", "carpenter"),
        ("janitor from 2010 to 2015", "janitor"),
        ("3 yrs of welding", "welding"),
        ("2 year old teacher", "2 year old teacher"),
        ("worked at a gas station", "gas station"),
        ("volunteer at the food bank", "food bank"),
        ("worked", "worked"),
        ("helped at my church daycare", "helped church daycare"),
        ("roofing with my brother in law", "roofing"),
        ("self employed painter", "painter"),
    ],
)
def test_employer_shift_and_seniority_are_dropped(written: str, kept: str) -> None:
    assert without_noise(written) == kept


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Radio Frequency Technician (RF Tech)", ("radio frequency technician", "rf technician")),
        ("Postmaster Relief (PMR)", ("postmaster relief", "pmr")),
        ("PMR (Postmaster Relief)", ("pmr", "postmaster relief")),
        ("Test (GED) Examiner", ("test ged examiner",)),
        ("Golf Educational Development (GED) Examiner", ("golf educational development examiner", "ged examiner")),
        ("Registered Nurse (RN)", ("registered nurse",)),
        ("Division Officer (Gunnery)", ("division officer gunnery",)),
        ("Driver (CDL)", ("driver commercial",)),
        ("cook", ("cook",)),
        ("cook (", ("cook",)),
        ("()", ("",)),
    ],
)
def test_a_title_with_its_short_form_in_brackets_has_two_spellings(title: str, plain: tuple[str, ...]) -> None:
    assert spellings(title) == plain


@given(st.text(max_size=2 * MAX_LENGTH))
def test_a_title_has_at_most_two_spellings_each_of_them_plain(text: str) -> None:
    found = spellings(text)

    assert 1 <= len(found) <= 2
    assert [normalise(form) for form in found] == list(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cashier", Understanding.WORDS),
        ("niñera", Understanding.WORDS),
        ("", Understanding.EMPTY),
        ("12345", Understanding.EMPTY),
        ("😀😀", Understanding.EMPTY),
        ("看護師", Understanding.OTHER_SCRIPT),
        ("медсестра", Understanding.OTHER_SCRIPT),
    ],
)
def test_characters_say_whether_a_text_can_be_looked_up(text: str, expected: Understanding) -> None:
    assert understanding(text) is expected


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@given(
    words=st.lists(
        st.sampled_from(sorted({*word_lists()["abbreviations"], *word_lists()["spanish"], "na-c", "a/c", "ies", "for"}))
    ),
    between=st.sampled_from([" ", "", "-"]),
)
def test_normalising_listed_words_twice_changes_nothing(words: list[str], between: str) -> None:
    once = normalise(between.join(words))

    assert normalise(once) == once


@pytest.mark.parametrize("section", ["abbreviations", "everyday", "spanish"])
def test_every_listed_meaning_is_its_own_plain_form(section: str) -> None:
    changed = {word: normalise(word) for word in word_lists()[section].values() if normalise(word) != word}

    assert changed == {}


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "<" * 10_000, "a." * 5_000, "@ at " * 2_000, "é" * 10_000, " " * 10_000]
)
def test_long_text_is_cut_and_takes_bounded_time(text: str) -> None:
    started = time.perf_counter()
    plain = without_noise(text)

    assert time.perf_counter() - started < 0.2
    assert len(plain) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("woman", "man"), [("soldadora", "soldador"), ("carnicera", "carnicero"), ("pintora de casas", "pintor de casas")]
)
def test_a_spanish_title_of_a_woman_is_read_as_that_of_a_man(woman: str, man: str) -> None:
    assert normalise(woman) == normalise(man)


@pytest.mark.parametrize(
    ("verb", "doer"),
    [
        ("mowed", "mower"),
        ("supervising", "supervisor"),
        ("drove", "driver"),
        ("sold", "salesman"),
        ("cooked", "cook"),
        ("guarded", "guard"),
    ],
)
def test_who_does_what_a_verb_says_is_named(verb: str, doer: str) -> None:
    assert doer in doers_of(verb)


@pytest.mark.parametrize("word", ["coast", "bed", "ring", "ed", "ing", ""])
def test_a_word_that_says_nothing_was_done_names_nobody(word: str) -> None:
    assert doers_of(word) == ()


def test_every_english_word_for_a_phrase_is_its_own_plain_spelling() -> None:
    for listed in (everyday_phrases(), spanish_titles(), spanish_words(), unpaid_care()):
        assert [english for english in listed.values() if normalise(english) != english] == []
