"""Lists of what detectors reported of accounts: premiums that are not listed, prohibited goods."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.indicators.findings import Findings
from detection.indicators.lists import monthly
from detection.indicators.thresholds import ThresholdValues
from features.registry import Frame, Relations, view

UNLISTED, PROHIBITED = "unlisted_premium", "prohibited_purchase"
"""The detectors of premiums, and of goods, that an account may not pay for (D28)."""


@monthly(record="record")
def unlisted_premiums(views: Relations, _: ThresholdValues) -> Frame:
    """Of what accounts paid in premiums, those that an account may not pay, by cause; a row a premium."""
    reported = ~nw.col("cause").is_null()
    premiums = views["other_account_uses"].filter(nw.col("use") != "transfer_out")
    return premiums.join(views["unlisted_premium_causes"], on="entry_id", how="left").select(
        "month",
        "insured_code",
        nw.col("entry_id").alias("record"),
        nw.when(reported).then(nw.col("fen")).otherwise(nw.lit(0)).alias("numerator"),
        nw.col("fen").alias("denominator"),
        nw.col("cause").alias("part"),
    )


@view(
    grain="ledger entry that the detector reported",
    persist=True,
    order=("entry_id",),
    schema={"entry_id": nw.String, "cause": nw.String},
)
def unlisted_premium_causes(findings: Findings) -> Frame:
    """Why an account may not pay a premium, by the premium's ledger entry."""
    return findings.reported_by(UNLISTED, "entry_id").select("entry_id", "cause")


@monthly(record="settlement")
def prohibited_goods(views: Relations, _: ThresholdValues) -> Frame:
    """Of what accounts paid for care, the least that they paid for prohibited goods; a row a settlement and account."""
    paid = views["account_spending"].with_columns(relative=nw.col("aid") > 0)
    return paid.join(views["prohibited_spending"], on=["settlement_id", "relative"], how="left").select(
        "month",
        "insured_code",
        "institution_code",
        nw.col("settlement_id").alias("record"),
        nw.col("misused").fill_null(0).alias("numerator"),
        (nw.col("own") + nw.col("aid")).alias("denominator"),
    )


@view(
    grain="settlement that the detector reported, and account that paid",
    persist=True,
    order=("settlement_id", "relative"),
    schema={"settlement_id": nw.String, "relative": nw.Boolean, "misused": nw.Int64},
)
def prohibited_spending(account_spending: Frame, findings: Findings) -> Frame:
    """What accounts paid for prohibited goods, in fen (``misused``); ``relative``: the account is not the patient's.

    Where two accounts paid for one settlement, it is taken from the patient's own first.
    """
    spent = account_spending.join(findings.reported_by(PROHIBITED), on="settlement_id")
    owned = nw.min_horizontal(nw.col("own").sum().over("settlement_id"), nw.col("account"))
    relative = nw.col("aid") > 0
    return spent.select(
        "settlement_id",
        relative.alias("relative"),
        nw.when(relative).then(nw.col("account") - owned).otherwise(owned).alias("misused"),
    )
