"""The parts of the three README files that are made from the code and the starter set.

A made part stands between two marks, and a test compares it with what is made now. To write all of them anew:

    .venv/bin/python -m tests.architecture.pages
"""

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.services.answering import MatchEngine, open_snapshot
from tests.architecture import parts_of_method, parts_of_service, parts_of_taxonomy

ROOT = Path(__file__).parents[2]
COMMAND = "python -m tests.architecture.pages"

Part = Callable[[MatchEngine], str]

# Page, then the made parts on it by the name in their marks.
PARTS: dict[str, dict[str, Part]] = {
    "README.md": {
        "answer": parts_of_service.answer,
        "commands": parts_of_service.commands,
        "operations": parts_of_service.operations,
        "settings": parts_of_service.settings,
        "files": parts_of_taxonomy.files,
    },
    "matching/README.md": {
        "bounds": parts_of_method.bounds,
        "constants": parts_of_method.constants,
        "example": parts_of_method.example,
    },
    "taxonomy/README.md": {
        "starter": parts_of_taxonomy.starter,
        "counts": parts_of_taxonomy.counts,
        "sources": parts_of_taxonomy.sources,
    },
}


def find_part(page: str, name: str) -> re.Match[str] | None:
    """The made part of a page, between its marks, with the line end that closes it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.search(rf"(?<=<!-- made: {name} -->\n)(?:(?!<!-- made).)*?(?=<!-- end -->)", text, re.DOTALL)


def list_marked(page: str) -> list[str]:
    """Names of the made parts as the page itself marks them."""
    return re.findall(r"<!-- made: (\w+) -->", (ROOT / page).read_text(encoding="utf-8"))


def write(page: str, engine: MatchEngine) -> None:
    """Make the parts of a page anew."""
    for name, make in PARTS[page].items():
        found, path = find_part(page, name), ROOT / page
        if found is None:
            raise SystemExit(f"{page} has no marks for “{name}”.")
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: found.start()] + make(engine) + "\n" + text[found.end() :], encoding="utf-8")


def main() -> None:
    """Write all made parts, from the starter set and not from whatever is installed."""
    with tempfile.TemporaryDirectory() as folder:
        engine = MatchEngine(open_snapshot(Path(folder)))
        for page in PARTS:
            write(page, engine)
            sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main()
