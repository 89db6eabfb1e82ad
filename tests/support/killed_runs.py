"""Runs in a process of their own that is killed at a moment, and what readers of the workspace see then."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil

from detection.cli import main

STORED = {
    "state": (),
    "run": ("finished_at",),
    "alert": (),
    "evidence": (),
    "assessability": (),
    "institution": (),
    "monthly_spend": (),
    "alert_event": ("at",),
}
"""Tables that readers see, with the columns that hold the clock's time."""

_POLL_SECONDS = 0.02
_PROCESSES = multiprocessing.get_context("forkserver")
# Libraries are loaded once, so that the moments fall into the run's own work.
_PROCESSES.set_forkserver_preload(
    ["detection.run.pipeline", "detection.cli.summaries", "mlflow", "mlflow.store.tracking.sqlalchemy_store",
     "sklearn.ensemble", "sklearn.neighbors", "scipy.stats"]
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What readers see: the current run, and a hash of everything in the store but the clock's times."""

    current_run: str
    digest: str


@dataclass(frozen=True)
class Ended:
    """How a run ended: whether it was killed, and the processor seconds that it had used."""

    killed: bool
    seconds: float


def seen_by_readers(workspace: Path) -> Seen:
    """What readers of a workspace see; the files that the store points at must be whole."""
    digest = hashlib.sha256()
    with sqlite3.connect(f"file:{workspace / 'store.sqlite'}?mode=ro", uri=True) as store:
        for table, clock in STORED.items():
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})") if row[1] not in clock]
            for row in sorted(map(repr, store.execute(f"SELECT {', '.join(columns)} FROM {table}"))):
                digest.update(row.encode())
        (current,) = store.execute("SELECT current_run_id FROM state").fetchone()
        for (run_id,) in store.execute("SELECT run_id FROM run"):
            assert (workspace / "runs" / run_id / "scores" / "person.parquet").exists()
    return Seen(current, digest.hexdigest())


def run_and_kill(
    data: Path, workspace: Path, as_of: str | None, *more: str, after: float | None = None
) -> Ended:
    """Start ``fundwatch run`` and kill it, unless it ends before.

    Args:
        data: folder of the city.
        workspace: where it is run.
        as_of: day of assessment; None for the last day of the data.
        more: further words of the command.
        after: processor seconds that the run may use; None lets it end.
    """
    day = () if as_of is None else ("--as-of", as_of)
    words = ("run", "--data", data, "--workspace", workspace, "--area", "320600", *day, *more)
    child = _PROCESSES.Process(target=_start, args=(tuple(map(str, words)),))
    child.start()
    used = _watch(child, after)
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL), f"the run ended with {child.exitcode}"
    return Ended(child.exitcode != 0, used)


def _watch(child: ForkServerProcess, after: float | None) -> float:
    """Wait until a process ends, or kill it; gives the processor seconds that it used."""
    used = 0.0
    try:
        process = psutil.Process(child.pid)
        while child.is_alive():
            times = process.cpu_times()
            used = max(used, times.user + times.system)
            if after is not None and used >= after:
                child.kill()
                break
            time.sleep(_POLL_SECONDS)
    except psutil.NoSuchProcess:
        pass
    return used


def _start(words: tuple[str, ...]) -> None:
    """What the process does; its output goes nowhere."""
    sys.argv = ["fundwatch", *words]
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        main()
