"""No two moments of a person fall into one second; what was planted keeps its time."""

from __future__ import annotations

import numpy as np

from data_samples.drafts import blank
from data_samples.moments import put_in_order


def test_what_falls_together_moves_on_second_by_second() -> None:
    drafts = blank(
        6,
        person=np.array([1, 1, 1, 1, 2, 1]),
        at=np.array([100, 100, 101, 500, 100, 90]),
        reversed_at=np.array([-1, 500, -1, -1, 100, -1]),
        stream=np.array([0, 7, 0, 0, 0, 0]),
        number=np.arange(6),
    )
    put_in_order(drafts)
    assert drafts.at.tolist() == [101, 100, 102, 500, 100, 90]
    assert drafts.reversed_at.tolist() == [-1, 501, -1, -1, 101, -1]


def test_what_does_not_fall_together_stays() -> None:
    drafts = blank(3, person=np.array([1, 2, 1]), at=np.array([100, 100, 99]), number=np.arange(3))
    before = drafts.at.copy()
    put_in_order(drafts)
    assert (drafts.at == before).all()
