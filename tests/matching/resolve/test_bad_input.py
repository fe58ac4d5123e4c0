"""Input that nobody means: never an exception, a plain answer, and time that grows no faster than the text."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable
from datetime import date

import pytest

import matching.resolve
from matching.resolve.resolver import Resolver
from matching.seeker import HeldCredential

TODAY = date(2026, 11, 27)
NOTHING = {
    "empty": "",
    "spaces": "   \t\n",
    "signs": "!!! ??? ***",
    "numbers": "1234567890",
    "emoji": "🙂👩‍⚕️🚚",
    "zero width": "\u200b\u200d\ufeff",
    "control": "\x00\x01\x02\x1b[31m",
    "right to left marks": "\u202e\u202d\u2066",
    "combining flood": "\u0301" * 2_000,
    "lone surrogate": "\ud800",
}
# What a regular expression may trip over, repeated; each is cut to a length by the test.
FLOODS = (
    "a", " ", "<", "<a", "((", "()", "a.", "exp ", "expires in ", "exp 1/", "no ", "not yet ", "never got ",
    "taking a ", "want to ", "(tx) ", "a+/", "10 years of ", "little to no ", "Excel: none ", "and ", "é", "ﬃ",
    "e\u0301", "çã", "at @ ", "12.", "cip 51.", "de la ", "jan ", "march 31, ", "i have a ", "CNA, ", "\x00", "🙂",
)  # fmt: skip
SHORT, LONG = 2_000, 20_000
MOST_GROWTH = 40.0  # ten times the length; a quadratic expression takes a hundred times the time
NOISE_SECONDS = 0.02  # shorter runs say nothing about growth

Read = Callable[[str], object]


@pytest.fixture(params=["titles", "duties", "skills", "credentials", "lists", "programs", "providers", "suggestions"])
def read(request: pytest.FixtureRequest, resolver: Resolver) -> Read:
    readers: dict[str, Read] = {
        "titles": resolver.resolve_title,
        "duties": lambda text: resolver.resolve_title("helper", text),
        "skills": resolver.resolve_skill,
        "credentials": lambda text: resolver.resolve_credential(HeldCredential(text), TODAY, "TX"),
        "lists": lambda text: resolver.resolve_credentials(HeldCredential(text, text, text), TODAY, "TX"),
        "programs": resolver.resolve_program,
        "providers": resolver.resolve_provider,
        "suggestions": lambda text: resolver.suggest("titles", text),
    }
    return readers[request.param]


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_holds_no_words_is_not_understood(resolver: Resolver, text: str) -> None:
    found = [
        resolver.resolve_title(text),
        *resolver.resolve_skill(text),
        resolver.resolve_credential(HeldCredential(text), TODAY, "TX").resolved,
        resolver.resolve_provider(text),
    ]

    assert {f.code for f in found} == {None}
    assert all("not understood" in (f.note or "") for f in found)


@pytest.mark.parametrize(
    "text", ["<script>welder</script>", "<b>welder</b>", "weld\u200ber", "w\u0301elder", "ＷＥＬＤＥＲ"]
)
def test_words_under_markup_and_marks_are_still_read(resolver: Resolver, text: str) -> None:
    assert resolver.resolve_title(text).code == "51-4121.00"


def test_time_grows_with_the_length_of_a_text_and_no_faster(read: Read) -> None:
    assert [flood for flood in FLOODS if _grows_too_fast(read, flood)] == []


def test_a_text_of_ten_thousand_characters_is_read_in_a_moment(read: Read) -> None:
    assert _least_seconds(read, "senior forklift operator, no experience with Excel. " * 200) < 0.5


def test_an_expression_that_grows_too_fast_is_noticed() -> None:
    assert _grows_too_fast(lambda text: re.findall("a*b", text), "a")


def _grows_too_fast(read: Read, flood: str) -> bool:
    if _seconds(read, (flood * LONG)[:LONG]) < NOISE_SECONDS:
        return False
    short, long = (_least_seconds(read, (flood * size)[:size]) for size in (SHORT, LONG))
    return long > NOISE_SECONDS and long > MOST_GROWTH * short


def _least_seconds(read: Read, text: str) -> float:
    """The least of three runs: what else the machine does only adds to a run."""
    return min(_seconds(read, text) for _ in range(3))


def _seconds(read: Read, text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


def test_every_expression_takes_time_that_grows_no_faster_than_the_text() -> None:
    expressions = _expressions()

    slow = [
        (name, flood)
        for name, expression in expressions
        for flood in FLOODS
        if _grows_too_fast(lambda text, e=expression: [*e.finditer(text)], flood)
    ]

    assert len(expressions) >= 25
    assert slow == []


def _expressions() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled expression that stands in a module of `matching.resolve`."""
    found = []
    for module in pkgutil.iter_modules(matching.resolve.__path__, "matching.resolve."):
        for name, value in vars(importlib.import_module(module.name)).items():
            listed = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            flat = [part for entry in listed for part in (entry if isinstance(entry, tuple) else [entry])]
            found += [(f"{module.name}.{name}", part) for part in flat if isinstance(part, re.Pattern)]
    return found
