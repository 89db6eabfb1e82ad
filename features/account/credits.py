"""Credits to personal accounts, by the month that they are for."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.calendar import month_of_time
from features.registry import Frame, view

CREDIT, ADJUSTMENT = "monthly_credit", "adjustment"


def credit_entries(account_entries: Frame) -> Frame:
    """Entries that credit a month or correct its credit, with ``month``: the month they name, else that of posting.

    An adjustment that names no month corrects something else and is left out.
    """
    kind, named = nw.col("entry_kind"), ~nw.col("accrual_month_index").is_null()
    return account_entries.filter((kind == CREDIT) | ((kind == ADJUSTMENT) & named)).with_columns(
        month=nw.when(named).then(nw.col("accrual_month_index")).otherwise(month_of_time("posted_at"))
    )


@view(grain="person and month that credits are for")
def monthly_credits(account_entries: Frame) -> Frame:
    """Credits of an account for a month, corrections included.

    Columns: person_id, month (Int32, month index), credited (fen, net), credits (entries above zero),
    smallest, largest (fen, of those), posted_day (of the first of them).
    """
    above = (nw.col("entry_kind") == CREDIT) & (nw.col("amount") > 0)
    alone = nw.when(above).then(nw.col("amount"))
    return (
        credit_entries(account_entries)
        .with_columns(
            above=above.cast(nw.Int64), alone=alone, first_posted=nw.when(above).then(nw.col("posted_day"))
        )
        .group_by(nw.col("account_id").alias("person_id"), "month")
        .agg(
            credited=nw.col("amount").sum(),
            credits=nw.col("above").sum(),
            smallest=nw.col("alone").min(),
            largest=nw.col("alone").max(),
            posted_day=nw.col("first_posted").min(),
        )
    )
