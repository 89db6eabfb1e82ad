"""Upgrade and roll-back use the team's database that the services use. Stubs stand for fundwatch and install.sh."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.paths import ROOT

ADDRESS = "postgresql://fundwatch:a%20b@db.example/team?sslmode=require&host=/run"
PROGRAM = """#!/bin/sh
echo "$1 ${FUNDWATCH_DATABASE_URL:-none}" >> "$LOG"
for word; do [ "$before" != --workspace ] || mkdir -p "$word"; before=$word; done
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with the scripts, version 1.0 in use, and 0.9 before it."""
    for name in ("lib.sh", "upgrade.sh", "rollback.sh"):
        shutil.copy(ROOT / "deploy" / name, tmp_path)
    (tmp_path / "BUNDLE").write_text("version=2.0\n", encoding="utf-8")
    (tmp_path / "install.sh").write_text("", encoding="utf-8")
    for version in ("0.9", "1.0"):
        program = tmp_path / "opt" / "versions" / version / "bin" / "fundwatch"
        program.parent.mkdir(parents=True)
        program.write_text(PROGRAM, encoding="utf-8")
        program.chmod(0o700)
    (tmp_path / "opt" / "current").symlink_to("versions/1.0")
    (tmp_path / "opt" / "previous").write_text("0.9\n", encoding="utf-8")
    (tmp_path / "ws").mkdir()
    return tmp_path


def run(machine: Path, script: str, *words: str, **variables: str) -> list[str]:
    """Start a script; gives the verb and the database of each call of fundwatch."""
    log = machine / "log"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FUNDWATCH_")}
    options = ["--prefix", str(machine / "opt"), "--workspace", str(machine / "ws"), *words]
    done = subprocess.run(
        ["sh", str(machine / script), *options],
        capture_output=True, text=True, check=False, env={**clean, **variables, "LOG": str(log)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ADDRESS not in done.stdout + done.stderr
    return log.read_text(encoding="utf-8").splitlines()


def settings(machine: Path, *lines: str) -> str:
    path = machine / "fundwatch.env"
    path.write_text("\n".join(["FUNDWATCH_AREA=320600", *lines, ""]), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("written", [ADDRESS, f'"{ADDRESS}"', f"'{ADDRESS}'"])
def test_an_upgrade_saves_the_database_of_the_services(machine: Path, written: str) -> None:
    path = settings(machine, f"FUNDWATCH_DATABASE_URL={written}")
    calls = run(machine, "upgrade.sh", "--backups", str(machine / "backups"), "--settings", path)
    assert calls == [f"backup {ADDRESS}", f"verify {ADDRESS}"]


def test_a_roll_back_goes_into_the_database_of_the_services(machine: Path) -> None:
    path = settings(machine, f"FUNDWATCH_DATABASE_URL={ADDRESS}")
    calls = run(machine, "rollback.sh", "--archive", "a.tar", "--key", "k", "--settings", path)
    assert calls == [f"restore {ADDRESS}", f"verify {ADDRESS}"]


def test_the_environment_comes_before_the_file(machine: Path) -> None:
    path = settings(machine, f"FUNDWATCH_DATABASE_URL={ADDRESS}")
    words = ("--backups", str(machine / "backups"), "--settings", path)
    calls = run(machine, "upgrade.sh", *words, FUNDWATCH_DATABASE_URL="postgresql:///other")
    assert calls == ["backup postgresql:///other", "verify postgresql:///other"]


@pytest.mark.parametrize("line", ["#FUNDWATCH_DATABASE_URL=postgresql:///other", "FUNDWATCH_DATABASE_URL="])
def test_one_desk_has_no_database(machine: Path, line: str) -> None:
    path = settings(machine, line)
    calls = run(machine, "upgrade.sh", "--backups", str(machine / "backups"), "--settings", path)
    assert calls == ["backup none", "verify none"]
