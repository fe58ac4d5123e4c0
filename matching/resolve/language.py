"""Whether words in Latin letters are of a language we do not read, so that it is said instead of guessed at.

No more than what tells: letters that neither English nor Spanish has, and common words of other languages that neither
of them has either. A single word without either sign stays "not understood", which is true as well.
"""

import re
import unicodedata
from functools import cache

from matching.resolve.text import MAX_LENGTH, fold, word_lists
from matching.wording import say

NOT_SUPPORTED = say("words.other_script")

# Letters with a mark that English or Spanish has; any other marked Latin letter is of another language. Spanish has
# the last only after a g.
_OURS = frozenset("áéíóúñªº")
_SPANISH_PAIR = "gü"
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    listed = word_lists()["other_languages"]
    return frozenset(listed["borrowed"]), frozenset(listed["words"])


def other_language(text: str) -> bool:
    """Whether a text is recognisably neither English nor Spanish, though its letters are Latin."""
    said = unicodedata.normalize("NFC", text[:MAX_LENGTH]).casefold()
    borrowed, signs = _lists()
    for word in _WORD.findall(said):
        if word in borrowed:
            continue
        if fold(word) in signs or any(not c.isascii() and c not in _OURS for c in word.replace(_SPANISH_PAIR, "")):
            return True
    return False
