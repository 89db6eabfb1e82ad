"""A gate in front of a workspace with one supervisor, wang."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.front import Front
from support.signing_in import add_user

from detection.accounts.opening import open_accounts
from features.workspace import open_workspace


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied."""
    root = tmp_path_factory.mktemp("gate") / "ws"
    open_workspace(root, create=True)
    add_user(root, "wang")
    return root


@pytest.fixture
def front(made: Path, tmp_path: Path) -> Front:
    return Front(open_accounts(shutil.copytree(made, tmp_path / "ws")))
