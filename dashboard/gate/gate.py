"""The gate: nothing is answered before it, neither pages nor assets, health, metrics or the WebSocket.

A request must name a host and an origin of this server exactly, and carry the token of a session that lives. Of an
open WebSocket every message is checked, so that a session that has ended stops at the next click.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.gate.access import SESSION_HEADER, Access
from dashboard.gate.serving import Serving
from detection.accounts.sessions import SignedIn

LOGIN = "/login"
OIDC, CALLBACK = "/login/provider", "/login/provider/back"
PUBLIC = frozenset({LOGIN, "/login/style.css", "/login/icon.svg", OIDC, CALLBACK})
"""All that is answered without a session: the page to sign in with its files, and the way to the identity provider."""
SIGNED_IN = "fundwatch.signed_in"
"""Key of the request's scope under which whose session it is goes on."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_POLICY_VIOLATION = 1008


class Gate:
    """Lets sessions of this server's users through, and nothing else.

    Args:
        app: what is behind it.
        serving: how the server is reached.
        access: whose session a token is.
        clock: ISO time.
    """

    def __init__(self, app: ASGIApp, *, serving: Serving, access: Access, clock: Callable[[], str]) -> None:
        self.app = app
        self._serving = serving
        self._access = access
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on with its token in a header of our own."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._serving.hosts:
            await _refuse(scope, receive, send, HTTPStatus.BAD_REQUEST)
        elif not self._comes_from_here(scope, headers):
            await _refuse(scope, receive, send, HTTPStatus.FORBIDDEN)
        elif scope["type"] == "http" and scope["path"] in PUBLIC:
            await self.app(_with_token(scope, ""), receive, send)
        else:
            await self._checked(scope, receive, send, headers)

    async def _checked(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        token = cookie_parser(headers.get("cookie", "")).get(self._serving.session_cookie, "")
        signed_in = await self._whose(token)
        if signed_in is None:
            await _refuse(scope, receive, send, HTTPStatus.UNAUTHORIZED)
            return

        async def receive_while_signed_in() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and await self._whose(token) is None:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            return message

        let_in = {**_with_token(scope, token), SIGNED_IN: signed_in}
        await self.app(let_in, receive_while_signed_in if scope["type"] == "websocket" else receive, send)

    async def _whose(self, token: str) -> SignedIn | None:
        return await run_in_threadpool(
            self._access.signed_in, token, self._clock(), private=self._serving.private
        )

    def _comes_from_here(self, scope: Scope, headers: Headers) -> bool:
        """Whether the page that asks is this server's: always for what changes something, and for WebSockets."""
        origin = headers.get("origin")
        if origin is None:
            return scope["type"] == "http" and scope["method"] in _SAFE
        return origin in self._serving.origins


def _with_token(scope: Scope, token: str) -> Scope:
    """The request with its token in our header; one that a client sent under this name is dropped."""
    passed = dict(scope)
    passed["headers"] = [
        pair for pair in scope["headers"] if pair[0].decode("latin-1").lower() != SESSION_HEADER
    ]
    MutableHeaders(scope=passed)[SESSION_HEADER] = token
    return passed


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    await _answer(scope, status)(scope, receive, send)


def _answer(scope: Scope, status: HTTPStatus) -> Response:
    """A browser that opens a page is led to the page to sign in, and back from there."""
    opened = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    if status is not HTTPStatus.UNAUTHORIZED or not opened:
        return PlainTextResponse(status.phrase, status)
    parameters = QueryParams(scope["query_string"])
    where = {"next": scope["path"] + (f"?{urlencode(parameters.multi_items())}" if parameters else "")}
    words = {"lang": parameters["lang"]} if "lang" in parameters else {}
    return RedirectResponse(f"{LOGIN}?{urlencode(where | words)}", HTTPStatus.SEE_OTHER)
