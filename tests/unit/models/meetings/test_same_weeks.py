"""Marked customers of one place within the same weeks."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from models.evidence.unit import ALERT
from models.meetings.same_weeks import marked_together

PLACES = 50
PERIOD, WEEKS = 540, 60


def value(days: Sequence[int], *, elsewhere: Sequence[tuple[str, int]] = (), customers: int = 100) -> float:
    """Evidence of p0, which has marks on these days; other places have a mark each, all over the time."""
    others = [(f"p{n}", (37 * n) % PERIOD) for n in range(1, 11)]
    rows = [*(("p0", day) for day in days), *others, *elsewhere]
    marks = pl.DataFrame(rows, schema={"provider_id": pl.String, "day": pl.Int32}, orient="row").with_columns(
        beyond=pl.lit(0.5)
    )
    counts = pl.DataFrame({"provider_id": [f"p{n}" for n in range(PLACES)], "customers": [100] * PLACES})
    size = pl.when(pl.col("provider_id") == "p0").then(customers).otherwise(pl.col("customers"))
    places = marked_together(marks, counts.with_columns(customers=size.cast(pl.Int64)), WEEKS, PERIOD)
    assert places.height == len({place for place, _ in rows})
    return float(places.filter(provider_id="p0")["value"][0])


def test_several_within_weeks_are_evidence_and_as_many_over_the_time_are_not() -> None:
    assert value([100, 110, 120]) >= ALERT
    assert value([100, 250, 400]) == 0.0


def test_a_place_with_many_customers_has_more_of_them() -> None:
    assert value([100, 110, 120], customers=4_000) < ALERT


def test_weeks_in_which_they_are_common_everywhere_say_less() -> None:
    at_the_years_end = [(f"p{n}", 100 + n) for n in range(11, 41)]
    assert value([100, 110, 120], elsewhere=at_the_years_end) < ALERT


def test_a_place_has_one_voice_for_its_weeks_so_that_it_hides_no_other() -> None:
    many = [("p9", 105 + n) for n in range(9)]
    assert value([100, 110, 120], elsewhere=many) == value([100, 110, 120], elsewhere=many[:1]) > 0.0
