"""Spending soon after a credit, by looking each debit's day up among the sorted credits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from features.family.credits import SOON_DAYS, SPENDING, account_after_credit
from features.registry import kernel

Ints = npt.NDArray[np.int64]


@kernel(account_after_credit)
def after_credit_on_arrays(account_entries: pl.LazyFrame) -> pl.LazyFrame:
    """`account_after_credit`: account and day make one sortable number.

    Args:
        account_entries: account_id, posted_day, entry_kind, amount and more.
    """
    credit = pl.col("entry_kind") == "monthly_credit"
    debit = pl.col("entry_kind").is_in(SPENDING) & (pl.col("amount") < 0)
    entries = account_entries.filter(credit | debit)
    # Collected: numbered a second time, the accounts could come in another order.
    accounts = entries.select("account_id").unique().with_row_index("account").collect().lazy()
    far = pl.col("posted_day").max() - pl.col("posted_day").min() + SOON_DAYS + 1  # accounts lie apart
    ledger = (
        entries.select(
            "account_id", pl.col("posted_day").cast(pl.Int64), spent=-pl.col("amount"), credit=credit
        )
        .join(accounts, on="account_id")
        .select(
            "account", "spent", "credit", place=pl.col("account").cast(pl.Int64) * far + pl.col("posted_day")
        )
        .collect()
    )
    credited = np.sort(ledger.filter("credit")["place"].to_numpy())
    debits = ledger.filter(~pl.col("credit")).sort("place")
    soon = pl.Series(_follows(credited, debits["place"].to_numpy()), dtype=pl.Boolean)
    return (
        debits.lazy()
        .with_columns(soon=pl.col("spent") * soon.cast(pl.Int64))
        .group_by("account")
        .agg(pl.len().cast(pl.Int64).alias("debits"), pl.col("spent", "soon").sum())
        .join(accounts, on="account")
        .select(pl.col("account_id").alias("payer_id"), "debits", "spent", "soon")
    )


def _follows(credited: Ints, places: Ints) -> npt.NDArray[np.bool_]:
    """Whether the last credit at or before each place is at most `SOON_DAYS` back."""
    if not len(credited):
        return np.zeros(len(places), dtype=bool)
    last = np.searchsorted(credited, places, side="right") - 1
    return (last >= 0) & (places - credited[last] <= SOON_DAYS)
