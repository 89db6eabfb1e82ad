"""The real server: nothing without a session, everything with one, and nothing again after it ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from support.dashboard_fixtures import fill
from support.screens import server
from support.signing_in import TERMINAL, add_user, sign_in
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from detection.accounts.opening import open_accounts
from detection.cli.terminal import now

PATHS = (
    "/_stcore/health",
    "/_stcore/metrics",
    "/_stcore/host-config",
    "/",
    "/alerts",
    "/index.html",
    "/static/",
    "/session",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One in which wang and li can sign in."""
    root = fill(tmp_path_factory.mktemp("signed_in") / "ws", alerts_of_each=1)
    add_user(root, "wang")
    add_user(root, "li")
    return root


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(workspace, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


def statuses(client: requests.Session, address: str) -> set[int]:
    return {client.get(f"{address}{path}", timeout=30, allow_redirects=False).status_code for path in PATHS}


def opened(address: str, client: requests.Session, origin: str) -> bool:
    """Whether the WebSocket of the screens opens; without an origin, none is named."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies)
    stream = f"{address.replace('http', 'ws')}/_stcore/stream"
    given = Origin(origin) if origin else None
    try:
        with connect(stream, origin=given, additional_headers={"Cookie": cookies}, open_timeout=60):
            return True
    except (InvalidStatus, ConnectionClosed):
        return False


def test_nothing_without_a_session_and_everything_with_it(address: str) -> None:
    stranger = requests.Session()
    assert statuses(stranger, address) == {401}
    assert not opened(address, stranger, address)
    wang = sign_in(address, "wang")
    assert wang.get(f"{address}/_stcore/health", timeout=30).text == "ok"
    assert wang.get(f"{address}/session", timeout=30).status_code == 204
    assert opened(address, wang, address)
    for foreign in ("", "http://evil.example", "http://127.0.0.1:1"):
        assert not opened(address, wang, foreign)


def test_a_wrong_password_opens_nothing(address: str) -> None:
    assert statuses(sign_in(address, "wang", "wrong"), address) == {401}


def test_a_session_that_is_ended_at_the_terminal_is_worth_nothing(address: str, workspace: Path) -> None:
    li = sign_in(address, "li")
    assert opened(address, li, address)
    open_accounts(workspace).users(TERMINAL).sign_out("li", now())
    assert statuses(li, address) == {401}
    assert not opened(address, li, address)
