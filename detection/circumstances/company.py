"""Who comes together with the same other person again and again: residents of a home, a couple, a family."""

from __future__ import annotations

import polars as pl

HOUR = 60
"""Minutes within which people come together; anybody on the same day at day precision."""


def in_company(visits: pl.DataFrame, who: str, least: int, *, within: int | None = None) -> pl.DataFrame:
    """Those who share visits to a place with one other person there: at least so many, and half of their own.

    Args:
        visits: provider_id, the column ``who``, day, and minute where ``within`` is given; of a bounded number of
            people, since everybody of a place is compared with everybody else.
        who: column of the persons or accounts.
        least: visits shared with the same other person.
        within: minutes between two visits of one day; the same day when None or where the minutes are unknown.

    Returns:
        Columns provider_id and ``who``.
    """
    key = ["provider_id", who]
    visits = visits.unique([*key, "day"], keep="first", maintain_order=True)
    pairs = visits.join(visits, on=["provider_id", "day"]).filter(pl.col(who) != pl.col(f"{who}_right"))
    if within is not None:
        apart = (pl.col("minute") - pl.col("minute_right")).abs()
        pairs = pairs.filter(apart.is_null() | (apart <= within))
    own = visits.group_by(key).agg(own=pl.len())
    shared = pairs.group_by(*key, f"{who}_right").agg(shared=pl.len()).join(own, on=key)
    return (
        shared.filter(pl.col("shared") >= least, pl.col("shared") * 2 >= pl.col("own")).select(key).unique()
    )
