"""Requests to addresses that others have named: to listed hosts only, at public addresses only, as they were looked up.

A name is looked up once, every address found is checked, and the connection goes to the very address that was: a name
that leads elsewhere a moment later (rebinding) leads nowhere here. TLS is held to the name all the same. Nothing is
followed, and of the reply only its status is read.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from app.errors import FieldError
from taxonomy.frozen import frozen

Address = IPv4Address | IPv6Address
Network = str  # as the settings have it, such as 10.20.0.0/16

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_HTTPS_PORT = 443
_REPLY_BYTES = 16_384  # a status and headers; what is sent beyond is not read
# Of the first line that is an answer, and no "wait" (1xx) before one.
_STATUS = re.compile(rb"(?:\A|\r\n\r\n)HTTP/1\.[01] ([2-5][0-9]{2})[ \r]")


class EgressError(Exception):
    """Nothing was answered. `fault` is a word for it that names neither address nor content."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(fault)


def find_fault(url: str, hosts: Sequence[str]) -> FieldError | None:
    """What is amiss with an address that is to be sent to, or None.

    Args:
        url: the address.
        hosts: those that may be sent to, as name or name:port.
    """
    parts = _split(url)
    if parts is None:
        remedy = "write it as https://host/path, without a user and without #"
        return FieldError("/url", "wrong_format", "is not an https address that can be sent to", remedy)
    if not hosts:
        remedy = "whoever runs the service names hosts in STACKWAY_WEBHOOK_HOSTS"
        return FieldError("/url", "webhooks_off", "cannot be sent to: webhooks are off here", remedy)
    if _name(parts) not in hosts:
        remedy = "use a listed host, or ask whoever runs the service to add it to STACKWAY_WEBHOOK_HOSTS"
        return FieldError("/url", "host_not_listed", "names a host that nothing is sent to", remedy)
    return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 # raises where it is none
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and not set(url) & set(' "<>\\^`{|}')
    right = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and "#" not in url
    return parts if plain and right else None


def _name(parts: SplitResult) -> str:
    port = parts.port or _HTTPS_PORT
    return f"{parts.hostname}" if port == _HTTPS_PORT else f"{parts.hostname}:{port}"


def is_reachable(address: Address, networks: Sequence[Network] = ()) -> bool:
    """Whether an address is a public one, or in a network that whoever runs the service has named.

    What an address of IPv6 wraps is looked at in its place: an address of IPv4 behind NAT64, or written as one of IPv6.
    """
    inner = _inside(address)
    if any(inner in ip_network(network) for network in networks):
        return True
    if isinstance(inner, IPv4Address):
        return inner.is_global and not inner.is_multicast and not inner.is_reserved
    # Only what is given out to the world; and no tunnel, which would end wherever its address says.
    return inner in _GLOBAL_UNICAST and inner.is_global and inner.sixtofour is None and inner.teredo is None


def _inside(address: Address) -> Address:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Every address of a name.

    Raises:
        OSError: it has none, or nobody tells.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


@frozen
class Egress:
    """How others are reached. `networks` are private ones that may be; `seconds` is the time for one request."""

    hosts: tuple[str, ...]
    networks: tuple[Network, ...] = ()
    seconds: float = 10.0
    look_up: Callable[[str, int], Sequence[str]] = look_up

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send a body; the status of the reply, whatever it is. A redirect is one, and is not followed.

        Raises:
            EgressError: the address may not be sent to, or nothing answered in time.
        """
        fault = find_fault(url, self.hosts)
        if fault is not None:
            raise EgressError(fault.code)
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _HTTPS_PORT
        until = time.monotonic() + self.seconds
        try:
            with _connect(self._checked(host, port), port, host, until) as connection:
                connection.settimeout(_left(until))
                connection.sendall(_request(parts, body, headers))
                return _status(connection, until)
        except ssl.SSLError as error:
            raise EgressError("tls" if not isinstance(error, ssl.SSLEOFError) else "no_answer") from error
        except TimeoutError as error:
            raise EgressError("too_slow") from error
        except OSError as error:
            raise EgressError("no_answer") from error

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise EgressError("no_such_host") from error
        # One that may not be reached among others that may: somebody is trying.
        if not found or not all(is_reachable(ip_address(address), self.networks) for address in found):
            raise EgressError("address_refused")
        return found


def _connect(addresses: Sequence[str], port: int, host: str, until: float) -> ssl.SSLSocket:
    plain = _open(addresses, port, until)
    try:
        plain.settimeout(_left(until))
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _open(addresses: Sequence[str], port: int, until: float) -> socket.socket:
    """A connection to the first of them that takes one."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), _left(until))
    return socket.create_connection((last, port), _left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Host": _name(parts), "User-Agent": "Stackway", "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in {**sent, **headers}.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _status(connection: ssl.SSLSocket, until: float) -> int:
    received = b""
    while len(received) < _REPLY_BYTES:
        connection.settimeout(_left(until))
        chunk = connection.recv(_REPLY_BYTES - len(received))
        received += chunk
        found = _STATUS.search(received)
        if found is not None:
            return int(found[1])
        if not chunk:
            break
    raise EgressError("no_answer")
