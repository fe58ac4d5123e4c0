"""Lists kept for the board that sent them: taken apart first, then kept and queued in one transaction."""

import uuid
from contextlib import AbstractContextManager
from datetime import date
from itertools import islice
from typing import IO

from app.db import batches, people, queue
from app.db.batches import KeptBatch
from app.errors import ConflictError, InvalidListError, NotFoundError, PreconditionFailedError
from app.jobs.files import Kind
from app.jobs.headings import Heading
from app.services.batch_rows import ROWS_A_PART
from app.services.cursors import Cursors
from app.services.events import announce
from app.services.intake import SplitList, split_upload
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.principal import Principal
from app.services.taking_apart import TakenApart, take_apart
from app.settings import Settings
from matching.config import METHOD_VERSION
from taxonomy.frozen import frozen

_AT_ONCE = 50  # parts written to the database together


@frozen
class Upload:
    """A file that was sent, as it arrived."""

    content: IO[bytes]
    kind: Kind


@frozen
class HowToAnswer:
    """What the rows of a list are answered with."""

    as_of: date
    plans: int | None
    language: str
    snapshot: str
    dry_run: bool


@frozen
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
        replayed = self._replayed(caller, "batch.create", once)
        if replayed is not None:
            return replayed
        batch = uuid.uuid4()
        key, wrapped = self.ledger.vault.new_key(caller.board, batch)
        with take_apart(self._split(upload), batch, key) as apart, self.ledger.act(caller, "batch.create") as act:
            replayed = act.replayed(once, "batch")  # sent twice at once: the other was kept while this was taken apart
            if replayed is not None:
                return replayed
            people.add_key(act.session, act.board, batch, wrapped)
            heading = apart.heading or Heading(())
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
            _add_parts(act, batch, apart, round_=1)
            kept = batches.change_batch(act.session, batch, total=len(apart.rows))
            return _queued(act, kept, apart, once)

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
        replayed = self._replayed(caller, "batch.correct", once)
        if replayed is not None:
            return replayed
        with self.ledger.act(caller, "batch.correct") as act:
            before = _done(act, batch)
            failed, parts = _failed_rows(act, batch)
            key = act.get_person(batch, "batch")
        splitting = self._split(upload, numbered=True)
        with take_apart(splitting, batch, key, first=parts) as apart, self.ledger.act(caller, "batch.correct") as act:
            replayed = act.replayed(once, "batch")
            if replayed is not None:
                return replayed
            kept = _done(act, batch)
            if kept.version != before.version:
                raise ConflictError("The list was changed while these corrections were read; send them again.")
            rows = apart.rows
            if len(set(rows)) < len(rows) or not failed.issuperset(rows):
                raise InvalidListError("The list holds a row twice, or one that did not fail; send failed rows only.")
            _add_parts(act, batch, apart, round_=kept.rounds + 1)
            kept = batches.change_batch(
                act.session,
                batch,
                state="queued",
                finished_at=None,
                rounds=kept.rounds + 1,
                done=kept.done - len(rows),
                errors=kept.errors - len(rows),
            )
            return _queued(act, kept, apart, once)

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
        cursors = Cursors(self.ledger.vault, caller.board, "batches")
        before = cursors.place(cursor)
        with self.ledger.act(caller, "batch.list") as act:
            rows = batches.list_batches(act.session, limit=limit + 1, before=before)
        return Page(rows[:limit], cursors.after_last(rows, limit))

    def cancel(self, caller: Principal, batch: uuid.UUID, once: Once | None) -> Made:
        """Answer no more rows; what was answered stays. A list that is at an end stays as it is.

        Raises:
            NotFoundError: this board has no such list.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "batch.cancel") as act:
            replayed = act.replayed(once, "batch")
            kept = _found(act, batch, lock=True)
            if replayed is not None:
                return replayed
            if kept.state in batches.OPEN:
                batches.drop_waiting_rows(act.session, batch)
                kept = batches.change_batch(act.session, batch, state="cancelled", finished=True)
                announce(act, "batch.cancelled", batch_id=batch)
            return act.made(once, "batch", batch, kept)

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

    def _replayed(self, caller: Principal, action: str, once: Once | None) -> Made | None:
        """What this very request was answered before, told before its file is looked at."""
        if once is None:
            return None
        with self.ledger.act(caller, action) as act:
            return act.replayed(once, "batch")

    def _split(self, upload: Upload, *, numbered: bool = False) -> AbstractContextManager[SplitList]:
        return split_upload(
            upload.content,
            upload.kind,
            rows_a_part=ROWS_A_PART,
            most_rows=self.settings.max_list_rows,
            numbered=numbered,
        )


def _add_parts(act: Act, batch: uuid.UUID, apart: TakenApart, *, round_: int) -> None:
    parts = apart.parts(round_)
    while some := list(islice(parts, _AT_ONCE)):
        batches.add_parts(act.session, act.board, batch, some)


def _queued(act: Act, kept: KeptBatch, apart: TakenApart, once: Once | None) -> Made:
    """Queue the parts of a list that is kept; what its sender is told."""
    queue.defer(act.session, act.board, ((kept.id, number) for number in apart.numbers))
    return act.made(once, "batch", kept.id, kept)


def _done(act: Act, batch: uuid.UUID) -> KeptBatch:
    kept = _found(act, batch, lock=True)
    if kept.state != "done":
        raise ConflictError("A list is corrected when it is done.")
    return kept


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
