"""Isolation forest on suspicious deviations: anomalous is what few random cuts isolate (Liu et al. 2008)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.deviations import Deviations
from models.frozen import Numbers
from models.settings import model_settings

_NOWHERE = -1
_SEEDS = np.iinfo(np.int32).max


class Forest:
    """scikit-learn's IsolationForest, kept as plain arrays; higher is more anomalous.

    It stores cuts, not entities.

    Attributes (learnt; T trees, N nodes of the largest tree, F features):
        left, right: (T, N) the next node, where a row is at most the cut and where it is above; -1 at an end.
        feature: (T, N) which feature is compared; cut: (T, N) with what.
        length: (T, N) cuts to a node, and how many more the rows that ended there would need on average.
        usual_length: cuts that a row needs on average.
        features: F.
    """

    def fit(self, deviations: Deviations, seed: int) -> Forest:
        """Grow the trees on entities in their canonical order."""
        rows = np.ascontiguousarray(deviations.clipped[deviations.canonical_order], dtype=np.float32)
        settings = model_settings().values
        sample = min(settings.tree_sample, len(rows))
        return self.keep(_grown(rows, settings.trees, sample, seed), sample)

    def keep(self, trees: Sequence[Any], sample: int) -> Forest:
        """Take over trees of scikit-learn that were grown on samples of some size."""
        lengths = [tree.compute_node_depths() + _average_length(tree.n_node_samples) - 1.0 for tree in trees]
        self.left = _side_by_side([tree.children_left for tree in trees], np.int32)
        self.right = _side_by_side([tree.children_right for tree in trees], np.int32)
        self.feature = _side_by_side([tree.feature for tree in trees], np.int32)
        self.cut = _side_by_side([tree.threshold for tree in trees], np.float64)
        self.length = _side_by_side(lengths, np.float64)
        self.usual_length = float(_average_length(np.array([sample]))[0])
        self.features = int(trees[0].n_features)
        return self

    def score(self, deviations: Deviations) -> Numbers:
        """(n,) anomaly score in 0–1."""
        rows = np.ascontiguousarray(deviations.clipped, dtype=np.float32)  # as scikit-learn compares them
        total: Numbers = np.zeros(len(rows))
        for tree, length in zip(self._trees(), self.length, strict=True):  # in a fixed order: the same sum
            total += length[tree.apply(rows)]
        usual = len(self.length) * self.usual_length
        return np.asarray(2 ** -(total / usual if usual else np.ones_like(total)), dtype=np.float64)

    def _trees(self) -> list[Any]:
        """The trees as scikit-learn walks through them, which is quick."""
        from sklearn.tree._tree import Tree

        one_output = np.ones(1, dtype=np.intp)
        empty = Tree(self.features, one_output, 1).__getstate__()["nodes"]
        nodes = np.zeros(self.left.shape, dtype=empty.dtype)
        nodes["left_child"], nodes["right_child"] = self.left, self.right
        nodes["feature"], nodes["threshold"] = self.feature, self.cut
        values = np.zeros((self.left.shape[1], 1, 1))
        trees = []
        for own in nodes:
            tree = Tree(self.features, one_output, 1)
            tree.__setstate__({"max_depth": 0, "node_count": len(own), "nodes": own, "values": values})
            trees.append(tree)
        return trees


def _grown(rows: NDArray[np.float32], trees: int, sample: int, seed: int) -> list[Any]:
    """The trees of scikit-learn's IsolationForest, by the same draws, without its work around each tree."""
    from sklearn import config_context  # slow to import
    from sklearn.tree import ExtraTreeRegressor
    from sklearn.utils.random import sample_without_replacement

    draws = np.random.RandomState(seed)
    target = np.random.RandomState(seed).uniform(size=len(rows))
    depth = int(np.ceil(np.log2(max(sample, 2))))
    grown = []
    with config_context(assume_finite=True, skip_parameter_validation=True):
        for own in draws.randint(_SEEDS, size=trees):
            tree = ExtraTreeRegressor(
                max_features=1, splitter="random", max_depth=depth, random_state=_first_seed(own)
            )
            columns_then_rows = np.random.RandomState(own)
            sample_without_replacement(rows.shape[1], rows.shape[1], random_state=columns_then_rows)
            sampled = np.sort(sample_without_replacement(len(rows), sample, random_state=columns_then_rows))
            grown.append(tree.fit(rows[sampled], target[sampled], check_input=False).tree_)
    return grown


def _first_seed(seed: int) -> int:
    return int(np.random.RandomState(seed).randint(_SEEDS))


def _average_length(rows: NDArray[np.int64]) -> Numbers:
    """Cuts that isolate one of some rows, on average: equation 1 of Liu et al. 2008."""
    many = np.maximum(rows, 3)
    length = 2.0 * (np.log(many - 1.0) + np.euler_gamma) - 2.0 * (many - 1.0) / many
    return np.where(rows > 2, length, np.where(rows == 2, 1.0, 0.0))


def _side_by_side(trees: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """(T, N) values of the nodes of each tree; beyond the last node of a tree, what no row reaches."""
    table = np.full((len(trees), max(map(len, trees))), _NOWHERE, dtype=kind)
    for row, nodes in zip(table, trees, strict=True):
        row[: len(nodes)] = nodes
    return table
