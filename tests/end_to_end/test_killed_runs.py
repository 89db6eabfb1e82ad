"""A run that is killed leaves what readers see as it was, and the next run works."""

from __future__ import annotations

import hashlib
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data_samples.city import simulate

MOMENTS = 50
WATCHED = (
    "state",
    "run",
    "alert",
    "evidence",
    "assessability",
    "institution",
    "monthly_spend",
    "alert_event",
)


def command(data: Path, workspace: Path, as_of: str) -> list[str]:
    """A run as a user starts it."""
    return [
        sys.executable, "-m", "detection.cli", "run", "--data", str(data), "--workspace", str(workspace),
        "--area", "320600", "--as-of", as_of,
    ]  # fmt: skip


def seen_by_readers(workspace: Path) -> str:
    """Hash of everything in the store, but for the times of runs; and the files it points at are whole."""
    digest = hashlib.sha256()
    with sqlite3.connect(f"file:{workspace / 'store.sqlite'}?mode=ro", uri=True) as store:
        for table in WATCHED:
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
            rows = store.execute(f"SELECT {', '.join(c for c in columns if c != 'finished_at')} FROM {table}")
            for row in sorted(map(repr, rows)):
                digest.update(row.encode())
        (current,) = store.execute("SELECT current_run_id FROM state").fetchone()
        for (run_id,) in store.execute("SELECT run_id FROM run"):
            assert (workspace / "runs" / run_id / "scores" / "person.parquet").exists()
    return f"{current} {digest.hexdigest()}"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "city"
    simulate(folder, persons=1000, months=6, seed=102, area="320600")
    return folder


def test_killed_at_any_of_fifty_moments(city: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "ws"
    subprocess.run(command(city, workspace, "2024-05-01"), check=True, capture_output=True)
    started = time.monotonic()
    subprocess.run(command(city, workspace, "2024-05-02"), check=True, capture_output=True)
    takes = time.monotonic() - started
    draw = random.Random(20240630)
    killed = finished = 0
    for moment in range(MOMENTS):
        before = seen_by_readers(workspace)
        day = f"2024-06-{moment % 28 + 1:02d}"
        # Half of the moments fall into the last third, where the run's files and the store are written.
        share = draw.uniform(0, 1) if moment % 2 else draw.uniform(0.66, 1)
        child = subprocess.Popen(
            command(city, workspace, day), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(timeout=share * takes)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
        after = seen_by_readers(workspace)
        if after == before:
            killed += 1
        else:  # the run had ended, or had committed: then readers see all of it
            finished += 1
            assert after.split()[0] != before.split()[0]
    assert killed >= MOMENTS // 2, f"only {killed} of {MOMENTS} runs were killed before they ended"
    again = subprocess.run(
        command(city, workspace, "2024-06-30"), capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert not list((workspace / "tmp").iterdir())
    fresh = tmp_path / "fresh"
    subprocess.run(command(city, fresh, "2024-06-30"), check=True, capture_output=True)
    for part in ("features/person.parquet", "features/provider.parquet", "features/payer_account.parquet"):
        (theirs,) = fresh.glob(f"runs/*/{part}")
        mine = workspace / theirs.relative_to(fresh)
        assert mine.read_bytes() == theirs.read_bytes()
