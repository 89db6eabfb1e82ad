"""``fundwatch`` as a user starts it, within this process: its output, and the exit code with which it ended."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from detection.cli import main
from detection.cli.unforeseen.errors import TRACEBACKS


@dataclass(frozen=True)
class Ended:
    """How a command ended.

    Attributes:
        code: its exit code.
        out, err: what it wrote.
    """

    code: int
    out: str
    err: str


def fundwatch(
    *words: str | Path, answer: str = "", locale: str = "C.UTF-8", tracebacks: bool = True
) -> Ended:
    """Run a command; an exception that no user should see goes through to the test.

    Args:
        words: what comes after ``fundwatch``.
        answer: what the user types.
        locale: of the terminal.
        tracebacks: let such an exception through; otherwise it is printed as a user sees it.
    """
    out, err, code = io.StringIO(), io.StringIO(), 0
    typed = mock.patch.multiple(sys, argv=["fundwatch", *map(str, words)], stdin=io.StringIO(answer))
    terminal = mock.patch.dict(os.environ, {"LC_ALL": locale, **({TRACEBACKS: "1"} if tracebacks else {})})
    with typed, terminal, redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return Ended(code, out.getvalue(), err.getvalue())
