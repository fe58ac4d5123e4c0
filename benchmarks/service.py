"""Requests a second of `POST /v1/matches`, as ratios to two bare endpoints: `python -m benchmarks.service`.

Both take the same body and give the same bytes. The one asks nothing of the body. The other is what a service of this
kind has to do at least: it validates the body, and spends the time that the engine takes for this very person,
measured in the same process before it serves; what the service loses against it is its own cost. Each service runs in
one process, under the same client and the same connections. (Not named `http`: a script in this folder would find it
for the library.)
"""

import asyncio
import json
import os
import socket
import statistics
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

from app import clock
from app.api.mapping import read_seeker
from app.api.schemas import SeekerIn
from app.services.answering import open_engine
from app.settings import Settings

CONNECTIONS = 8
SECONDS = 5.0
TIMES = 15  # matches of which the median is the engine's time
LEAST = {"kept": 0.35, "not kept": 0.5}  # shares of the endpoint that validates and spends the engine's time
BODY = (Path(__file__).parents[1] / "examples" / "seeker.json").read_bytes()
ANSWER_FILE = "STACKWAY_BENCHMARK_ANSWER"


def bare() -> FastAPI:
    """An endpoint that answers for nothing."""
    app, answer = _with_readiness(), Path(os.environ[ANSWER_FILE]).read_bytes()

    @app.post("/v1/matches")
    async def give(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    return app


def validating() -> FastAPI:
    """An endpoint that validates the body and spends the engine's time on it."""
    app, answer = _with_readiness(), Path(os.environ[ANSWER_FILE]).read_bytes()
    seconds = engine_seconds()
    print(f"engine alone {seconds * 1000:.1f} ms a match", flush=True)

    @app.post("/v1/matches")
    async def give(_: SeekerIn) -> Response:
        until = time.thread_time() + seconds  # time at work, as the engine's was measured
        while time.thread_time() < until:
            pass
        return Response(answer, media_type="application/json")

    return app


def engine_seconds() -> float:
    """Median time at work of one match of the benchmark's person, once warm."""
    engine, seeker = open_engine(Settings()), read_seeker(json.loads(BODY))
    engine.answer(seeker, clock.today())
    taken = []
    for _ in range(TIMES):
        start = time.thread_time()
        engine.answer(seeker, clock.today())
        taken.append(time.thread_time() - start)
    return statistics.median(taken)


def _with_readiness() -> FastAPI:
    app = FastAPI()

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
            rates["kept"] = measure(port, "/v1/matches")
            rates["not kept"] = measure(port, "/v1/matches?store=false")
        for name in ("validating", "bare"):
            factory = ("uvicorn", f"benchmarks.service:{name}", "--factory", "--log-level", "error", "--no-access-log")
            with running(*factory, port=port, answer=answer):
                rates[name] = measure(port, "/v1/matches")
        print(f"body {len(BODY):,} bytes, answer {answer.stat().st_size:,} bytes, {CONNECTIONS} connections")
    print(f"{'':12} {'requests/s':>10} {'of bare':>10} {'of validating':>14}")
    for name, rate in rates.items():
        bound = f"   (at least {LEAST[name]:g})" if name in LEAST else ""
        print(f"{name:12} {rate:10.1f} {rate / rates['bare']:10.4f} {rate / rates['validating']:14.3f}{bound}")


if __name__ == "__main__":
    main()
