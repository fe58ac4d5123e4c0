"""The word lists of `words.toml`, and the phrases that are made of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

_ENGLISH_TOO = ("barrer", "vender")  # "hot dog vender"
_NAVY = ("navy", "us navy", "usn")
_GRADES = ("", "1", "2", "3", "c", "cs", "cm", "sn", "an", "fn")


@cache
def word_lists() -> dict[str, Any]:
    """The word lists beside this module."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def everyday_phrases() -> dict[str, str]:
    """What people say instead of an English title, and the title."""
    listed = word_lists()
    ratings = {
        f"{navy} {rating}{grade}": title
        for (rating, title), navy, grade in product(listed["navy"].items(), _NAVY, _GRADES)
        if f"{rating}{grade}" != "at"  # "Navy at San Diego" tells a place
    }
    everyday: dict[str, str] = listed["everyday"]
    return ratings | everyday


@cache
def unpaid_care() -> dict[re.Pattern[str], str]:
    """Patterns of words that tell of care for people at home, and the title of those who are paid for it."""
    care = word_lists()["care"]

    def told(did: Iterable[str], whom: Iterable[str]) -> re.Pattern[str]:
        # The longest first: "father in law" is no father.
        did, whose, whom = ("|".join(sorted(words, key=len, reverse=True)) for words in (did, care["whose"], whom))
        return re.compile(rf"\b(?:{did}) (?:(?:{whose}) )?(?:{whom})\b")

    return {
        told(care["did"], care["adults"]): "personal care aide",
        told([*care["did"], *care["did_children"]], care["children"]): "child care worker",
    }


@cache
def beginnings_of_care() -> tuple[str, ...]:
    """The first words of what `unpaid_care` finds."""
    care = word_lists()["care"]
    return tuple(dict.fromkeys(words.split()[0] for words in (*care["did"], *care["did_children"])))


@cache
def spanish_titles() -> dict[str, str]:
    """Spanish titles, for women and for men, and the English title of each."""
    spanish: dict[str, str] = word_lists()["spanish"]
    of_others = {other: spanish[listed] for listed in spanish for other in _of_others(listed) if other not in spanish}
    return of_others | spanish


@cache
def spanish_words() -> dict[str, str]:
    """Spanish words of titles and of sentences about work, each with the English word."""
    listed = word_lists()
    words: dict[str, str] = listed["spanish_words"]
    verbs: dict[str, str] = {form: who for verb, who in listed["spanish_verbs"].items() for form in _forms(verb)}
    for english in _ENGLISH_TOO:
        del verbs[english]
    return verbs | words


@cache
def spanish_joining() -> frozenset[str]:
    """Small words of Spanish that say nothing of the work."""
    return frozenset(word_lists()["spanish_joining"]["words"])


def _of_others(title: str) -> tuple[str, ...]:
    """The same work by a woman or a man: "soldador" and "soldadora", "carnicero" and "carnicera", "niñera"."""
    first, space, rest = title.partition(" ")
    for man, woman in (("or", "ora"), ("ero", "era")):
        if first.endswith(woman):
            return (first.removesuffix(woman) + man + space + rest,)
        if first.endswith(man):
            return (first.removesuffix(man) + woman + space + rest,)
    return ()


def _forms(verb: str) -> tuple[str, ...]:
    """What people write of a regular verb about their own work: "limpiar", "limpié", "limpiaba", "limpiando"."""
    stem = verb[:-2]
    if not verb.endswith("ar"):
        return tuple(stem + ending for ending in (verb[-2:], "i", "o", "ia", "iendo"))
    soft = f"{stem[:-1]}qu" if stem.endswith("c") else f"{stem}u" if stem.endswith("g") else stem
    return (*(stem + ending for ending in ("ar", "o", "aba", "ando")), f"{soft}e")


@cache
def _kin() -> dict[str, str]:
    """The kin of each word that has one."""
    return {word: kin for kin, words in word_lists()["kin"].items() for word in words}


def kin_of(words: Iterable[str]) -> tuple[str, ...]:
    """What plain words have in common with others: that somebody leads, helps or teaches."""
    return tuple(dict.fromkeys(_kin()[word] for word in words if word in _kin()))


def doers_of(verb: str) -> tuple[str, ...]:
    """Who might have done what a verb says: "mowed" a "mower", "supervising" a "supervisor", "drove" a "driver"."""
    verbs: dict[str, str] = word_lists()["verbs"]
    # "cooking" is a cook's work as "cooked" is.
    if irregular := verbs.get(verb) or verbs.get(f"{verb.removesuffix('ing')}ed"):
        return (irregular,)
    stem = next(
        (verb.removesuffix(end) for end in ("ed", "ing") if len(verb) > len(end) + 2 and verb.endswith(end)), ""
    )
    return (f"{stem}er", f"{stem}or") if stem else ()
