"""An evaluation as pictures: how well evidence is calibrated, and how precise the first places of each ranking are."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import chi2

from detection.evaluation.rankings import RankingOutcome
from detection.evaluation.report import Report

_SIZE = (6.4, 4.2)
_DOTS = 120
_LEAST = 0.01
"""Counts of none are drawn here: a logarithm has no zero."""
_TAIL = 0.025


def pictures(evaluation: Report, nulls: Collection[str]) -> dict[str, bytes]:
    """Pictures as PNG by file name, the same bytes for the same figures.

    Args:
        evaluation: of one run.
        nulls: names of the detectors whose evidence rests on a null; others state no chance.

    Returns:
        ``calibration.png``, and ``precision.png`` where there is a ranking.
    """
    files = {"calibration.png": _calibration(evaluation.calibration, nulls)}
    if evaluation.rankings:
        files["precision.png"] = _precision(evaluation.rankings)
    return files


def exceedances(calibration: pl.DataFrame, nulls: Collection[str]) -> pl.DataFrame:
    """Innocent subjects at or above each level, over all nulls.

    Args:
        calibration: from `detection.evaluation.calibration.calibration`.
        nulls: names of the detectors that have one.

    Returns:
        level, innocent, low and high (95 % interval of its Poisson mean; F. Garwood, Biometrika 28, 1936), expected;
        sorted. A null without any evidence is in neither count.
    """
    counted = (
        calibration.filter(pl.col("detector").is_in(sorted(nulls)))
        .group_by("level")
        .agg(pl.col("innocent").sum(), pl.col("expected").sum())
        .sort("level")
    )
    n = counted["innocent"].to_numpy().astype(np.float64)
    low = np.where(n > 0, chi2.ppf(_TAIL, 2 * np.maximum(n, 1)) / 2, 0.0)
    high = chi2.ppf(1 - _TAIL, 2 * n + 2) / 2
    return counted.select("level", "innocent", pl.Series("low", low), pl.Series("high", high), "expected")


def _calibration(calibration: pl.DataFrame, nulls: Collection[str]) -> bytes:
    counted = exceedances(calibration, nulls)
    level, n, low, high, expected = (counted[name].to_numpy().astype(np.float64) for name in counted.columns)
    figure, axes = _new("Innocent subjects with at least so much evidence")
    shown = np.maximum(n, _LEAST)
    away = np.array([shown - np.minimum(np.maximum(low, _LEAST), shown), np.maximum(high, _LEAST) - shown])
    axes.errorbar(level, shown, away, fmt="o", color="#1f5fa8", capsize=3, label="counted, 95 % interval")
    axes.plot(level, expected, color="#777777", linestyle="--", label="expected under the nulls")
    axes.set_yscale("log")
    axes.set_xlabel("evidence")
    axes.set_ylabel("subjects, all nulls together")
    axes.legend()
    return _png(figure)


def _precision(rankings: Sequence[RankingOutcome]) -> bytes:
    figure, axes = _new("Suspects among the first places")
    for number, ranking in enumerate(rankings):
        places = np.array(sorted(ranking.precision), dtype=np.float64)
        shares = [ranking.precision[int(place)] for place in places]
        values = np.nan_to_num(np.array([share.value for share in shares]))
        bounds = np.array([share.interval() for share in shares]).T
        away = np.clip(np.array([values - bounds[0], bounds[1] - values]), 0.0, None)
        shifted = places * (1 + 0.04 * (number - 1))  # so that intervals do not cover each other
        label = f"{ranking.kind}, {ranking.suspects} suspects"
        axes.errorbar(shifted, values, away, fmt="o-", capsize=3, color=f"C{number}", label=label)
    axes.set_ylim(0.0, 1.05)
    axes.set_xlabel("first places by risk")
    axes.set_ylabel("share of suspects, 95 % interval")
    axes.legend()
    return _png(figure)


def _new(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=_SIZE, dpi=_DOTS, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title)
    axes.grid(visible=True, alpha=0.3)
    return figure, axes


def _png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()
