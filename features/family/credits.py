"""Spending of a personal account right after the monthly credit."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.account.totals import PAYMENTS
from features.registry import Frame, feature, view
from features.settings import SETTINGS
from features.visits.exposure import share

SOON_DAYS = SETTINGS.whole("soon_after_credit_days")
"""A debit is soon after a credit on the day of the credit and on so many days after it."""

_NEVER = -10_000_000  # before every day of the data


@view(grain="personal account with spending in its ledger")
def account_after_credit(account_entries: Frame) -> Frame:
    """An account's spending in its ledger, and the part soon after a monthly credit, in fen.

    Columns: payer_id, debits (count), spent, soon.
    """
    account_day = ["account_id", "posted_day"]
    credit = nw.col("entry_kind") == "monthly_credit"
    debit = nw.col("entry_kind").is_in(PAYMENTS) & (nw.col("amount") < 0)
    days = (
        account_entries.filter(credit | debit)
        .with_columns(credit=credit.cast(nw.Int64), debit=debit.cast(nw.Int64))
        .with_columns(spent=(0 - nw.col("amount")) * nw.col("debit"))
        .group_by(account_day)
        .agg(nw.col("credit").max(), nw.col("debit").sum().alias("debits"), nw.col("spent").sum())
    )
    credited = nw.when(nw.col("credit") == 1).then(nw.col("posted_day")).otherwise(nw.lit(_NEVER))
    since = nw.col("posted_day") - nw.col("credited").cum_max().over("account_id", order_by="posted_day")
    return (
        days.with_columns(credited=credited)
        .with_columns(since=since)
        .with_columns(soon=nw.when(nw.col("since") <= SOON_DAYS).then(nw.col("spent")).otherwise(nw.lit(0)))
        .group_by(nw.col("account_id").alias("payer_id"))
        .agg(nw.col("debits").sum(), nw.col("spent").sum(), nw.col("soon").sum())
        .filter(nw.col("debits") > 0)
    )


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="share",
    direction="high",
    needs={"account_entries": ("account_id", "posted_at", "entry_kind", "amount")},
    view="account_after_credit",
    en=f"{{value}} of the spending was within {SOON_DAYS} days of a monthly credit",
    zh=f"支出中 {{value}} 发生在每月划入后 {SOON_DAYS} 天内",
)
def spend_soon_after_credit() -> nw.Expr:
    """Share of an account's spending on settlements and mutual aid within `SOON_DAYS` days of a monthly credit.

    By amount, of the ledger's debits. Not applicable below five debits. An honest account scores high when
    its balance is always used up and a chronic drug waits for the next credit.
    """
    return share("soon", "spent", of="debits")
