"""The words in a board's local file: what people there call a job, a skill or a credential.

    [[title]]                              # text, onet_code
    [[skill]]                              # text, and element_id (O*NET) or technology
    [[credential]]                         # text, credential_id

They stand in the same file as the board's amounts (see `board`), under the same dates. An entry that cannot be read is
left out and reported with its line, field and remedy.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taxonomy.codes import parse_onet_code
from taxonomy.loaders.board import COMMON, WORDS, FieldError, day_of, line_of, read_board_file, text_of
from taxonomy.local_words import LocalWord
from taxonomy.release import LoadReport

LONGEST_WORDS = 120  # characters; longer than any name, and a sentence is no name


def load_board_words(path: Path) -> tuple[list[LocalWord], LoadReport]:
    """The words of a board's local file, in its order, and what was left out and why.

    Raises:
        BoardFileError: the file is not TOML, or does not say which board it is for.
    """
    content, board, lines = read_board_file(path)
    report = LoadReport(f"board-{board['area']}")
    words: list[LocalWord] = []
    for kind in WORDS:
        entries = content.get(kind, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            try:
                words.append(_word(kind, entry, board, words, report.release))
            except FieldError as error:
                reason = f"{kind} {number + 1}: {error.remedy}"
                line = line_of(lines, kind, number)
                report.add(path.name, line, error.field, str(error.value), action="row_rejected", reason=reason)
    return words, report


def _word(kind: str, entry: object, board: Mapping[str, Any], earlier: list[LocalWord], release: str) -> LocalWord:
    if not isinstance(entry, dict):
        raise FieldError(kind, entry, f"write it as a table, [[{kind}]]")
    own = ("text", *_CODES[kind])
    for field in entry:
        if field not in own and field not in COMMON:
            raise FieldError(field, entry[field], f"not a field of {kind}; it has {', '.join(own)}")
    text = text_of(entry, "text")
    if len(text) > LONGEST_WORDS:
        raise FieldError("text", text, f"write at most {LONGEST_WORDS} characters")
    dates = {**{k: v for k, v in board.items() if k in COMMON}, **entry}
    begins = day_of(dates, "effective_from")
    ends = day_of(dates, "effective_to") if "effective_to" in dates else None
    if ends is not None and ends < begins:
        raise FieldError("effective_to", ends, "effective_to is before effective_from")
    for other in earlier:
        same = (other.kind, other.text.casefold()) == (kind, text.casefold())
        if same and begins <= (other.effective_to or begins) and other.effective_from <= (ends or other.effective_from):
            raise FieldError("text", text, "another entry has these words on the same days; keep one")
    return LocalWord(kind, text, _code(kind, entry), board["area"], begins, ends, release)


def _code(kind: str, entry: Mapping[str, Any]) -> str:
    given = [field for field in _CODES[kind] if field in entry]
    if len(given) != 1:
        raise FieldError(_CODES[kind][0], "", f"give {' or '.join(_CODES[kind])}")
    text = text_of(entry, given[0])
    if given[0] != "onet_code":
        return text
    code = parse_onet_code(text)
    if code is None:
        raise FieldError("onet_code", text, "write an O*NET-SOC code such as 31-1131.00")
    return code


_CODES: dict[str, tuple[str, ...]] = {
    "title": ("onet_code",),
    "skill": ("element_id", "technology"),
    "credential": ("credential_id",),
}
