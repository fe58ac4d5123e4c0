"""Requests a second of `POST /v1/matches`, as a ratio to a bare endpoint: `python -m benchmarks.service`.

The bare endpoint takes the same body and gives the same bytes for nothing. Each service runs in one process, under the
same client and the same connections. (Not named `http`: a script in this folder would find it for the library.)
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response

CONNECTIONS = 8
SECONDS = 5.0
BODY = (Path(__file__).parents[1] / "examples" / "seeker.json").read_bytes()
ANSWER_FILE = "STACKWAY_BENCHMARK_ANSWER"


def bare() -> FastAPI:
    """The endpoint to compare with."""
    answer = Path(os.environ[ANSWER_FILE]).read_bytes()
    app = FastAPI()

    @app.post("/v1/matches")
    async def give(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    @app.get("/readyz")
    async def ready() -> Response:
        return Response(b"{}", media_type="application/json")

    return app


@contextmanager
def running(*arguments: str, port: int, answer: Path) -> Iterator[None]:
    """A service as a process of its own, once it is ready."""
    command = [sys.executable, "-m", *arguments, "--port", str(port)]
    environment = {**os.environ, ANSWER_FILE: str(answer), "STACKWAY_LOG_LEVEL": "error"}
    process = subprocess.Popen(command, env=environment)  # noqa: S603 # our own interpreter and services
    try:
        wait_until_ready(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Ask until the service says that it is ready."""
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the service ended before it was ready")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()  # our own
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service was not ready in time")


async def connection(port: int, path: str, until: float) -> int:
    """Send the body over one connection again and again; return how often it was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(BODY)}\r\n\r\n"
    )
    answered = 0
    while time.monotonic() < until:
        writer.write(head.encode() + BODY)
        status, *headers = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        if " 20" not in status:
            raise SystemExit(f"not answered: {status}")
        length = next(int(h.split(":")[1]) for h in headers if h.lower().startswith("content-length:"))
        await reader.readexactly(length)
        answered += 1
    writer.close()
    await writer.wait_closed()
    return answered


async def load(port: int, path: str, seconds: float) -> float:
    """Requests a second over all connections."""
    started = time.monotonic()
    answered = await asyncio.gather(*(connection(port, path, started + seconds) for _ in range(CONNECTIONS)))
    return sum(answered) / (time.monotonic() - started)


def measure(port: int, path: str) -> float:
    """Requests a second once warm."""
    asyncio.run(load(port, path, 1.0))
    return asyncio.run(load(port, path, SECONDS))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Measure on the data in use and print a table."""
    port = free_port()
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        with running("app.cli", "serve", port=port, answer=answer):
            url = f"http://127.0.0.1:{port}/v1/matches?store=false"
            request = urllib.request.Request(url, BODY, {"Content-Type": "application/json"})  # our own
            with urllib.request.urlopen(request) as reply:  # noqa: S310 # our own
                answer.write_bytes(reply.read())
            rates["matched and kept"] = measure(port, "/v1/matches")
            rates["matched, not kept"] = measure(port, "/v1/matches?store=false")
        factory = ("uvicorn", "benchmarks.service:bare", "--factory", "--log-level", "error", "--no-access-log")
        with running(*factory, port=port, answer=answer):
            rates["bare endpoint"] = measure(port, "/v1/matches")
        print(f"body {len(BODY):,} bytes, answer {answer.stat().st_size:,} bytes, {CONNECTIONS} connections")
    for name, rate in rates.items():
        print(f"{name:20} {rate:9.1f} requests/s   {rate / rates['bare endpoint']:.4f}")


if __name__ == "__main__":
    main()
