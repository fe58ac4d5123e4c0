"""Expiry dates as people write them beside a credential: "exp 12/31/27", "expired in March 2024", "vence 3/2027".

`with_plain_expiries` rewrites each into one spelling without commas, so that a list of credentials may be taken apart
afterwards; `take_expiry` then takes it out of a name. Every expression is bounded, so time is linear.
"""

import calendar
import re
from datetime import date

from taxonomy.frozen import frozen

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sept sep septiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMED = "(?:" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")\.?"
_SAID = (
    r"(?P<said>exp(?:iration|iry)?(?:[ .:]{1,2}date)?|expir(?:es?|ed|ing|a|o)|lapsed"
    r"|(?:valid|good|current|active|vigente|valid[oa]) (?:until|thru|through|till?|to|hasta)"
    r"|renew(?:al|s)?(?: (?:by|due|date))?|until|thru|hasta|vence|vencio|vencid[oa]|caduca|caduco|caducad[oa])"
)
_BETWEEN = r"[ .:(-]{0,4}(?:(?:in|on|el|en|of|date|is) ){0,2}"
_YEAR = r"(?:de |del |of )?'?(?P<{0}>(?:19|20)\d{{2}}|\d{{2}})"
_FORMS = (
    r"(?P<y1>(?:19|20)\d{2})[-/.](?P<m1>\d{1,2})(?:[-/.](?P<d1>\d{1,2}))?",  # 2027-03-31
    r"(?P<a2>\d{1,2})[-/.](?P<b2>\d{1,2})[-/.](?P<y2>(?:19|20)\d{2}|\d{2})",  # 3/31/27
    r"(?P<m3>\d{1,2})[-/.](?P<y3>(?:19|20)\d{2})",  # 3/2027
    r"(?P<m4>\d{1,2})[-/](?P<y4>\d{2})",  # 3/27: a month and a year, or a day of this year
    rf"(?P<n5>{_NAMED}) (?P<d5>\d{{1,2}})(?:st|nd|rd|th)?[, ] {{0,2}}{_YEAR.format('y5')}",  # March 31, 2027
    rf"(?P<d6>\d{{1,2}}) (?:de )?(?P<n6>{_NAMED}),? {_YEAR.format('y6')}",  # 31 de marzo de 2027
    rf"(?P<n7>{_NAMED}),? {{0,2}}{_YEAR.format('y7')}",  # March 2027
    r"(?P<y8>(?:19|20)\d{2})",
)
_EXPIRY = re.compile(rf"\b{_SAID}{_BETWEEN}(?:{'|'.join(_FORMS)})(?![\d/])\)?")
# In the past tense: a date still to come contradicts it.
_OVER = re.compile(r"expired|lapsed|expiro|vencio|vencid|caduco|caducad")
_PLAIN = re.compile(r"\b(?P<said>exp|expired) (?P<when>\d{4}-\d{2}(?:-\d{2})?|\d{1,2}/\d{2})\b")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_MONTH_OR_DAY = re.compile(r"(\d{1,2})/(\d{2})")


@frozen
class SaidExpiry:
    """An expiry found in a name: the date as written plainly, and whether it was said to be over."""

    when: str
    over: bool


def with_plain_expiries(folded: str) -> str:
    """The text with each expiry as "exp 2027-03-31" or, said to be over, "expired 2024-03"."""
    return _EXPIRY.sub(_plainly, folded)


def take_expiry(folded: str) -> tuple[SaidExpiry | None, str]:
    """The first expiry of a text that `with_plain_expiries` made plain, and the text without any."""
    said = _PLAIN.search(folded)
    if said is None:
        return None, folded
    return SaidExpiry(said["when"], said["said"] == "expired"), _PLAIN.sub(" ", folded)


def last_valid_day(expires: str, today: date) -> date | None:
    """The last day of a date, None where it cannot be read.

    "3/27" is March 2027 on a card and the 27th of March in a letter. Read as a month and a year it never makes
    somebody's credential expired: then it counts as not readable, and the person is asked.
    """
    if short := _MONTH_OR_DAY.fullmatch(expires.strip()):
        last = _last(2000 + int(short[2]), int(short[1]), None)
        return last if last is not None and last >= today else None
    match = _ISO.fullmatch(expires.strip())
    return _last(int(match[1]), int(match[2]), int(match[3]) if match[3] else None) if match else None


def _last(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def _plainly(match: re.Match[str]) -> str:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    said = "expired" if _OVER.match(found.pop("said")) else "exp"
    if "y4" in found:
        return f" {said} {found['m4']}/{found['y4']} "
    parts = {name[0]: value for name, value in found.items()}
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    day = int(parts["d"]) if "d" in parts else None
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        # American order, unless the first number can be no month.
        month, day = (second, first) if first > 12 >= second else (first, second)
    elif "n" in parts:
        month = _MONTHS[parts["n"].rstrip(".")]
    else:
        # A year alone ends with its December: nobody is called expired who may still hold it.
        month = int(parts.get("m", 12))
    return f" {said} {year:04d}-{month:02d}{'' if day is None else f'-{day:02d}'} "
