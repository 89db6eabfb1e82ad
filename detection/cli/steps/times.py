"""What the steps of a run took: in this workspace, or on the machine that the product was measured on.

``step_times.json`` of a workspace has the seconds of each step of its last run; nothing but the progress reads it.
"""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from pathlib import Path

from detection.cli.steps.estimate import Estimate, Times
from features.files import write_text

FILE = "step_times.json"
_MEASURED = Path(__file__).with_suffix(".toml")


def estimate_for(workspace: Path) -> Estimate:
    """The estimate of the next run in a workspace, which may not exist yet."""
    measured = _measured()
    own = _of_last_run(workspace / FILE)
    if own is None:
        return Estimate(measured, own=False)
    return Estimate({step: own.get(step, [0.0]) for step in measured}, own=True)


def keep_times(workspace: Path, estimate: Estimate) -> None:
    """Write what the steps took into the workspace; a file that cannot be written stops nothing."""
    rounded = {step: [round(part, 3) for part in parts] for step, parts in estimate.times().items()}
    with suppress(OSError):
        write_text(workspace / FILE, json.dumps(rounded))


def _of_last_run(file: Path) -> Times | None:
    """The times of a file; None where there is none, or it is damaged."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        times = {str(step): [float(part) for part in parts] for step, parts in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return times if sum(map(sum, times.values())) > 0 else None


def _measured() -> Times:
    """The steps of a run in their order, as measured once."""
    content = tomllib.loads(_MEASURED.read_text(encoding="utf-8"))
    return {step: [float(seconds)] for step, seconds in content["seconds"].items()}
