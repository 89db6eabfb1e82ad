"""Several signs of one case: together they are as rare as simulated, and a sample's rarest value is not impossible."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.combined import amount_surprise, fisher, rarity


@pytest.mark.parametrize("signs", [1, 2, 3])
@pytest.mark.parametrize("least", [0.5, 1.0, 2.0])
def test_signs_together_are_as_rare_as_simulated(signs: int, least: float) -> None:
    random = np.random.default_rng(signs)
    together = fisher(*(-np.log10(random.random(200_000)) for _ in range(signs)))
    assert (together >= least).mean() == pytest.approx(10**-least, rel=0.12)


def test_rarity_counts_what_is_at_least_as_large() -> None:
    assert 10 ** -rarity([20, 1, 35], [1, 10, 20]) == pytest.approx([2 / 4, 1.0, 1 / 4])


def test_large_amounts_do_not_hide_each_other() -> None:
    random = np.random.default_rng(5)
    amounts = np.concatenate([np.exp(random.normal(6, 0.5, 300)), np.full(40, np.exp(10))])
    surprise = amount_surprise(amounts)
    assert surprise[300:].min() > 2
    assert 0 < np.mean(surprise[:300] >= 1) <= 0.1
