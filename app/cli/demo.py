"""`stackway demo`: start the service, send it a profile, show the plans, and serve until interrupted."""

import signal
import socket
import subprocess  # starting the service is what this command is for
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from app.cli import inputs, outputs
from app.cli.faults import FAULT
from app.errors import UnavailableError

_READY_WITHIN_SECONDS = 120


def demo(
    seeker: Annotated[str, typer.Argument(metavar="SEEKER.json", help="The profile to send.")],
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Start the service, send it a profile, print the plans, and serve until interrupted."""
    from app.settings import publish

    settings = inputs.read_settings(host=host, port=port)
    body = inputs.read_bytes(seeker)
    inputs.read_profile(seeker)
    chosen = _free_port(settings.host, settings.port)
    if settings.port and chosen != settings.port:
        outputs.say(f"Port {settings.port} is taken; {chosen} is used.")
    address = f"http://{settings.host}:{chosen}"
    changed: dict[str, object] = {"port": chosen}
    if "log_level" not in settings.model_fields_set:
        changed["log_level"] = "warning"  # a line for each request would stand between the plans
    publish(settings.model_copy(update=changed))
    outputs.say("Starting: data, database, service …")
    with _service() as process:
        _wait_until_ready(address, process)
        from app.cli.plan_tables import print_answer

        print_answer(_send(f"{address}/v1/matches", body))
        sys.stdout.write(f"\nServing at {address} (description: {address}/openapi.json). Ctrl-C ends it.\n")
        sys.stdout.flush()
        code = process.wait()
    raise typer.Exit(FAULT if code else 0)


def _free_port(host: str, wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UnavailableError(f"No port is free at {host}.")


@contextmanager
def _service() -> "Iterator[subprocess.Popen[bytes]]":
    """The service on the settings published, ended when this process is interrupted or told to end."""
    ends = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def on_end(_signal: int, _frame: FrameType | None) -> None:
        for number in ends:  # a second one, as `make` passes on, must not break off the ending of the service
            signal.signal(number, signal.SIG_IGN)
        raise typer.Exit

    for number in ends:
        signal.signal(number, on_end)
    command = [sys.executable, "-m", "app.cli", "serve"]
    # A session of its own: Ctrl-C reaches only us, and we end the service in an orderly way, once.
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 # our own interpreter and options
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]") -> None:
    import urllib.request

    until = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise UnavailableError("The service ended before it was ready; its lines above say why.")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 # our own address
                return
        except OSError:
            time.sleep(0.1)
    raise UnavailableError(f"The service was not ready within {_READY_WITHIN_SECONDS} seconds.")


def _send(url: str, body: bytes) -> bytes:
    import urllib.request

    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 # our own address
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 # as above
        content: bytes = reply.read()
    return content
