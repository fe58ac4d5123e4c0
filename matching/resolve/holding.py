"""What somebody says of a credential beside its name: that it lapsed, is not held yet, is of a state, is a licence.

Every expression is a list of words or has bounded quantifiers, so time is linear.
"""

import re
from functools import cache

from matching.resolve.expiry import SaidExpiry, take_expiry
from matching.resolve.word_lists import word_lists
from taxonomy.frozen import frozen


def _listed(kind: str, around: str = r"\b(?:{})\b") -> re.Pattern[str]:
    """One expression for a list of `holding` in words.toml; each entry is bounded."""
    return re.compile(around.format("|".join(word_lists()["holding"][kind])))


_IN_FORCE = _listed("in_force")
_INACTIVE = _listed("inactive")
_EXPIRED = _listed("expired")
_LOST = _listed("lost")
_AGO = _listed("ago")
_NOT_HELD = _listed("not_held", r"^(?:i )?(?:{})\b")
_NOT_YET = _listed("not_yet")
_FINISHED = _listed("finished")
_ABROAD = _listed("abroad", r"(?:\b(?:in|from|of|de|en|del) (?:my )?)?\b(?:{})\b")
_YEAR = r"(?:19|20)\d{2}"
_ISSUED = re.compile(
    r"\b(?:issued|since|earned|obtained|received|passed|completed|got(?: it)?|from|year|desde|certified)"
    rf"(?: in| on| date)?[ :]{{1,2}}(?:\d{{1,2}}/(?:\d{{1,2}}/)?)?{_YEAR}\b|[(]?(?<![\w-]){_YEAR}(?![\w-])[)]?"
)
_UNREAD_EXPIRY = re.compile(
    r"\b(?:exp(?:iration|iry)?|expir(?:es|ed|ing|a|o)|vence)\b[ .:]{0,3}(?:date\b)?[ :]{0,2}[\d/.-]{0,12}"
)
# "I have a CNA": the article is no class of a licence.
_HAVING = re.compile(
    r"\b(?:i )?(?:have|has|got|hold|earned|am|is|tengo)(?: an?| my| the| un| una| mi)?\b|^(?:an?|the|my) "
)
_KINDS = (
    ("license", re.compile(r"\b(?:licen[sc]ed?|licensure|lic|licencia)\b")),
    ("certificate", re.compile(r"\b(?:certificates?|certification|cert|certificado|certificacion)\b")),
    ("degree", re.compile(r"\b(?:degree|associates?|bachelors?|aas)\b")),
)
_WORDS = re.compile(r"[a-z0-9+#.'/-]+")
_BRACKETED = re.compile(r"[(\[]\s{0,3}([a-z ]{2,20}?)\s{0,3}[)\]]")
_PREPOSITIONS = frozenset(["in", "from", "of", "for", "en", "de", "state"])
# Codes that are words as well: they name a state in capitals or brackets only.
_WORDLIKE = frozenset(["al", "co", "de", "hi", "id", "in", "la", "ma", "me", "ne", "oh", "ok", "or", "pa", "ms", "pr"])
# Said of any credential, so they tell none from another.
EMPTY_WORDS = frozenset(
    ["certificate", "certification", "certified", "cert", "credential", "license", "licence", "licensed", "lic",
     "licencia", "tarjeta", "certificado", "certificada", "card", "my", "an", "have", "i", "program", "programme",
     "course", "multistate", "compact", "holder", "current"]
)  # fmt: skip


@frozen
class Said:
    """What was said beside the name. `kind`: license, certificate or degree where such a word was used."""

    name: str
    state: str | None = None
    expiry: SaidExpiry | None = None
    expiry_unread: bool = False
    over: str | None = None  # expired | not_valid
    kind: str | None = None
    abroad: bool = False  # issued in another country
    finished: bool = False  # "completed", "certificate of completion"


@cache
def _states() -> dict[str, str]:
    """Postal code by code and by name, lower case."""
    names: dict[str, str] = word_lists()["states"]
    return {n: code for code, n in names.items()} | {code.lower(): code for code in names}


def denied(folded: str) -> str | None:
    """What is not held, or not yet, where a text says so."""
    text = _IN_FORCE.sub(" ", folded.strip())
    if not (_NOT_HELD.search(text.strip()) or _NOT_YET.search(text)):
        return None
    return " ".join(_NOT_YET.sub(" ", _NOT_HELD.sub(" ", text.strip())).split())


def read_said(folded: str, own_words: str) -> Said:
    """A name without what was said beside it. `own_words`: as typed, since "OR" is a state and "or" is not."""
    expiry, text = take_expiry(folded)
    inactive = _INACTIVE.search(text) is not None
    text = _IN_FORCE.sub(" ", _INACTIVE.sub(" ", text))
    over = "expired" if _EXPIRED.search(text) else "not_valid" if inactive or _LOST.search(text) else None
    if over:
        text = _AGO.sub(" ", _LOST.sub(" ", _EXPIRED.sub(" ", text)))
    unread = expiry is None and over is None and _UNREAD_EXPIRY.search(text) is not None
    text = _UNREAD_EXPIRY.sub(" ", text)
    text = _HAVING.sub(" ", text)
    without_years = _ISSUED.sub(" ", text)
    text = without_years if _WORDS.search(without_years) else text
    without_end = _FINISHED.sub(" ", text)
    finished = without_end != text and _WORDS.search(without_end) is not None
    text = without_end if finished else text
    at_home = _ABROAD.sub(" ", text)
    abroad = at_home != text and _WORDS.search(at_home) is not None
    name, state = _without_state(at_home if abroad else text, own_words)
    kind = next((kind for kind, words in _KINDS if words.search(text)), None)
    return Said(" ".join(name.split()), state, expiry, unread, over, kind, abroad, finished)


def _without_state(folded: str, own_words: str) -> tuple[str, str | None]:
    """The name without a state in brackets, at its front or its end ("CNA (TX)", "Texas CNA", "CNA in Texas")."""
    for bracketed in _BRACKETED.finditer(folded):
        if state := _states().get(bracketed[1].strip()):
            return f"{folded[: bracketed.start()]} {folded[bracketed.end() :]}", state
    tokens = _WORDS.findall(folded)
    for width in (3, 2, 1):
        before = tokens[:-width]
        while before and before[-1] in _PREPOSITIONS:
            before.pop()
        for part, rest in ((tokens[-width:], before), (tokens[:width], tokens[width:])):
            said = " ".join(part).strip(".")
            state = _states().get(said)
            telling = [word for word in rest if word not in EMPTY_WORDS]
            if state and telling and (said not in _WORDLIKE or re.search(rf"\b{state}\b", own_words)):
                return " ".join(rest), state
    return folded, None
