"""What happens to a personal account right after the monthly credit."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame, feature, view
from features.visits.exposure import share
from features.visits.settlements import count

SOON_DAYS = 2
"""A debit is soon after a credit on the day of the credit and on so many days after it."""

_SPENDING = ("settlement", "mutual_aid")


@view(grain="personal account with spending in its ledger")
def account_after_credit(account_entries: Frame) -> Frame:
    """An account's spending in its ledger, and the part soon after a monthly credit, in fen.

    Columns: payer_id, debits (count), spent, soon.
    """
    key = ["account_id", "posted_day"]
    credited = account_entries.filter(nw.col("entry_kind") == "monthly_credit").select(*key)
    soon_days = nw.concat(
        [credited.with_columns(nw.col("posted_day") + late) for late in range(SOON_DAYS + 1)], how="vertical"
    ).unique()
    debits = account_entries.filter(nw.col("entry_kind").is_in(_SPENDING) & (nw.col("amount") < 0))
    by_day = debits.group_by(key).agg(count().alias("debits"), (0 - nw.col("amount").sum()).alias("spent"))
    return (
        by_day.join(soon_days.with_columns(near=nw.lit(1).cast(nw.Int64)), on=key, how="left")
        .with_columns(soon=nw.col("spent") * nw.col("near").fill_null(0))
        .group_by(nw.col("account_id").alias("payer_id"))
        .agg(nw.col("debits").sum(), nw.col("spent").sum(), nw.col("soon").sum())
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
    """Share of an account's spending on settlements and mutual aid within two days of a monthly credit.

    By amount, of the ledger's debits. Not applicable below five debits. An honest account scores high when
    its balance is always used up and a chronic drug waits for the next credit.
    """
    return share("soon", "spent", of="debits")
