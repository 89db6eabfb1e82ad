"""Users of tests, and their sessions."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from streamlit.runtime.context import ContextProxy

from dashboard.gate.access import SESSION_HEADER
from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Actor, Role
from detection.accounts.sessions import Started
from detection.accounts.users import entry_of
from detection.cli.terminal import now
from detection.store.accounts.records import UserRecord

PASSWORD = "Kapok-Harbor-77"
WHEN = "2026-11-30T09:00:00"
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Most tests are not about the price of a guess."""
TERMINAL = Actor("root", Role.terminal)
"""Who makes users."""
LI, WANG = Actor("li", Role.supervisor), Actor("wang", Role.supervisor)
"""Who may do all that is done to alerts."""
_FORM = re.compile(r'name="form" value="([^"]+)"')
HERE = "10.1.2.3"
"""Address that a browser comes from."""


def later(*, minutes: float = 0, hours: float = 0, at: str = WHEN) -> str:
    moment = dt.datetime.fromisoformat(at) + dt.timedelta(minutes=minutes, hours=hours)
    return moment.isoformat(timespec="seconds")


def fail(accounts: Accounts, times: int, *, name: str = "chen", address: str = HERE, at: str = WHEN) -> None:
    for _ in range(times):
        assert accounts.sessions.sign_in(name, "wrong", address=address, at=at) is None


def started(accounts: Accounts, at: str = WHEN) -> str:
    outcome = accounts.sessions.sign_in("chen", PASSWORD, address=HERE, at=at)
    assert isinstance(outcome, Started)
    return outcome.token


def add_user(
    workspace: Path,
    name: str,
    role: Role = Role.supervisor,
    districts: tuple[str, ...] | None = None,
) -> None:
    """A user who chose the password of tests."""
    accounts = open_accounts(workspace)
    user = UserRecord(name, name, role.value, districts, CHEAP.hashed(PASSWORD), WHEN)
    assert accounts.store.add_user(user, entry_of(user, "user_add", TERMINAL, WHEN))


def token_of(workspace: Path, name: str) -> str:
    """The token of a new session of a user, who was not asked for the password."""
    accounts = open_accounts(workspace)
    user = accounts.store.user(name)
    assert user is not None
    return accounts.sessions.start(user, address="127.0.0.1", at=now()).token


def connect(monkeypatch: pytest.MonkeyPatch, token: str = "") -> None:
    """Let scripts of ``AppTest``, which has no connection, run as from a browser of this machine with a token."""
    headers = {SESSION_HEADER: token} if token else {}
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: headers))
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: None))


def sign_in(address: str, name: str, password: str = PASSWORD) -> requests.Session:
    """A client that was signed in by the page at ``/login``; it has the session's cookie where that went well."""
    client = requests.Session()
    shown = client.get(f"{address}/login", timeout=30)
    [form] = _FORM.findall(shown.text)
    fields = {"form": form, "name": name, "password": password}
    client.post(f"{address}/login", fields, headers={"Origin": address}, timeout=30, allow_redirects=False)
    return client
