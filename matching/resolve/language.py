"""Whether words in Latin letters are of a language we do not read, so that it is said instead of guessed at.

No more than what tells: letters that neither English nor Spanish has, and common words of other languages that neither
of them has either. A single word without either sign stays "not understood", which is true as well.
"""

import re
import unicodedata
from collections.abc import Container
from functools import cache

from matching.resolve.text import MAX_LENGTH, fold
from matching.resolve.word_lists import word_lists
from matching.wording import say

NOT_SUPPORTED = say("words.other_script")

# Letters with a mark that English or Spanish has; any other marked Latin letter is of another language. Spanish has
# the last only after a g.
_OURS = frozenset("áéíóúñªº")
_SPANISH_PAIR = "gü"
SHORTEST_KNOWN = 3  # letters; a shorter word is of many languages
TRADE_FROM = 4  # letters; shorter listed words are the small words of a language
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    listed = word_lists()["other_languages"]
    return frozenset(listed["borrowed"]), frozenset(listed["words"]), tuple(listed["phrases"])


@cache
def _beginnings() -> frozenset[str]:
    """The first words of listed phrases: most texts have none."""
    return frozenset(phrase.split()[0] for phrase in _lists()[2])


def other_language(text: str, ours: Container[str] = frozenset()) -> bool:
    """Whether a text is recognisably neither English nor Spanish, though its letters are Latin.

    `ours`: words of listed names. A text with as many of them as foreign ones is ours: "Les Schwab tire tech".
    """
    said = unicodedata.normalize("NFC", text[:MAX_LENGTH]).casefold()
    borrowed, signs, phrases = _lists()
    found = _WORD.findall(said)
    if said.isascii() and signs.isdisjoint(found) and _beginnings().isdisjoint(found):
        return False
    words = list(zip(found, found if said.isascii() else map(fold, found), strict=True))
    foreign = {
        word: plain
        for word, plain in words
        if word not in borrowed and (plain in signs or (not word.isascii() and _has_foreign_letter(word)))
    }
    together = f" {' '.join(plain for _, plain in words)} "
    told = sum(f" {phrase} " in together for phrase in phrases)
    if not foreign and not told:
        return False
    known = sum(len(word) >= SHORTEST_KNOWN and word not in foreign and plain in ours for word, plain in words)
    # A trade of another language outweighs one word that ours has as well ("operador de caixa"), "les" does not.
    trades = any(plain in signs and len(word) >= TRADE_FROM for word, plain in foreign.items())
    return len(foreign) + told + trades * 0.5 > known


def _has_foreign_letter(word: str) -> bool:
    return any(not c.isascii() and c not in _OURS for c in word.replace(_SPANISH_PAIR, ""))
