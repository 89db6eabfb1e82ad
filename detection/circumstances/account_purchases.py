"""Goods that one personal account paid for: what each purchase took of what the account held, and after which credit.

A treatment cannot be sold on, so only goods count: more than half of the lines' amount, or anything at a pharmacy
where the data have no lines. What the pool shared in was priced by policy and is left out, as are reversed rows.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.context import DetectorContext
from features.tables import Tables

_NEARLY = 98
"""Per cent of the price: from here on the account paid the sum that was chosen, not what happened to be left."""


def account_purchases(context: DetectorContext) -> pl.LazyFrame:
    """Purchases of goods that one account paid alone or with cash, net of reversals.

    Columns: settlement_id, person_id (who bought), owner_id, provider_id, operator_id, day, minute (null at day
    precision), month, amount (fen from the account), price (fen), chosen (the account paid the whole price), left (fen
    on the account afterwards; null where unknown), goods (the dearest item; null without lines), durable (whether it
    is a device), credited_day and credited (fen) of the last monthly credit before or on the day (null without a
    ledger). Computed once where all settlements can be assessed.
    """
    if context.assessable is not context.whole:
        return _purchases(context)
    shared: pl.LazyFrame = context.views.share(
        "account_purchases", lambda: nw.from_native(_purchases(context))
    ).to_native()
    return shared


def _purchases(context: DetectorContext) -> pl.LazyFrame:
    tables = context.whole
    goods = _goods(_paid(context), tables)
    return _with_credit(_with_left(goods, tables), tables)


def _paid(context: DetectorContext) -> pl.LazyFrame:
    aid, own = pl.col("mutual_aid_paid").fill_null(0), pl.col("account_paid").fill_null(0)
    settlements: pl.LazyFrame = context.assessable.settlements.to_native()
    net: pl.LazyFrame = (
        context.views["net_settlements"]
        .select("settlement_id", nw.col("total_amount").alias("price"))
        .to_native()
    )
    return (
        settlements.filter(
            pl.col("care_type") != "inpatient",
            pl.col("pool_paid").fill_null(0) == 0,
            (own > 0) != (aid > 0),
            pl.col("total_amount") > 0,
        )
        .select(
            "settlement_id",
            "person_id",
            "provider_id",
            "operator_id",
            "care_type",
            day=pl.col("settled_day"),
            minute=pl.col("settled_minute"),
            month=pl.col("settled_month"),
            amount=own + aid,
            price="total_amount",
            owner_id=pl.when(aid > 0).then("mutual_aid_payer_id").otherwise("person_id"),
            own_left=pl.when(own > 0).then("account_balance_after"),
        )
        .filter(pl.col("owner_id").is_not_null())
        .join(net, on=["settlement_id", "price"], how="semi")
        .with_columns(chosen=pl.col("amount") * 100 >= pl.col("price") * _NEARLY)
    )


def _goods(paid: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """The purchases of goods, with the dearest item."""
    if not tables.has("charge_lines"):
        return paid.filter(pl.col("care_type") == "pharmacy").with_columns(
            goods=pl.lit(None, pl.String), durable=pl.lit(value=False)
        )
    lines: pl.LazyFrame = tables.charge_lines.to_native()
    amount = pl.col("amount").abs()
    of_bill = (
        lines.select("settlement_id", "item_code", "item_kind", "amount")
        .join(paid.select("settlement_id"), on="settlement_id", how="semi")
        .group_by("settlement_id")
        .agg(
            sold=amount.filter(pl.col("item_kind") != "service").sum(),
            billed=amount.sum(),
            goods=pl.col("item_code").sort_by(amount, "item_code").last(),
            durable=(pl.col("item_kind").sort_by(amount, "item_code").last() == "device"),
        )
    )
    joined = paid.join(of_bill, on="settlement_id", how="left").with_columns(
        pl.col("durable").fill_null(value=False)
    )
    unlisted = pl.col("billed").is_null() & (pl.col("care_type") == "pharmacy")
    return joined.filter(unlisted | (pl.col("sold") * 2 > pl.col("billed"))).drop("sold", "billed")


def _with_left(goods: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """With ``left``: of an own purchase as the settlement says, else as the account's ledger does."""
    entries: pl.LazyFrame = tables.account_entries.to_native()
    entered = (
        entries.filter(pl.col("settlement_id").is_not_null())
        .group_by("settlement_id", pl.col("account_id").alias("owner_id"))
        .agg(entered=pl.col("balance_after").min())
    )
    joined = goods.join(entered, on=["settlement_id", "owner_id"], how="left")
    return joined.with_columns(left=pl.coalesce("own_left", "entered")).drop("own_left", "entered")


def _with_credit(goods: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    entries: pl.LazyFrame = tables.account_entries.to_native()
    credits_of = (
        entries.filter(pl.col("entry_kind") == "monthly_credit")
        .group_by(pl.col("account_id").alias("owner_id"), pl.col("posted_day").alias("credited_day"))
        .agg(credited=pl.col("amount").sum())
        .sort("credited_day")
    )
    return goods.sort("day").join_asof(
        credits_of,
        left_on="day",
        right_on="credited_day",
        by="owner_id",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
