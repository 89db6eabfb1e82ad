"""Terminals whose encoding lacks characters of the output."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_is_printed_in_any_encoding(finished: Path, encoding: str, language: str) -> None:
    words = ("alerts", "--workspace", finished, "--limit", "3", "--language", language)
    ended = subprocess.run(
        (sys.executable, "-m", "detection.cli", *map(str, words)),
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    shown = ended.stdout.decode(encoding)
    assert len(shown.splitlines()) > 3
    assert "Traceback" not in ended.stderr.decode(errors="replace")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("run --help", 0),
        ("--lang zh --help", 0),
        ("run", 2),
        ("alerts --workspace nowhere --severity ¥", 2),
        ("alerts --workspace nowhere", 6),
        ("run --data nowhere --workspace ws --area 320600 --lang zh", 3),
    ],
)
def test_help_and_errors_are_printed_in_any_encoding(
    words: str, code: int, encoding: str, tmp_path: Path
) -> None:
    ended = subprocess.run(
        (sys.executable, "-m", "detection.cli", *words.split()),
        env=os.environ
        | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    shown = (ended.stdout + ended.stderr).decode(encoding)
    assert ended.returncode == code, shown
    assert "Traceback" not in shown
    assert len(shown.splitlines()) > 1
    in_chinese = re.search(r"[\u4e00-\u9fff]", shown) is not None
    assert in_chinese == (encoding == "gbk")
    if not in_chinese and "zh" not in words:
        assert re.search(r"Usage|next:", shown)
