"""An evaluation as tables: for a terminal, and as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from detection.detectors.catalogue import catalogue
from detection.evaluation.calibration import LEVELS
from detection.evaluation.pictures import pictures
from detection.evaluation.proportion import Proportion
from detection.evaluation.report import Report
from features.files import write_text
from features.message import Message
from features.workspace.owned import refuse_owned


def tables(evaluation: Report) -> dict[str, pl.DataFrame]:
    """``detectors``, ``instances``, ``rankings`` and ``calibration``."""
    return {
        "detectors": pl.DataFrame(
            [{"detector": name} | _columns("right", share) for name, share in evaluation.by_detector.items()]
        ),
        "instances": pl.DataFrame(
            [
                {"typology": each.typology, "strength": each.strength}
                | _columns("detected", each.instances)
                | {"on_lists_only": each.listed, "yuan_detected": each.fen / 100, "yuan": each.of_fen / 100}
                for each in evaluation.recalls
            ]
        ),
        "rankings": pl.DataFrame(
            [
                {
                    "kind": each.kind,
                    "ranked": each.ranked,
                    "suspects": each.suspects,
                    "average_precision": _rounded(each.average_precision),
                    "by_spend": _rounded(each.by_spend),
                    **{f"first_{place}": _rounded(share.value) for place, share in each.precision.items()},
                    **{
                        f"low_{place}": _rounded(share.interval()[0])
                        for place, share in each.precision.items()
                    },
                }
                for each in evaluation.rankings
            ]
        ),
        "calibration": evaluation.calibration.filter(pl.col("level").is_in(LEVELS)),
    }


def summary(evaluation: Report) -> dict[str, str]:
    """The three figures that a reader asks for first."""
    return {
        Message("alerts right"): str(evaluation.right),
        Message("instances found"): str(evaluation.recall),
        Message("look-alikes raised"): str(evaluation.twins),
    }


def with_nulls() -> frozenset[str]:
    """Names of the detectors whose evidence rests on a null."""
    return frozenset(
        name
        for name, detector in catalogue().items()
        if detector.card.strength == "evidence" and detector.hits is not None
    )


def write_tables(evaluation: Report, folder: Path) -> None:
    """Write every table as CSV, the pictures as PNG, and the summary with the metrics as JSON, to a folder.

    Raises:
        UsageError: the folder is a workspace's.
    """
    refuse_owned(folder / "summary.json")
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(evaluation).items():
        write_text(folder / f"{name}.csv", table.write_csv())
    for name, picture in pictures(evaluation, with_nulls()).items():
        (folder / name).write_bytes(picture)
    content: Mapping[str, object] = {"summary": summary(evaluation), "metrics": evaluation.metrics()}
    write_text(folder / "summary.json", json.dumps(content, indent=1, ensure_ascii=False))


def _columns(name: str, share: Proportion) -> dict[str, object]:
    low, high = share.interval()
    value = _rounded(share.value)
    return {name: share.hits, "of": share.of, "share": value, "low": round(low, 3), "high": round(high, 3)}


def _rounded(value: float) -> float | None:
    return round(value, 4) if value == value else None
