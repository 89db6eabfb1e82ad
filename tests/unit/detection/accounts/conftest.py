"""A workspace with one inspector, whose password is cheap to check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.signing_in import add_user

from detection.accounts.opening import Accounts, open_accounts
from detection.accounts.rights import Role
from features.workspace import open_workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one inspector, chen; to be copied."""
    root = tmp_path_factory.mktemp("accounts") / "ws"
    open_workspace(root, create=True)
    add_user(root, "chen", Role.inspector, ("320601",))
    return root


@pytest.fixture
def accounts(made: Path, tmp_path: Path) -> Accounts:
    return open_accounts(shutil.copytree(made, tmp_path / "ws"))
