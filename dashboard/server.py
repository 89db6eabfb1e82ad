"""The server of the screens, behind the gate, with no request to any other server.

It is started as its own process by `detection.starting`, with ``--workspace WS --port N``; everything after the
module's name is also what the script (``app.py``) sees. It listens to this machine only, unless it has TLS.
"""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from dashboard.fonts import MONOSPACED, SANS
from dashboard.gate.access import access
from dashboard.gate.closed_options import CLOSED, Option
from dashboard.gate.gate import CALLBACK, Gate
from dashboard.gate.headers import SecurityHeaders
from dashboard.gate.login import Login
from dashboard.gate.oidc import ProviderLogin
from dashboard.gate.serving import LOOPBACK, Serving, ServingError
from dashboard.session import Place, now, place
from dashboard.unknown_addresses import UnknownAddresses
from detection.accounts.provider.client import Provider
from detection.accounts.provider.settings import ProviderSettings, read_settings
from detection.starting import isolated

SCRIPT = Path(__file__).with_name("app.py")
ACCENT = "#1f5fa8"
INK = "#1d2733"
LINE = "#d5dbe3"


def command(workspace: Path, port: int) -> list[str]:
    """The command that serves the screens of a workspace on ``127.0.0.1:port``."""
    return isolated("dashboard.server", ["--workspace", str(workspace.resolve()), "--port", str(port)])


def options(serving: Serving) -> dict[str, Option]:
    """Streamlit's configuration: where it listens, quiet, closed, and the theme."""
    files = {"server.sslCertFile": serving.certificate, "server.sslKeyFile": serving.key}
    return {
        **CLOSED,
        **{name: str(path or "") for name, path in files.items()},
        "browser.serverAddress": serving.address,
        "browser.serverPort": serving.port,
        "server.address": serving.address,
        "server.port": serving.port,
        "server.allowedHosts": [urlsplit(origin).hostname or "" for origin in serving.origins],
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


def build(where: Place, serving: Serving, settings: ProviderSettings | None = None) -> st.App:
    """The ASGI application: Streamlit behind the gate, and with an answer for unknown addresses."""
    accounts = access(where)
    routes = Login(serving, accounts, now, provider=settings is not None).routes()
    if settings is not None:
        provider = Provider(settings, f"{serving.origins[0]}{CALLBACK}")
        routes += ProviderLogin(serving, accounts, provider, now).routes()
    return st.App(
        SCRIPT,
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders, serving=serving),
            Middleware(Gate, serving=serving, access=accounts, clock=now),
            Middleware(UnknownAddresses),
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="dashboard.server", description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--listen", default=LOOPBACK)
    parser.add_argument("--name", action="append", default=[])
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--behind-proxy", default="")
    parser.add_argument("--oidc", type=Path)
    given = parser.parse_args(arguments)
    os.umask(0o077)  # what the screens write is the owner's alone
    try:
        serving = Serving(
            given.port, given.listen, tuple(given.name), given.tls_cert, given.tls_key, given.behind_proxy
        )
    except ServingError as error:
        parser.error(str(error))
    where = place(given.workspace.resolve())
    accounts = access(where).accounts
    settings = read_settings(given.oidc) if given.oidc else None
    if settings is None and not accounts.store.users() and not (serving.private and accounts.open_as_demo()):
        parser.error("nobody can sign in: make the first administrator with fundwatch user add")
    # Where a request comes from is what the connection says; only a proxy of this machine may say it for others.
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(serving.forwarders)
    # Streamlit imports pandas in the first session that needs it, and another one at that moment would see half of it.
    importlib.import_module("pandas")
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one leaves; no traceback
        build(where, serving, settings).run(config=options(serving))


if __name__ == "__main__":
    main()
