"""A gate in front of a workspace with one supervisor, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send
from support import asgi
from support.signing_in import WHEN

from dashboard.gate.access import Access
from dashboard.gate.gate import Gate
from dashboard.gate.login import Login
from dashboard.gate.serving import Serving
from detection.accounts.opening import Accounts


@dataclass
class Behind:
    """What is behind the gate: takes what comes, and answers 200."""

    passed: list[Scope] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.passed.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            while (message := await receive())["type"] != "websocket.disconnect":
                self.messages.append(message)
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})


@dataclass
class Front:
    """The gate, what is behind it, and the time."""

    accounts: Accounts
    serving: Serving = field(default_factory=lambda: Serving(8501))
    at: str = WHEN
    behind: Behind = field(default_factory=Behind)

    def gate(self) -> Gate:
        return Gate(self.behind, serving=self.serving, access=Access(self.accounts), clock=lambda: self.at)

    def with_login(self) -> Gate:
        """The gate in front of the routes of signing in and out."""
        access = Access(self.accounts)
        login = Login(self.serving, access, lambda: self.at)
        return Gate(
            Starlette(routes=login.routes()), serving=self.serving, access=access, clock=lambda: self.at
        )

    def token(self) -> str:
        """The token of a new session."""
        user = self.accounts.store.user("wang")
        assert user is not None
        return self.accounts.sessions.start(user, address="127.0.0.1", at=self.at).token

    def cookie(self, token: str) -> dict[str, str]:
        return {self.serving.session_cookie: token}

    def status(self, request: asgi.Request) -> int:
        return asgi.http(self.gate(), request).status
