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
    beginnings_of_care,
    everyday_phrases,
    spanish_joining,
    spanish_titles,
    spanish_words,
    unpaid_care,
    word_lists,
)

# A job title longer than this is a pasted posting; its first words carry the title.
MAX_LENGTH = 300
SETTLES_WITHIN = 8  # readings; two suffice for every listed pair of phrases
_JUST_READ = 1 << 8  # texts: a text is looked at from several sides, one after the other

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
# What the three before cannot do without; most titles have none of it.
_MAY_SAY_WHEN = re.compile(r"\d| (?:my|our|mi)|year|yr|mo|week|wk|ano|mes")
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
    return _fold(text[: 2 * MAX_LENGTH])


@lru_cache(maxsize=_JUST_READ)
def _fold(text: str) -> str:
    if text.isascii():
        text = text.lower()
        text = _TAG.sub(" ", text) if "<" in text else text
        return (text if text.isprintable() else text.translate(_CONTROLS))[:MAX_LENGTH]
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


@lru_cache(maxsize=_JUST_READ)
def _tokens(folded: str) -> tuple[str, ...]:
    for spelling, plain in _SLASHED.items():
        if spelling in folded:
            folded = folded.replace(spelling, plain)
    if "." in folded:
        folded = _DOTTED.sub(lambda m: m.group().replace(".", "") + " ", folded)
    tokens = _TOKEN.findall(folded.replace("'", ""))
    return tuple(tokens) if _longer_forms().isdisjoint(tokens) else _with_short_forms(tokens)


@cache
def _longer_forms() -> frozenset[str]:
    """Words with which a long form of a trade begins, or words of care: most texts have none."""
    return frozenset(form.split()[0] for form in (*_LONG_FORMS, *beginnings_of_care()))


def _with_short_forms(tokens: Iterable[str]) -> tuple[str, ...]:
    words = " ".join(tokens)
    for long, short in _LONG_FORMS.items():
        words = words.replace(long, short)
    for told, title in unpaid_care().items():
        words = told.sub(title, words)
    return tuple(words.split())


@lru_cache(maxsize=_JUST_READ)
def _plain_phrases(tokens: tuple[str, ...]) -> tuple[str, ...]:
    phrases, longest, spanish = _phrases()
    if longest.keys().isdisjoint(tokens):
        return tokens
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
    return tuple(word for word in out if word not in spanish_joining()) if of_spanish else tuple(out)


@lru_cache(maxsize=1 << 13)  # words recur from text to text
def _words_of(token: str) -> tuple[str, ...]:
    """What a token stands for: the words it abbreviates, or itself, of one."""
    abbreviations = word_lists()["abbreviations"]
    said = abbreviations.get(token) or abbreviations.get(_singular(token)) or _singular(token)
    return tuple(word for word in said.split() if word not in _JOINING)


def _plain(tokens: tuple[str, ...]) -> str:
    # A word said twice says no more than once: "CNA (certified nursing assistant)".
    plain = " ".join(dict.fromkeys(word for token in _plain_phrases(tokens) for word in _words_of(token)))
    return plain if len(plain) <= MAX_LENGTH else plain[: MAX_LENGTH + 1].rpartition(" ")[0] or plain[:MAX_LENGTH]


@lru_cache(maxsize=1 << 12)  # what was said, and what noise leaves of it, are often the same words
def _read_again(plain: str) -> str:
    tokens = plain.split()
    longest = _phrases()[1]
    if longest.keys().isdisjoint(tokens) and _longer_forms().isdisjoint(tokens) and all(map(_is_plain, tokens)):
        return plain
    return _plain(_tokens(plain))


@lru_cache(maxsize=1 << 13)
def _is_plain(token: str) -> bool:
    return _words_of(token) == (token,)


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


def without_employer(text: str) -> str:
    """A title without where the work was; the text itself where nothing else was said."""
    cut = _EMPLOYER.sub(" ", text[: 2 * MAX_LENGTH])
    return cut if any(c.isalpha() for c in cut) else text


def without_noise(text: str) -> str:
    """`normalise` after dropping employer, shift, dates, seniority and contract form; "" when only those were said."""
    folded = fold(text)
    if _MAY_SAY_WHEN.search(folded):
        undated = _OF_MINE.sub(" ", _DATES.sub(" ", _DURATION.sub(" ", folded)))
        folded = undated if any(c.isalpha() for c in undated) else folded
    tokens = _tokens(_EMPLOYER.sub(" ", folded)) or _tokens(folded)
    noise = word_lists()["noise"]
    if _noise().issuperset(tokens):
        # "worked at a gas station": nothing but the place says what was done.
        tokens = tuple(t for t in _tokens(_AT.sub(" ", folded)) if t not in noise["empty"]) or tokens
    words = _plain_phrases(tokens)
    if not _noise_phrases().keys().isdisjoint(words):
        joined = f" {' '.join(words)} "
        # In their order, those that may stand there.
        for _, phrase in sorted(chain.from_iterable(_noise_phrases().get(word, ()) for word in dict.fromkeys(words))):
            joined = joined.replace(f" {phrase} ", " ")
        words = tuple(joined.split())
    return _settled(_plain(tuple(t for t in words if t not in _noise_words())))


@cache
def _noise_words() -> frozenset[str]:
    return frozenset(word_lists()["noise"]["words"])


@cache
def _noise_phrases() -> dict[str, list[tuple[int, str]]]:
    """Phrases that say nothing of the occupation, each with its place in the list, by their first words."""
    phrases: dict[str, list[tuple[int, str]]] = {}
    for place, phrase in enumerate(word_lists()["noise"]["phrases"]):
        phrases.setdefault(phrase.split()[0], []).append((place, phrase))
    return phrases


@cache
def _noise() -> frozenset[str]:
    """Words that say nothing of the occupation, or no more than that there was one."""
    noise = word_lists()["noise"]
    return frozenset(chain(noise["words"], noise["empty"], noise["vague"]))
