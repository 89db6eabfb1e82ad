"""Accounts from which a person was paid for at once after being authorized, and then no more.

A tie is an account and a person whom its owner authorized within the period. Relatives use an account now and then, for
years; who was bound to it for what is on it spends that in days. One account may be used so for a reason of the
family, an operation or a birth, so the least usual tie of each person is free.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from detection.detectors.context import DetectorContext
from features.engine import collect
from models.evidence.combined import rarity, together
from models.evidence.unit import evidence

TIE = ["payer_id", "beneficiary_id"]
_MOST = 0.8
"""Share of a tie's money that was spent by the day that is compared."""
_SEVERAL = 2


def days_until_spent(context: DetectorContext, after_days: int) -> pl.DataFrame:
    """Days from the first authorization of each tie to the day by which most of its money had been spent.

    Args:
        context: the data.
        after_days: that have to follow the authorization, so that later payments would be seen.

    Returns:
        `TIE` and days, of the ties that were authorized within the period and not used before; sorted.
    """
    paid = collect(context.views["aid_settlements"]).filter(pl.col("payer_id") != pl.col("beneficiary_id"))
    first, last = paid["day"].min(), paid["day"].max()
    authorized = (
        collect(context.whole.family_authorizations)
        .group_by(TIE)
        .agg(since=pl.col("valid_from_day").min())
        .filter(pl.col("since") >= first, pl.col("since") <= pl.lit(last) - after_days)
    )
    uses = paid.join(authorized, on=TIE).filter(pl.col("aid") > 0).sort(*TIE, "day")
    reached = pl.col("aid").cum_sum().over(TIE) >= _MOST * pl.col("aid").sum().over(TIE)
    return (
        uses.with_columns(reached=reached, days=pl.col("day") - pl.col("since"))
        .group_by(TIE)
        .agg(pl.col("days").filter("reached").first(), early=pl.col("days").min())
        .filter(pl.col("early") >= 0)
        .select(*TIE, "days")
        .sort(TIE)
    )


def spent_at_once(ties: pl.DataFrame) -> pl.DataFrame:
    """Evidence of the persons for whom several accounts paid at once.

    Null: how soon an account is used up is that of any tie, each one for itself (Fisher) but for the most surprising,
    which is free. Exposure: persons with several ties.

    Args:
        ties: from `days_until_spent`.

    Returns:
        beneficiary_id, ties and at_once (evidence); sorted.
    """
    days = ties["days"].to_numpy().astype(np.float64)
    people = (
        ties.with_columns(surprise=pl.Series(rarity(-days, -days), dtype=pl.Float64))
        .group_by("beneficiary_id")
        .agg(total=pl.col("surprise").sort().head(pl.len() - 1).sum(), ties=pl.len().cast(pl.Int64))
        .filter(pl.col("ties") >= _SEVERAL)
        .sort("beneficiary_id")
    )
    surprise = together(people["total"].to_numpy(), people["ties"].to_numpy() - 1)
    value = pl.Series(evidence(surprise, max(people.height, 1)), dtype=pl.Float64)
    return people.select("beneficiary_id", "ties", at_once=value)
