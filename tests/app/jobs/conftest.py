"""Lists small enough to read, and a list long enough to be interrupted."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.jobs.batch import BatchJob
from app.jobs.output import Format
from app.services.audit import open_anchor
from app.services.batch_results import BatchResults
from app.services.batches import Batches
from app.services.ledger import Ledger
from app.services.vault import open_vault
from app.settings import Settings
from tests.app.jobs.boards import LEASE_SECONDS, Board
from tests.app.jobs.people import ALSO_GOOD, BAD, DAY, GOOD, HEADING

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


@pytest.fixture
def board(database: EmbeddedServer, data_dir: Path) -> Iterator[Board]:
    settings = Settings(
        database_url=SecretStr(database.url),
        data_dir=data_dir,
        list_lease_seconds=LEASE_SECONDS,
        database_timeout_seconds=3,
        log_level="warning",
    )
    with closing(Database(database.url, settings)) as pool:
        ledger = Ledger(pool, open_vault(settings), open_anchor(settings))
        yield Board(settings, Batches(ledger, settings), BatchResults(ledger), database.owner_url)
