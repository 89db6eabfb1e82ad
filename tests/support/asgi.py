"""Requests to an ASGI application without a server: one HTTP request, or one WebSocket with its messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1:8501"
ORIGIN = f"http://{HOST}"


@dataclass(frozen=True)
class Request:
    """What a client sends.

    Attributes:
        host: as the Host header says; ``origin`` and ``cookies`` are left out where empty.
        others: further headers.
        client: address that the connection comes from.
    """

    path: str = "/"
    method: str = "GET"
    query: str = ""
    host: str = HOST
    origin: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    others: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    client: str = "127.0.0.1"

    def scope(self, kind: str) -> Scope:
        """The request as a server hands it on."""
        headers = [("host", self.host), *self.others]
        headers += [("origin", self.origin)] if self.origin else []
        headers += [("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))]
        return {
            "type": kind,
            "method": self.method,
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "scheme": "http" if kind == "http" else "ws",
            "query_string": self.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers],
            "client": (self.client, 50_000),
            "server": ("127.0.0.1", 8501),
        }


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    set_cookies: tuple[str, ...]
    text: str

    @property
    def cookies(self) -> dict[str, str]:
        """Cookies that the answer sets, by name."""
        jar: SimpleCookie = SimpleCookie()
        for line in self.set_cookies:
            jar.load(line)
        return {name: morsel.value for name, morsel in jar.items()}


def http(app: ASGIApp, request: Request) -> Answer:
    """Send one HTTP request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    _run(app, request.scope("http"), receive, send)
    start, *bodies = sent
    pairs = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
    return Answer(
        start["status"],
        dict(pairs),
        tuple(value for name, value in pairs if name == "set-cookie"),
        b"".join(body.get("body", b"") for body in bodies).decode(),
    )


def websocket(app: ASGIApp, request: Request, clicks: Sequence[Callable[[], object]] = ()) -> list[Message]:
    """Open a WebSocket and send a message after each of some acts; what the server sent."""
    sent: list[Message] = []
    opened = iter([{"type": "websocket.connect"}])
    left = iter(clicks)

    async def receive() -> Message:
        connect = next(opened, None)
        if connect is not None:
            return connect
        click = next(left, None)
        if click is None:
            return {"type": "websocket.disconnect", "code": 1000}
        click()
        return {"type": "websocket.receive", "bytes": b"click"}

    async def send(message: Message) -> None:
        sent.append(message)

    _run(app, request.scope("websocket"), receive, send)
    return sent


def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Call the application in a thread of its own: a test of a browser leaves its event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(_call(app, scope, receive, send))).result()


async def _call(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
