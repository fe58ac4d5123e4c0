"""Disks that are full: nothing half written stays, the remedy is named, and all goes on when there is room again."""

import errno
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import logs
from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import client_of
from tests.app.jobs.people import GOOD, HEADING
from tests.taxonomy.loaders.test_board import HEAD

Batch = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def small_disk(size: str, folder: Path) -> Iterator[Path]:
    """A disk of its own of this size; skips where this user or machine cannot have one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:  # noqa: S603 # our own words
        pytest.skip("a small disk can be made by root only, and not in every container")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 # the system's own


def fill(folder: Path) -> Path:
    """Leave no room on a disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk has no end")


def stackway(data_dir: Path, *options: object, longest_file: int | None = None) -> "subprocess.CompletedProcess[str]":
    def limit() -> None:
        if longest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (longest_file, longest_file))

    return subprocess.run(  # noqa: S603 # our own command
        [sys.executable, "-m", "app.cli", *map(str, options)],
        env={**os.environ, "STACKWAY_DATA_DIR": str(data_dir)},
        capture_output=True, check=False, text=True, preexec_fn=limit,  # sets a limit and nothing else
    )  # fmt: skip


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join([HEADING, *(GOOD.replace("A-1", f"P-{n}") for n in range(230))]) + "\n")
    return path


def test_a_list_stopped_by_a_limit_leaves_nothing_half_written_and_goes_on(
    people: Path, data_dir: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers" / "out.jsonl"
    out.parent.mkdir()
    options = ("batch", people, "--out", out, "--plans", 1, "--as-of", "2026-11-22")

    # Less than a part of a hundred people takes: no file may be longer, as on a disk that is full.
    stopped = stackway(data_dir, *options, longest_file=200_000)
    left = sorted(path.name for path in out.parent.rglob("*") if path.is_file())
    finished = stackway(data_dir, *options, "--resume")
    whole = stackway(data_dir, "batch", people, "--out", tmp_path / "whole.jsonl", *options[4:])

    assert (stopped.returncode, finished.returncode, whole.returncode) == (1, 0, 0), stopped.stderr
    assert "its disk is full. Make room there and run the same command again; with --resume" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not out.with_name("out.jsonl.part").exists()
    assert set(left) <= {".lock", "run.json", "000002.jsonl"}  # the last part is short
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.slow
def test_a_list_that_fills_its_disk_keeps_its_parts_and_goes_on_when_there_is_room(
    people: Path, data_dir: Path, tmp_path: Path
) -> None:
    with small_disk("3m", tmp_path / "disk") as disk:
        out = disk / "out.csv"
        options = ("batch", people, "--out", out, "--errors", disk / "errors.csv", "--as-of", "2026-11-22")
        stopped = stackway(data_dir, *options)
        left = [path.name for path in disk.rglob("*") if path.is_file()]
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)  # noqa: S603, S607 # more room
        finished = stackway(data_dir, *options, "--resume")

        assert stopped.returncode == 1
        assert "its disk is full" in stopped.stderr
        assert not any(name.endswith((".new", "out.csv", "errors.csv")) for name in left), left
        assert finished.returncode == 0, finished.stderr
        assert "230 of 230 rows answered, 0 failed." in finished.stderr
        assert out.read_text().count("P-229") >= 1


@pytest.mark.slow
def test_workers_that_fill_the_disk_leave_nothing_half_written_and_one_line_says_so(
    people: Path, data_dir: Path, tmp_path: Path
) -> None:
    long_list = tmp_path / "long.csv"
    long_list.write_text(people.read_text() + "".join(people.read_text().splitlines(keepends=True)[1:]))
    with small_disk("24m", tmp_path / "disk") as disk:
        options = ("batch", long_list, "--out", disk / "out.csv", "--as-of", "2026-11-22", "--workers", 2, "--resume")
        stopped = [stackway(data_dir, *options) for _ in range(2)]
        left = [path.name for path in disk.rglob("*") if path.is_file()]
        subprocess.run(["mount", "-o", "remount,size=256m", str(disk)], check=True)  # noqa: S603, S607 # more room
        finished = stackway(data_dir, *options)

        for run in stopped:
            assert run.returncode == 1
            assert len(run.stderr.splitlines()) == 1, run.stderr  # the library's own lines may show a person's words
            assert "its disk is full" in run.stderr
        assert not any(name.endswith((".new", "out.csv")) for name in left), left
        assert finished.returncode == 0, finished.stderr
        assert "460 of 460 rows answered, 0 failed." in finished.stderr


@pytest.mark.slow
def test_data_that_does_not_fit_is_not_installed_and_the_old_keeps_serving(data_dir: Path, tmp_path: Path) -> None:
    board = tmp_path / "board.toml"
    board.write_text(f"{HEAD}[[training_account]]\ncap_usd = 6000\nlength_limit_weeks = 104\n", encoding="utf-8")
    with small_disk("64m", tmp_path / "disk") as disk:
        shutil.copytree(data_dir, disk / "data")
        before = stackway(disk / "data", "data", "status", "--format", "json")
        fill(disk)
        refused = stackway(disk / "data", "data", "install", board)
        left = [path.name for path in (disk / "data").iterdir() if path.name.startswith(".building")]
        after = stackway(disk / "data", "data", "status", "--format", "json")
        verified = stackway(disk / "data", "data", "verify")

        assert refused.returncode == 1
        assert "its disk is full. Make room there and install again. The data in use stays." in refused.stderr
        assert left == []
        assert (after.returncode, verified.returncode) == (0, 0)
        assert after.stdout == before.stdout
        (disk / "filler").unlink()
        assert stackway(disk / "data", "data", "install", board).returncode == 0


def test_a_list_that_does_not_fit_among_the_temporary_files_is_refused_and_taken_when_it_does(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = "\n".join([HEADING, *([GOOD] * 3000)]).encode()
    with small_disk("128k", tmp_path / "disk") as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        refused = client.post("/v1/batches", content=people, headers={"Content-Type": "text/csv"})
        smaller = client.post("/v1/batches", content=people[:10_000], headers={"Content-Type": "text/csv"})

        assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["type"] == "urn:stackway:problem:no_room"
        assert "disk of temporary files" in refused.json()["detail"]
        assert smaller.status_code == 202
        assert list(disk.iterdir()) == []


def test_where_no_code_of_the_audit_can_be_kept_elsewhere_what_is_done_is_said_to_be_done(
    settings: Settings, engine: MatchEngine, profile: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with client_of(settings.model_copy(update={"audit_anchor": "/dev/full"}), engine) as client:
        made = client.post("/v1/seekers", json=profile)
        read = client.get(made.headers["location"])

    assert (made.status_code, read.status_code) == (201, 200)
    assert "a code of the audit was not kept elsewhere" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    logs.configure("info")
    monkeypatch.setattr(sys, "stderr", Full())

    logs.get_logger().error("request failed")  # raises nothing
