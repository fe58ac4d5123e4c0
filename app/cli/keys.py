"""`stackway keys`: API keys of the boards that use the service."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import UsageFault
from app.cli.outputs import Format

if TYPE_CHECKING:
    from app.db.keys import KeptKey
    from app.services.principal import Scope

program = typer.Typer(help="API keys of the boards that use the service.", no_args_is_help=True)


@program.command()
def create(
    board: Annotated[str, typer.Option(metavar="NAME", help="Board the key is for; made where it is new.")],
    scopes: Annotated[str, typer.Option(metavar="all|a,b", help="Rights of the key.")] = "all",
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Last day the key works.")] = None,
) -> None:
    """Make an API key and print it, this once; a board may hold several."""
    from app import clock
    from app.serve import owned
    from app.services.keys import Keys

    settings = inputs.read_settings(board=board)
    rights = _scopes(scopes)
    last_day = None if expires is None else inputs.read_day(expires, "--expires")
    if last_day is not None and last_day < clock.today():
        raise UsageFault("--expires: is a day that is over; give today or a later day.")
    with owned(settings) as database:
        token = Keys(database).create(board, rights, last_day)
    outputs.say("Keep this key: it is not shown again. Send it as `Authorization: Bearer KEY`.")
    outputs.print_line(token)


@program.command("list")
def list_all(output: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """The keys of all boards: never the keys themselves, but what they may do and until when."""
    from app.serve import owned
    from app.services.keys import Keys

    with owned(inputs.read_settings()) as database:
        found = Keys(database).list()
    if output is Format.JSON:
        outputs.print_json([_described(key) for key in found])
        return
    outputs.print_table(
        ("Key", "Board", "State", "Scopes", "Created", "Last day"),
        ((k.id, k.board, _state(k), " ".join(k.scopes), f"{k.created_at:%F}", _last_day(k)) for k in found),
    )


def _described(key: "KeptKey") -> dict[str, object]:
    return {
        "id": key.id,
        "board": key.board,
        "state": _state(key),
        "scopes": key.scopes,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
    }


def _state(key: "KeptKey") -> str:
    if key.works:
        return "works"
    return "expired" if key.revoked_at is None else "revoked"


def _last_day(key: "KeptKey") -> str:
    # It ends with that day: at the midnight after it.
    return "none" if key.expires_at is None else f"{key.expires_at - timedelta(days=1):%F}"


@program.command()
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As `stackway keys list` shows it.")]) -> None:
    """End a key; the next request with it is refused."""
    from app.errors import NotFoundError
    from app.serve import owned
    from app.services.keys import Keys

    with owned(inputs.read_settings()) as database:
        try:
            Keys(database).revoke(key_id)
        except NotFoundError as error:
            raise UsageFault(f"keys revoke: {error.detail}") from None
    outputs.say("The key is revoked.")


def _scopes(text: str) -> "frozenset[Scope]":
    from app.services.principal import Scope

    if text == "all":
        return frozenset(Scope)
    named = {name.strip() for name in text.split(",")}
    if not named <= set(Scope):
        raise UsageFault(f"--scopes: give all, or some of {', '.join(Scope)}, separated by commas.")
    return frozenset(Scope(name) for name in named)
