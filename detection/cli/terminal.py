"""Progress bars, the clock and the user: only the command line reads them."""

from __future__ import annotations

import datetime as dt
import getpass
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from features.progress import Progress


def now() -> str:
    """Local time to the second, as ISO text."""
    return dt.datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds")


def actor() -> str:
    """The user of this terminal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def print_what_can_be_printed() -> None:
    """Replace, on stdout and stderr, what the terminal's encoding lacks: a GBK or ASCII one has no ¥ sign."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Progress bars on stderr, one per step; plain and quiet where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    from detection.cli.language.choice import in_terminal_language

    bars = Bars(
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    steps: dict[str, TaskID] = {}
    with bars:

        def step(name: str, done: int, total: int) -> None:
            if name not in steps:
                for earlier in steps.values():
                    bars.stop_task(earlier)
                steps[name] = bars.add_task(in_terminal_language(name), total=total or None)
            bars.update(steps[name], completed=done, total=total or None)

        yield step
