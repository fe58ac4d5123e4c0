"""Files that were made to do harm are refused quickly, by a process that may use so much memory and no more."""

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import IO

import psutil
import pytest

from app.errors import InvalidListError
from app.jobs.files import Kind, RawRow
from app.jobs.rows import read_row
from app.services.intake import split_upload
from tests.app.services.hostile_files import BOOK, HARMFUL, LARGE, TABLE, Made, parquet, row, text, workbook

CPU_SECONDS = 5.0
SECONDS = 60.0  # of the clock, on a machine with much else to do: it comes last; alone, most take a fifth of one
MOST_BYTES = 512 * 2**20


def split(content: bytes | IO[bytes], kind: Kind, most_rows: int = 1000) -> list[RawRow]:
    """All rows of an upload."""
    with tempfile.TemporaryFile() as file:
        file.write(content if isinstance(content, bytes) else content.read())
        with split_upload(file, kind, rows_a_part=20, most_rows=most_rows) as opened:
            return [row for part in opened.parts for row in part]


@contextmanager
def measured() -> Iterator[list[int]]:
    """The most memory any process started meanwhile had, as it was seen a hundred times a second."""
    ended, most = Event(), [0]

    def look() -> None:
        while not ended.wait(0.01):
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    if "app.jobs.splitting" in process.cmdline():
                        most[0] = max(most[0], process.memory_info().rss)

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def is_refused(made: Made) -> None:
    """In little time and memory, with words that name the file and no value of it."""
    make, kind = made
    content = make()
    own, cpu, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, cpu_seconds(), time.monotonic()

    with measured() as most, pytest.raises(InvalidListError, match=r"^the list: ") as refused:
        split(content, kind)

    assert cpu_seconds() - cpu < CPU_SECONDS
    assert time.monotonic() - started < SECONDS
    assert most[0] < MOST_BYTES
    # Little of it ever reaches the service; the other process has its own limit.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 64 * 1024
    assert "78207" not in str(refused.value)


@pytest.mark.parametrize("what", HARMFUL)
def test_a_file_made_to_do_harm_is_refused_quickly_and_in_little_memory(what: str) -> None:
    assert len(HARMFUL) >= 40

    is_refused(HARMFUL[what])


@pytest.mark.slow
@pytest.mark.parametrize("what", LARGE)
def test_a_file_that_unpacks_to_more_than_a_machine_holds_is_refused_as_quickly(what: str) -> None:
    is_refused(LARGE[what])


def test_the_same_without_the_harm_is_read() -> None:
    assert split(BOOK, Kind.XLSX) == [(1, ["A-1042", "78207"])]
    assert len(split(parquet(TABLE), Kind.PARQUET, most_rows=10_000)) == 9999


@pytest.mark.parametrize(
    "more",
    [
        {"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0macros"},
        {"xl__externalLinks__externalLink1.xml": b'<externalLink><externalBook r:id="rId1"/></externalLink>'},
        {"xl__connections.xml": b'<connections><connection command="http://192.0.2.1/"/></connections>'},
    ],
    ids=["macros", "links to other books", "connections"],
)
def test_what_a_workbook_carries_beside_its_cells_is_neither_run_nor_followed(more: dict[str, bytes]) -> None:
    content = workbook(
        row(1, "reference", "zip") + f"<row><c r='A2'><f>1+1</f><v>2</v></c>{text('B2', '78207')}</row>", **more
    )

    assert split(content, Kind.XLSX) == [(1, ["2", "78207"])]


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"household": {"adults": ' + b"9" * 100_000 + b"}}",
        b'{"reference": "\\ud800"}',
        b'{"reference": "\xed\xa0\x80"}',
        b'{"skills": [{"text": "welding"}], "skills": 7}',
        b'{"household": {"annual_income_usd": 1e999}}',
        b'{"household": {"annual_income_usd": NaN}}',
        b"\x00",
    ],
    ids=["deep", "long number", "half a letter", "half a letter in bytes", "twice", "endless", "no number", "NUL"],
)
def test_a_line_of_json_made_to_do_harm_is_that_rows_own_fault(line: bytes) -> None:
    good = b'{"skills": [{"text": "welding"}]}'

    rows = [read_row(None, raw) for raw in split(line + b"\n" + good + b"\n", Kind.JSONL)]

    assert [bool(one.faults) for one in rows] == [True, False]


@pytest.mark.parametrize(
    ("content", "kind", "rows"),
    [
        (b"reference,zip\n=1+1,78207\n@x,1\n", Kind.CSV, [(1, ["=1+1", "78207"]), (2, ["@x", "1"])]),
        (b"reference,zip\nA\x00B,78207\n", Kind.CSV, [(1, ["A\x00B", "78207"])]),
        (b"zip\n" + b"," * 500_000 + b"1\n2\n", Kind.CSV, [(1, ["", "…"]), (2, ["2"])]),
        (b"[" * 100_000 + b"\n", Kind.JSONL, [(1, "[" * 100_000)]),
        (b"{" + b" " * 3_000_000 + b"}\n{}\n", Kind.JSONL, [(1, "…"), (2, "{}")]),
        ("﻿zip\r\n78207\r\n".encode(), Kind.CSV, [(1, ["78207"])]),
    ],
    ids=["formulas", "NUL in a cell", "cells without columns", "deep JSON", "a line too long", "mark of order"],
)
def test_what_is_odd_in_one_row_is_that_rows_own_matter(content: bytes, kind: Kind, rows: list[RawRow]) -> None:
    assert split(content, kind) == rows
