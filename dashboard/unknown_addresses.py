"""Sends addresses without a page, or of a page that the reader may not see, to a page that says so."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.datastructures import Headers, QueryParams
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.gate.gate import PUBLIC, SIGNED_IN
from dashboard.navigation import UNKNOWN, allowed_pages
from detection.accounts.sessions import SignedIn


class UnknownAddresses:
    """Streamlit would show its first page under a dialog in English."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a browser that opens an unknown address; pass on all else."""
        app = RedirectResponse(_explained(scope)) if _is_unknown(scope) else self.app
        await app(scope, receive, send)


def _is_unknown(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    opened = "text/html" in Headers(scope=scope).get("accept", "")
    name = scope["path"].strip("/")
    own = scope["path"] in PUBLIC or name.startswith("_stcore")
    return opened and not own and name not in {"", *_pages(scope)}


def _pages(scope: Scope) -> tuple[str, ...]:
    signed_in = scope.get(SIGNED_IN)
    return allowed_pages(signed_in.actor) if isinstance(signed_in, SignedIn) else ()


def _explained(scope: Scope) -> str:
    language = QueryParams(scope["query_string"]).get("lang")
    query = {"address": scope["path"]} | ({"lang": language} if language else {})
    return f"/{UNKNOWN}?{urlencode(query)}"
