"""What commands are given: profiles, days, settings, and the data to answer from."""

import gc
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from app.cli.faults import UsageFault, of_fields
from app.errors import IntakeError, InvalidInputError
from matching.seeker import Seeker

if TYPE_CHECKING:
    from app.services.answering import MatchEngine
    from app.settings import Settings
    from matching.world import World
    from taxonomy.snapshot import Snapshot

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # as the service takes them


def read_bytes(source: str) -> bytes:
    """All bytes of a file, or of standard input for `-`."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise UsageFault(f"{source}: cannot be read: {error.strerror}.") from None


def read_profile(source: str) -> Seeker:
    """The profile in a JSON file, or on standard input for `-`."""
    from app.api.mapping import read_seeker

    name = "standard input" if source == "-" else source
    try:
        return read_seeker(orjson.loads(read_bytes(source).removeprefix(b"\xef\xbb\xbf")))
    except orjson.JSONDecodeError as error:
        # Only the place: the parser's own message may quote the text.
        fault = f"{name}: is not valid JSON: the fault is at line {error.lineno}, column {error.colno}."
        raise UsageFault(fault) from None
    except IntakeError as error:
        raise of_fields(name, error.errors) from None


def read_day(text: str | None, option: str = "--as-of") -> date:
    """The day of an option; the present day where none is given."""
    from app import clock

    if text is None:
        return clock.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageFault(f"{option}: is not a day; give it as YYYY-MM-DD.") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageFault(f"{option}: is out of range; give a day from {FIRST_DAY} to {LAST_DAY}.")
    return day


def read_settings(**given: object) -> "Settings":
    """The settings of the environment; options that were given come first."""
    from app import settings

    try:
        return settings.read_settings(**{name: value for name, value in given.items() if value is not None})
    except InvalidInputError as error:
        names = (f.pointer.removeprefix("/") for f in error.errors)
        variables = [f"--{n}" if given.get(n) is not None else f"{settings.PREFIX}{n.upper()}" for n in names]
        lines = (f"{v}: {f.message}; {f.remedy}." for v, f in zip(variables, error.errors, strict=True))
        raise UsageFault(*lines) from None


def open_engine(data: str | None) -> "MatchEngine":
    """The method on the data in use, or on the installed data named."""
    gc.disable()  # all that is loaded stays: going through it for garbage again and again is a part of the start
    from app.services.answering import MatchEngine

    engine = MatchEngine(open_data(data))
    gc.freeze()
    gc.enable()
    return engine


def open_world(data: str | None) -> "World":
    """The same for commands that look inside the method."""
    from matching.world import World

    return World.from_snapshot(open_data(data))


def open_data(data: str | None) -> "Snapshot":
    """The data in use, or an installed snapshot named by its digest or the beginning of it."""
    from app.services.answering import open_snapshot
    from taxonomy.store import Store

    folder = read_settings().data_dir
    if data is None:
        return open_snapshot(folder)
    store = Store(folder)
    return store.open(known_snapshot(store.list_installed(), data, "--data"))


def known_snapshot(installed: tuple[str, ...], prefix: str, option: str) -> str:
    """The one installed digest that begins with `prefix`."""
    found = [digest for digest in installed if prefix and digest.startswith(prefix)]
    if len(found) != 1:
        number = "no" if not found else str(len(found))
        raise UsageFault(f"{option}: {number} installed snapshots begin with this; see `stackway data status`.")
    return found[0]
