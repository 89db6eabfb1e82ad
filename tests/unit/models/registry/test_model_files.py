"""Model files: what is read back is what was written, and files of an earlier form are still read."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import skops.io
from sklearn.ensemble import IsolationForest
from support.populations import FEATURES, random_population

from features.sealing import digest
from models.anomaly import Anomaly
from models.content import content_digest
from models.forest import Forest
from models.peers import peer_paths
from models.registry.model_files import NAME, read_model, write_model
from models.settings import model_settings

HIERARCHY = model_settings().hierarchy["provider"]
POPULATION = random_population(80, seed=4)
PATHS = peer_paths(POPULATION.attributes, HIERARCHY)
SEED = 5


@cache
def _model() -> Anomaly:
    fresh = Anomaly("provider", [f.name for f in FEATURES], [f.direction for f in FEATURES], HIERARCHY)
    return fresh.fit(POPULATION.values, PATHS, SEED)


def _grown() -> IsolationForest:
    """The forest of the model as scikit-learn keeps it."""
    seen = _model().deviations(POPULATION.values, PATHS)
    trees = model_settings().values.trees
    forest = IsolationForest(n_estimators=trees, max_samples=len(seen.clipped), random_state=SEED)
    return forest.fit(seen.clipped[seen.canonical_order])


def _scores(model: Anomaly) -> list[float]:
    return [float(score) for score in model.score(model.deviations(POPULATION.values, PATHS))]


def test_a_model_read_back_has_the_same_content_and_scores(tmp_path: Path) -> None:
    kept = read_model(tmp_path, NAME, write_model(_model(), tmp_path / NAME))
    assert kept.content == content_digest(_model()) == content_digest(kept.model)
    assert _scores(kept.model) == _scores(_model())


def test_a_model_is_written_as_the_same_bytes_again(tmp_path: Path) -> None:
    first = write_model(_model(), tmp_path / NAME)
    assert write_model(read_model(tmp_path, NAME, first).model, tmp_path / "again.npz") == first


def test_the_trees_score_as_scikit_learn_does() -> None:
    seen = _model().deviations(POPULATION.values, PATHS)
    expected = -_grown().score_samples(seen.clipped)
    assert len(set(expected.tolist())) > 10
    assert _model().forest.score(seen).tolist() == expected.tolist()


@pytest.mark.parametrize("rows", [1, 2, 3, 600])
def test_a_forest_scores_as_that_of_scikit_learn(rows: int) -> None:
    """Also where a tree sees a part of the entities, or has nothing to cut."""
    large = random_population(rows, seed=6)
    seen = _model().deviations(large.values, peer_paths(large.attributes, HIERARCHY))
    settings = model_settings().values
    sample = min(rows, settings.tree_sample)
    grown = IsolationForest(n_estimators=settings.trees, max_samples=sample, random_state=SEED)
    grown.fit(seen.clipped[seen.canonical_order])
    assert Forest().fit(seen, SEED).score(seen).tolist() == (-grown.score_samples(seen.clipped)).tolist()


def test_a_file_of_the_earlier_form_is_read_with_the_content_that_was_recorded(tmp_path: Path) -> None:
    earlier = Anomaly("provider", [f.name for f in FEATURES], [f.direction for f in FEATURES], HIERARCHY)
    vars(earlier).update(vars(_model()))
    earlier.forest = Forest()
    vars(earlier.forest)["forest"] = _grown()
    skops.io.dump(earlier, tmp_path / "model.skops")
    kept = read_model(tmp_path, "model.skops", digest(tmp_path / "model.skops"))
    assert kept.content == content_digest(earlier) != content_digest(_model())
    assert _scores(kept.model) == _scores(_model())
    assert np.array_equal(kept.model.forest.cut, _model().forest.cut)
