"""Ordinary outpatient care that the pooled fund paid on a day on which it paid none yet (D20; A04).

Evidence is a pooled payment whose day of service lies before the start, less what was given back. A payment settled
after the start for care after it is lawful, and so is another area's, which may have begun earlier.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.benefit_cases import undone, with_insured
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.detectors.reach import of_settlement
from features.benefit import paid_before_the_start
from features.engine import materialize
from features.registry import Frame

reach = of_settlement("enrolments")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Pooled payments for employees' ordinary care on days on which the pool is known not to have paid any.

    The day of service decides, whatever the care cost and whenever it was settled. At issue is what the fund
    paid, less what reversals gave back; what was given back in full is no hit. People not insured here on the day are
    counted and not assessed: another area's pool may have begun earlier.
    """
    paid = materialize(paid_before_the_start(context.assessable.settlements, context.policy))
    standing = (
        paid.join(undone(context), on="settlement_id", how="left")
        .with_columns(pool=nw.col("pool_paid") + nw.col("pool_undone").fill_null(0))
        .filter(nw.col("pool") > 0)
    )
    cause = nw.when(nw.col("insured")).then(nw.lit("before_start")).otherwise(nw.lit("insured_elsewhere"))
    return with_insured(standing, context).select(
        "settlement_id",
        "provider_id",
        "pool",
        subject_id=nw.col("provider_id"),
        member_id=nw.col("person_id"),
        cause=cause,
        account=nw.lit(0, dtype=nw.Int64),
    )
