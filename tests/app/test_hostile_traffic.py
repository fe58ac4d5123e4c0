"""While files made to do harm are sent and refused, others wait little longer: their 95th percentile may double."""

import asyncio
import itertools
import statistics
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import orjson
import pytest
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.jobs.files import Kind
from app.settings import Settings
from benchmarks.load import Target, latencies, part_within, requests_a_second
from tests.app.processes import Service, running_service
from tests.app.services.hostile_files import HARMFUL

pytestmark = pytest.mark.slow

TURNS, REQUESTS_A_TURN = 5, 50  # fewer say little of the slowest in twenty
SHARE_OF_MOST = 0.4  # of the requests a second it can answer, so that waiting is not of its own making
SENDERS = 2
MOST_TIMES = 2.0
MEDIA_TYPES = {
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PARQUET: "application/vnd.apache.parquet",
    Kind.CSV: "text/csv",
    Kind.JSONL: "application/x-ndjson",
}


def send_hostile_files(service: Service, files: list[tuple[bytes, Kind]], ended: Event) -> list[int]:
    """One after the other until told to end; what was said to each."""
    told = []
    for content, kind in itertools.cycle(files):
        if ended.is_set():
            return told
        told.append(service.ask("POST", "/v1/batches?dry_run=true", content, Content_Type=MEDIA_TYPES[kind])[0])
    return told


def test_others_wait_at_most_twice_as_long_while_hostile_files_are_refused(
    database: EmbeddedServer, data_dir: Path, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=SecretStr(database.url),
        data_dir=data_dir,
        requests_per_minute=10_000_000,
        log_level="error",
        max_list_rows=1_000,  # one of the files has a row more
    )
    files = [(make(), kind) for make, kind in HARMFUL.values()]
    quiet: list[float] = []
    attacked: list[float] = []
    told: list[int] = []
    with running_service(database, settings, tmp_path / "log") as service:
        address, known = "/v1/matches?store=false", f"Authorization: Bearer {service.key}\r\n"
        target = Target(service.settings.port, address, orjson.dumps(PROFILE), known)
        rate = SHARE_OF_MOST * asyncio.run(requests_a_second(target, 4, 3.0))
        for _ in range(TURNS):
            quiet += asyncio.run(latencies(target, rate, REQUESTS_A_TURN / rate))
            ended = Event()
            with ThreadPoolExecutor(SENDERS) as senders:
                half = len(files) // SENDERS
                sending = [
                    senders.submit(send_hostile_files, service, files[n * half :] + files[: n * half], ended)
                    for n in range(SENDERS)
                ]
                attacked += asyncio.run(latencies(target, rate, REQUESTS_A_TURN / rate))
                ended.set()
            told += itertools.chain.from_iterable(sent.result() for sent in sending)

    usual, then = (part_within(sorted(taken), 0.95) for taken in (quiet, attacked))
    medians = [statistics.median(taken) * 1000 for taken in (quiet, attacked)]
    print(  # noqa: T201 # figures to report
        f"p95 {usual * 1000:.1f} ms alone, {then * 1000:.1f} ms while {len(told)} files were refused: "
        f"{then / usual:.2f} x of {len(quiet)} and {len(attacked)} requests; "
        f"medians {medians[0]:.1f} and {medians[1]:.1f} ms at {rate:.0f} requests/s"
    )
    assert min(len(quiet), len(attacked)) >= 200
    assert len(told) >= 10
    assert set(told) <= {422, 503}
    assert told.count(422) >= 10
    assert then <= MOST_TIMES * usual
