"""How the server is reached: where it listens, under which names, and whether the way to it is encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
LOCAL_NAMES = (LOOPBACK, "localhost", "[::1]")
_LOCAL_ADDRESSES = (LOOPBACK, "::1")
_STANDARD_PORTS = {"http": 80, "https": 443}


class ServingError(ValueError):
    """The server must not be reached in this way; the text says why."""


@dataclass(frozen=True)
class Serving:
    """How the server is reached.

    Attributes:
        port: where it listens.
        address: where it listens.
        names: under which it is opened; the names of this machine for itself where there are none.
        certificate, key: files of TLS; None without it.
        proxy: origin (``https://fund.example``) of a proxy on this machine that ends TLS; empty without one.

    Raises:
        ServingError: it would be reached over a network without encryption, or an option lacks another.
    """

    port: int
    address: str = LOOPBACK
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    proxy: str = ""

    def __post_init__(self) -> None:
        """Refuse what is open to others without encryption."""
        if (self.certificate is None) != (self.key is None):
            raise ServingError("TLS needs both: --tls-cert and --tls-key")
        if self.proxy and self.certificate is not None:
            raise ServingError("either TLS here (--tls-cert) or at a proxy (--behind-proxy), not both")
        if self.proxy and not _is_origin(self.proxy):
            raise ServingError("--behind-proxy needs the proxy's address as browsers see it: https://NAME")
        if not self.local and self.certificate is None:
            raise ServingError("listening beyond this machine needs --tls-cert and --tls-key")
        if not self.local and not self.names:
            raise ServingError("listening beyond this machine needs the name that browsers use: --name NAME")

    @property
    def local(self) -> bool:
        """Whether it listens to this machine only."""
        return self.address in _LOCAL_ADDRESSES

    @property
    def private(self) -> bool:
        """Whether nobody but this machine's users can reach it: no proxy passes others on."""
        return self.local and not self.proxy

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.certificate is not None or bool(self.proxy)

    @property
    def forwarders(self) -> tuple[str, ...]:
        """The addresses whose ``X-Forwarded-For`` is believed: a proxy of this machine, by whichever way it comes."""
        return _LOCAL_ADDRESSES if self.proxy else ()

    @property
    def origins(self) -> tuple[str, ...]:
        """Exactly the origins from which pages of this server are opened."""
        if self.proxy:
            return (self.proxy,)
        scheme = "https" if self.secure else "http"
        port = "" if _STANDARD_PORTS[scheme] == self.port else f":{self.port}"
        return tuple(f"{scheme}://{name}{port}" for name in self.names or LOCAL_NAMES)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What requests may name as their host."""
        return tuple(urlsplit(origin).netloc for origin in self.origins)

    @property
    def session_cookie(self) -> str:
        """Name of the cookie with the session's token; browsers share cookies between the ports of a machine."""
        return f"{self._prefix}fundwatch_session_{self.port}"

    @property
    def form_cookie(self) -> str:
        """Name of the cookie that the form to sign in is compared with."""
        return f"{self._prefix}fundwatch_form_{self.port}"

    @property
    def provider_cookie(self) -> str:
        """Name of the cookie that binds a browser to its request at the identity provider."""
        return f"{self._prefix}fundwatch_provider_{self.port}"

    @property
    def _prefix(self) -> str:
        return "__Host-" if self.secure else ""


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    plain = text == f"https://{parts.netloc}" and "@" not in parts.netloc
    return plain and bool(parts.hostname) and text == text.lower()
