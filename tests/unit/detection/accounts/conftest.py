"""A workspace with one inspector, whose password is cheap to check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support.signing_in import PASSWORD, TERMINAL, WHEN

from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Role
from detection.accounts.users import Users
from features.workspace import open_workspace

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Most tests are not about the price of a guess."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one inspector, chen; to be copied."""
    root = tmp_path_factory.mktemp("accounts") / "ws"
    open_workspace(root, create=True)
    users = Users(open_accounts(root).store, Passwords(CHEAP), TERMINAL)
    users.add("chen", role=Role.inspector, password=PASSWORD, at=WHEN, districts=("320601",))
    return root


@pytest.fixture
def accounts(made: Path, tmp_path: Path) -> Accounts:
    return open_accounts(shutil.copytree(made, tmp_path / "ws"))
