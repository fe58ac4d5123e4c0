"""The catalogues of sentences: whole in both languages, easy to read, and without influence on what is answered."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from app.api.mapping import read_seeker
from matching.answer import Answer
from matching.config import MatchConfig
from matching.engine import match
from matching.wording import LANGUAGES, Said, in_language, say, together
from matching.wording.sentences import catalogue
from matching.world import World

CASES = sorted((Path(__file__).parents[2] / "golden" / "cases").glob("*.toml"))
DAY = date(2026, 11, 22)

# Fields of an answer that hold sentences of ours.
SENTENCES = {
    "reasons", "unknowns", "questions", "skipped", "checks", "notices", "sentence", "detail", "confirm", "sentences",
    "tier_meaning", "ask",
}  # fmt: skip
# What sentences of a catalogue say to the person; the rest is for staff, in the words of the law.
FOR_THE_PERSON = (
    "limit", "concern", "check", "plan", "question", "reason", "notice", "relax", "tier", "evidence", "ruled_out",
    "benefit", "need", "bridge",
)  # fmt: skip
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


# Spellings that no American writes.
BRITISH = re.compile(
    r"\b(?:licence|organis|recognis|authoris|centre|counsell|programme\b|behaviour|labour|enrol\b|enrolment|judgement|favour)",
    re.IGNORECASE,
)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_have_the_same_sentences_with_the_same_figures() -> None:
    english, spanish = catalogue("en"), catalogue("es")

    assert english.keys() == spanish.keys()
    assert {k: placeholders(t) for k, t in english.items()} == {k: placeholders(t) for k, t in spanish.items()}
    assert all(text.strip() for text in spanish.values())
    same = (key for key in english if english[key] == spanish[key])
    assert not {key for key in same if len(re.sub(r"\{\w+\}", "", english[key]).split()) > 2}


def syllables_in_english(word: str) -> int:
    """Runs of vowels, a silent e at the end left out."""
    runs = len(re.findall(r"[aeiouy]+", word))
    return max(1, runs - (word.endswith("e") and not word.endswith("le") and runs > 1))


def syllables_in_spanish(word: str) -> int:
    """Vowels, less those that glide: an i or u without an accent beside another vowel makes no syllable of its own."""
    plain = re.sub(r"qu|gu(?=[eiéí])", "q", word)
    return max(1, len(re.findall(r"[aeoáéíóú]|(?<![aeiouáéíóú])[iu](?![aeoáéó])|[iu](?=[iu])", plain)))


def reading_grade(text: str, language: str) -> float:
    """Years of school: Flesch and Kincaid (1975) for English, Crawford (1984) for Spanish."""
    words = re.findall(r"[a-záéíóúüñ]+", text.lower())
    sentences = max(1, len(re.findall(r"[.?!:;]+(?=\s|$)", text)))
    if language == "en":
        syllables = sum(map(syllables_in_english, words))
        return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    syllables = sum(map(syllables_in_spanish, words))
    return -0.205 * 100 * sentences / len(words) + 0.049 * 100 * syllables / len(words) - 3.407


@pytest.mark.parametrize(
    ("text", "language", "least", "most"),
    [
        ("The cat sat on the mat. It was a warm day.", "en", -3, 2),
        ("Institutional determinations notwithstanding, eligibility necessitates documentation.", "en", 16, 60),
        ("El gato come pan. La casa es roja.", "es", -9, 3),
        ("La determinación institucional necesita documentación extraordinariamente complicada.", "es", 9, 40),
    ],
)  # fmt: skip
def test_the_measure_of_reading_tells_easy_from_hard(text: str, language: str, least: float, most: float) -> None:
    assert least <= reading_grade(text, language) <= most


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", FOR_THE_PERSON)
def test_what_is_said_to_the_person_reads_at_grade_eight_or_below(part: str, language: str) -> None:
    sentences = [t for key, t in catalogue(language).items() if key.startswith(f"{part}.")]
    text = " ".join(re.sub(r"\{\w+\}", "it", t) + ("" if t.endswith((".", "?")) else ".") for t in sentences)

    assert reading_grade(text, language) <= 8.0


def texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document with the field it stands in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part, name)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), field.name)


@pytest.fixture(scope="module")
def answers(starter_world: World) -> list[Answer]:
    seekers = (read_seeker(tomllib.loads(path.read_text(encoding="utf-8"))["seeker"]) for path in CASES)
    return [match(seeker, starter_world, MatchConfig(), DAY) for seeker in seekers]


def test_every_sentence_of_an_answer_is_one_of_the_catalogues(answers: list[Answer]) -> None:
    strays = {text for a in answers for name, text in texts(a) if name in SENTENCES and not isinstance(text, Said)}

    assert len(answers) > 20
    assert not strays


def test_in_spanish_no_sentence_stays_english_and_every_number_stays(answers: list[Answer]) -> None:
    for answer in answers:
        spanish = in_language(answer, "es")

        assert (answer.language, spanish.language) == ("en", "es")
        pairs = list(zip(texts(answer), texts(spanish), strict=True))
        for (name, before), (_, after) in pairs:
            if isinstance(before, Said):
                assert before != after, before
                # Percentiles are written 25th in English and keep the word; order may differ.
                assert sorted(NUMBER.findall(before)) == sorted(NUMBER.findall(after)), (before, after)
            elif name != "language":
                assert before == after


def test_a_text_of_several_sentences_is_put_into_spanish_part_by_part() -> None:
    text = together([say("reason.near"), say("plan.part_of_cost")])

    assert in_language(text, "es") == "El trabajo se parece al que usted ya hizo. Una parte del costo no se sabe."
    assert text == "The work is close to work you have done. Part of the cost is not known."


def test_a_sentence_without_its_figure_is_refused() -> None:
    with pytest.raises(KeyError):
        say("relax.distance")
    with pytest.raises(KeyError):
        say("relax.nothing_like_it")


def test_english_is_spelled_as_its_readers_spell(starter_world: World) -> None:
    credentials = starter_world.catalog.credentials.values()
    shown = [
        *catalogue("en").values(),
        *(text for c in credentials for text in (c.name, c.issuer or "", c.source or "")),
    ]

    assert [text for text in shown if BRITISH.search(text)] == []
