"""The server of the screens: for this machine only, with no request to any other.

It is started as its own process by `detection.starting`, with ``--workspace WS --port N``; everything after the
module's name is also what the script (``app.py``) sees. There is no sign-in yet, so it binds to loopback.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.closed_options import CLOSED, Option
from dashboard.fonts import MONOSPACED, SANS
from dashboard.unknown_addresses import UnknownAddresses
from detection.starting import isolated

SCRIPT = Path(__file__).with_name("app.py")
HOST = "127.0.0.1"
ACCENT = "#1f5fa8"
INK = "#1d2733"
LINE = "#d5dbe3"

# Streamlit and Vega build code and styles in the browser: 'unsafe-inline' and 'unsafe-eval' cannot be left out.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """Puts the security headers on every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def command(workspace: Path, port: int) -> list[str]:
    """The command that serves the screens of a workspace on ``127.0.0.1:port``."""
    return isolated("dashboard.server", ["--workspace", str(workspace.resolve()), "--port", str(port)])


def options(port: int) -> dict[str, Option]:
    """Streamlit's configuration: loopback, quiet, closed, and the theme."""
    return {
        **CLOSED,
        "browser.serverAddress": HOST,
        "browser.serverPort": port,
        "server.address": HOST,
        "server.port": port,
        "server.allowedHosts": [HOST, "localhost"],
        "theme.base": "light",
        "theme.font": SANS,
        "theme.headingFont": SANS,
        "theme.codeFont": MONOSPACED,
        "theme.primaryColor": ACCENT,
        "theme.backgroundColor": "#ffffff",
        "theme.secondaryBackgroundColor": "#f4f6f9",
        "theme.textColor": INK,
        "theme.linkColor": ACCENT,
        "theme.borderColor": LINE,
        "theme.dataframeBorderColor": LINE,
        "theme.baseFontSize": 14,
        "theme.baseRadius": "4px",
        "theme.buttonRadius": "4px",
        "theme.showWidgetBorder": True,
        "theme.showSidebarBorder": True,
    }


def build() -> st.App:
    """The ASGI application: Streamlit behind the security headers, and with an answer for unknown addresses."""
    return st.App(SCRIPT, middleware=[Middleware(SecurityHeaders), Middleware(UnknownAddresses)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="dashboard.server", description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8501)
    given = parser.parse_args(arguments)
    os.umask(0o077)  # what the screens write is the owner's alone
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one leaves; no traceback
        build().run(config=options(given.port))


if __name__ == "__main__":
    main()
