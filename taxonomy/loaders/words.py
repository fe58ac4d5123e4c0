"""Words of published cells, freed of what exports do to them."""

import html
import re


def clean_text(raw: str) -> str:
    """HTML entities decoded, white space, doubled outer quotation marks and broken characters removed."""
    # Exports cut some entities' semicolons and escape others twice.
    words = html.unescape(html.unescape(re.sub(r"&(quot|amp)(?!;)", r"&\1;", raw)))
    words = " ".join(words.replace("\ufffd", " ").split())
    quoted = re.fullmatch(r'"+([^"]*)"+', words)
    return quoted[1].strip() if quoted else words


def language_of(name: str) -> str:
    """Spanish when a program's name says that it is taught in Spanish; a course in the language is not that."""
    return "es" if re.search(r"\(spanish( version)?\)|\bin spanish\b|en espa[nñ]ol", name.lower()) else "en"
