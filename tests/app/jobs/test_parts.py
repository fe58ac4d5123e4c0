"""Parts of a run, each written whole, whoever writes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.jobs.parts import Parts

LINES = (b"one", b"two")


def test_two_workers_at_one_part_leave_it_whole_though_one_was_given_up(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "out.jsonl")

    def slow() -> Iterator[bytes]:
        yield LINES[0]
        parts.write(0, LINES)  # by the one who was given the part anew
        assert tuple(parts.read()) == LINES
        yield LINES[1]

    with parts.held():
        parts.write(0, slow())

        assert tuple(parts.read()) == LINES
        assert [path.name for path in sorted(parts.folder.iterdir())] == [".lock", "000000.jsonl"]


def test_a_worker_that_fails_at_a_part_another_wrote_leaves_that_one(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "out.jsonl")

    def failing() -> Iterator[bytes]:
        yield LINES[0]
        parts.write(0, LINES)
        raise ValueError

    with parts.held():
        with pytest.raises(ValueError, match=r"^$"):
            parts.write(0, failing())

        assert tuple(parts.read()) == LINES
        assert not list(parts.folder.glob(".*new"))


def test_what_a_killed_worker_had_begun_is_gone_when_the_run_goes_on(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "out.jsonl")
    with parts.held():
        (parts.folder / ".000003.jsonl.0c1d.new").write_bytes(b"half a line")

    with parts.held():
        assert [path.name for path in parts.folder.iterdir()] == [".lock"]
