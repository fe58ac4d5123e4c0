"""What a job text says was done, apart from what it denies and from what is no paid occupation.

"Never worked as a welder but helped in a bakery" tells of a bakery. A denial reaches to the end of its clause, and on
through a list that ends in "or". Every expression is a list of words or has bounded quantifiers, so time is linear.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from matching.resolve.text import MAX_LENGTH, fold
from matching.resolve.word_lists import word_lists
from taxonomy.frozen import frozen

_TOKEN = re.compile(r"[a-z0-9+#]+")
_END = re.compile(
    r"[,;|\n•]|\.(?=\s|$)|\s[-–—]\s|[()]"
    r"|\b(?:anything but|but|pero|sino|however|although|though|aunque|except(?: for| as)?|excepto|salvo|other than"
    r"|apart from|aside from|besides)\b"
    # "never a welder and helped in a bakery": what was done begins anew.
    r"|\band (?=(?:i|then|also|only|just|instead|am|was|did|had|have|drove|sold|ran|made|took|\w{2,20}ed)\b)"
    r"|\by (?=(?:yo|luego|despues|tambien|solo|soy|era|fui|he|hice|hacia|\w{2,20}(?:aba|ia|e))\b)"
)
# "…, or a nurse", "…, a cook or a nurse"
_LIST_GOES_ON = re.compile(r"\s{0,3}(?:(?:as )?(?:(?:an?|the|una?) )?\w{1,20}(?: \w{1,20})? )?(?:or|nor|ni|o|u)\b")


@frozen
class WorkSaid:
    """What is left of a job text, "" where nothing is, and the parts left out, in the person's own words."""

    done: str
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    closed_by: str
    denied_from: int | None  # place in the text


@cache
def _denials() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word_lists()['no_job']['denied'])})(?![\w'])")


@cache
def _no_jobs() -> re.Pattern[str]:
    """Phrases of several words; one word may be part of a title ("coordinator, volunteer")."""
    listed = word_lists()["no_job"]
    whole = "|".join(re.escape(words) for words in listed["whole"] if " " in words)
    beginning = "|".join(map(re.escape, listed["beginning"]))
    return re.compile(rf"\s{{0,3}}(?:(?:{whole})\s{{0,3}}$|(?:{beginning})\b)")


@cache
def _any_left_out() -> re.Pattern[str]:
    """A denial or such a phrase anywhere: most texts have none, and are looked at no further."""
    listed = word_lists()["no_job"]
    phrases = (re.escape(words) for words in listed["whole"] + listed["beginning"] if " " in words)
    return re.compile(rf"\b(?:{'|'.join([*listed['denied'], *phrases])})(?![\w'])")


@cache
def _no_denial() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word_lists()['statements']['no_denial'])})\b")


def names_no_job(text: str) -> bool:
    """Whether a text says that there was no paid occupation ("homemaker", "unemployed"), or not which one."""
    said = " ".join(_TOKEN.findall(fold(text).replace("'", "")))
    whole, beginning = _whole_and_beginning()
    return said in whole or f"{said} ".startswith(beginning)


@cache
def _whole_and_beginning() -> tuple[frozenset[str], tuple[str, ...]]:
    listed = word_lists()["no_job"]
    return frozenset(listed["whole"]), tuple(f"{words} " for words in listed["beginning"])


def work_said(text: str) -> WorkSaid:
    """The work that a job text names, and what it says was not done or was no paid occupation."""
    text = text[: 2 * MAX_LENGTH]
    # Letter for letter, so that places are the same in both.
    plain = text.lower() if text.isascii() else "".join(map(_plain_letter, text))
    # What only sounds like a denial ("not only a cook") is passed over.
    plain = _no_denial().sub(lambda heard: " " * len(heard[0]), plain)
    if not _any_left_out().search(plain):
        return WorkSaid("", (text.strip(),)) if names_no_job(text) else WorkSaid(text)
    kept: list[str] = []
    left_out: list[str] = []
    for clause in _clauses(plain):
        cut = clause.end if clause.denied_from is None else clause.denied_from
        if text[clause.start : cut].strip():
            kept.append(text[clause.start : cut].strip())
        if text[cut : clause.end].strip():
            left_out.append(text[cut : clause.end].strip())
    if not left_out:
        return WorkSaid("", (text.strip(),)) if names_no_job(text) else WorkSaid(text)
    done = ", ".join(kept)
    return WorkSaid(done if _TOKEN.search(fold(done)) else "", tuple(left_out))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    return unicodedata.normalize("NFKD", letter)[0].casefold()[0]


def _clauses(plain: str) -> list[_Clause]:
    """The clauses of a text, each with the place from which it is denied or no paid occupation."""
    found: list[_Clause] = []
    start = 0
    for end in (*_END.finditer(plain), None):
        stop = end.start() if end else len(plain)
        found.append(_Clause(start, stop, end[0].strip() if end else "", _left_out_from(plain, start, stop)))
        start = end.end() if end else stop
    for at, clause in enumerate(found):
        before = found[at - 1] if at else None
        if before is None or before.denied_from is None or clause.denied_from is not None:
            continue
        if before.closed_by == "," and _list_goes_on(plain, found[at:]):
            clause.denied_from = clause.start
    for before, clause in pairwise(found):
        # "welder, no experience": a denial of nothing denies what stands before it.
        if clause.denied_from == clause.start and _denies_nothing(plain[clause.start : clause.end]):
            before.denied_from = before.start
    return found


def _left_out_from(plain: str, start: int, stop: int) -> int | None:
    said = plain[start:stop]
    if _no_jobs().match(said):
        return start
    denial = _denials().search(said)
    if not denial:
        return None
    alone = not _TOKEN.search(said, denial.end()) or not _TOKEN.search(said[: denial.start()])
    return start if alone else start + denial.start()


def _list_goes_on(plain: str, clauses: list[_Clause]) -> bool:
    """Whether an "or" begins this clause or a later one of the same list: "never a welder, a cook, or a nurse"."""
    for clause in clauses:
        if _LIST_GOES_ON.match(plain, clause.start, clause.end):
            return True
        if clause.closed_by != ",":
            return False
    return False


def _denies_nothing(said: str) -> bool:
    denial = _denials().search(said)
    return denial is not None and not _TOKEN.search(said, denial.end())
