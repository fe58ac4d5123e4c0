"""The language of an answer: `Accept-Language`, read as RFC 9110 has it."""

from typing import Annotated

from fastapi import Depends, Header

from matching.wording import LANGUAGES


async def _language(
    accept_language: Annotated[
        str | None,
        Header(max_length=500, description="Language of the sentences: en (default) or es, with weights if several"),
    ] = None,
) -> str:
    return most_wanted(accept_language)


def most_wanted(accept_language: str | None) -> str:
    """The language named with the most weight that answers can be had in, else English."""
    best, most = LANGUAGES[0], 0.0
    for part in (accept_language or "").split(","):
        tag, _, weight = part.partition(";")
        primary = tag.strip().lower().partition("-")[0]
        share = _weight(weight)
        if primary in LANGUAGES and share > most:
            best, most = primary, share
    return best


def _weight(parameter: str) -> float:
    """The `q` of a range: 1 where none is given, 0 where it cannot be read."""
    text = parameter.replace(" ", "")
    if not text:
        return 1.0
    try:
        share = float(text.removeprefix("q="))
    except ValueError:
        return 0.0
    return share if 0.0 <= share <= 1.0 else 0.0


def said_in(language: str) -> dict[str, str]:
    """The headers that name the language of a reply, and that another can be had."""
    return {"Content-Language": language, "Vary": "Accept-Language"}


LanguageDep = Annotated[str, Depends(_language)]
