"""Whether the table of authorizations lacks rows: families who use an account for months, and have none.

A counter refuses an account that nobody may use. Who uses it for months, at several institutions, was let through
there each time: rather than all of those families, it is the table that lacks their rows.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.family.authorizations import PAIR
from features.registry import Frame

_PERCENT = 100


def lacks_rows(paid: Frame, authorizations: Frame, days: int, providers: int, percent: float) -> bool:
    """Whether more than a share of the pairs with steady use have no authorization at all.

    Args:
        paid: payments from relatives' accounts: `PAIR`, provider_id, settled_day.
        authorizations: `PAIR` of the table of authorizations.
        days: from a pair's first payment to its last that make its use steady.
        providers: institutions that do so, at least.
        percent: share of such pairs that is more than single families.
    """
    used = (
        paid.group_by(*PAIR)
        .agg(
            span=nw.col("settled_day").max() - nw.col("settled_day").min() + 1,
            places=nw.col("provider_id").n_unique(),
        )
        .filter(nw.col("span") >= days, nw.col("places") >= providers)
    )
    steady: pl.LazyFrame = used.select(*PAIR).to_native()
    known: pl.LazyFrame = authorizations.select(*PAIR).unique().to_native()
    pairs, without = pl.collect_all(
        [steady.select(pl.len()), steady.join(known, on=list(PAIR), how="anti").select(pl.len())]
    )
    return int(without.item()) * _PERCENT > int(pairs.item()) * percent
