"""Daily numbers of settlements that are more even than chance allows (D32).

Null: with its own weekdays and months given, the number of people a day is Poisson; people who come by themselves
spread at least so much. Compared is the dispersion of a provider's, prescriber's or operator's daily numbers (lower
tail of chi-square). Exposure: all those with days enough and people enough a day; the number of them counts as looks.
Rivals: days of closure and half days belong to weekdays; shifts under a programme and stays are left out; a ceiling of
appointments cuts the days off above, so whose largest number is also the most frequent is left out.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
from scipy.stats import chi2

from detection.circumstances.quick_reversals import NO_COUNTER_CARE
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from features.visits.settlements import is_reversal, under_programme
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_KEEPERS = {"by_place": "provider_id", "by_prescriber": "prescriber_id", "by_operator": "operator_id"}
_SUBJECTS = {"by_place": "provider", "by_prescriber": "prescriber", "by_operator": "operator"}
_UNIT = ["cause", "provider_id", "keeper"]
_LOG_10 = float(np.log(10))


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The settlements of the units whose days are too even; per place those of the unit with most evidence."""
    settled, measured = _measured(context, thresholds)
    units = measured.filter(pl.col("value") >= ALERT)
    first = units.sort("provider_id", "surprise", "keeper", descending=[False, True, False]).unique(
        "provider_id", keep="first", maintain_order=True
    )
    rows = [
        settled.join(of_cause, left_on=["provider_id", key], right_on=["provider_id", "keeper"])
        if key != "provider_id"
        else settled.join(of_cause, on="provider_id")
        for cause, key in _KEEPERS.items()
        for of_cause in [first.filter(pl.col("cause") == cause)]
    ]
    columns = ["settlement_id", "provider_id", "cause", "value"]
    return nw.from_native(
        pl.concat([each.select(columns) for each in rows])
        .lazy()
        .select("settlement_id", "provider_id", "cause", subject_id="provider_id", strength="value")
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about prescribers, operators and providers; observed is the dispersion, of which 1 is expected."""
    _, measured = _measured(context, thresholds)
    units = measured.filter(pl.col("value") > 0)
    kind = pl.col("cause").replace_strict(_SUBJECTS, return_dtype=pl.String)
    own = units.select("value", "observed", expected=pl.lit(1.0), subject_kind=kind, subject_id="keeper")
    return nw.from_native(own.lazy())


@remembered
def _measured(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The settlements, and the units."""
    settled = _settled(context)
    return settled, _units(settled, thresholds)


def _settled(context: DetectorContext) -> pl.DataFrame:
    rows: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(),
            ~under_programme().fill_null(False),
            ~nw.col("care_type").fill_null("").is_in(NO_COUNTER_CARE),
        )
        .select("settlement_id", "provider_id", "person_id", "prescriber_id", "operator_id", "settled_day")
        .to_native()
    )
    return rows.sort("settlement_id").collect()


def _units(settled: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Units with days enough: `_UNIT`, observed (dispersion), surprise, value (evidence)."""
    least_days, least_a_day = (int(thresholds.latest(name)) for name in ("min_days", "min_a_day"))
    daily = pl.concat([_daily(settled, cause, least_days * least_a_day) for cause in _KEEPERS])
    kept = daily.filter(
        pl.len().over(_UNIT) >= least_days, pl.col("people").mean().over(_UNIT) >= least_a_day
    )
    units = _dispersions(_below_the_top(kept)).filter(pl.col("freedom") >= least_days // 2)
    lower = -chi2.logcdf(units["statistic"].to_numpy(), units["freedom"].to_numpy()) / _LOG_10
    surprise = pl.Series("surprise", np.clip(lower, 0.0, 300.0), pl.Float64)
    value = pl.Series("value", evidence_of(surprise.to_numpy(), units.height), pl.Float64)
    observed = pl.col("statistic") / pl.col("freedom")
    return units.with_columns(surprise, value, observed=observed).select(
        *_UNIT, "observed", "surprise", "value"
    )


def _daily(settled: pl.DataFrame, cause: str, least_rows: int) -> pl.DataFrame:
    """People a day of the units of a kind with settlements enough: `_UNIT`, weekday, month (of thirty days), people."""
    keeper = pl.col(_KEEPERS[cause])
    often = settled.filter(keeper.is_not_null(), pl.len().over(["provider_id", keeper]) >= least_rows)
    return (
        often.with_columns(keeper=keeper, cause=pl.lit(cause))
        .group_by(*_UNIT, day="settled_day")
        .agg(people=pl.col("person_id").n_unique().cast(pl.Int64))
        .with_columns(weekday=pl.col("day") % 7, month=pl.col("day") // 28)
        .sort(*_UNIT, "day")
    )


def _below_the_top(daily: pl.DataFrame) -> pl.DataFrame:
    """Without units whose largest number is also the most frequent: a ceiling of appointments."""
    often = daily.group_by(*_UNIT, "people").agg(times=pl.len())
    usual = often.sort("times", "people", descending=True).unique(_UNIT, keep="first", maintain_order=True)
    top = daily.group_by(_UNIT).agg(top=pl.col("people").max())
    full = usual.join(top, on=_UNIT).filter(pl.col("people") == pl.col("top"))
    return daily.join(full, on=_UNIT, how="anti")


def _dispersions(daily: pl.DataFrame) -> pl.DataFrame:
    """Pearson's statistic against the unit's own weekdays and months: `_UNIT`, statistic, freedom."""
    total, by_day, by_month = (
        pl.col("people").sum().over([*_UNIT, *part]) for part in ([], ["weekday"], ["month"])
    )
    mean = by_day / pl.len().over([*_UNIT, "weekday"])
    level = (by_month / pl.len().over([*_UNIT, "month"])) / (total / pl.len().over(_UNIT))
    deviation = (pl.col("people") - pl.col("mean")) ** 2 / pl.col("mean")
    return (
        daily.with_columns(mean=mean * level)
        .group_by(_UNIT, maintain_order=True)
        .agg(
            statistic=deviation.sum(),
            freedom=pl.len().cast(pl.Int64) - pl.col("weekday").n_unique() - pl.col("month").n_unique() + 1,
        )
    )
