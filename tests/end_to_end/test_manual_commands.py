"""The commands of the manual that are not those of the page on operating run, in their order."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.manual.reading import manual
from detection.cli import app


def test_commands_of_the_manual_run(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(finished, "ws")
    commands = [
        line
        for task in manual("supervisor", "zh").tasks
        for piece in task.pieces
        for line in piece.commands.splitlines()
    ]
    assert len(commands) == 2
    for line in commands:
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, done.output
    assert Path("2024-Q1.docx").stat().st_size > 10_000
