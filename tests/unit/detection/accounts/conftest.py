"""A workspace with one inspector, whose password is cheap to check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from support.signing_in import add_user

from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.passwords import Passwords
from detection.accounts.rights import Role
from features.workspace import open_workspace

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Most tests are not about the price of a guess."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one inspector, chen; to be copied."""
    root = tmp_path_factory.mktemp("accounts") / "ws"
    open_workspace(root, create=True)
    add_user(root, "chen", Role.inspector, ("320601",), Passwords(CHEAP))
    return root


@pytest.fixture
def accounts(made: Path, tmp_path: Path) -> Accounts:
    return open_accounts(shutil.copytree(made, tmp_path / "ws"))
