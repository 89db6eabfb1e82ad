"""The test of a bundle without network does not pass where the network is there, unless that is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A search path on which the network cannot be cut off."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "unshare").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (programs / "unshare").chmod(0o700)
    return f"{programs}{os.pathsep}{os.environ['PATH']}"


def start(folder: Path, path: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(ROOT / "tests" / "bench" / "offline.sh"), str(folder), sys.executable, *words],
        capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip


def test_it_fails_where_the_network_cannot_be_cut_off(tmp_path: Path, path: str) -> None:
    done = start(tmp_path, path)
    assert done.returncode == 1
    assert "nothing was tested" in done.stderr


def test_it_goes_on_to_the_bundle_with_that_word(tmp_path: Path, path: str) -> None:
    done = start(tmp_path, path, "with-network")
    assert "pip gets no index" in done.stderr
    assert "nothing was tested" not in done.stderr
    assert "bundle.tar" in done.stderr  # there is none here
    assert done.returncode != 0
