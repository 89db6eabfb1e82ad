"""Counts against all the others: chance raises nothing, and what is looked for neither hides nor explains itself."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.others import Others, Prior, median_of_others
from models.evidence.unit import ALERT

PRIOR = Prior(0.02)
POPULATIONS, ENTITIES = 40, 2000


def population(seed: int, shape: float) -> tuple[np.ndarray, np.ndarray]:
    """Counts and exposures of entities whose rates differ like a gamma distribution."""
    random = np.random.default_rng(seed)
    exposure = random.integers(1, 60, ENTITIES)
    return random.poisson(0.02 * exposure * random.gamma(shape, 1 / shape, ENTITIES)), exposure


def others(counts: np.ndarray, exposure: np.ndarray) -> Others:
    return Others.of(counts, exposure, np.ones(len(counts)), PRIOR)


@pytest.mark.parametrize("shape", [0.5, 2.0, 20.0])
def test_chance_alone_hardly_ever_raises_an_alert(shape: float) -> None:
    """Forty populations, of which one in a hundred may have an alert by chance, however uneven the peers."""
    alerts = 0
    for seed in range(POPULATIONS):
        counts, exposure = population(seed, shape)
        alerts += int((others(counts, exposure).evidence(counts, exposure) >= ALERT).any())
    assert alerts <= 2


def test_entities_with_far_more_do_not_hide_each_other() -> None:
    counts, exposure = population(1, 5.0)
    counts[:40], exposure[:40] = 9, 12
    peers = others(counts, exposure)
    assert peers.shape == PRIOR.most_even
    assert (peers.evidence(counts, exposure)[:40] >= ALERT).all()


def test_an_entity_alone_is_compared_with_the_prior() -> None:
    alone = others(np.array([4]), np.array([4]))
    assert alone.expected([4], [4]) == pytest.approx(4 * PRIOR.rate)
    assert alone.evidence([4], [4])[0] >= ALERT


def test_a_histogram_counts_like_its_entities() -> None:
    counts, exposure = population(2, 2.0)
    pairs, times = np.unique(np.stack([counts, exposure]), axis=1, return_counts=True)
    assert (times > 1).any()
    of_histogram, of_entities = Others.of(pairs[0], pairs[1], times, PRIOR), others(counts, exposure)
    assert of_histogram.shape == pytest.approx(of_entities.shape)
    assert of_histogram.entities == ENTITIES
    assert of_histogram.seen == counts.sum()


@pytest.mark.parametrize("count", [2, 3, 8, 9])
def test_the_median_of_the_others_leaves_the_own_value_out(count: int) -> None:
    values = np.random.default_rng(count).integers(0, 5, count).astype(float)
    expected = [np.median(np.delete(values, each)) for each in range(count)]
    assert median_of_others(values).tolist() == expected


def test_a_single_value_has_no_others() -> None:
    assert np.isnan(median_of_others([1.0])).all()
