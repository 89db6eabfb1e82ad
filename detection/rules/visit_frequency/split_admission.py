"""One hospital stay billed as several: the same patient back within days, for the same illness (D24).

Null: patients of an illness come back as often as to all the other hospitals; gamma-Poisson with the peers' spread.
Exposure: discharges that the data follow for long enough. Rivals: courses under a programme are left out, and so are
patients admitted at even distances who are at home for longer than in bed, as in cycles of treatment; an illness whose
patients everywhere return, as for chemotherapy, is expected to; another illness is another stay; several bills of
one admission are one stay.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.courses import planned_stays
from detection.circumstances.bills.stays import stays
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import about_providers, by_kind
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PATIENT = ["provider_id", "person_id", "kind"]
_PRIOR = Prior(rate=0.03, weight=20.0, most_even=10.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The stays that follow so soon, at the hospitals where they do so more often than elsewhere."""
    followed = _followed(context, thresholds)
    least = int(thresholds.latest("min_returns"))
    cases = _places(followed).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    back = pl.col("gap") <= int(thresholds.latest("next_day"))
    return nw.from_native(
        followed.filter("back")
        .join(cases, on="provider_id")
        .explode("next_bills")
        .lazy()
        .select(
            "provider_id",
            settlement_id="next_bills",
            subject_id="provider_id",
            strength="value",
            cause=pl.when(back).then(pl.lit("next_day")).otherwise(pl.lit("within_days")),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every hospital with such a return."""
    return nw.from_native(about_providers(_places(_followed(context, thresholds))))


def _places(followed: pl.DataFrame) -> pl.DataFrame:
    cells = followed.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("back").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR)


def _followed(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Discharges of known illness: `_PATIENT`, gap (days to the next stay there), next_bills, back (soon)."""
    days = int(thresholds.latest("within_days"))
    observed: pl.DataFrame = context.views["observed"].to_native().collect()
    last = int(observed["last_day"][0] or 0)
    known = stays(context).filter(pl.col("kind") != "")
    of_patient = known.join(planned_stays(known), on=_PATIENT, how="anti").sort(*_PATIENT, "admitted_day")
    following = pl.col("admitted_day", "bills").shift(-1).over(_PATIENT)
    return (
        of_patient.with_columns(following.name.prefix("next_"))
        .with_columns(gap=pl.col("next_admitted_day") - pl.col("discharged_day"))
        .filter(pl.col("discharged_day") <= last - days)
        .with_columns(back=pl.col("gap").is_between(0, days).fill_null(value=False))
    )
