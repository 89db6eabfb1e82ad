"""Charge lines, and the two ledgers of accounts."""

from __future__ import annotations

import polars as pl
from support.nhsa.codes import CLASSES, LIST_TYPES
from support.nhsa.forms import forms, moments, month, there


def lines(table: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("item_kind").is_in(list(LIST_TYPES))
    number = pl.col("settlement_id").rle_id().cast(pl.String).str.zfill(9)
    made = there(
        table,
        feedetl_sn=pl.concat_str(pl.lit("FEE-"), number, pl.col("line_no").cast(pl.String).str.zfill(3)),
        setl_id=pl.col("settlement_id"),
        hilist_code=pl.col("item_code"),
        hilistName=pl.col("item_name"),
        list_type=forms("item_kind", LIST_TYPES),
        item_kind=pl.when(~known).then("item_kind"),
        chrgitm_lv=forms("coverage_class", CLASSES),
        cnt=pl.col("quantity"),
        pric=pl.col("unit_price"),
        det_item_fee_sumamt=pl.col("amount"),
        inscp_amt=pl.col("in_scope_amount"),
        prd_days=pl.col("days_supply"),
        bilg_dr_code=pl.col("prescriber_id"),
    )
    return table.select(*made, pl.lit("元").alias("unit"))


def entries(table: pl.DataFrame, way: str) -> pl.DataFrame:
    kind = pl.col("entry_kind")
    paid = pl.col("settlement_id").is_not_null()
    source = (
        pl.when(paid)
        .then(pl.lit("SETL_D"))
        .when(kind == "monthly_credit")
        .then(pl.lit("STAF_PSN_CLCT_DETL_D"))
    )
    coded = pl.when(kind.is_in(["monthly_credit", "settlement"])).then(pl.lit("01")).otherwise(kind)
    made = there(
        table,
        **{
            f"acct_{way}_detl_id": pl.col("entry_id"),
            "psn_no": pl.col("account_id"),
            "acct_modi_date": moments("posted_at"),
            "acct_incexpd_type": coded,
            f"{way}_sumamt": pl.col("amount").abs(),
            "balc": pl.col("balance_after"),
            "accrym": month("accrual_month"),
            "acct_incexpd_souc_id": pl.col("settlement_id"),
            "beneficiary_id": pl.col("beneficiary_id"),
            "premium_kind": pl.col("premium_kind"),
        },
    )
    return table.select(
        *made, source.otherwise(pl.lit("OTHER")).alias("tabname"), pl.lit("账户").alias("memo")
    )
