"""Credits that the account had, although their entry is not in the data."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.account.ledger import with_previous_balance
from features.calendar import first_day
from features.contract.vocabulary import ALWAYS_ALLOWED
from features.engine import materialize
from features.registry import Frame

_MISSING = ("missing_month", "retired_missing_month")


def without_lost_entries(suspects: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Without missing credits that the ledger shows although their entry was lost, or its kind not recorded.

    The balance rose by the credit before a later entry, or an entry of no kind has its amount. An account without any
    later entry cannot show it: its month is left out, too.

    Args:
        suspects: ``person_id, month, cause, money``: fen, what is owed below zero.
        context: the whole data.
        thresholds: ``lost_days``, in which the entry or the next one has to follow, and ``lost_factor``, by which its
            amount may differ from what is due.
    """
    missing = nw.col("cause").is_in(_MISSING)
    months = suspects.filter(missing).select("person_id", "month", "money").unique()
    entries = with_previous_balance(context.whole.account_entries).join(
        months.select(account_id="person_id").unique(), on="account_id", how="semi"
    )
    day, amount, due = first_day(nw.col("month")), nw.col("amount"), 0 - nw.col("money")
    rise = (nw.col("balance_after") - nw.col("before") - amount).fill_null(0)
    no_kind = nw.when(nw.col("entry_kind").is_in(ALWAYS_ALLOWED)).then(amount).otherwise(nw.lit(0))
    factor = thresholds.expression("lost_factor", day)
    shown = nw.any_horizontal(
        *((each * factor >= due) & (each <= due * factor) for each in (rise, no_kind)), ignore_nulls=True
    )
    posted = nw.col("posted_day")
    near = (posted >= day) & (posted <= day + thresholds.expression("lost_days", day))
    compared = materialize(
        months.join(entries.with_columns(person_id=nw.col("account_id")), on="person_id", how="inner")
        .with_columns(lost=(shown & near).fill_null(False), later=posted >= day)
        .group_by("person_id", "month")
        .agg(nw.col("lost").any(), nw.col("later").any())
    )
    evident = compared.filter(nw.col("later"), ~nw.col("lost")).select(
        "person_id", "month", kept=nw.lit(True)
    )
    return (
        suspects.join(evident, on=["person_id", "month"], how="left")
        .filter(~missing | ~nw.col("kept").is_null())
        .drop("kept")
    )
