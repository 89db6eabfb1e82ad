"""The whole run on the small city kept in the repository gives the alerts that a reviewer has seen.

When a change is meant to move them, write the golden file again and look at the difference:
``python tests/end_to_end/test_small_city.py``
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from support.paths import GOLDEN, SMALL_CITY

from detection.run.pipeline import RunRequest, run

LIST = GOLDEN / "small_city.txt"


def found(workspace: Path) -> str:
    """Per detector: how far it could look, alerts and fen at issue."""
    asked = RunRequest(
        data=SMALL_CITY, workspace=workspace, area="320600", profile="illustrative", now="2024-07-01T09:00:00"
    )
    done = run(asked)
    lines = [
        f"{one.detector} · {one.status} · {one.alerts} alerts · {one.amount} fen" for one in done.detectors
    ]
    return "\n".join(lines) + "\n"


def test_the_alerts_of_the_small_city_are_those_seen_before(tmp_path: Path) -> None:
    assert found(tmp_path / "ws") == LIST.read_text(encoding="utf-8"), __doc__


def test_the_small_city_says_that_it_is_simulated_and_stays_small() -> None:
    assert (SMALL_CITY / "SIMULATED.json").exists()
    assert sum(file.stat().st_size for file in SMALL_CITY.rglob("*") if file.is_file()) <= 5_000_000


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        LIST.write_text(found(Path(folder) / "ws"), encoding="utf-8")
