"""What a list came to, in the order of its rows and read a few parts at a time, however long the list."""

import heapq
import uuid
from collections.abc import Iterator
from typing import Any

import orjson

from app.db import batches
from app.db.batches import KeptBatch, KeptPart
from app.errors import ConflictError, NotFoundError
from app.jobs.rows import RowFault, error_rows
from app.services.batch_rows import open_lines, part_id
from app.services.ledger import Ledger
from app.services.principal import Principal
from app.services.vault import PersonalKey
from taxonomy.frozen import frozen

_AT_ONCE = 20  # parts read from the database together


@frozen
class BatchResults:
    """Answers and faults of lists that are at an end."""

    ledger: Ledger

    def answers(self, caller: Principal, batch: uuid.UUID) -> Iterator[bytes]:
        """A line of JSON for each row that was answered: its number, its reference, and the bytes of its answer.

        Raises:
            NotFoundError: this board has no such list.
            ConflictError: it is not at an end.
            UnavailableError: the database is away.
        """
        kept, key, _ = self._opened(caller, batch, "batch.results")
        rounds = [self._lines(caller, kept, key, round_, "answers") for round_ in range(1, kept.rounds + 1)]
        # A row is answered once, in whichever round; each round is in the order of its rows, and so is all of it.
        return (line for _, line in heapq.merge(*rounds, key=lambda numbered: numbered[0]))

    def faults(self, caller: Principal, batch: uuid.UUID) -> Iterator[dict[str, Any]]:
        """The faults of the rows that failed and were not put right since, as lines of the errors file.

        Raises:
            NotFoundError: this board has no such list.
            ConflictError: it is not at an end.
            UnavailableError: the database is away.
        """
        kept, key, newest = self._opened(caller, batch, "batch.errors")
        rounds = [self._standing(caller, kept, key, newest, round_) for round_ in range(1, kept.rounds + 1)]
        merged = heapq.merge(*rounds, key=lambda numbered: numbered[0])
        return (
            fault
            for row, line in merged
            for fault in error_rows(row, [RowFault(**fault) for fault in orjson.loads(line)["faults"]])
        )

    def _standing(
        self, caller: Principal, kept: KeptBatch, key: PersonalKey, newest: dict[int, int], round_: int
    ) -> Iterator[tuple[int, bytes]]:
        for row, line in self._lines(caller, kept, key, round_, "faults"):
            if newest.get(row, 1) == round_:
                yield row, line

    def _opened(
        self, caller: Principal, batch: uuid.UUID, action: str
    ) -> tuple[KeptBatch, PersonalKey, dict[int, int]]:
        """The list, its key, and of the rows that were sent again the last round they were in."""
        with self.ledger.act(caller, action) as act:
            act.saw("batch", batch)
            kept = batches.find_batch(act.session, batch)
            if kept is None:
                raise NotFoundError("No list of this board has this id.")
            if kept.state in batches.OPEN:
                raise ConflictError("The list is not at an end; its status tells how far it is.")
            newest = {
                row: round_
                for _, round_, rows, _ in batches.iter_row_numbers(act.session, batch)
                if round_ > 1
                for row in rows
            }
            return kept, act.get_person(batch, "batch"), newest

    def _lines(
        self, caller: Principal, kept: KeptBatch, key: PersonalKey, round_: int, column: str
    ) -> Iterator[tuple[int, bytes]]:
        for part in self._parts(caller, kept, round_):
            failed = set(part.failed_rows)
            rows = [row for row in part.row_numbers if (row in failed) is (column == "faults")]
            sealed = part.answers if column == "answers" else part.faults
            lines = open_lines(key, part_id(kept.id, part.number), column, sealed)
            yield from zip(rows, lines, strict=bool(lines))

    def _parts(self, caller: Principal, kept: KeptBatch, round_: int) -> Iterator[KeptPart]:
        after = -1
        while True:
            # A short transaction for each few, so that a slow reader holds no connection.
            with self.ledger.database.session(caller.board) as session:
                parts = batches.list_parts(session, kept.id, round_, after=after, limit=_AT_ONCE)
            yield from parts
            if len(parts) < _AT_ONCE:
                return
            after = parts[-1].number
