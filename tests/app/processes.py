"""The service as a process of its own, on a database that is there already."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.keys import Keys
from app.services.principal import Scope
from app.settings import Settings, environment

PATIENCE_SECONDS = 120  # on a machine with much else to do
SERVE = "from app.serve import serve; from app.settings import Settings; serve(Settings())"


@dataclass(slots=True)
class Service:
    """The service as a process that is killed and started anew at the same address."""

    settings: Settings
    key: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(  # noqa: S603 # our own words
                [sys.executable, "-c", SERVE], env=environment(self.settings), stderr=stream
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while self.ask("GET", "/readyz")[0] != 200:
            assert time.monotonic() < until, "the service was not ready in time"
            time.sleep(0.02)

    def kill(self) -> None:
        """End it where it stands."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, method: str, address: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and content; 0 where nobody answered, or not to the end."""
        sent = {"Authorization": f"Bearer {self.key}", **{n.replace("_", "-"): v for n, v in headers.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=30)
        try:
            connection.request(method, address, body, sent)
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


@contextmanager
def running_service(database: EmbeddedServer, settings: Settings, log: Path) -> Iterator[Service]:
    """The service, ready, with a key of the board `demo`; killed at the end, if it still runs."""
    with closing(Database(database.owner_url, settings)) as pool:
        key = Keys(pool).create("demo", frozenset(Scope), None)
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    service = Service(Settings(**{**given, "port": free_port(), "access": "keys"}), key, log)
    service.start()
    try:
        yield service
    finally:
        service.kill()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
