"""Lists small enough to read, and a list long enough to be interrupted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.jobs.batch import BatchJob
from app.jobs.output import Format

DAY = date(2026, 11, 22)

HEADING = "reference,zip,job_title_1,job_months_1,education,credentials"
GOOD = "A-1,78207,nursing home aide,30,high_school_equivalency,CNA|TX|2027-03"
BAD = "A-2,7820x,cashier,twelve,high_school_diploma,"
ALSO_GOOD = "A-3,78207,cashier,12,high_school_diploma,"

WriteList = Callable[..., Path]


@pytest.fixture
def write_list(tmp_path: Path) -> WriteList:
    """Write lines as a list and return its path."""

    def write(*lines: str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def job(write_list: WriteList, tmp_path: Path) -> BatchJob:
    """Three people, the second with faults."""
    source = write_list(HEADING, GOOD, BAD, ALSO_GOOD)
    return BatchJob(source, tmp_path / "out.jsonl", tmp_path / "errors.csv", Format.JSONL, DAY)
