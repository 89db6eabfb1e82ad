"""Baskets that are people's own, and baskets that one hand fills."""

from __future__ import annotations

import polars as pl
import pytest

from models.evidence.exchange import likeness

PEOPLE, MEETINGS = range(12), range(8)


def test_residents_with_a_medicine_each_buy_their_own() -> None:
    rows = pl.DataFrame(
        [(person, meeting, f"drug {person}") for person in PEOPLE for meeting in MEETINGS],
        schema=["person", "meeting", "content"],
        orient="row",
    )
    alike = likeness(rows)
    assert (alike.own, alike.cross) == (1.0, 0.0)
    assert alike.surprise > 3


@pytest.mark.parametrize("goods", [1, 2, 50])
def test_where_one_hand_fills_the_baskets_it_does_not_matter_whose_card_is_used(goods: int) -> None:
    rows = pl.DataFrame(
        [(person, meeting, (person * 7 + meeting * 11) % goods) for person in PEOPLE for meeting in MEETINGS],
        schema=["person", "meeting", "content"],
        orient="row",
    )
    assert likeness(rows).surprise < 1


def test_without_contents_nothing_is_known() -> None:
    rows = pl.DataFrame(
        {"person": [1, 1, 2], "meeting": [1, 2, 1], "content": pl.Series([None] * 3, dtype=pl.String)}
    )
    alike = likeness(rows)
    assert (alike.own, alike.cross, alike.surprise) == (0.0, 0.0, 0.0)
