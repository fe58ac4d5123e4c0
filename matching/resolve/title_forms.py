"""A listed title in either form where its short form stands in brackets: "Radio Frequency Technician (RF Tech)"."""

import re

from matching.resolve.text import MAX_LENGTH, fold, normalise

LONGEST_SHORT_FORM = 7  # letters
_TOKEN = re.compile(r"[a-z0-9+#]+")


def forms_of(title: str) -> tuple[str, ...]:
    """A title in either form where its short form stands in brackets, which hardly anybody says both of.

    So "Radio Frequency Technician (RF Tech)" is two titles, and "General Educational Development (GED) Examiner" too.
    Anything else in brackets is part of the title: "Division Officer (Gunnery)".
    """
    before, bracket, rest = title[: 2 * MAX_LENGTH].partition("(")
    if not bracket:
        return (title,)
    inside, _, after = rest.partition(")")
    forms = f"{before} {after}", f"{inside} {after}"
    plain = [normalise(form) for form in forms]
    alike = _is_short_for(inside, before) or _is_short_for(before, inside)
    alike = alike or (not after.strip() and _share_a_word(*plain))
    return forms if alike and all(plain) else (title,)


def spellings(title: str) -> tuple[str, ...]:
    """The plain spellings of a title, one for each of its forms."""
    return tuple(dict.fromkeys(map(normalise, forms_of(title))))


def _share_a_word(one: str, other: str) -> bool:
    """Whether both hold the same word beside others: "rf technician", "radio frequency technician"."""
    words, others = set(one.split()), set(other.split())
    return min(len(words), len(others)) > 1 and not words.isdisjoint(others)


def _is_short_for(short: str, long: str) -> bool:
    """Whether a word of a few letters has letters of a phrase, in order and its first: "PMR", "postmaster relief"."""
    letters = "".join(_TOKEN.findall(fold(short)))
    left = iter("".join(_TOKEN.findall(fold(long))))
    few = 2 <= len(letters) <= LONGEST_SHORT_FORM and " " not in short.strip()
    return few and letters[0] == next(left, "") and all(letter in left for letter in letters[1:])
