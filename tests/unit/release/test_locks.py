"""The runtime lock is a part of the whole lock, and a lock is read line by line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from support.paths import ROOT

from release.bundle import RUNTIME_LOCK
from release.errors import ReleaseError
from release.locks import read_lock

WHOLE = {package.name: package for package in read_lock(ROOT / "requirements.lock")}
RUNTIME = {package.name: package for package in read_lock(RUNTIME_LOCK)}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared(entries: list[str]) -> set[str]:
    return {re.split(r"[>=<]", entry)[0].strip() for entry in entries}


def test_the_runtime_lock_is_a_part_of_the_whole_lock_with_equal_versions_and_hashes() -> None:
    assert 50 < len(RUNTIME) < len(WHOLE)
    assert {name: package for name, package in RUNTIME.items() if WHOLE.get(name) != package} == {}


def test_the_runtime_lock_has_what_runs_and_no_tool_of_developers() -> None:
    assert declared(PROJECT["dependencies"]) <= set(RUNTIME)
    tools = declared(PROJECT["optional-dependencies"]["dev"]) - {"packaging"}  # MLflow needs it too
    assert len(tools) > 10
    assert tools & set(RUNTIME) == set()
    assert tools <= set(WHOLE)


def test_the_runtime_lock_names_no_host() -> None:
    assert "://" not in RUNTIME_LOCK.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alpha>=1\n", "neither NAME==VERSION nor a hash"),
        ("--hash=sha256:00\n", "neither NAME==VERSION nor a hash"),
        ("alpha==1\n", "no hash of alpha"),
        ("alpha==1 \\\n    --hash=sha256:00\nbeta==2\n", "no hash of beta"),
    ],
)
def test_a_lock_without_version_or_hash_is_refused(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "some.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReleaseError, match=words):
        read_lock(path)


def test_both_locks_are_written_by_one_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\nlock:", 1)[1].split("\n\n", 1)[0]
    assert "--output-file requirements.lock" in recipe
    assert "--constraint requirements.lock --output-file requirements-runtime.lock" in recipe
    assert "--generate-hashes" in makefile
