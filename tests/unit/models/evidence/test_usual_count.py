"""What a count would be if an entity were like its peers."""

from __future__ import annotations

import numpy as np
import pytest

from models.evidence.counts import trimmed_rate, usual_count


def test_of_few_peers_the_extreme_ones_own_count_is_not_its_expectation() -> None:
    seen, exposure = np.array([6, 0, 0]), np.array([9, 9, 9])
    assert usual_count(seen, exposure) == pytest.approx([9 * 0.5 / 19, 9 * 6.5 / 28, 9 * 6.5 / 28])


def test_of_many_peers_the_trimmed_rate_counts() -> None:
    seen, exposure = np.append(np.ones(99), 500), np.full(100, 100)
    assert usual_count(seen, exposure)[0] == pytest.approx(100 * trimmed_rate(seen, exposure))
    assert usual_count(seen, exposure)[0] < 2


def test_without_peers_there_is_nothing_to_count() -> None:
    assert len(usual_count([], [])) == 0
