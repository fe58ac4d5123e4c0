"""Titles of what somebody says they did: "fixing cars" is a mechanic's work, "loading trucks" a loader's.

Listed duties come first (`duties` in words.toml), whatever the form of their verb. Else a text that begins with a form
in "-ing" is turned into who does that, where that is a listed title: "welding pipe" is a pipe welder's work.
"""

import re
from collections.abc import Callable, Container
from functools import cache

from matching.resolve.text import fold, normalise
from matching.resolve.word_lists import doers_of, word_lists

_VOWELS = frozenset("aeiou")
# "welding in the prison shop": what was done stands by itself, and where follows.
_THEN_WHERE = re.compile(r"\s{0,3}(?:i was |was )?([a-z]{3,20}ing) (?:in|at|for|with|on|from|out of) ")


def by_duty(words: str) -> str:
    """Normalised words with the first listed duty in them replaced by its title; the same words where there is none."""
    said = words.split()
    listed = _listed_duties()
    if listed.keys().isdisjoint(said):
        return words
    for at, word in enumerate(said):
        for what, title in listed.get(word, ()):
            end = at + 1 + len(what)
            if tuple(said[at + 1 : end]) == what:
                return normalise(" ".join([*said[:at], title, *said[end:]]))
    return words


def by_doer(text: str, words: str, plain: Callable[[str], str], listed: Container[str]) -> str | None:
    """The title of who does what a text in "-ing" tells, if it is listed.

    Args:
        text: as said.
        words: what is left of it in plain words.
        plain: how words are made plain.
        listed: the titles listed, in plain words.
    """
    verb, _, what = words.partition(" ")
    if not verb.endswith("ing") or words in listed:
        return None
    alone = (where := _THEN_WHERE.match(fold(text))) is not None and where[1] == verb
    for doer in doers_of(verb) if what or alone else ():
        title = plain(f"{what} {doer}")
        if title in listed or (alone and plain(doer) in listed):
            return title
    return None


@cache
def _listed_duties() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What may follow each form of a verb, the longest first, and the title."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    irregular: dict[str, list[str]] = word_lists()["verb_forms"]
    for verb, titles in word_lists()["duties"].items():
        for form in (verb, *irregular.get(verb, _regular(verb))):
            found.setdefault(form, {}).update({tuple(normalise(what).split()): title for what, title in titles.items()})
    return {form: sorted(titles.items(), key=lambda each: (-len(each[0]), each[0])) for form, titles in found.items()}


def _regular(verb: str) -> tuple[str, str]:
    """The past and the "-ing" of a verb: "load", "loaded", "loading"; "bag", "bagged"; "move", "moving"."""
    if verb.endswith("e"):
        return f"{verb}d", f"{verb[:-1]}ing"
    doubled = len(verb) == 3 and verb[-2] in _VOWELS and verb[-1] not in _VOWELS | {"w", "x", "y"}
    stem = verb + verb[-1] if doubled else verb
    return f"{stem}ed", f"{stem}ing"
