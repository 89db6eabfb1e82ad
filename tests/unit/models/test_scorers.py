"""One contract for all scorers: fit, higher is more anomalous, alone as among others, no id and no order matters."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.populations import FEATURES, random_population

from models.anomaly import Anomaly
from models.deviations import Deviations
from models.forest import Forest
from models.frozen import Numbers
from models.neighbours import Neighbours
from models.peers import peer_paths
from models.registry.model_files import NAME, write_model
from models.settings import model_settings
from models.tails import Tails

pytestmark = pytest.mark.slow

HIERARCHY = model_settings().hierarchy["provider"]
POPULATION = random_population(600, anomalous=3)
PATHS = peer_paths(POPULATION.attributes, HIERARCHY)
SEED = 11


class Ensemble:
    """The whole model with the interface of a scorer."""

    def __init__(self) -> None:
        self.model = _fresh()

    def fit(self, seen: Deviations, seed: int) -> "Ensemble":
        self.model.learn(seen, seed)
        return self

    def score(self, seen: Deviations) -> Numbers:
        return self.model.score(seen)


def _fresh() -> Anomaly:
    return Anomaly("provider", [f.name for f in FEATURES], [f.direction for f in FEATURES], HIERARCHY)


@cache
def model() -> Anomaly:
    """The model of the population, fitted once."""
    return _fresh().fit(POPULATION.values, PATHS, SEED)


@cache
def seen() -> Deviations:
    """The population as scorers see it."""
    return model().deviations(POPULATION.values, PATHS)


Scorer = type[Forest] | type[Neighbours] | type[Tails] | type[Ensemble]
scorers = pytest.mark.parametrize("scorer", [Forest, Neighbours, Tails, Ensemble])


def _rows(seen: Deviations, rows: Any) -> Deviations:
    return Deviations(seen.clipped[rows], seen.share[rows])


@scorers
def test_planted_anomalies_score_highest(scorer: Scorer) -> None:
    scores = scorer().fit(seen(), SEED).score(seen())
    assert scores[:3].min() > np.quantile(scores[3:], 0.98)


@scorers
def test_farther_from_the_peers_is_never_less_anomalous(scorer: Scorer) -> None:
    fitted = scorer().fit(seen(), SEED)
    steps = np.linspace(0, 12, 7)[:, None] * np.ones(len(FEATURES))
    scores = fitted.score(Deviations(steps, np.exp(-steps)))
    assert (np.diff(scores) >= 0).all()
    assert scores[-1] > scores[0]


@scorers
def test_the_score_is_the_same_alone_and_among_others(scorer: Scorer) -> None:
    fitted = scorer().fit(seen(), SEED)
    together = fitted.score(seen())
    alone = [fitted.score(_rows(seen(), [row]))[0] for row in range(0, 600, 40)]
    assert alone == together[::40].tolist()


@scorers
def test_the_order_of_the_rows_changes_nothing(scorer: Scorer) -> None:
    order = np.random.default_rng(1).permutation(600)
    straight = scorer().fit(seen(), SEED).score(seen())
    shuffled = scorer().fit(_rows(seen(), order), SEED).score(_rows(seen(), order))
    assert shuffled.tolist() == straight[order].tolist()


def test_the_peers_too_are_the_same_in_any_order() -> None:
    order = np.random.default_rng(2).permutation(600)
    again = _fresh().fit(POPULATION.values[order], PATHS[order], SEED)
    assert again.peers.groups == model().peers.groups
    for learnt in ("centre", "scale", "size", "grid"):
        assert getattr(again.peers, learnt).tobytes() == getattr(model().peers, learnt).tobytes()


def test_a_score_lies_between_0_and_1_even_beyond_everything_seen() -> None:
    huge = POPULATION.values[:50] * 1e9
    scores = model().score(model().deviations(huge, PATHS[:50]))
    assert scores.max() <= 1
    assert model().score(seen()).min() >= 0


def test_the_same_seed_makes_the_same_model_and_another_seed_another() -> None:
    again = _fresh().fit(POPULATION.values, PATHS, SEED)
    other = _fresh().fit(POPULATION.values, PATHS, SEED + 1)
    assert again.score(seen()).tolist() == model().score(seen()).tolist()
    assert other.score(seen()).tolist() != model().score(seen()).tolist()


def test_a_saved_model_holds_aggregates_only(tmp_path: Path) -> None:
    """No id, and no array with as many rows as the entities it was fitted on."""
    write_model(model(), tmp_path / NAME)
    with np.load(tmp_path / NAME, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    assert "v0001" not in str(arrays["values"])
    sizes = [length for array in arrays.values() for length in array.shape]
    assert len(sizes) > 20
    assert not [length for length in sizes if length >= 600]


def test_no_crowd_is_smaller_than_five() -> None:
    far = seen().clipped.copy()
    far[:4] = 500.0  # four outliers, close to one another
    fitted = Neighbours().fit(Deviations(far, seen().share), SEED)
    assert fitted.centroids.max() < 500 / 2
