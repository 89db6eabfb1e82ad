"""Lists of family mutual aid: authorizations in use, money for relatives, payments that nothing covers."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.findings import Findings
from detection.indicators.lists import counted_people, monthly, periodic
from detection.indicators.thresholds import ThresholdValues
from features.indicators.accounts import authorizing_owners
from features.indicators.care import CODED_SETTLEMENT, within
from features.indicators.periods import Period
from features.registry import Frame, Relations, view

AUTHORIZATION = "family_authorization"
"""The detector whose findings are counted (D26)."""


@periodic(name="used_authorisations")
def used_authorizations(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """Of owners with an authorization in force in the period, those whose account paid for a relative in it."""
    paid = within(views, "account_spending", periods).filter(nw.col("aid") > 0)
    return counted_people(authorizing_owners(views, periods), paid.select("period", "insured_code").unique())


@monthly(record="settlement")
def mutual_aid_share(views: Relations, _: ThresholdValues) -> Frame:
    """Of what accounts paid for care, what they paid for relatives; a row a settlement and account."""
    return views["account_spending"].select(
        "month",
        "insured_code",
        "institution_code",
        nw.col("settlement_id").alias("record"),
        nw.col("aid").alias("numerator"),
        (nw.col("own") + nw.col("aid")).alias("denominator"),
    )


@monthly(record="settlement")
def uncovered_payments(views: Relations, _: ThresholdValues) -> Frame:
    """Of payments for relatives that could be assessed, those that no authorization in force covers, by cause."""
    return _uncovered(views, nw.lit(1))


@monthly(record="settlement")
def uncovered_yuan(views: Relations, _: ThresholdValues) -> Frame:
    """The same in fen."""
    return _uncovered(views, nw.col("aid"))


def _uncovered(views: Relations, amount: nw.Expr) -> Frame:
    reported = ~nw.col("cause").is_null()
    return views["assessed_aid"].select(
        "month",
        "insured_code",
        "institution_code",
        nw.col("settlement_id").alias("record"),
        nw.when(reported).then(amount).otherwise(nw.lit(0)).cast(nw.Int64).alias("numerator"),
        amount.cast(nw.Int64).alias("denominator"),
        nw.col("cause").alias("part"),
    )


@view(
    grain="payment for a relative that the detector could assess",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={
        **CODED_SETTLEMENT,
        "aid": nw.Int64,
        "cause": nw.String,
    },
)
def assessed_aid(account_spending: Frame, findings: Findings) -> Frame:
    """What an owner's account paid for a relative, in fen, with the detector's ``cause``, null where it has none.

    There are no rows where the detector could not assess anything.
    """
    aid = account_spending.filter(nw.col("aid") > 0).select(
        "settlement_id", "insured_code", "institution_code", "month", "aid"
    )
    return aid.join(findings.assessed_by(AUTHORIZATION), on="settlement_id", how="semi").join(
        findings.reported_by(AUTHORIZATION).drop("account"), on="settlement_id", how="left"
    )
