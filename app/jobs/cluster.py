"""Parts of a list answered by other processes: Dask's, on this machine or of a scheduler elsewhere.

A worker opens the data once, by the digest the run was begun with, and writes each part itself, whole, by one rename.
So a worker that dies costs the part it was at, which another does again: nothing is lost and nothing doubled. Workers
elsewhere have to see the folder of the output and to have the same data installed.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
from distributed.comm.core import CommClosedError

from app.errors import NoRoomError
from app.jobs.batch import BatchJob, Part, Spread, answer_part
from app.jobs.parts import PartsError
from app.services.answering import Engine, MatchEngine
from app.settings import read_settings
from taxonomy.snapshot import SnapshotError
from taxonomy.store import Store

AHEAD = 3  # parts sent per worker: one at work, the others so that none waits
PATIENCE_SECONDS = 15  # for a scheduler to answer, and for a first worker to be there

# Their logs could show the arguments of what fails, and its words; a run says itself what went wrong. Workers read how
# much to log when the library is loaded, which is before they hear of any other setting.
_SETTINGS = {
    "logging": {"distributed": "critical"},
    "distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "critical",
    "distributed.scheduler.allowed-failures": 5,
}


@contextmanager
def open_cluster(workers: int, scheduler: str | None = None) -> Iterator[Client]:
    """Processes of this machine that listen on loopback only; or those of a scheduler that runs already.

    Raises:
        PartsError: no scheduler answers at the address, or it has no worker.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(_SETTINGS):
        if scheduler is not None:
            with _connected(scheduler) as client:
                yield client
            return
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=None
            ) as local,
            Client(local) as client,
        ):
            yield client


def spread_over(client: Client) -> Spread:
    """Parts done by the workers of a cluster; only a few are in memory at once.

    Raises, as the parts are done:
        PartsError: workers died at one part again and again, the scheduler went away, or the data is not there.
        NoRoomError: the disk is full.
    """

    def spread(job: BatchJob, engine: Engine, parts: Iterator[Part]) -> Iterator[int]:
        def send(number: int) -> list[Future[int]]:
            return [client.submit(_answer_part, job, digest, part, pure=False) for part in islice(parts, number)]

        digest = engine.snapshot.digest
        done = as_completed(send(AHEAD * len(client.nthreads())))
        try:
            for future in done:
                yield future.result()
                future.release()
                for more in send(1):
                    done.add(more)
        except NoRoomError:
            # The others come to an end as well: ended by force, they would leave on the full disk what they had begun.
            for future in done:
                future.exception()
            raise
        except KilledWorker:
            message = "Workers died at the same part again and again; what is done is kept: run again with --resume."
            raise PartsError(message) from None
        except (CommClosedError, OSError) as error:
            kind = type(error).__name__
            message = f"The workers cannot go on ({kind}); what is done is kept: run again with --resume."
            raise PartsError(message) from None

    return spread


def _answer_part(job: BatchJob, digest: str, part: Part) -> int:
    return answer_part(job, _engine_of(digest), part)


@lru_cache(maxsize=1)
def _engine_of(digest: str) -> MatchEngine:
    """The method on installed data, once a process.

    Raises:
        PartsError: a worker elsewhere does not have it.
    """
    try:
        return MatchEngine(Store(read_settings().data_dir).open(digest))
    except SnapshotError:
        message = f"A worker has no data {digest[:12]}; run `stackway data install` there with the same files."
        raise PartsError(message) from None


def _connected(scheduler: str) -> Client:
    try:
        client = Client(scheduler, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError):
        message = f"--scheduler: no Dask scheduler answers at {scheduler}."
        raise PartsError(message) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError:
        client.close()
        message = f"--scheduler: the one at {scheduler} has no worker; start some with `dask worker {scheduler}`."
        raise PartsError(message) from None
    return client
