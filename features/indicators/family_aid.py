"""Family mutual aid: are accounts shared, for how much, and under authorisations in force?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground, Source, relation
from features.indicators.participation import authorising, flagged
from features.indicators.periods import Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame

AUTHORISATION = "family_authorization"
"""The detector whose findings are counted (D26)."""


@indicator()
def used_authorisations(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of owners with an authorisation in force in the period, those whose account paid for a relative in it."""
    paid = within(ground, "spending", period).filter(nw.col("aid") > 0).select("person").unique()
    return flagged(authorising(ground, period), paid)


@indicator(record="settlement")
def mutual_aid_share(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of what accounts paid for care, what they paid for relatives; a row a settlement and account."""
    return within(ground, "spending", period).select(
        "person",
        "provider",
        nw.col("settlement_id").alias("record"),
        nw.col("aid").alias("numerator"),
        (nw.col("own") + nw.col("aid")).alias("denominator"),
    )


@indicator(record="settlement")
def uncovered_payments(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of payments for relatives that could be judged, those that no authorisation in force covers, by cause."""
    return _judged(ground, period, nw.lit(1))


@indicator(record="settlement")
def uncovered_yuan(ground: Ground, period: Period, _: Drawn) -> Frame:
    """The same in fen."""
    return _judged(ground, period, nw.col("aid"))


def _judged(ground: Ground, period: Period, amount: nw.Expr) -> Frame:
    found = ~nw.col("cause").is_null()
    return within(ground, "judged_aid", period).select(
        "person",
        "provider",
        nw.col("settlement_id").alias("record"),
        nw.when(found).then(amount).otherwise(nw.lit(0)).cast(nw.Int64).alias("numerator"),
        amount.cast(nw.Int64).alias("denominator"),
        nw.col("cause").alias("part"),
    )


@relation(order=("month", "person", "settlement_id"), reads=("spending",))
def judged_aid(source: Source, ground: Ground) -> Frame:
    """Payments for relatives that the detector could judge: settlement_id, person (owner), provider, month, aid, cause.

    The cause is null where it found nothing. Empty where it could not judge at all.
    """
    aid = (
        ground["spending"]
        .filter(nw.col("aid") > 0)
        .select("settlement_id", "person", "provider", "month", "aid")
    )
    return aid.join(source.judged(AUTHORISATION), on="settlement_id", how="semi").join(
        source.found(AUTHORISATION).drop("account"), on="settlement_id", how="left"
    )
