"""What was credited to personal accounts, by the month that it is for."""

from __future__ import annotations

import narwhals as nw

from features.account.months import month_of
from features.registry import Frame, view

CREDIT, ADJUSTMENT = "monthly_credit", "adjustment"


def of_months(account_entries: Frame) -> Frame:
    """Entries that credit a month, or correct its credit; ``month`` is what they are for, else when they were posted.

    An adjustment that names no month corrects something else.
    """
    kind, named = nw.col("entry_kind"), ~nw.col("accrual_month_index").is_null()
    return account_entries.filter((kind == CREDIT) | ((kind == ADJUSTMENT) & named)).with_columns(
        month=nw.when(named).then(nw.col("accrual_month_index")).otherwise(month_of("posted_at"))
    )


@view(grain="person and month that credits are for")
def monthly_credits(account_entries: Frame) -> Frame:
    """What an account was credited for a month, corrections included.

    Columns: person_id, month (Int32, `features.account.months`), credited (fen, net), credits (entries above zero),
    smallest, largest (fen, of those), posted_day (of the first of them).
    """
    above = (nw.col("entry_kind") == CREDIT) & (nw.col("amount") > 0)
    alone = nw.when(above).then(nw.col("amount"))
    return (
        of_months(account_entries)
        .with_columns(above=above.cast(nw.Int64), alone=alone, on=nw.when(above).then(nw.col("posted_day")))
        .group_by(nw.col("account_id").alias("person_id"), "month")
        .agg(
            credited=nw.col("amount").sum(),
            credits=nw.col("above").sum(),
            smallest=nw.col("alone").min(),
            largest=nw.col("alone").max(),
            posted_day=nw.col("on").min(),
        )
    )
