"""Of two deliveries of a key, the row that was updated later holds; without such times, the later delivery does."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.intake.superseding import earlier_holds

KEY = ["settlement_id"]
TIMES = st.one_of(st.none(), st.integers(0, 3).map(lambda hour: dt.datetime(2024, 1, 1, hour)))
ROWS = st.dictionaries(st.sampled_from("abcdef"), TIMES)


def frame(rows: dict[str, dt.datetime | None], *, timed: bool = True) -> pl.LazyFrame:
    named = pl.LazyFrame(
        {"settlement_id": list(rows), "updated_at": list(rows.values())},
        schema={"settlement_id": pl.String, "updated_at": pl.Datetime("us")},
    )
    return named if timed else named.drop("updated_at")


@settings(max_examples=60)
@given(old=ROWS, new=ROWS)
def test_the_later_update_holds_and_else_the_later_delivery(
    old: dict[str, dt.datetime | None], new: dict[str, dt.datetime | None]
) -> None:
    never = dt.datetime.min
    expected = {key for key in old.keys() & new.keys() if (old[key] or never) > (new[key] or never)}
    earlier = set(earlier_holds(frame(old), frame(new), KEY).collect()["settlement_id"])
    assert earlier == expected


@given(old=ROWS, new=ROWS, of_old=st.booleans())
def test_without_times_in_both_the_later_delivery_holds(
    old: dict[str, dt.datetime | None], new: dict[str, dt.datetime | None], of_old: bool
) -> None:
    rows = earlier_holds(frame(old, timed=of_old), frame(new, timed=not of_old), KEY)
    assert rows.collect().is_empty()
