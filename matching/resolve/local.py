"""The words of local boards, looked up before anything else: what people of a place are known to mean by them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from matching.resolve.text import normalise, without_noise
from taxonomy.local_words import LocalWord


class LocalWords:
    """Finds the codes of a board's words by their plain spelling."""

    def __init__(self, words: Iterable[LocalWord]) -> None:
        self._known: defaultdict[tuple[str, str], list[LocalWord]] = defaultdict(list)
        for word in words:
            self._known[word.kind, normalise(word.text)].append(word)

    def find(self, kind: str, text: str, today: date | None) -> tuple[LocalWord, ...]:
        """The words in force on a day (any day, where none is given), one for each code, in the order of codes."""
        if not self._known:
            return ()
        spellings = {normalise(text), without_noise(text)} if kind == "title" else {normalise(text)}
        found = {
            word.code: word
            for spelling in sorted(spellings - {""})
            for word in self._known.get((kind, spelling), ())
            if today is None or _in_force(word, today)
        }
        return tuple(found[code] for code in sorted(found))


def _in_force(word: LocalWord, today: date) -> bool:
    day = today.isoformat()
    return word.effective_from <= day and (word.effective_to is None or day <= word.effective_to)
