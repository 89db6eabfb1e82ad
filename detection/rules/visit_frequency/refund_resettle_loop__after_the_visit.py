"""Bills of many people of one counter taken back in full when the people have gone (D09).

Evidence is a bill that was taken back in full later than a correction at the counter, and that no bill of about the
same sum replaced within days. Counted are people of the operator who made the bill (of the place, where operators are
not known), twice: bills taken back later on the same day, and on later days.
Null: it happens to people of an operator as often as to those of all the others, as unevenly as operators differ
(gamma-Poisson). Exposure: people with a bill of the operator. Both counts are looks.
Rivals: goods brought back, a voucher or a wrong price are followed by the right bill, and else are what the rate of all
the others consists of; a line that was down makes one bad day, and several are needed; a desk that takes back for all
counters of a place is the operator of the reversal, and not of the bill.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.quick_reversals import counter_settlements, late_reversals
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.of_counts import against_others
from features.engine import collect
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_COUNTER = ["provider_id", "operator_id"]
_PERSON = [*_COUNTER, "person_id"]
_PERCENT = 100
_LOOKS = 2


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills that were taken back, of the counters with many such people on several days."""
    least = {name: int(thresholds.latest(name)) for name in ("min_people", "min_days", "min_yuan")}
    refunds, counters = _measured(context, thresholds)
    cases = refunds.join(counters.filter(pl.col("value") >= ALERT), on=[*_COUNTER, "cause"])
    of_case = [*_COUNTER, "cause"]
    enough = (
        (pl.col("person_id").n_unique().over(of_case) >= least["min_people"])
        & (pl.col("settled_day").n_unique().over(of_case) >= least["min_days"])
        & (pl.col("total_amount").sum().over(of_case) >= least["min_yuan"] * FEN_PER_YUAN)
    )
    return nw.from_native(
        cases.filter(enough)
        .select(
            "settlement_id",
            "provider_id",
            "cause",
            repeated_by="operator_id",
            subject_id="provider_id",
            strength="value",
        )
        .lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about operators and their places, with people seen and expected."""
    counters = context.whole.in_text(_measured(context, thresholds)[1], "provider_id")
    sums = ("value", "observed", "expected")
    about = [
        counters.filter(pl.col(key) != "").select(*sums, subject_kind=pl.lit(kind), subject_id=pl.col(key))
        for kind, key in (("operator", "operator_id"), ("provider", "provider_id"))
    ]
    return nw.from_native(pl.concat(about).lazy())


@remembered
def _measured(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Bills taken back, and counters with cause, value, observed and expected; no operator is an empty text."""
    named = context.whole.with_texts(counter_settlements(context), operator="operator_id")
    settled = named.with_columns(operator_id=nw.col("operator").fill_null("")).drop("operator")
    refunds = collect(
        late_reversals(
            settled,
            context,
            later=int(thresholds.latest("within_minutes")),
            days=int(thresholds.latest("late_days")),
            replaced_days=int(thresholds.latest("replaced_days")),
            alike=float(thresholds.latest("alike_percent")) / _PERCENT,
        )
    ).with_columns(
        cause=pl.when(pl.col("undone_day") == pl.col("settled_day"))
        .then(pl.lit("same_day"))
        .otherwise(pl.lit("later_days"))
    )
    served = settled.select(_PERSON).unique()
    usual = Prior(float(thresholds.latest("usual_percent")) / _PERCENT)
    counters = [
        collect(
            against_others(served, nw.from_native(part.lazy()).select(_PERSON).unique(), _COUNTER, usual)
        ).select(
            *_COUNTER,
            "expected",
            cause=pl.lit(cause),
            observed=pl.col("observed").cast(pl.Float64),
            value=(pl.col("value") - pl.lit(_LOOKS).log10()).clip(lower_bound=0.0).round(6),
        )
        for cause, part in (
            (name, refunds.filter(pl.col("cause") == name)) for name in ("same_day", "later_days")
        )
    ]
    return refunds.sort("settlement_id"), pl.concat(counters).sort(*_COUNTER, "cause")
