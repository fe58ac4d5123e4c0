"""Official files from their publishers' addresses: whole, of the right kind, and never half-written.

What is fetched is kept beside the installed data and installed by a step of its own, so that a release is looked at
before answers are made from it.
"""

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from app.errors import AppError
from taxonomy.frozen import frozen
from taxonomy.loaders.source import Source

_CHUNK = 1 << 16
_TEMPORARY = frozenset({408, 429, 500, 502, 503, 504})
# What a file of each kind begins with: an error page sent with status 200 is found out.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".zip": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".parquet": (b"PAR1",),
    ".json": (b"{", b"["),
}


class FetchError(AppError):
    """A file could not be had as published; the detail says which, why, and what to do instead."""

    status = 502
    code = "fetch_failed"
    title = "The publisher's file could not be fetched"


@frozen
class Fetching:
    """How patiently and how much. `wait` is time.sleep but for tests."""

    proxy: str | None = None
    attempts: int = 4
    timeout_seconds: float = 60.0
    maximum_bytes: int = 500_000_000
    wait: Callable[[float], None] = time.sleep


@frozen
class Fetched:
    """One file as it lies on disk."""

    path: Path
    address: str
    size_bytes: int
    sha256: str


class _PassingError(Exception):
    """A fault that the next attempt may not meet."""


def fetch_source(
    source: Source, folder: Path, *, edition: str | None = None, sha256: str | None = None, fetching: Fetching
) -> tuple[Fetched, ...]:
    """Fetch the files of one source into `folder`.

    Args:
        source: its manifest, which holds the addresses.
        folder: where the files go; made where it is missing. A file of the same name is replaced, whole.
        edition: as the publisher writes it in the address; default: the newest this package knows.
        sha256: what the bytes must give, for sources of one file.
        fetching: limits and proxy.

    Raises:
        FetchError: the source has no lasting address, or a file is missing, cut short, too large, of another kind, or
            has another checksum. Nothing is left of it on disk.
    """
    addresses = list_addresses(source, edition)
    if sha256 is not None and len(addresses) != 1:
        raise FetchError(f"{source.id} has {len(addresses)} files; a checksum is of one file")
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_fetch(address, folder, sha256, source, fetching) for address in addresses)


def list_addresses(source: Source, edition: str | None = None) -> tuple[str, ...]:
    """The addresses of a source's files.

    Raises:
        FetchError: the publisher gives no lasting address, or an edition where the address has none.
    """
    if not source.downloads:
        raise FetchError(f"{source.title}: no lasting address is known. Get it from {source.link} and install the file")
    if edition is not None and not any("{edition}" in address for address in source.downloads):
        raise FetchError(f"{source.title}: its address names no edition; leave --edition out")
    wanted = edition or source.download_edition or ""
    return tuple(address.replace("{edition}", wanted) for address in source.downloads)


def _fetch(address: str, folder: Path, sha256: str | None, source: Source, fetching: Fetching) -> Fetched:
    name = PurePosixPath(urlsplit(address).path).name
    partial = folder / f".{name}.part"
    try:
        digest = _with_patience(address, partial, fetching)
        _check_kind(partial, name)
        _check_digest(name, digest, sha256)
        size = partial.stat().st_size
        partial.replace(folder / name)
    except FetchError as error:
        raise FetchError(f"{error.detail}. It can be got by hand from {source.link} and installed") from error
    finally:
        partial.unlink(missing_ok=True)
    return Fetched(folder / name, address, size, digest)


def _with_patience(address: str, partial: Path, fetching: Fetching) -> str:
    """Download, again after passing faults, each wait twice the one before."""
    for attempt in range(1, fetching.attempts + 1):
        try:
            return _download(address, partial, fetching)
        except _PassingError as error:
            if attempt == fetching.attempts:
                raise FetchError(f"{address}: {error}, {attempt} times") from error
            fetching.wait(2.0**attempt)
    raise FetchError(f"{address}: no attempt was allowed")


def _download(address: str, partial: Path, fetching: Fetching) -> str:
    if urlsplit(address).scheme not in ("http", "https"):
        raise FetchError(f"{address}: only http and https addresses are fetched")
    proxies = {"http": fetching.proxy, "https": fetching.proxy} if fetching.proxy else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
    request = urllib.request.Request(address, headers={"User-Agent": "stackway"})  # noqa: S310 - scheme checked above
    try:
        with opener.open(request, timeout=fetching.timeout_seconds) as response:
            return _receive(response, partial, fetching)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in _TEMPORARY:
            raise _PassingError(f"the server answered {error.code}") from error
        raise FetchError(f"{address}: the server answered {error.code}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, HTTPException) as error:
        raise _PassingError(f"no whole answer ({type(error).__name__})") from error


def _receive(response: HTTPResponse, partial: Path, fetching: Fetching) -> str:
    """Write the body to disk; its sha256."""
    promised = response.headers.get("Content-Length")
    digest, size = hashlib.sha256(), 0
    with partial.open("wb") as stream:
        while chunk := response.read(_CHUNK):
            size += len(chunk)
            if size > fetching.maximum_bytes:
                raise FetchError(
                    f"{partial.name[1:-5]}: more than {fetching.maximum_bytes:,} bytes, which is no such file"
                )
            digest.update(chunk)
            stream.write(chunk)
    if promised is not None and size != int(promised):
        raise _PassingError(f"{size:,} of {promised} bytes came")
    return digest.hexdigest()


def _check_digest(name: str, digest: str, wanted: str | None) -> None:
    if wanted is not None and digest != wanted.lower():
        raise FetchError(f"{name}: its sha256 is {digest}, not the one given; it was changed or is another edition")


def _check_kind(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        beginning = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t")
    ending = PurePosixPath(name.lower()).suffix
    wanted: Sequence[bytes] = _BEGINNINGS.get(ending, ())
    page = beginning[:15].lower().startswith((b"<!doctype html", b"<html"))
    if not beginning or page or (wanted and not beginning.startswith(tuple(wanted))):
        said = "is empty" if not beginning else "is a web page" if page else f"is no {ending[1:]} file"
        raise FetchError(f"{name}: what the server sent {said}")
