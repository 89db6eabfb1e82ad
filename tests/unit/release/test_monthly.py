"""The monthly run of the services: its steps in their order, and each failure ends it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.paths import ROOT
from typer.main import get_command

from detection.cli import app

SCRIPT = ROOT / "deploy" / "service" / "monthly.sh"
PROGRAM = """#!/bin/sh
echo "$*" >> "{log}"
[ "$1" != "{failing}" ] || exit 3
"""


def run(folder: Path, failing: str = "none", options: str = "") -> tuple[int, list[list[str]]]:
    """Start the script with a program that records its calls; gives the exit code and the calls."""
    log, program = folder / "log", folder / "fundwatch"
    program.write_text(PROGRAM.format(log=log, failing=failing), encoding="utf-8")
    program.chmod(0o700)
    settings = {
        "FUNDWATCH_PROGRAM": str(program),
        "FUNDWATCH_WORKSPACE": str(folder / "ws"),
        "FUNDWATCH_DATA": "incoming",
        "FUNDWATCH_AREA": "320600",
        "FUNDWATCH_DELIVERY": "full",
        "FUNDWATCH_RUN_OPTIONS": options,
        "FUNDWATCH_BACKUPS": str(folder / "backups"),
    }
    done = subprocess.run(
        ["sh", str(SCRIPT)], env={**os.environ, **settings}, capture_output=True, check=False
    )
    return done.returncode, [line.split() for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_workspace_is_saved_and_the_backup_compared_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    code, calls = run(tmp_path)
    assert code == 0
    assert [call[0] for call in calls] == ["doctor", "backup", "verify", "run", "audit"]
    archive = calls[1][calls[1].index("--out") + 1]
    assert calls[2] == ["verify", "--archive", archive]
    assert Path(archive).parent == tmp_path / "backups"
    assert calls[3] == [
        "run", "--data", "incoming", "--workspace", str(tmp_path / "ws"), "--area", "320600", "--delivery", "full",
    ]  # fmt: skip


def test_the_first_run_has_nothing_to_save(tmp_path: Path) -> None:
    code, calls = run(tmp_path)
    assert code == 0
    assert [call[0] for call in calls] == ["doctor", "run", "audit"]


@pytest.mark.parametrize(("failing", "last"), [("doctor", "doctor"), ("verify", "verify"), ("run", "run")])
def test_what_fails_ends_the_run_with_its_code(failing: str, last: str, tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    code, calls = run(tmp_path, failing)
    assert code == 3
    assert calls[-1][0] == last


@pytest.mark.parametrize("separator", [" ", "="])
def test_other_options_reach_the_run_and_those_of_reading_the_doctor(separator: str, tmp_path: Path) -> None:
    pairs = (
        ("--profile", "illustrative"), ("--preset", "nhsa"), ("--accept-missing", "*"),
        ("--policy-dir", "/etc/fundwatch/policy"), ("--preset-option", "a=b"), ("--mapping", "m.toml"),
    )  # fmt: skip
    words = [separator.join(pair) for pair in pairs]
    code, calls = run(tmp_path, options=" ".join(words))
    assert code == 0
    doctor, monthly, _ = calls
    assert doctor == ["doctor", "--data", "incoming", *" ".join([words[1], *words[3:]]).split()]
    assert monthly[-len(" ".join(words).split()) :] == " ".join(words).split()
    assert monthly[: len(monthly) - len(" ".join(words).split())][-2:] == ["--delivery", "full"]


def test_the_doctor_and_the_run_know_the_options_of_reading() -> None:
    group: Any = get_command(app)
    text = SCRIPT.read_text(encoding="utf-8")
    reading = set(re.findall(r"(--[a-z-]+)=\*", text))
    known = {
        verb: {option for parameter in group.commands[verb].params for option in parameter.opts}
        for verb in ("doctor", "run")
    }
    assert reading == (known["doctor"] & known["run"]) - {"--data", "--area", "--language", "--help"}
