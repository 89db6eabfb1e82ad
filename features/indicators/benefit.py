"""Benefit: how much of the cost does the pooled fund carry, for whom, and where not?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground
from features.indicators.periods import Period
from features.indicators.registry import Drawn, indicator
from features.registry import Frame

_VISIT = ("person", "provider", "person_category")


@indicator(record="settlement")
def effective_reimbursement(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the total cost of ordinary outpatient care, what the pooled fund paid; a row a settlement."""
    return _quotient(within(ground, "visits", period), "pool", "total")


@indicator(record="settlement")
def policy_scope_reimbursement(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the cost that is eligible for benefit, what the pooled fund paid; a row a settlement."""
    return _quotient(within(ground, "visits", period), "pool", "in_scope")


def _quotient(visits: Frame, numerator: str, denominator: str) -> Frame:
    return visits.select(
        *_VISIT,
        nw.col("settlement_id").alias("record"),
        nw.col(numerator).alias("numerator"),
        nw.col(denominator).alias("denominator"),
    )
