"""Words as people write them to one plain form: pure, idempotent, linear in a bounded length, never an exception.

Two steps are kept apart. `normalise` says the same thing in one spelling (case, accents, punctuation, plural,
abbreviations, Spanish). `without_noise` drops what says nothing about the occupation (employer, shift, seniority).
Every regular expression here is a character class or has one bounded quantifier, so time is linear.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain

from matching.resolve.word_lists import (
    everyday_phrases,
    spanish_joining,
    spanish_titles,
    spanish_words,
    unpaid_care,
    word_lists,
)

# A job title longer than this is a pasted posting; its first words carry the title.
MAX_LENGTH = 300
LONGEST_SHORT_FORM = 7  # letters
SETTLES_WITHIN = 8  # readings; two suffice for every listed pair of phrases

_TAG = re.compile(r"<[^<>]{0,80}>")
_TOKEN = re.compile(r"[a-z0-9+#]+")
# "R.N.", "C.D.L.": letters each followed by a full stop are one acronym.
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,6}")
# "L/V/N" is rare, "driver/loader" is common: a slash separates, except in these fixed spellings.
_SLASHED = {
    "a/c": "air conditioning",
    "hvac/r": "hvacr",
    "w/": "with ",
    "na-c": "nac",
    "nursing asst": "nursing assistant",
}
# Joining words; a title and its everyday form differ in them ("Cooks, Restaurant", "cook in a restaurant").
_JOINING = frozenset(["and", "of", "the", "or", "to", "for", "in", "de", "except"])
# Four words for one trade would outweigh the word that says what is done there ("HVAC instructor").
_LONG_FORMS = {
    "heating ventilation and air conditioning": "hvac",
    "heating ventilating and air conditioning": "hvac",
    "heating ventilation air conditioning": "hvac",
}
# One word for whoever does the work: "saleswoman" and "salespeople" are listed, if at all, as "salesman".
_OF_WHOM = ("women", "woman", "people", "person", "men")
_LEAST_WORK = 3  # letters before it
_NO_WORKERS = frozenset(["abdomen", "acumen", "bitumen", "carmen", "regimen", "specimen"])
# "for 10 years", "3 yrs of", "from 2010 to 2015": when, not what.
_DURATION = re.compile(
    r"\b(?:(?:for|over|about|almost|nearly|por|durante|hace) )?"
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|una?)"
    r" ?\+? ?(?:years?|yrs?|months?|mos?|weeks?|wks?|anos?|meses|mes)\b"
    r"(?! ?-?(?:olds?|college|degree|round)\b)(?: of\b)?"
)
_DATES = re.compile(
    r"\b(?:(?:from|in|since|desde|en) )?(?:19[5-9]|20[0-4])\d\b"
    r"(?: ?(?:-|–|to|until|till|thru|hasta|a) ?(?:(?:19[5-9]|20[0-4])\d|present|now|today|current|presente|hoy)\b)?"
)
# "with my uncle", "out of my house": whose, and not what.
_OF_MINE = re.compile(r"\b(?:in|with|out of|from|con|en) (?:my|our|mi(?:s)?)\b[^,;|]*")
_AT = re.compile(r"@|\bat\b")
_EMPLOYER = re.compile(r"(?:@|\bat\b)[^,;|]*")


class Understanding(StrEnum):
    """Whether a text can be looked up at all, decided from its characters alone."""

    WORDS = "words"
    EMPTY = "empty"
    OTHER_SCRIPT = "other_script"


@cache
def _phrases() -> tuple[dict[tuple[str, ...], str], dict[str, int], frozenset[tuple[str, ...]]]:
    """Phrases by their tokens, the length of the longest that begins with a word, and which of them are Spanish."""
    spanish, everyday = {**spanish_words(), **spanish_titles()}, everyday_phrases()
    phrases = {_tokens_of(key): value for key, value in (everyday | spanish).items()}
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return phrases, longest, frozenset(map(_tokens_of, spanish))


def _tokens_of(phrase: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(phrase)))


def phrase_words() -> Iterator[str]:
    """The words of everyday and Spanish phrases, each as often as it stands in one."""
    return chain.from_iterable(_phrases()[0])


# Plain ASCII has no accents to take off, and most titles are plain ASCII.
_CONTROLS = {code: " " if chr(code).isspace() else None for code in (*range(32), 127)}


def fold(text: str) -> str:
    """Lower case without accents, tags, control characters or more than MAX_LENGTH characters."""
    text = text[: 2 * MAX_LENGTH]
    if text.isascii():
        return _TAG.sub(" ", text.lower()).translate(_CONTROLS)[:MAX_LENGTH]
    text = _TAG.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c if unicodedata.category(c)[0] not in "CM" else " " * (c.isspace()) for c in decomposed)[
        :MAX_LENGTH
    ]


def understanding(text: str) -> Understanding:
    """Whether the text holds Latin words; numbers, signs and emoji alone say nothing, unless listed ("68W")."""
    letters = [c for c in unicodedata.normalize("NFKC", text[: 2 * MAX_LENGTH]) if c.isalpha()]
    latin = sum(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if len(letters) < 2:
        return Understanding.WORDS if _names_listed_code(text) else Understanding.EMPTY
    return Understanding.WORDS if 2 * latin >= len(letters) else Understanding.OTHER_SCRIPT


def _names_listed_code(text: str) -> bool:
    """Whether a word is a listed code of digits and one letter, as the army's are."""
    return any((token,) in _phrases()[0] for token in _TOKEN.findall(fold(text)))


def _singular(word: str) -> str:
    if word.endswith(_OF_WHOM) and word not in _NO_WORKERS:
        work = word[: -len(next(whom for whom in _OF_WHOM if word.endswith(whom)))]
        if len(work) >= _LEAST_WORK:
            return f"{work}man"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return word


def _tokens(folded: str) -> list[str]:
    for spelling, plain in _SLASHED.items():
        if spelling in folded:
            folded = folded.replace(spelling, plain)
    folded = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", folded)
    words = " ".join(_TOKEN.findall(folded.replace("'", "")))
    for long, short in _LONG_FORMS.items():
        words = words.replace(long, short)
    for told, title in unpaid_care().items():
        words = told.sub(title, words)
    return words.split()


def _plain_phrases(tokens: list[str]) -> list[str]:
    phrases, longest, spanish = _phrases()
    out: list[str] = []
    at = 0
    of_spanish = False
    while at < len(tokens):
        for width in range(min(longest.get(tokens[at], 0), len(tokens) - at), 0, -1):
            phrase = tuple(tokens[at : at + width])
            english = phrases.get(phrase)
            if english is not None:
                of_spanish = of_spanish or phrase in spanish
                out.extend(english.split())
                at += width
                break
        else:
            out.append(tokens[at])
            at += 1
    return [word for word in out if word not in spanish_joining()] if of_spanish else out


@lru_cache(maxsize=1 << 13)  # words recur from text to text
def _words_of(token: str) -> tuple[str, ...]:
    """What a token stands for: the words it abbreviates, or itself, of one."""
    abbreviations = word_lists()["abbreviations"]
    said = abbreviations.get(token) or abbreviations.get(_singular(token)) or _singular(token)
    return tuple(word for word in said.split() if word not in _JOINING)


def _plain(tokens: list[str]) -> str:
    # A word said twice says no more than once: "CNA (certified nursing assistant)".
    plain = " ".join(dict.fromkeys(word for token in _plain_phrases(tokens) for word in _words_of(token)))
    return plain if len(plain) <= MAX_LENGTH else plain[: MAX_LENGTH + 1].rpartition(" ")[0] or plain[:MAX_LENGTH]


@lru_cache(maxsize=1 << 12)  # what was said, and what noise leaves of it, are often the same words
def _read_again(plain: str) -> str:
    return _plain(_tokens(plain))


def _settled(plain: str) -> str:
    """Plain words read again until nothing changes: one short form may bring the words of another phrase together."""
    for _ in range(SETTLES_WITHIN):
        again = _read_again(plain)
        if again == plain:
            break
        plain = again
    return plain


def normalise(text: str) -> str:
    """One plain spelling of a text; "" when nothing is left. Doing it twice changes nothing."""
    return _settled(_plain(_tokens(fold(text))))


@cache
def _kin() -> dict[str, str]:
    """The kin of each word that has one."""
    return {word: kin for kin, words in word_lists()["kin"].items() for word in words}


def kin_of(words: Iterable[str]) -> tuple[str, ...]:
    """What plain words have in common with others: that somebody leads, helps or teaches."""
    return tuple(dict.fromkeys(_kin()[word] for word in words if word in _kin()))


def doers_of(verb: str) -> tuple[str, ...]:
    """Who might have done what a verb says: "mowed" a "mower", "supervising" a "supervisor", "drove" a "driver"."""
    irregular: str | None = word_lists()["verbs"].get(verb)
    if irregular:
        return (irregular,)
    stem = next(
        (verb.removesuffix(end) for end in ("ed", "ing") if len(verb) > len(end) + 2 and verb.endswith(end)), ""
    )
    return (f"{stem}er", f"{stem}or") if stem else ()


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


def without_employer(text: str) -> str:
    """A title without where the work was; the text itself where nothing else was said."""
    cut = _EMPLOYER.sub(" ", text[: 2 * MAX_LENGTH])
    return cut if any(c.isalpha() for c in cut) else text


def without_noise(text: str) -> str:
    """`normalise` after dropping employer, shift, dates, seniority and contract form; "" when only those were said."""
    folded = fold(text)
    undated = _OF_MINE.sub(" ", _DATES.sub(" ", _DURATION.sub(" ", folded)))
    folded = undated if any(c.isalpha() for c in undated) else folded
    tokens = _tokens(_EMPLOYER.sub(" ", folded)) or _tokens(folded)
    if _noise().issuperset(tokens):
        # "worked at a gas station": nothing but the place says what was done.
        tokens = [t for t in _tokens(_AT.sub(" ", folded)) if t not in word_lists()["noise"]["empty"]] or tokens
    joined = f" {' '.join(_plain_phrases(tokens))} "
    for phrase in word_lists()["noise"]["phrases"]:
        joined = joined.replace(f" {phrase} ", " ")
    return _settled(_plain([t for t in joined.split() if t not in word_lists()["noise"]["words"]]))


@cache
def _noise() -> frozenset[str]:
    """Words that say nothing of the occupation, or no more than that there was one."""
    noise = word_lists()["noise"]
    return frozenset(chain(noise["words"], noise["empty"], noise["vague"]))
