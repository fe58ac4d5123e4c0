"""Receivers of events on this machine: over TLS, under a name, and as slow or as odd as a test wants them."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.x509.oid import NameOID

NAMES = ("localhost", "hooks.example")
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Received:
    """One request."""

    line: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[ssl.SSLSocket], None]


def answering(reply: bytes) -> Answer:
    """Answer with these very bytes."""
    return lambda connection: connection.sendall(reply)


def dribbling(piece: bytes, seconds: float) -> Answer:
    """Answer with a piece now and then, and never to the end."""

    def dribble(connection: ssl.SSLSocket) -> None:
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(seconds)

    return dribble


@dataclass(slots=True)
class Receiver:
    """What came, and how each request is answered: the first answers first, the last one from then on."""

    port: int
    answers: list[Answer]
    came: list[Received] = field(default_factory=list)
    connections: int = 0

    def wait_for(self, number: int, seconds: float = 60) -> None:
        """Until so many requests have come."""
        until = time.monotonic() + seconds
        while len(self.came) < number:
            assert time.monotonic() < until, f"{len(self.came)} of {number} requests came in {seconds} s"
            time.sleep(0.02)


@contextmanager
def receiver(certificate: Path, *answers: Answer, address: str = "127.0.0.1", port: int = 0) -> Iterator[Receiver]:
    """A receiver that runs until the end."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with closing(socket.create_server((address, port))) as listener:
        made = Receiver(listener.getsockname()[1], list(answers) or [answering(OK)])
        Thread(target=_listen, args=(listener, context, made), daemon=True).start()
        yield made


def _listen(listener: socket.socket, context: ssl.SSLContext, made: Receiver) -> None:
    with suppress(OSError):  # closed at the end
        while True:
            plain, _ = listener.accept()
            made.connections += 1
            Thread(target=_serve, args=(plain, context, made), daemon=True).start()


def _serve(plain: socket.socket, context: ssl.SSLContext, made: Receiver) -> None:
    with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
        made.came.append(_read(connection))
        answer = made.answers[min(len(made.came), len(made.answers)) - 1]
        answer(connection)


def _read(connection: ssl.SSLSocket) -> Received:
    stream = connection.makefile("rb")
    line = stream.readline().decode().strip()
    headers = {}
    while pair := stream.readline().decode().strip():
        name, _, value = pair.partition(": ")
        headers[name.lower()] = value
    return Received(line, headers, stream.read(int(headers["content-length"])))


def make_certificate(path: Path, *names: str) -> Path:
    """A certificate for these names, with its key, that vouches for itself."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a receiver of tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path
