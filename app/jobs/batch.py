"""A list through the method: every row as `stackway match` would answer it, and no row stops another."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from app.api.mapping import answer_bytes
from app.jobs.equity import read_groups, write_equity
from app.jobs.outcomes import Outcome, outcomes
from app.jobs.output import Format, write_errors, write_output
from app.jobs.parts import Parts, PartsError
from app.jobs.rows import Row, RowFault, error_rows, read_rows
from app.logs import whereabouts
from app.services.answering import Engine
from matching.config import METHOD_VERSION
from taxonomy.frozen import frozen

ROWS_A_PART = 100  # a second or so of work: what a killed run has to do again

Progress = Callable[[int], None]


@frozen
class BatchJob:
    """What to run: the list, where answers and faults go, and how to answer."""

    source: Path
    output: Path
    errors: Path | None
    kind: Format
    as_of: date
    plans: int | None = None
    resume: bool = False
    seats: Path | None = None
    equity: Path | None = None
    language: str = "en"

    def made_from(self, engine: Engine) -> dict[str, Any]:
        """What decides the answers; parts of a run made from anything else are of no use to this one."""
        return {
            "input": _digest(self.source),
            "snapshot": engine.snapshot.digest,
            "method_version": METHOD_VERSION,
            "as_of": self.as_of.isoformat(),
            "plans": self.plans,
            "language": self.language,
            "rows_a_part": ROWS_A_PART,
        }

    def made_whole(self, made_from: dict[str, Any]) -> dict[str, Any]:
        """What decides all that the run leaves: parts serve every format, and whatever is counted over them."""
        beside = {"seats": self.seats, "equity": self.equity}
        return {**made_from, "format": self.kind, **{name: path and _digest(path) for name, path in beside.items()}}

    def beside(self, what: str) -> Path:
        """Where a table counted over all answers goes: beside the output, such as out.seats.csv."""
        return self.output.with_name(f"{self.output.stem}.{what}.csv")


@dataclass(slots=True)
class Tally:
    """How a run went."""

    rows: int = 0
    failed: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences on what was counted over all answers

    def count(self, row: int, faults: Sequence[RowFault]) -> None:
        """One more row, with its faults where it has any."""
        self.rows += 1
        self.failed += bool(faults)
        self.faults += error_rows(row, faults)


@dataclass(frozen=True, slots=True, repr=False)  # a log of what failed must not show people
class Part:
    """Rows answered and written together."""

    number: int
    rows: tuple[Row, ...]


# How parts are done, in this process or in others: from a run and its parts to the rows of each part done.
Spread = Callable[[BatchJob, Engine, Iterator[Part]], Iterator[int]]


def check(source: Path, errors: Path | None) -> Tally:
    """Read every row and answer none.

    Raises:
        ListError: the file is no list this reads.
    """
    tally = Tally()
    for row in read_rows(source):
        tally.count(row.number, row.faults)
    _leave_errors(errors, tally)
    return tally


def here(job: BatchJob, engine: Engine, parts: Iterator[Part]) -> Iterator[int]:
    """Parts done in this process, one after the other."""
    return (answer_part(job, engine, part) for part in parts)


def run(job: BatchJob, engine: Engine, progress: Progress, spread: Spread = here) -> Tally:
    """Answer every row and write answers and faults in row order.

    Raises:
        ListError: the file is no list this reads.
        PartsError: another run writes there, or the parts to resume were made from something else.
    """
    count_over_all = _counting(job, engine)
    parts, made_from = Parts(job.output), job.made_from(engine)
    made_whole = job.made_whole(made_from)
    with parts.held():
        done = parts.outcome(made_whole) if job.resume else None
        if done is not None:
            tally = Tally(**done)
            _leave_errors(job.errors, tally)
            parts.remove()
            return tally
        _open_parts(parts, made_from, resume=job.resume)
        for rows in spread(job, engine, _to_answer(job, parts, progress)):
            progress(rows)
        tally = Tally()
        write_output(job.output, job.kind, _answered(parts.read(), tally))
        tally.notes += count_over_all(parts)
        _leave_errors(job.errors, tally)
        parts.finish(made_whole, asdict(tally))
    return tally


def resumed_day(output: Path) -> date | None:
    """The day the parts or the output that are there speak of: a run begun before midnight is finished as begun."""
    made = Parts(output).made_from() or Parts(output).made_whole_from()
    return None if made is None else date.fromisoformat(made["as_of"])


def answer_part(job: BatchJob, engine: Engine, part: Part) -> int:
    """Answer the rows of a part and write it whole; returns how many they were."""
    read_rows_ahead(part.rows, engine, job.as_of)
    Parts(job.output).write(part.number, (_line(row, engine, job) for row in part.rows))
    return len(part.rows)


def read_rows_ahead(rows: Iterable[Row], engine: Engine, as_of: date) -> None:
    """Have the words of some rows read together; a row they cannot be read of says so itself, when it is answered."""
    with suppress(Exception):
        engine.read_ahead([row.seeker for row in rows if row.seeker is not None], as_of)


@frozen
class Answered:
    """What a row came to: a line with its answer, or its faults; neither where it was only to be read."""

    line: bytes | None
    faults: tuple[RowFault, ...] = ()


def answer_row(row: Row, engine: Engine, as_of: date, plans: int | None, language: str) -> Answered:
    """One row: a line of JSON that holds the bytes of its answer, or its faults."""
    if row.seeker is None:
        return Answered(None, row.faults)
    try:
        content = answer_bytes(engine.answer(row.seeker, as_of, plans, language))
    except Exception as error:  # noqa: BLE001 # one row must not stop the others, whatever it holds
        said = whereabouts(error)
        message = f"could not be answered: {said['error']} at {said['where']}"
        return Answered(None, (RowFault("", "internal_error", message, "please report this line"),))
    # The answer's own bytes, so that they are the same as `stackway match` prints.
    return Answered(_head(row)[:-1] + b',"answer":' + content + b"}")


def fault_line(row: Row, faults: Sequence[RowFault]) -> bytes:
    """The faults of a row as a line of JSON."""
    return orjson.dumps({"row": row.number, "reference": row.reference, "faults": list(faults)})


def _line(row: Row, engine: Engine, job: BatchJob) -> bytes:
    answered = answer_row(row, engine, job.as_of, job.plans, job.language)
    return answered.line if answered.line is not None else fault_line(row, answered.faults)


def _head(row: Row) -> bytes:
    return orjson.dumps({"row": row.number, "reference": row.reference})


def _answered(lines: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    """The lines that hold an answer; the others go into the tally."""
    for line in lines:
        document = orjson.loads(line) if b'"faults":' in line[:1000] else {}
        faults = [RowFault(**fault) for fault in document.get("faults", ())]
        tally.count(document.get("row", 0), faults)
        if not faults:
            yield line


def _counting(job: BatchJob, engine: Engine) -> Callable[[Parts], list[str]]:
    """What is counted over all answers. Tables given for it are read now: a fault in them shows before the long run."""
    share_seats = _sharing(job, job.seats, engine) if job.seats else None
    groups = read_groups(job.equity) if job.equity else None

    def count(parts: Parts) -> list[str]:
        people = list(outcomes(parts.read())) if share_seats or groups else []
        notes = []
        if share_seats:
            notes.append(share_seats(people))
        if groups:
            notes.append(write_equity(job.beside("equity"), people, *groups))
        return notes

    return count


def _sharing(job: BatchJob, table: Path, engine: Engine) -> Callable[[Sequence[Outcome]], str]:
    from app.jobs.seats import read_seats, share, write_shared  # noqa: PLC0415 # a solver that nothing else needs

    seats = read_seats(table, {program.id for program in engine.snapshot.programs})
    return lambda people: write_shared(job.beside("seats"), people, share(people, seats))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _open_parts(parts: Parts, made_from: dict[str, Any], *, resume: bool) -> None:
    before = parts.made_from()
    if not resume or before is None:
        parts.begin(made_from)
    elif before != made_from:
        changed = ", ".join(sorted(key for key in made_from if before.get(key) != made_from[key]))
        raise PartsError(f"{parts.folder.name}: was made with another {changed}; run without --resume to start anew.")


def _to_answer(job: BatchJob, parts: Parts, progress: Progress) -> Iterator[Part]:
    """The parts that are not there yet."""
    for number, rows in enumerate(_grouped(read_rows(job.source))):
        if parts.has(number):
            progress(len(rows))
        else:
            yield Part(number, tuple(rows))


def _grouped(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, ROWS_A_PART)):
        yield group


def _leave_errors(path: Path | None, tally: Tally) -> None:
    if path is not None:
        write_errors(path, tally.faults)
