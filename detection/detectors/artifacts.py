"""Tables that detectors write for screens, next to their hits."""

from __future__ import annotations

from pathlib import Path

from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext


def artifact_folder(run_folder: Path, detector: str) -> Path:
    """The folder of one detector's artifacts in a run's folder; it may not exist."""
    return run_folder / "artifacts" / detector


def write_artifacts(detector: Detector, context: DetectorContext, run_folder: Path) -> None:
    """Write ``artifacts/<detector>/<name>.parquet`` for each artifact that the detector declares."""
    if detector.artifacts is None:
        return
    folder = artifact_folder(run_folder, detector.name)
    folder.mkdir(parents=True)
    for name, table in detector.artifacts(context, detector.card.detector_thresholds).items():
        context.whole.in_text(table, *table.columns).write_parquet(folder / f"{name}.parquet")
