"""Progress bars, the clock, the user and the environment: only the command line reads them."""

from __future__ import annotations

import datetime as dt
import getpass
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from features.progress import Progress
from features.workspace.place import Place, database_of

if TYPE_CHECKING:
    from detection.accounts.rights import Actor


def now() -> str:
    """Local time to the second, as ISO text."""
    return dt.datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds")


def actor() -> str:
    """The user of this terminal, as the system knows the process: the environment can name anybody."""
    if os.name != "posix":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


def terminal_actor() -> Actor:
    """The user of this terminal as who acts: what the workspace's files let them read, they may do."""
    from detection.accounts.rights import Actor, Role

    return Actor(actor(), Role.terminal)


def place(workspace: Path) -> Place:
    """Where a workspace is: its folder, and the database of its alerts that the environment names.

    Raises:
        UsageError: the environment does not hold the address of a database.
    """
    return Place(workspace, database_of(os.environ))


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
