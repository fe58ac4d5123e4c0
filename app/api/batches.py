"""`/v1/batches`: a list of people in, answers and faults out, worked off in the background."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from app.api.access import BatchExporter, BatchReader, BatchWriter, SeekerEraser
from app.api.conditions import OnceWithoutBodyDep, VersionDep, tag_of_record, version_tag
from app.api.described import DescribedRoute
from app.api.documentation import json_example
from app.api.examples import (
    ERRORS_CSV,
    LIST_CORRECTED_CSV,
    LIST_CORRECTED_JSONL,
    LIST_CSV,
    LIST_JSONL,
    LIST_RECORD,
    RESULTS_JSONL,
)
from app.api.language import LanguageDep
from app.api.lookups import PageOptions
from app.api.matches import AnswerOptions
from app.api.middleware import become_stream
from app.api.model import Model, Options
from app.api.progress import progress
from app.api.replies import PRIVATE, encode, made_reply, page_reply, reply
from app.api.uploads import CSV, JSON_LINES, PARQUET, SentListDep, list_body
from app.deps import ServicesDep
from app.jobs.output import Format, encode_errors, encode_output
from app.services.batches import HowToAnswer

router = APIRouter(prefix="/v1", tags=["lists"], route_class=DescribedRoute)

_MEDIA_TYPES = {Format.JSONL: JSON_LINES, Format.CSV: f"{CSV}; charset=utf-8; header=present", Format.PARQUET: PARQUET}


class BatchOptions(AnswerOptions):
    """How to answer a list."""

    dry_run: bool = Field(default=False, description="Read every row and answer none: the errors tell what is amiss")


class ResultOptions(Options):
    """How answers are written."""

    format: Literal["jsonl", "csv", "parquet"] = Field(
        default="jsonl", description="jsonl: a line for each person, the whole answer; csv, parquet: one for each plan"
    )


class WatchOptions(Options):
    """How long to watch."""

    seconds: Annotated[int, Field(ge=0, le=60)] = Field(
        default=30, description="Longest time the stream stays open; ask again with Last-Event-ID to go on"
    )


class BatchOut(Model):
    """A list: what it is answered from, and how far. Nothing of anyone on it."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    failure: str | None = Field(description="data_gone: the data it was begun with is no longer installed")
    kind: Literal["csv", "jsonl", "xlsx", "parquet"]
    dry_run: bool
    as_of: date
    plans: int | None
    language: str
    snapshot: str
    method_version: str
    columns: list[str] = Field(description="Columns that are read; none for JSON lines")
    columns_left_out: list[int] = Field(description="PIRL elements that are not read, and not kept")
    total: int
    done: int
    errors: int = Field(description="Rows that failed; they count as done")
    rounds: int = Field(description="1, and 1 more for each list of corrections")


class BatchPage(Model):
    """Lists."""

    items: list[BatchOut]
    next_cursor: str | None


@router.post(
    "/batches",
    operation_id="create_batch",
    summary="Plans for everyone on a list",
    description=(
        "Takes CSV (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab), JSON lines, XLSX, Parquet, or a PIRL "
        "extract in any table of these. A file that is no list is refused at once; a row with faults stops no other. "
        "Rows are answered in the background, each as `POST /v1/matches` would, to the byte. `Location` is the status."
    ),
    status_code=202,
    response_model=BatchOut,
    responses={202: json_example("The list is kept and queued", {**LIST_RECORD, "version": 2, "state": "queued"})},
    openapi_extra=list_body(LIST_CSV, LIST_JSONL),
)
async def create_batch(  # what an operation is given are its parameters
    request: Request,
    caller: BatchWriter,
    options: Annotated[BatchOptions, Query()],
    sent: SentListDep,
    services: ServicesDep,
    language: LanguageDep,
) -> Response:
    """When the reply comes, the list is on disk and will be answered."""
    how = HowToAnswer(options.as_of, options.plans, language, services.engine.snapshot.digest, options.dry_run)
    made = await run_in_threadpool(services.batches.create, caller, sent.upload, how, sent.once)
    return made_reply(request, made, status=202, location=f"/v1/batches/{made.id}", etag=tag_of_record(made.body))


@router.get(
    "/batches",
    operation_id="list_batches",
    summary="Lists, newest first",
    response_model=BatchPage,
    responses={200: json_example("A page of lists", {"items": [LIST_RECORD], "next_cursor": "MjAyNi0xMS0yMlQxNTowNA"})},
)
async def list_batches(
    request: Request, caller: BatchReader, services: ServicesDep, options: Annotated[PageOptions, Query()]
) -> Response:
    """How far each is, and nothing of anyone on it."""
    page = await run_in_threadpool(services.batches.list, caller, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page, cache=PRIVATE)


@router.get(
    "/batches/{batch_id}",
    operation_id="get_batch",
    summary="How far a list is",
    response_model=BatchOut,
    responses={200: json_example("The list", LIST_RECORD)},
)
async def get_batch(request: Request, caller: BatchReader, batch_id: uuid.UUID, services: ServicesDep) -> Response:
    """The ETag changes with every step, and is needed to erase the list."""
    kept = await run_in_threadpool(services.batches.get, caller, batch_id)
    return reply(request, encode(kept), cache=PRIVATE, etag=version_tag(kept.version))


@router.delete(
    "/batches/{batch_id}",
    operation_id="erase_batch",
    summary="Erase a list",
    description="Destroys the key of the list and removes its rows, answers and faults. The audit stays.",
    status_code=204,
    response_class=Response,
)
async def erase_batch(
    caller: SeekerEraser, batch_id: uuid.UUID, version: VersionDep, services: ServicesDep
) -> Response:
    """When the reply comes, the key is gone."""
    await run_in_threadpool(services.batches.erase, caller, batch_id, version)
    return Response(status_code=204)


@router.post(
    "/batches/{batch_id}/cancel",
    operation_id="cancel_batch",
    summary="Answer no more rows of a list",
    description="What was answered stays and can be read. A list that is at an end stays as it is.",
    response_model=BatchOut,
    responses={200: json_example("The list", {**LIST_RECORD, "state": "cancelled"})},
)
async def cancel_batch(
    request: Request, caller: BatchWriter, batch_id: uuid.UUID, once: OnceWithoutBodyDep, services: ServicesDep
) -> Response:
    """Asked twice, the second time changes nothing."""
    made = await run_in_threadpool(services.batches.cancel, caller, batch_id, once)
    return made_reply(request, made, etag=tag_of_record(made.body))


@router.get(
    "/batches/{batch_id}/events",
    operation_id="watch_batch",
    summary="How far a list is, as it goes on",
    description=(
        "Server-sent events: `progress` with the list as data and its version as id, on each change, until it is at an "
        "end. After a break, Last-Event-ID takes it up where it was."
    ),
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The stream",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": "id: 4\nevent: progress\n"}},
        }
    },
)
async def watch_batch(  # what an operation is given are its parameters
    request: Request,
    caller: BatchReader,
    batch_id: uuid.UUID,
    services: ServicesDep,
    options: Annotated[WatchOptions, Query()],
    last_event_id: Annotated[int | None, Header(ge=0, le=2**31 - 1, description="Id of the last event seen")] = None,
) -> Response:
    """Holds no connection to the database between two looks, and no place among the requests."""
    first = await run_in_threadpool(services.batches.get, caller, batch_id)
    become_stream(request)

    async def look() -> Any:  # noqa: ANN401 # the list, as `first`
        return await run_in_threadpool(services.batches.get, caller, batch_id)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = progress(first, look, seen=last_event_id or 0, seconds=options.seconds)
    return StreamingResponse(stream, headers=headers, media_type="text/event-stream")


@router.get(
    "/batches/{batch_id}/errors",
    operation_id="list_batch_errors",
    summary="Rows of a list that failed, and how to put them right",
    description="CSV: row, column, code, message, fix. Rows are counted from 1 after the heading.",
    response_class=StreamingResponse,
    responses={
        409: {},  # while rows are still to be answered
        200: {
            "description": "A line for each fault",
            "content": {CSV: {"schema": {"type": "string"}, "example": ERRORS_CSV}},
        },
    },
)
async def list_batch_errors(caller: BatchReader, batch_id: uuid.UUID, services: ServicesDep) -> Response:
    """Says what a cell must be, never what it was."""
    faults = await run_in_threadpool(services.batch_results.faults, caller, batch_id)
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": 'attachment; filename="errors.csv"'}
    return StreamingResponse(encode_errors(faults), headers=headers, media_type=_MEDIA_TYPES[Format.CSV])


@router.get(
    "/batches/{batch_id}/results",
    operation_id="list_batch_results",
    summary="Answers to everyone on a list",
    description="In the order of the rows, the same bytes as `stackway batch` writes. Cells that a spreadsheet would "
    "take for a formula begin with a quotation mark.",
    response_class=StreamingResponse,
    responses={
        409: {},  # while rows are still to be answered
        200: {
            "description": "The answers",
            "content": {
                JSON_LINES: {"schema": {"type": "string"}, "example": RESULTS_JSONL},
                CSV: {"schema": {"type": "string"}},
                PARQUET: {"schema": {"type": "string", "format": "binary"}},
            },
        },
    },
)
async def list_batch_results(
    caller: BatchExporter, batch_id: uuid.UUID, services: ServicesDep, options: Annotated[ResultOptions, Query()]
) -> Response:
    """Read from the database a few parts at a time, however long the list."""
    kind = Format(options.format)
    lines = await run_in_threadpool(services.batch_results.answers, caller, batch_id)
    headers = {
        "Cache-Control": PRIVATE,
        "Content-Disposition": f'attachment; filename="results.{kind}"',
        # A CSV has no place for the attribution that the licences ask for; JSON lines and Parquet carry it themselves.
        "Link": '</sources>; rel="license"',
    }
    return StreamingResponse(encode_output(kind, lines), headers=headers, media_type=_MEDIA_TYPES[kind])


@router.post(
    "/batches/{batch_id}/corrections",
    operation_id="correct_batch",
    summary="Send rows that failed again, put right",
    description="A list of the failed rows only, with a column (in JSON lines a key) `row` that says which each is.",
    status_code=202,
    response_model=BatchOut,
    responses={202: json_example("The rows are queued", {**LIST_RECORD, "version": 9, "state": "queued", "rounds": 2})},
    openapi_extra=list_body(LIST_CORRECTED_CSV, LIST_CORRECTED_JSONL),
)
async def correct_batch(
    request: Request, caller: BatchWriter, batch_id: uuid.UUID, sent: SentListDep, services: ServicesDep
) -> Response:
    """Answers of the other rows stay as they are."""
    made = await run_in_threadpool(services.batches.correct, caller, batch_id, sent.upload, sent.once)
    return made_reply(request, made, status=202, location=f"/v1/batches/{made.id}", etag=tag_of_record(made.body))
