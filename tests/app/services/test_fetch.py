"""Fetching from a publisher who is slow, wrong, or cuts files short: a server on this machine plays it."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.services.fetch import FetchError, Fetching, fetch_source, list_addresses
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Source, list_sources

OFFICIAL = Path(__file__).parents[3].parent / "shared" / "data"
ZIP = b"PK\x03\x04" + b"x" * 1000


@dataclass
class Publisher:
    """Answers by path: status, body, and how many bytes of it are sent. `asked` counts requests."""

    address: str = ""
    answers: dict[str, list[tuple[int, bytes, int | None]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def will(self, path: str, body: bytes, *, status: int = 200, sent: int | None = None) -> None:
        self.answers.setdefault(path, []).append((status, body, sent))


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    state = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            answers = state.answers.get(self.path, [(404, b"", None)])
            status, body, sent = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:sent])

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def source(publisher: Publisher) -> Source:
    """A source whose one file the publisher serves."""
    known = next(s for s in list_sources() if s.id == "oews-us")
    return replace(known, downloads=(f"{publisher.address}/oesm{{edition}}nat.zip",), download_edition="25")


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetching(waits: list[float]) -> Fetching:
    return Fetching(timeout_seconds=5, wait=waits.append)


def test_a_whole_file_is_kept_with_its_checksum(
    publisher: Publisher, source: Source, fetching: Fetching, tmp_path: Path
) -> None:
    publisher.will("/oesm25nat.zip", ZIP)

    (fetched,) = fetch_source(source, tmp_path / "new folder", fetching=fetching)

    assert fetched.path.read_bytes() == ZIP
    assert (fetched.path.name, fetched.size_bytes) == ("oesm25nat.zip", len(ZIP))
    assert fetched.sha256 == hashlib.sha256(ZIP).hexdigest()


def test_another_edition_has_another_address(
    publisher: Publisher, source: Source, fetching: Fetching, tmp_path: Path
) -> None:
    publisher.will("/oesm26nat.zip", ZIP)

    (fetched,) = fetch_source(source, tmp_path, edition="26", fetching=fetching)

    assert fetched.path.name == "oesm26nat.zip"


def test_passing_faults_are_waited_out(
    publisher: Publisher, source: Source, fetching: Fetching, waits: list[float], tmp_path: Path
) -> None:
    publisher.will("/oesm25nat.zip", b"", status=503)
    publisher.will("/oesm25nat.zip", ZIP, sent=100)
    publisher.will("/oesm25nat.zip", ZIP)

    (fetched,) = fetch_source(source, tmp_path, fetching=fetching)

    assert fetched.path.read_bytes() == ZIP
    assert waits == [2.0, 4.0]


Fault = Callable[[Publisher], None]


@pytest.mark.parametrize(
    ("fault", "attempts", "said"),
    [
        (lambda p: p.will("/oesm25nat.zip", ZIP, sent=100), 4, r"4 times"),
        (lambda p: p.will("/oesm25nat.zip", b"", status=500), 4, r"the server answered 500, 4 times"),
        (lambda p: p.will("/oesm25nat.zip", b"", status=403), 1, r"the server answered 403\. It can be got by hand"),
        (lambda p: p.answers.clear(), 1, r"the server answered 404"),
        (lambda p: p.will("/oesm25nat.zip", b"<!DOCTYPE html><p>Sign in"), 1, r"oesm25nat\.zip: .* is a web page"),
        (lambda p: p.will("/oesm25nat.zip", b"a,b\n1,2\n"), 1, r"is no zip file"),
        (lambda p: p.will("/oesm25nat.zip", b""), 1, r"is empty"),
        (lambda p: p.will("/oesm25nat.zip", ZIP * 3), 1, r"more than 2,000 bytes"),
    ],
)
def test_a_file_that_is_not_as_published_is_refused_and_leaves_nothing(  # noqa: PLR0917 - fixtures are arguments
    publisher: Publisher, source: Source, fetching: Fetching, tmp_path: Path, fault: Fault, attempts: int, said: str
) -> None:
    fault(publisher)
    (tmp_path / "oesm25nat.zip").write_bytes(b"the one before")

    with pytest.raises(FetchError, match=said):
        fetch_source(source, tmp_path, fetching=replace(fetching, maximum_bytes=2000))

    assert len(publisher.asked) == attempts
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"the one before"]


def test_another_checksum_than_the_one_given_is_refused(
    publisher: Publisher, source: Source, fetching: Fetching, tmp_path: Path
) -> None:
    publisher.will("/oesm25nat.zip", ZIP)

    with pytest.raises(FetchError, match="not the one given"):
        fetch_source(source, tmp_path, sha256="0" * 64, fetching=fetching)

    assert list(tmp_path.iterdir()) == []


def test_a_proxy_is_asked_instead_of_the_publisher(
    publisher: Publisher, source: Source, fetching: Fetching, tmp_path: Path
) -> None:
    away = replace(source, downloads=("http://publisher.invalid/oesm25nat.zip",))
    publisher.will("http://publisher.invalid/oesm25nat.zip", ZIP)

    (fetched,) = fetch_source(away, tmp_path, fetching=replace(fetching, proxy=publisher.address))

    assert fetched.size_bytes == len(ZIP)


def test_a_source_without_a_lasting_address_says_where_to_look(fetching: Fetching, tmp_path: Path) -> None:
    texas = next(s for s in list_sources() if s.id == "tx-etpl")

    with pytest.raises(FetchError, match=r"Get it from https://www\.twc\.texas\.gov"):
        fetch_source(texas, tmp_path, fetching=fetching)


def test_only_web_addresses_are_fetched(source: Source, fetching: Fetching, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="only http and https"):
        fetch_source(replace(source, downloads=("file:///etc/hosts",)), tmp_path, fetching=fetching)


@pytest.mark.parametrize("source_id", [s.id for s in list_sources() if s.downloads])
def test_the_addresses_of_the_manifests_are_the_publishers_and_complete(source_id: str) -> None:
    known = next(s for s in list_sources() if s.id == source_id)

    for address in list_addresses(known):
        assert address.startswith("https://")
        assert address.split("/")[2].endswith((".gov", "www.onetcenter.org"))
        assert "{" not in address


@pytest.mark.official
def test_an_official_file_that_was_fetched_can_be_installed(
    publisher: Publisher, fetching: Fetching, tmp_path: Path
) -> None:
    path = OFFICIAL / "crosswalks" / "CIP2020_SOC2018_Crosswalk.xlsx"
    if not path.exists():
        pytest.skip("the folder of official data is not beside the checkout")
    publisher.will("/Files/CIP2020_SOC2018_Crosswalk.xlsx", path.read_bytes())
    known = next(s for s in list_sources() if s.id == "cip-soc")
    here = replace(known, downloads=(f"{publisher.address}/Files/CIP2020_SOC2018_Crosswalk.xlsx",))

    (fetched,) = fetch_source(here, tmp_path, fetching=fetching)

    assert load_official([fetched.path], list_sources()).source_ids == {"cip-soc"}


@pytest.mark.official
@pytest.mark.parametrize("served", ["cut short on the way", "cut short by its publisher", "another table"])
def test_an_official_file_that_comes_wrong_never_becomes_data(
    publisher: Publisher, fetching: Fetching, tmp_path: Path, served: str
) -> None:
    folder, name = OFFICIAL / "crosswalks", "2010_to_2019_Crosswalk.csv"
    if not folder.exists():
        pytest.skip("the folder of official data is not beside the checkout")
    whole = (folder / f"onet_{name}").read_bytes()
    other = (folder / "onet_2019_to_SOC_Crosswalk.csv").read_bytes()
    half = len(whole) // 2
    answers = {
        "cut short on the way": (whole, half),
        "cut short by its publisher": (whole[:half], None),
        "another table": (other, None),
    }
    body, sent = answers[served]
    publisher.will(f"/{name}?fmt=csv", body, sent=sent)
    known = next(s for s in list_sources() if s.id == "onet-2010-to-2019")
    here = replace(known, downloads=(f"{publisher.address}/{name}?fmt=csv",))

    with pytest.raises((FetchError, SourceError), match=r"no whole answer|bytes came|cut short|column .* is missing"):
        load_official([fetch_source(here, tmp_path, fetching=fetching)[0].path], list_sources())
