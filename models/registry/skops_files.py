"""Model files of an earlier form, written by skops; they are read with a fixed list of reviewed types.

The list does not come with the file. Their forest is a scikit-learn object, in `Forest.forest`.
"""

from __future__ import annotations

from pathlib import Path

from models.anomaly import Anomaly

TRUSTED = (
    "models.anomaly.Anomaly",
    "models.forest.Forest",
    "models.neighbours.Neighbours",
    "models.peers.Peers",
    "models.tails.Tails",
    "sklearn.tree._tree.Tree",
)
"""Types that a model file may hold beyond those that skops itself trusts. Reviewed by hand; each holds data only."""


def read_skops(path: Path) -> Anomaly:
    """The model in a file that skops wrote."""
    import skops.io  # slow to import

    model: Anomaly = skops.io.load(path, trusted=list(TRUSTED))
    return model
