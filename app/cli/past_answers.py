"""The past answers `stackway data diff` is asked about: files of `match` and `batch`, and those a board has kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from app.cli import inputs, outputs
from app.cli.faults import UsageFault

if TYPE_CHECKING:
    from app.services.past_answers import ComparedAnswer, PastAnswer

_SHOWN = 8  # figures of one answer in the table; JSON has all
_WIDTH = 40


def read_answers(paths: list[Path]) -> Iterator["PastAnswer"]:
    """Answers in files: one as `match --format json` prints it, or a line each as `batch --format jsonl` writes them.

    Raises:
        UsageFault: a file cannot be read, or holds something else.
    """
    from app.services.past_answers import PastAnswer

    for path in paths:
        content = inputs.read_bytes(str(path)).removeprefix(b"\xef\xbb\xbf")
        for number, document in enumerate(_documents(content, path), start=1):
            row = document.get("row", number)
            answer = document.get("answer", document)
            if not _is_answer(answer):
                raise UsageFault(f"{path}: document {number} is no answer of `stackway match` or `stackway batch`.")
            yield PastAnswer(path.name if answer is document and number == 1 else f"{path.name}, row {row}", answer)


def _documents(content: bytes, path: Path) -> Iterator[dict[str, Any]]:
    try:
        whole = orjson.loads(content)
    except orjson.JSONDecodeError:
        lines = [line for line in content.splitlines() if line.strip()]
        try:
            found = [orjson.loads(line) for line in lines]
        except orjson.JSONDecodeError as error:
            # Only the place: the parser's own message may quote the text.
            raise UsageFault(f"{path}: is neither JSON nor JSON lines; the fault is in column {error.colno}.") from None
    else:
        found = whole if isinstance(whole, list) else [whole]
    for document in found:
        if not isinstance(document, dict):
            raise UsageFault(f"{path}: holds something that is no answer.")
        yield document


def _is_answer(document: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    return isinstance(document, dict) and {"as_of", "snapshot", "plans"} <= document.keys()


def kept_answers(board: str, snapshot: str) -> list["PastAnswer"]:
    """The answers a board has kept that were made from `snapshot`; erased ones cannot be read and are left out.

    Raises:
        ConfigurationError: the database is at another revision, or cannot run.
    """
    from app.serve import unprivileged
    from app.services.audit import open_anchor
    from app.services.ledger import Ledger
    from app.services.matches import Matches
    from app.services.past_answers import PastAnswer
    from app.services.principal import Principal, Scope
    from app.services.vault import open_vault

    settings = inputs.read_settings(board=board)
    caller = Principal(settings.board, frozenset({Scope.MATCHES_READ}), None)
    with unprivileged(settings) as database:
        matches = Matches(Ledger(database, open_vault(settings), open_anchor(settings)))
        return [PastAnswer(str(i), orjson.loads(body)) for i, body in matches.made_from(caller, snapshot)]


def print_compared(answers: list["ComparedAnswer"]) -> None:
    """A line for each answer that moved, with its figures, and how many did not."""
    moved = [a for a in answers if a.state == "moved"]
    if moved:
        outputs.print_table(
            ("Answer", "Plan", "Step", "About", "Figure", "Before", "After"),
            (row for answer in moved for row in _rows(answer)),
            title="Past answers whose figures moved",
        )
    same, other = (sum(a.state == state for a in answers) for state in ("same", "other_data"))
    outputs.console().print(
        f"{len(moved)} of {len(answers)} past answers rest on figures that moved, {same} do not."
        + (f" {other} were made from other data and were not compared." if other else "")
    )


def _rows(answer: "ComparedAnswer") -> Iterator[tuple[object, ...]]:
    for place, figure in enumerate(answer.figures[:_SHOWN]):
        name = "" if place else answer.answer
        values = (_short(figure.before), _short(figure.after))
        yield (name, figure.plan or "all", figure.step or "all", figure.about, figure.figure, *values)
    if len(answer.figures) > _SHOWN:
        yield ("", "", "", f"and {len(answer.figures) - _SHOWN} more; --format json has all", "", "", "")


def _short(value: object) -> str:
    said = "unknown" if value is None else str(value)
    return said if len(said) <= _WIDTH else f"{said[: _WIDTH - 1]}…"
