"""How the server may be reached: never over a network without encryption."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.gate.headers import security_headers
from dashboard.gate.serving import Serving, ServingError

CERTIFICATE, KEY = Path("cert.pem"), Path("key.pem")


def test_alone_it_is_reached_from_this_machine_only() -> None:
    serving = Serving(8501)
    assert serving.origins == ("http://127.0.0.1:8501", "http://localhost:8501", "http://[::1]:8501")
    assert serving.hosts == ("127.0.0.1:8501", "localhost:8501", "[::1]:8501")
    assert serving.private and not serving.secure
    assert "Strict-Transport-Security" not in security_headers(serving)


def test_with_tls_it_has_its_names_and_no_other() -> None:
    serving = Serving(443, "10.1.2.3", ("fund.example",), CERTIFICATE, KEY)
    assert serving.origins == ("https://fund.example",)
    assert serving.secure and not serving.private
    assert "wss://fund.example" in security_headers(serving)["Content-Security-Policy"]
    assert "Strict-Transport-Security" in security_headers(serving)


def test_a_proxy_of_this_machine_alone_names_the_address_of_a_request() -> None:
    assert Serving(8501, proxy="https://fund.example").forwarders == ("127.0.0.1", "::1")
    assert Serving(8501).forwarders == ()
    assert Serving(443, "10.1.2.3", ("fund.example",), CERTIFICATE, KEY).forwarders == ()


REFUSED: dict[str, Callable[[], Serving]] = {
    "a network without TLS": lambda: Serving(8501, "10.1.2.3", ("fund.example",)),
    "every network without TLS": lambda: Serving(8501, "::", ("fund.example",)),
    "no name": lambda: Serving(8501, "10.1.2.3", (), CERTIFICATE, KEY),
    "no key": lambda: Serving(8501, certificate=CERTIFICATE),
    "no certificate": lambda: Serving(8501, key=KEY),
    "a proxy without TLS": lambda: Serving(8501, proxy="http://fund.example"),
    "a path": lambda: Serving(8501, proxy="https://fund.example/path"),
    "a user": lambda: Serving(8501, proxy="https://user@fund.example"),
    "no scheme": lambda: Serving(8501, proxy="fund.example"),
    "TLS twice": lambda: Serving(8501, proxy="https://fund.example", certificate=CERTIFICATE, key=KEY),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_open_or_unclear_is_refused(name: str) -> None:
    with pytest.raises(ServingError):
        REFUSED[name]()
