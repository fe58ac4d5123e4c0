"""Events are sent to listed hosts at public addresses, at the address that was checked, and nowhere else."""

import time
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from app.services.egress import Egress, EgressError, find_fault, is_reachable
from tests.app.receivers import NAMES, OK, Receiver, answering, dribbling, make_certificate, receiver

HERE = ("127.0.0.0/8",)

# As a name might lead to them, or an address be written to get past a list.
REFUSED = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # where clouds tell their machines secrets
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 # an address to refuse
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::a00:1",  # NAT64 of 10.0.0.1
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:c0a8:101::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
    "2001:db8::1",
)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_reachable(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_a_public_address_is_reached_behind_nat64_too(address: str) -> None:
    assert is_reachable(ip_address(address))


def test_a_private_network_is_reached_where_it_is_named_and_its_neighbours_are_not() -> None:
    networks = ("10.20.0.0/16", "fd00:20::/32")

    assert is_reachable(ip_address("10.20.255.1"), networks)
    assert is_reachable(ip_address("::ffff:10.20.0.1"), networks)
    assert is_reachable(ip_address("fd00:20::1"), networks)
    assert not is_reachable(ip_address("10.21.0.1"), networks)
    assert not is_reachable(ip_address("fd00:21::1"), networks)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example/", "wrong_format"),
        ("https://", "wrong_format"),
        ("https://hooks.example@10.0.0.1/", "wrong_format"),
        ("https://hooks.example:x/", "wrong_format"),
        ("https://hooks.example/#there", "wrong_format"),
        ("https://hooks.example\\@10.0.0.1/", "wrong_format"),
        ("https://hooks.example/\r\nX: y", "wrong_format"),
        ("https://hooks.exаmple/", "wrong_format"),  # a letter that only looks like one
        ("https://10.0.0.1/", "host_not_listed"),
        ("https://2130706433/", "host_not_listed"),
        ("https://0x7f.1/", "host_not_listed"),
        ("https://0177.0.0.1/", "host_not_listed"),
        ("https://[::1]/", "host_not_listed"),
        ("https://hooks.example.evil.example/", "host_not_listed"),
        ("https://hooks.example:8443/", "host_not_listed"),
        ("https://hooks.example./", "host_not_listed"),
    ],
)
def test_an_address_on_no_listed_host_is_refused_before_anything_is_looked_up(url: str, code: str) -> None:
    def nobody(_host: str, _port: int) -> Sequence[str]:
        raise AssertionError("a name was looked up")

    fault = find_fault(url, ("hooks.example",))

    assert fault is not None
    assert fault.code == code
    with pytest.raises(EgressError) as caught:
        Egress(("hooks.example",), look_up=nobody).post(url, b"", {})
    assert caught.value.fault == code


def test_without_a_list_webhooks_are_off_and_say_so() -> None:
    fault = find_fault("https://hooks.example/", ())

    assert fault is not None
    assert fault.code == "webhooks_off"
    assert "STACKWAY_WEBHOOK_HOSTS" in fault.remedy


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One for the names of this machine, which it trusts."""
    made = make_certificate(tmp_path / "tls.pem", *NAMES)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    return made


@pytest.fixture
def here(certificate: Path) -> Iterator[Receiver]:
    with receiver(certificate) as made:
        yield made


def _egress(port: int, *found: str, networks: Sequence[str] = HERE, seconds: float = 5) -> Egress:
    """One that finds these addresses for every name."""
    return Egress((f"hooks.example:{port}",), tuple(networks), seconds, look_up=lambda _host, _port: found)


def _url(port: int) -> str:
    return f"https://hooks.example:{port}/in?board=alamo"


def test_a_body_is_posted_and_the_status_of_the_reply_comes_back(here: Receiver) -> None:
    status = _egress(here.port, "127.0.0.1").post(_url(here.port), b'{"a":1}', {"webhook-id": "1"})

    assert status == 204
    (came,) = here.came
    assert came.line == "POST /in?board=alamo HTTP/1.1"
    assert came.body == b'{"a":1}'
    assert (came.headers["host"], came.headers["webhook-id"]) == (f"hooks.example:{here.port}", "1")


@pytest.mark.parametrize("address", REFUSED)
def test_nothing_is_sent_where_a_name_leads_to_such_an_address(here: Receiver, address: str) -> None:
    for found in ((address,), ("93.184.215.14", address), (address, "93.184.215.14")):
        with pytest.raises(EgressError, match="address_refused"):
            _egress(here.port, *found, networks=()).post(_url(here.port), b"", {})
    assert here.connections == 0


def test_a_number_that_the_resolver_takes_for_this_machine_is_refused() -> None:
    """Whatever a resolver makes of a decimal, hexadecimal or short form, what it found is what is checked."""
    for host in ("2130706433", "0x7f000001", "127.1"):
        with pytest.raises(EgressError, match=r"address_refused|no_such_host"):
            Egress((host,)).post(f"https://{host}/", b"", {})


def test_a_name_that_leads_elsewhere_a_moment_later_is_reached_where_it_was_checked(
    certificate: Path, here: Receiver
) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]

    def rebinding(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    with receiver(certificate, address="127.0.0.2", port=here.port) as elsewhere:
        egress = Egress((f"hooks.example:{here.port}",), ("127.0.0.1/32",), look_up=rebinding)
        assert egress.post(_url(here.port), b"", {}) == 204
        with pytest.raises(EgressError, match="address_refused"):
            egress.post(_url(here.port), b"", {})

    assert (len(here.came), elsewhere.connections) == (1, 0)


def test_the_next_address_of_a_name_is_tried_where_the_first_takes_no_connection(here: Receiver) -> None:
    assert _egress(here.port, "127.0.0.3", "127.0.0.1").post(_url(here.port), b"", {}) == 204


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_told_and_not_followed(certificate: Path, here: Receiver, status: int) -> None:
    reply = f"HTTP/1.1 {status} Moved\r\nLocation: https://hooks.example:{here.port}/\r\n\r\n".encode()
    with receiver(certificate, answering(reply)) as first:
        assert _egress(first.port, "127.0.0.1").post(_url(first.port), b"", {}) == status

    assert here.connections == 0


def test_a_certificate_for_another_name_or_of_nobody_known_is_refused(
    here: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_certificate(tmp_path / "other.pem", "other.example")
    with receiver(other) as wrong:
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        for port in (wrong.port, here.port):
            with pytest.raises(EgressError, match="tls"):
                _egress(port, "127.0.0.1").post(_url(port), b"", {})

    assert wrong.came == here.came == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (dribbling(b"", 0.05), "too_slow"),
        (dribbling(b"H", 0.05), "too_slow"),
        (dribbling(b"HTTP/1.1 100 Continue\r\n\r\n", 0.05), "too_slow"),
        (answering(b"X" * 1_000_000), "no_answer"),
        (answering(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10_000), "no_answer"),
        (answering(b"220 mail.example ESMTP\r\n"), "no_answer"),
        (answering(b""), "no_answer"),
    ],
)
def test_who_answers_slowly_or_without_end_or_something_else_is_left(
    certificate: Path, answer: object, fault: str
) -> None:
    with receiver(certificate, answer) as odd:  # type: ignore[arg-type] # one of the above
        began = time.monotonic()
        with pytest.raises(EgressError, match=fault):
            _egress(odd.port, "127.0.0.1", seconds=1).post(_url(odd.port), b"", {})

    assert time.monotonic() - began < 3


def test_what_comes_before_the_answer_and_after_it_is_let_be(certificate: Path) -> None:
    with receiver(certificate, answering(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"x" * 10_000_000)) as wordy:
        assert _egress(wordy.port, "127.0.0.1").post(_url(wordy.port), b"", {}) == 204


def test_a_host_nobody_knows_and_a_port_nobody_listens_on_are_told() -> None:
    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError

    with pytest.raises(EgressError, match="no_such_host"):
        Egress(("hooks.example",), look_up=unknown).post("https://hooks.example/", b"", {})
    with pytest.raises(EgressError, match="no_answer"):
        _egress(9, "127.0.0.1").post(_url(9), b"", {})
