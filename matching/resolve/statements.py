"""A sentence about skills taken apart: one part for each skill, its level, and whether the person denies it.

Every expression is a list of words or has bounded quantifiers, so time is linear.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from matching.resolve.text import fold
from matching.resolve.word_lists import word_lists
from taxonomy.frozen import frozen

_CLAUSE = re.compile(
    r"[,;\n|•]+|\.(?=\s|$)|\bbut (?:i )?(?:also|can|know|have)?\b|\bpero\b|\bhowever\b"
    # "no experience with forklifts and good with people": what is said to be had begins anew.
    r"|\b(?:and|y) (?=(?:i |i'm |am |very |really )?"
    r"(?:can|have|good|great|know|experienced?|skilled|strong|love|like|se|puedo|tengo)\b)"
)
_PART = re.compile(r"\band\b|\bor\b|&|/(?!\d)|\by\b|\bo\b| \+ |\bplus\b")
_OF = r"(?: (?:of|de|in|en|with|con|experience|experiencia)\b)*"
_YEARS = re.compile(rf"\b(?P<years>\d{{1,2}})(?: ?\+| plus)? ?(?:years?|yrs?|anos?)\b{_OF}")
_MONTHS = re.compile(rf"\b\d{{1,2}} ?(?:months?|mos?|meses)\b{_OF}")
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})(?= (?:years?|yrs?)\b)")
_PACE = re.compile(r"\b\d{2,5} ?(?:wpm|kph|ksph|words (?:a|per) minute|palabras por minuto)\b")  # "typing 60 wpm"
_OUT_OF = re.compile(r"\b\d{1,2} ?(?:/|out of) ?\d{1,2}\b")  # "Excel 5/5": whose scale is not known
_SAID_AFTER = re.compile(r"[:(-]\s{0,3}(?:none|no|n/?a|zero|never|nada|ningun[oa]|0)\b\s{0,3}[).]?$|\bnot at all$")


@frozen
class Part:
    """One skill of a statement: its words, the same with the level still in them, its level, and whether denied."""

    words: str
    whole: str
    level: str | None
    denied: bool


def _listed(kind: str, around: str = r"\b(?:{})\b") -> re.Pattern[str]:
    return re.compile(around.format("|".join(word_lists()["statements"][kind])))


_NO_DENIAL = _listed("no_denial")
_DENIAL = _listed(
    "denial",
    r"\b(?:{})(?= |$)(?: (?:experience|experiencia|know|know how to|used?|worked|done|able|any|con|with|in|to|se|of|at"
    r"|much)\b)*",
)
_FILLER = _listed("filler")
_LEVELS = {level: _listed(level) for level in ("basic", "advanced", "intermediate")}


def parts_of(text: str) -> list[Part]:
    """The skills a text names, in their order. A level said by itself ("Excel, 3 years") goes to what came before."""
    found: list[Part] = []
    for clause in _CLAUSE.split(_NO_DENIAL.sub(" ", fold(text))):
        words, level = _level_of(" ".join(clause.split()))
        if level and found and not _FILLER.sub(" ", words).strip(" :.()-"):
            found[-1] = replace(found[-1], level=found[-1].level or level)
            continue
        found += _of_clause(clause)
    return found


def _of_clause(clause: str) -> Iterator[Part]:
    # A denial reaches to the end of its clause: "welding and no experience with Word or Excel".
    denial = _DENIAL.search(clause)
    said, denied = (clause[: denial.start()], clause[denial.end() :]) if denial else (clause, "")
    had, lacked = list(_pieces(said, denied=False)), list(_pieces(denied, denied=True))
    if denial and had and not lacked:
        # "Excel: no experience": the denial follows what it denies.
        had[-1] = replace(had[-1], denied=True)
    yield from had
    yield from lacked


def _pieces(clause: str, *, denied: bool) -> Iterator[Part]:
    shared: str | None = None
    for piece in _PART.split(clause):
        whole = " ".join(piece.split())
        after = _SAID_AFTER.search(whole)
        whole = whole[: after.start()].strip() if after else whole
        words, level = _level_of(whole)
        words = _without_filler(words)
        if words:
            # "some experience in carpentry and plumbing": the level is said of both.
            shared = level or shared
            yield Part(words, _without_filler(whole), shared, denied or after is not None)


def _without_filler(words: str) -> str:
    return " ".join(_FILLER.sub(" ", _OUT_OF.sub(" ", _PACE.sub(" ", words))).split()).strip(" :-()")


def _level_of(words: str) -> tuple[str, str | None]:
    words = _NUMBERS.sub(lambda number: str(1 + _NUMBER_WORDS.index(number[1])), words)
    if years := _YEARS.search(words):
        count = int(years["years"])
        # Our reading: O*NET job zones put two years of practice at the middle and four or more at the top.
        return _YEARS.sub(" ", words), "basic" if count < 2 else "intermediate" if count < 4 else "advanced"
    if _MONTHS.search(words):
        return _MONTHS.sub(" ", words), "basic"
    for level, signs in _LEVELS.items():
        if signs.search(words):
            return " ".join(signs.sub(" ", words).split()), level
    return words, None
