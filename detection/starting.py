"""Starting a program of this project as a process that runs our code alone, whatever lies in the current folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
"""Folder of our packages, in a checkout or where they are installed."""

# Isolated Python knows neither the current folder nor PYTHONPATH: our own folder is named.
_START = (
    "import runpy, sys; root, module = sys.argv.pop(1), sys.argv.pop(1); "
    "sys.path[:0] = [] if root in sys.path else [root]; "
    "runpy.run_module(module, run_name='__main__', alter_sys=True)"
)


def isolated(module: str, arguments: Sequence[str]) -> list[str]:
    """The command that runs a module of this project in isolated Python.

    Args:
        module: its name, for instance ``dashboard.server``.
        arguments: what it is given; paths are absolute, see `become`.
    """
    return [sys.executable, "-I", "-c", _START, str(_ROOT), module, *arguments]


def become(module: str, arguments: Sequence[str]) -> int:
    """Run a module in place of this process, in the folder of its own package; where that is possible, no return.

    A process that is replaced leaves no child behind when it is stopped.

    Returns:
        The exit code of the module, on Windows.
    """
    command, folder = isolated(module, arguments), _ROOT / module.partition(".")[0]
    if os.name == "posix":
        sys.stdout.flush()
        os.chdir(folder)
        os.execv(command[0], command)
    return subprocess.run(command, cwd=folder, check=False).returncode
