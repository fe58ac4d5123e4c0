"""Lists kept for the board that sent them, taken apart into parts and queued, all in one transaction."""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import IO

import orjson

from app.db import batches, people, queue
from app.db.batches import KeptBatch, NewPart
from app.errors import ConflictError, InvalidListError, NotFoundError, PreconditionFailedError
from app.jobs.files import Kind
from app.jobs.headings import Heading
from app.services.batch_rows import ROWS_A_PART, part_id, seal_rows
from app.services.cursors import cursor_of, place_of
from app.services.intake import SplitList, split_upload
from app.services.ledger import Act, Ledger, Once
from app.services.listing import Page
from app.services.matches import Made
from app.services.principal import Principal
from app.services.vault import PersonalKey
from app.settings import Settings
from matching.config import METHOD_VERSION

_AT_ONCE = 50  # parts written to the database together


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, as it arrived."""

    content: IO[bytes]
    kind: Kind


@dataclass(frozen=True, slots=True)
class HowToAnswer:
    """What the rows of a list are answered with."""

    as_of: date
    plans: int | None
    language: str
    snapshot: str
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Batches:
    """Lists, each seen by its board only."""

    ledger: Ledger
    settings: Settings

    def create(self, caller: Principal, upload: Upload, how: HowToAnswer, once: Once | None) -> Made:
        """Keep a list and queue its rows. When this returns all of it is on disk; when it raises nothing is.

        Raises:
            InvalidListError: the file is no list that is read.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away, or too many lists are read now.
        """
        with self.ledger.act(caller, "batch.create") as act:
            earlier = act.earlier(once)
            if earlier is not None:
                act.saw("batch", earlier.resource)
                return Made(earlier.resource, earlier.body or b"", replayed=True)
            batch = uuid.uuid4()
            key = act.new_person(batch)
            with self._split(upload) as split:
                heading = split.heading or Heading(())
                batches.add_batch(
                    act.session,
                    act.board,
                    id=batch,
                    kind=upload.kind,
                    dry_run=how.dry_run,
                    as_of=how.as_of,
                    plans=how.plans,
                    language=how.language,
                    snapshot=how.snapshot,
                    method_version=METHOD_VERSION,
                    columns=list(heading.names),
                    left_out=list(heading.left_out),
                    total=0,
                )
                numbers = _add_parts(act, batch, key, split, range_from=0, round_=1)
            rows = sum(len(part) for part in numbers)
            kept = batches.change_batch(act.session, batch, total=rows)
            queue.defer(act.session, act.board, ((batch, number) for number in range(len(numbers))))
            body = orjson.dumps(kept)
            act.remember(once, batch, body)
            act.saw("batch", batch)
            return Made(batch, body, replayed=False)

    def correct(self, caller: Principal, batch: uuid.UUID, upload: Upload, once: Once | None) -> Made:
        """Put corrected rows in place of some that failed, and queue them.

        Raises:
            NotFoundError: this board has no such list.
            ConflictError: the list is not done.
            InvalidListError: the file is no list that is read, or names a row that did not fail.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away, or too many lists are read now.
        """
        with self.ledger.act(caller, "batch.correct") as act:
            act.saw("batch", batch)
            earlier = act.earlier(once)
            if earlier is not None:
                return Made(earlier.resource, earlier.body or b"", replayed=True)
            kept = _found(act, batch, lock=True)
            if kept.state != "done":
                raise ConflictError("A list is corrected when it is done.")
            failed, parts = _failed_rows(act, batch)
            with self._split(upload, numbered=True) as split:
                numbers = _add_parts(
                    act, batch, act.get_person(batch, "batch"), split, range_from=parts, round_=kept.rounds + 1
                )
            rows = list(chain.from_iterable(numbers))
            if len(set(rows)) < len(rows) or not failed.issuperset(rows):
                raise InvalidListError("The list holds a row twice, or one that did not fail; send failed rows only.")
            kept = batches.change_batch(
                act.session,
                batch,
                state="queued",
                finished_at=None,
                rounds=kept.rounds + 1,
                done=kept.done - len(rows),
                errors=kept.errors - len(rows),
            )
            queue.defer(act.session, act.board, ((batch, parts + number) for number in range(len(numbers))))
            body = orjson.dumps(kept)
            act.remember(once, batch, body)
            return Made(batch, body, replayed=False)

    def get(self, caller: Principal, batch: uuid.UUID) -> KeptBatch:
        """A list: how far it is, and nothing of anyone on it.

        Raises:
            NotFoundError: this board has no such list.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "batch.status") as act:
            return _found(act, batch)

    def list(self, caller: Principal, *, limit: int, cursor: str | None) -> Page[KeptBatch]:
        """Lists, newest first.

        Raises:
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        before = place_of(cursor)
        with self.ledger.act(caller, "batch.list") as act:
            rows = batches.list_batches(act.session, limit=limit + 1, before=before)
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(rows[:limit], None if last is None else cursor_of((last.created_at, last.id)))

    def cancel(self, caller: Principal, batch: uuid.UUID) -> KeptBatch:
        """Answer no more rows; what was answered stays. A list that is at an end stays as it is.

        Raises:
            NotFoundError: this board has no such list.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "batch.cancel") as act:
            act.saw("batch", batch)
            kept = _found(act, batch, lock=True)
            if kept.state not in batches.OPEN:
                return kept
            batches.drop_waiting_rows(act.session, batch)
            return batches.change_batch(act.session, batch, state="cancelled", finished=True)

    def erase(self, caller: Principal, batch: uuid.UUID, version: int | None) -> None:
        """Destroy the key of a list and remove all that was kept of it.

        Raises:
            NotFoundError: this board has no such list.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "batch.erase") as act:
            act.saw("batch", batch)
            kept = _found(act, batch, lock=True)
            if version not in (None, kept.version):
                raise PreconditionFailedError
            batches.remove_batch(act.session, batch)
            people.destroy_key(act.session, batch)

    def _split(self, upload: Upload, *, numbered: bool = False) -> AbstractContextManager[SplitList]:
        return split_upload(
            upload.content,
            upload.kind,
            rows_a_part=ROWS_A_PART,
            most_rows=self.settings.max_list_rows,
            numbered=numbered,
        )


def _add_parts(
    act: Act, batch: uuid.UUID, key: PersonalKey, split: SplitList, *, range_from: int, round_: int
) -> list[tuple[int, ...]]:
    """Keep the rows sealed, part by part; the numbers of the rows of each."""
    numbers: list[tuple[int, ...]] = []
    waiting: list[NewPart] = []
    for rows in split.parts:
        number = range_from + len(numbers)
        sealed = seal_rows(key, part_id(batch, number), split.heading, rows)
        waiting.append(NewPart(number, round_, tuple(row for row, _ in rows), sealed))
        numbers.append(waiting[-1].row_numbers)
        if len(waiting) == _AT_ONCE:
            batches.add_parts(act.session, act.board, batch, waiting)
            waiting.clear()
    if waiting:
        batches.add_parts(act.session, act.board, batch, waiting)
    return numbers


def _found(act: Act, batch: uuid.UUID, *, lock: bool = False) -> KeptBatch:
    kept = batches.find_batch(act.session, batch, lock=lock)
    if kept is None:
        raise NotFoundError("No list of this board has this id.")
    return kept


def _failed_rows(act: Act, batch: uuid.UUID) -> tuple[set[int], int]:
    """The rows that failed and were not put right since, and the number of parts."""
    failed: set[int] = set()
    parts = 0
    for _, _, rows, failed_rows in batches.iter_row_numbers(act.session, batch):
        failed.difference_update(rows)
        failed.update(failed_rows)
        parts += 1
    return failed, parts
