"""The plain ensemble against IsolationForest(300) alone on ADBench's classical sets.

Not run by the tests: ``python tests/bench/adbench.py [FOLDER] [--rows N] [--sets N]``. Each set is fitted and
scored as a whole (no split, no peers, both sides suspicious): the figures compare the two methods with each other, and
not with published results. The interval is a paired bootstrap over the data sets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from models.anomaly import Anomaly
from models.deviations import Deviations
from models.forest import Forest
from models.frozen import freeze, share_above, tail_levels

Numbers = NDArray[np.float64]
FOLDER = Path("../shared/data/adbench")


def main() -> None:
    """Print a line per set and the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--rows", type=int, default=4000, help="rows of a set at most, drawn at random")
    parser.add_argument("--sets", type=int, default=0, help="the smallest so many sets; all when 0")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("*.npz"), key=lambda path: (path.stat().st_size, path.name))
    if not paths:
        print(f"left out: no data sets under {given.folder}")
        return
    figures = []
    for path in paths[: given.sets or None]:
        figures.append(compared(*read(path, given.rows, given.seed), given.seed))
        shown = " ".join(f"{figure:.3f}" for figure in figures[-1])
        print(f"{path.stem:24s} AUROC, AP ensemble / forest alone: {shown}", flush=True)
    summary(np.array(figures), given.seed)


def read(path: Path, rows: int, seed: int) -> tuple[Numbers, NDArray[np.int64]]:
    """Values and labels of a set, of ``rows`` rows at most."""
    with np.load(path) as scores:
        values, labels = scores["X"].astype(np.float64), scores["y"].astype(np.int64).ravel()
    sampled = np.random.default_rng(seed).permutation(len(values))[:rows]
    if labels[sampled].sum() < 10:  # very rare anomalies: keep ten, or all there are
        rare = np.flatnonzero(labels)[:10]
        sampled = np.union1d(sampled[len(rare) :], rare)
    return values[sampled], labels[sampled]


def deviations(values: Numbers) -> Deviations:
    """Standardized values, and the share of the set that is as far from its median, per column."""
    away = StandardScaler().fit_transform(values)
    levels = tail_levels(len(away))
    shares = np.ones_like(away)
    for column in range(away.shape[1]):
        distance = np.abs(away[:, column] - np.median(away[:, column]))
        grid = freeze(np.sort(distance), levels)
        shares[:, column] = share_above(distance, grid, levels, len(away))
    return Deviations(away, shares)


def compared(values: Numbers, labels: NDArray[np.int64], seed: int) -> list[float]:
    """AUROC and average precision of the ensemble, then of the forest alone."""
    seen = deviations(values)
    model = Anomaly("adbench", [], [], [])
    model.learn(seen, seed)
    scores = [model.score(seen), Forest().fit(seen, seed).score(seen)]
    return [
        float(measure(labels, score))
        for score in scores
        for measure in (roc_auc_score, average_precision_score)
    ]


def summary(figures: Numbers, seed: int) -> None:
    """Means over the sets, and the paired difference with its bootstrap interval."""
    rng = np.random.default_rng(seed)
    sampled = rng.integers(0, len(figures), (10_000, len(figures)))
    print(f"\n{len(figures)} sets, seed {seed}")
    for at, name in enumerate(("AUROC", "AP")):
        gain = figures[:, at] - figures[:, at + 2]
        low, high = np.quantile(gain[sampled].mean(axis=1), [0.025, 0.975])
        ours, alone = figures[:, at].mean(), figures[:, at + 2].mean()
        print(f"{name:6s} ensemble {ours:.3f}  forest alone {alone:.3f}", end="  ")
        print(f"difference {gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]")


if __name__ == "__main__":
    main()
