"""Terminals whose encoding lacks characters of the output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


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
