"""A client that costs little: connections that send one body again and again, as fast as it is answered or on time."""

import asyncio
import random
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Where the body goes, and with which headers."""

    port: int
    path: str
    body: bytes
    headers: str = ""

    def request(self) -> bytes:
        """The whole request."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{self.headers}"
            f"Content-Length: {len(self.body)}\r\n\r\n"
        )
        return head.encode() + self.body


class Connection:
    """One connection, kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._used_at = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        """Whether the server will not have closed it: that it does after five seconds without a request."""
        return time.monotonic() - self._used_at < 3

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """A new one."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, request: bytes) -> bytes:
        """Send a request and read its whole answer.

        Raises:
            SystemExit: it was refused.
        """
        self._writer.write(request)
        status, *headers = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length = next(int(h.split(":")[1]) for h in headers if h.lower().startswith("content-length:"))
        content = await self._reader.readexactly(length)
        self._used_at = time.monotonic()
        if " 20" not in status:
            raise SystemExit(f"not answered: {status} {content.decode()[:200]}")
        return content

    async def close(self) -> None:
        """No more."""
        self._writer.close()
        await self._writer.wait_closed()


async def requests_a_second(target: Target, connections: int, seconds: float) -> float:
    """How many are answered when each connection asks again as soon as it is answered."""
    request, until = target.request(), time.monotonic() + seconds

    async def ask_on() -> int:
        connection, answered = await Connection.open(target.port), 0
        while time.monotonic() < until:
            await connection.ask(request)
            answered += 1
        await connection.close()
        return answered

    started = time.monotonic()
    answered = await asyncio.gather(*(ask_on() for _ in range(connections)))
    return sum(answered) / (time.monotonic() - started)


async def latencies(target: Target, rate: float, seconds: float) -> list[float]:
    """Seconds to the answer of requests that come by chance, `rate` a second, whether or not others wait.

    Counted from when a request was to be sent, so that a service that stands still does not hide what it holds up.
    """
    chance, request, idle = random.Random(1), target.request(), asyncio.LifoQueue[Connection]()  # noqa: S311 # arrivals
    taken: list[float] = []

    async def ask(due: float) -> None:
        connection = None if idle.empty() else idle.get_nowait()
        if connection is None or not connection.is_fresh:
            connection = await Connection.open(target.port)
        await connection.ask(request)
        taken.append(time.monotonic() - due)
        idle.put_nowait(connection)

    due, until = time.monotonic(), time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        while (due := due + chance.expovariate(rate)) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            group.create_task(ask(due))
    while not idle.empty():
        await idle.get_nowait().close()
    return sorted(taken)


def part_within(sorted_seconds: list[float], share: float) -> float:
    """The time within which a share of the requests were answered."""
    return sorted_seconds[min(len(sorted_seconds) - 1, int(share * len(sorted_seconds)))]
