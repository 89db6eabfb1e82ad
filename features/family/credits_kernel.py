"""Spending soon after a credit: each debit's day is looked up among the sorted credits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from features.account.totals import PAYMENTS
from features.family.credits import SOON_DAYS, account_after_credit
from features.ids.codes import numbered
from features.registry import kernel

Ints = npt.NDArray[np.int64]


@kernel(account_after_credit)
def after_credit_on_arrays(account_entries: pl.LazyFrame) -> pl.LazyFrame:
    """`account_after_credit`: account and day make one sortable number.

    Args:
        account_entries: account_id, posted_day, entry_kind, amount and more.
    """
    credit = pl.col("entry_kind") == "monthly_credit"
    debit = pl.col("entry_kind").is_in(PAYMENTS) & (pl.col("amount") < 0)
    account = numbered(account_entries, "account_id").cast(pl.Int64)
    stride = pl.col("posted_day").max() - pl.col("posted_day").min() + SOON_DAYS + 1  # accounts are apart
    ledger = (
        account_entries.filter(credit | debit)
        .select(
            "account_id",
            position=account * stride + pl.col("posted_day"),
            spent=-pl.col("amount"),
            credit=credit,
        )
        .collect()
    )
    credited = np.sort(ledger.filter("credit")["position"].to_numpy())
    debits = ledger.filter(~pl.col("credit"))
    soon = pl.Series(_follows(credited, debits["position"].to_numpy()), dtype=pl.Boolean)
    return (
        debits.lazy()
        .with_columns(soon=pl.col("spent") * soon.cast(pl.Int64))
        .group_by(payer_id="account_id")
        .agg(pl.len().cast(pl.Int64).alias("debits"), pl.col("spent", "soon").sum())
        .select("payer_id", "debits", "spent", "soon")
    )


def _follows(credited: Ints, positions: Ints) -> npt.NDArray[np.bool_]:
    """Whether the last credit at or before each position is at most `SOON_DAYS` back."""
    if not len(credited):
        return np.zeros(len(positions), dtype=bool)
    order = np.argsort(positions)  # sorted positions are looked up several times as fast
    ordered = positions[order]
    last = np.searchsorted(credited, ordered, side="right") - 1
    soon = np.empty(len(positions), dtype=bool)
    soon[order] = (last >= 0) & (ordered - credited[last] <= SOON_DAYS)
    return soon
