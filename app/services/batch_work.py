"""A part of a list answered: taken under a lease, answered row by row, and written whole or not at all."""

import time
import uuid
from collections.abc import Callable
from dataclasses import field
from datetime import timedelta
from threading import Event

from app.db import batches, queue
from app.db.batches import Claim, KeptBatch
from app.db.keys import list_boards
from app.jobs.batch import Answered, answer_row, fault_line, read_rows_ahead
from app.jobs.rows import Row, RowFault, read_row
from app.logs import get_logger, whereabouts
from app.services.answering import Engine
from app.services.batch_rows import open_rows, part_id, seal_lines
from app.services.events import announce
from app.services.ledger import Ledger
from app.services.principal import Worker
from taxonomy.frozen import frozen
from taxonomy.snapshot import SnapshotError

# After so many claims without an end, the part itself ends its workers: its rows are given up, not tried for ever.
_MOST_CLAIMS = 40

OpenEngine = Callable[[str], Engine]  # by the digest of the data


@frozen
class BatchWork:
    """What a worker does. `stopping` is set when it is to end: it gives back what it has not finished."""

    ledger: Ledger
    open_engine: OpenEngine
    lease: timedelta
    stopping: Event = field(default_factory=Event)

    def answer(self, board: str, batch: uuid.UUID, number: int) -> bool:
        """Answer a part, if it is still to be answered and nobody else has it; whether it was written.

        Raises:
            UnavailableError: the database is away; the part is taken up again when its lease is over.
            ConfigurationError: what was kept does not open.
        """
        with self.ledger.act(Worker(board), "batch.answer") as act:
            claim = batches.claim_part(act.session, batch, number, self.lease)
            key = None if claim is None else act.find_person(batch)
        if claim is None or key is None:
            return False
        heading, sent = open_rows(key, part_id(batch, number), claim.rows)
        try:
            engine = None if claim.batch.dry_run else self.open_engine(claim.batch.snapshot)
        except SnapshotError as error:
            return self._give_up(board, claim, "data_gone", error)
        answered: list[tuple[Row, Answered]] = []
        renewed = time.monotonic()
        rows = [read_row(heading, raw) for raw in sent]
        if engine is not None and claim.token <= _MOST_CLAIMS:
            read_rows_ahead(rows, engine, claim.batch.as_of)
        for row in rows:
            if self.stopping.is_set():
                self._release(board, claim)
                return False
            # Long parts, or slow machines: a lease is kept alive by who works, and lost by who stands still.
            if time.monotonic() - renewed > self.lease.total_seconds() / 3:
                if not self._renew(board, claim):
                    return False
                renewed = time.monotonic()
            answered.append((row, self._answered(row, engine, claim)))
        return self.keep(board, claim, answered)

    def keep(self, board: str, claim: Claim, answered: list[tuple[Row, Answered]]) -> bool:
        """Keep what the rows of a part came to, in one transaction; False where somebody else has the part now.

        Raises:
            UnavailableError: the database is away; nothing of it is kept.
        """
        failed = [row.number for row, came_to in answered if came_to.faults]
        lines = [came_to.line for _, came_to in answered if came_to.line is not None]
        faults = [fault_line(row, came_to.faults) for row, came_to in answered if came_to.faults]
        place = part_id(claim.batch.id, claim.number)
        with self.ledger.act(Worker(board), "batch.answer") as act:
            key = act.find_person(claim.batch.id)
            if key is None:
                return False  # erased meanwhile
            sealed = (seal_lines(key, place, "answers", lines), seal_lines(key, place, "faults", faults))
            kept = batches.answer_part(act.session, claim, failed, *sealed)
            if kept is None:
                act.session.rollback()
                get_logger().warning("a part was taken over, and its answers are let go")
                return False
            act.saw("batch", claim.batch.id)
            if kept.state == "done":
                announce(act, "batch.done", batch_id=kept.id)
        _log(kept)
        return True

    def requeue_lost(self) -> int:
        """Queue anew what no worker answers though it is not answered; say how many parts that were.

        Raises:
            UnavailableError: the database is away.
        """
        found = 0
        with self.ledger.database.session("") as session, session.begin():
            if not queue.may_sweep(session, queue.QUEUE):
                return 0
            for board in list_boards(session):
                with self.ledger.database.session(board) as own, own.begin():
                    found += queue.requeue_lost(own, board, self.lease)
        return found

    def _answered(self, row: Row, engine: Engine | None, claim: Claim) -> Answered:
        if claim.token > _MOST_CLAIMS:
            fault = RowFault("", "given_up", f"was not answered in {_MOST_CLAIMS} attempts", "send it by itself")
            return Answered(None, row.faults or (fault,))
        if engine is None:
            return Answered(None, row.faults)
        batch = claim.batch
        return answer_row(row, engine, batch.as_of, batch.plans, batch.language)

    def _renew(self, board: str, claim: Claim) -> bool:
        with self.ledger.database.session(board) as session, session.begin():
            return batches.renew_lease(session, claim, self.lease)

    def _release(self, board: str, claim: Claim) -> None:
        with self.ledger.database.session(board) as session, session.begin():
            batches.release_part(session, claim)

    def _give_up(self, board: str, claim: Claim, failure: str, error: Exception) -> bool:
        get_logger().error("a list cannot be answered", **whereabouts(error))
        with self.ledger.act(Worker(board), "batch.fail") as act:
            act.saw("batch", claim.batch.id)
            kept = batches.find_batch(act.session, claim.batch.id, lock=True)
            if kept is not None and kept.state in batches.OPEN:
                batches.drop_waiting_rows(act.session, kept.id)
                batches.change_batch(act.session, kept.id, state="failed", failure=failure, finished=True)
                announce(act, "batch.failed", batch_id=kept.id)
        return False


def _log(kept: KeptBatch) -> None:
    if kept.state == "done":
        get_logger().info("a list is done")
