"""`stackway data`: which data answers are made from."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import inputs, outputs, past_answers
from app.cli.faults import FAULT, UsageFault
from app.cli.outputs import Format
from app.errors import NoRoomError, is_no_room

if TYPE_CHECKING:
    from app.services.past_answers import ComparedAnswer
    from taxonomy.diff import TableDiff
    from taxonomy.store import Store

program = typer.Typer(help="Which data answers are made from.", no_args_is_help=True)

Output = Annotated[Format, typer.Option("--format")]


def _store() -> "Store":
    from taxonomy.store import Store

    return Store(inputs.read_settings().data_dir)


@program.command()
def install(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Official files, or folders of them.")],
    retrieved_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day the files were downloaded; shown with their age.")
    ] = None,
    output: Output = Format.TABLE,
) -> None:
    """Compile official files with the package's own data, check the result, and put it in use."""
    from matching.derive import derive_arrays

    for path in paths:
        if not path.exists():
            raise UsageFault(f"{path}: there is no such file or folder.")
    day = None if retrieved_on is None else inputs.read_day(retrieved_on).isoformat()
    store = _store()
    try:
        digest = store.install(paths, derive_arrays, retrieved_on=day)
    except OSError as error:
        if not is_no_room(error):
            raise
        raise NoRoomError(
            f"{store.data_dir}: its disk is full. Make room there and install again. The data in use stays"
        ) from None
    if output is Format.JSON:
        outputs.print_json({"snapshot": digest})
    else:
        outputs.console().print(f"In use: {digest}")
        unread = [p for p in store.open(digest).table("problems") if not p.release]
        for problem in unread:
            outputs.console().print(f"{problem.file}: {problem.reason}.", soft_wrap=True)
        outputs.console().print("What could not be taken as published: stackway data report")


@program.command()
def fetch(
    source: Annotated[str, typer.Argument(help="Id of the source, such as onet, oews-us or bls-projections.")],
    edition: Annotated[
        str | None, typer.Option(help="Edition as the publisher's address writes it, such as 30_1.")
    ] = None,
    sha256: Annotated[str | None, typer.Option(help="Checksum the file must have.")] = None,
    to: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Default: `downloads` in the data folder.")] = None,
    output: Output = Format.TABLE,
) -> None:
    """Fetch a source's files from its publisher. They are not in use until `stackway data install` is given them."""
    from app.services.fetch import Fetching, fetch_source
    from taxonomy.loaders.source import list_sources

    settings = inputs.read_settings()
    sources = {known.id: known for known in list_sources()}
    if source not in sources:
        fetched = ", ".join(sorted(i for i, known in sources.items() if known.downloads))
        raise UsageFault(f"{source}: is no source. Those with an address: {fetched}.")
    folder = to or settings.data_dir / "downloads" / source
    fetching = Fetching(proxy=settings.fetch_proxy)
    files = fetch_source(sources[source], folder, edition=edition, sha256=sha256, fetching=fetching)
    if output is Format.JSON:
        outputs.print_json(files)
        return
    for file in files:
        outputs.console().print(f"{file.path} ({file.size_bytes:,} bytes, sha256 {file.sha256})", soft_wrap=True)
    outputs.console().print(f"Install it with: stackway data install {folder}", soft_wrap=True)


@program.command()
def use(digest: Annotated[str, typer.Argument(help="Digest, or the beginning of it.")]) -> None:
    """Put installed data in use."""
    store = _store()
    outputs.console().print(f"In use: {store.use(inputs.known_snapshot(store.list_installed(), digest, 'data use'))}")


@program.command()
def status(output: Output = Format.TABLE) -> None:
    """The data in use: each source with edition, age and rows. Compiles the starter set where nothing is installed."""
    from app import clock
    from app.services.answering import open_snapshot

    store = _store()
    open_snapshot(store.data_dir)
    state = store.status(clock.today())
    if output is Format.JSON:
        outputs.print_json(state)
        return
    outputs.print_table(
        ("Source", "Edition", "Retrieved", "Age in days", "Rows read", "kept", "reported", "rejected"),
        (
            (r.title, r.edition, r.retrieved_on, r.age_days, r.rows_read, r.rows_kept, r.rows_reported, r.rows_rejected)
            for r in state.releases
        ),
        title=f"In use: {state.snapshot}",
    )
    for digest in state.installed:
        outputs.console().print(f"Installed: {digest}")
    for row in state.law_due:
        outputs.console().print(f"Due to be checked again: {row.id} ({row.area}), checked {row.checked_on}: {row.link}")


@program.command()
def report(
    source: Annotated[str | None, typer.Argument(help="Id of a source or release; default: all of them.")] = None,
    output: Output = Format.TABLE,
) -> None:
    """What could not be taken as published: a line for each kind of finding; every cell of it with --format json."""
    from app.services.answering import open_snapshot

    snapshot = open_snapshot(_store().data_dir)
    found = [p for p in snapshot.table("problems") if source is None or _is_of(p.release, source)]
    if source is not None and not any(_is_of(r.id, source) for r in snapshot.table("releases")):
        raise UsageFault(f"{source}: the data in use has no such source. See: stackway data status.")
    if output is Format.JSON:
        outputs.print_json(found)
        return
    kinds = Counter((p.release, p.file, p.action, p.column, p.reason) for p in found)
    example = {(p.release, p.file, p.action, p.column, p.reason): p for p in reversed(found)}
    outputs.print_table(
        ("Release", "File", "What was done", "Column", "Why", "Cells", "First: line, value"),
        ((*kind, count, f"{example[kind].line}, {example[kind].value}") for kind, count in sorted(kinds.items())),
        title=f"{len(found):,} findings in {snapshot.digest[:12]}",
    )


def _is_of(release: str, source: str) -> bool:
    """Whether a release is the one named, or an edition of the source named."""
    edition = release.removeprefix(f"{source}-")
    return release == source or (edition != release and edition[:1].isdigit())


@program.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="Digest, or the beginning of it.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Digest, or the beginning of it.")],
    answers: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Past answers made from A: JSON of `match`, JSON lines of `batch`; repeat."),
    ] = None,
    board: Annotated[
        str | None, typer.Option(metavar="NAME", help="Look at the answers made from A that this board has kept.")
    ] = None,
    output: Output = Format.TABLE,
) -> None:
    """What changed between two installed snapshots, and which past answers' figures moved."""
    store = _store()
    installed = store.list_installed()
    old, new = (inputs.known_snapshot(installed, digest, "data diff") for digest in (before, after))
    changes = store.diff(old, new)
    compared = None if answers is None and board is None else _compared(store, old, new, answers or [], board)
    if output is Format.JSON:
        outputs.print_json(changes if compared is None else {"tables": changes, "answers": compared})
        return
    _print_changes(changes)
    if compared is not None:
        past_answers.print_compared(compared)


def _compared(store: "Store", old: str, new: str, files: list[Path], board: str | None) -> "list[ComparedAnswer]":
    from app.services.past_answers import compare_answers

    past = [*past_answers.read_answers(files), *(past_answers.kept_answers(board, old) if board else ())]
    return compare_answers(past, store.open(old), store.open(new))


def _print_changes(changes: "list[TableDiff]") -> None:
    if not changes:
        outputs.console().print("The same rows in every table.")
        return
    outputs.print_table(
        ("Table", "Added", "Removed", "Changed", "For example"),
        (
            (c.table, len(c.added), len(c.removed), len(c.changed), "; ".join((*c.changed, *c.added, *c.removed)[:3]))
            for c in changes
        ),
    )


@program.command()
def verify(output: Output = Format.TABLE) -> None:
    """Read every byte of all installed data; exit code 1 where one is not as compiled."""
    found = _store().verify()
    if output is Format.JSON:
        outputs.print_json(found)
    else:
        outputs.print_table(("Snapshot", "State"), ((v.snapshot, v.problem or "whole") for v in found))
    if any(v.problem for v in found):
        raise typer.Exit(FAULT)
