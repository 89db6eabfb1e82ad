"""People settled one after another at equal gaps, on several days, as a program does and people do not (D32).

Evidence is a run of settlements of different people whose successive gaps are equal to a few seconds. Compared is how
often the next gap is equal, against the unit's own gaps, smoothed (binomial); units are a place, a prescriber and an
operator, because others who work at the same time hide a rhythm of one of them. The gap is searched for, and so are the
units: both count as looks. The equal pairs must agree on one gap and occur on several days.

Rivals: appointments have a usual gap too, so it is expected to be far more frequent than its surroundings; care under a
programme keeps shifts and is left out; several bills of one person are one visit; times that are rounded keep every
rhythm and cannot be assessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.quick_reversals import NO_COUNTER_CARE
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from features.visits.settlements import is_reversal, under_programme
from models.evidence.rhythm import Clock, rhythm
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_KEYS = {
    "by_prescriber": ["provider_id", "prescriber_id"],
    "by_operator": ["provider_id", "operator_id"],
    "by_place": ["provider_id"],
}
_SUBJECTS = {"by_prescriber": "prescriber", "by_operator": "operator", "by_place": "provider"}
_UNIT = ["cause", "provider_id", "keeper"]
_MINUTE, _ROUNDED = 60, 300
_MOSTLY = 0.5
_TELLING = 10
"""Gaps of fewer times the jitter are equal anyway."""
_VISITS: dict[str, pl.DataType] = {
    "settlement_id": pl.String(),
    **dict.fromkeys(_UNIT, pl.String()),
    "settled_day": pl.Int32(),
    "gap": pl.Int64(),
    "next_gap": pl.Int64(),
}
_RHYTHMS: dict[str, pl.DataType] = {
    **dict.fromkeys(_UNIT, pl.String()),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "surprise": pl.Float64(),
    "days": pl.Int64(),
    "observed": pl.Float64(),
    "expected": pl.Float64(),
}


@dataclass(frozen=True)
class _Measured:
    """Settlements with their gaps, and the rhythms of the units.

    Attributes:
        visits: `_UNIT`, settlement_id, settled_day, gap (to the visit before), next_gap; of units with a rhythm.
        rhythms: columns of `_RHYTHMS` and ``value``, the evidence.
    """

    visits: pl.DataFrame
    rhythms: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The visits of the rhythms with the evidence of an alert; per place those of the kind of unit with most of it."""
    measured = _measure(context, thresholds)
    strong = measured.rhythms.filter(pl.col("value") >= ALERT)
    order = pl.col("cause").replace_strict(
        {cause: at for at, cause in enumerate(_KEYS)}, return_dtype=pl.Int64
    )
    first = strong.sort("provider_id", "surprise", order, descending=[False, True, False])
    kind = first.unique("provider_id", keep="first", maintain_order=True).select("provider_id", "cause")
    runs = measured.visits.join(strong.join(kind, on=["provider_id", "cause"]), on=_UNIT)
    in_run = pl.any_horizontal(
        pl.col(name).is_between(pl.col("low"), pl.col("high")) for name in ("gap", "next_gap")
    )
    shown = runs.filter(in_run.fill_null(False)).select(
        "settlement_id", "provider_id", "cause", subject_id="provider_id", strength="value"
    )
    return nw.from_native(shown.lazy())


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about prescribers, operators and providers."""
    rhythms = _measure(context, thresholds).rhythms
    own = rhythms.select(
        "value",
        "observed",
        "expected",
        subject_kind=pl.col("cause").replace_strict(_SUBJECTS, return_dtype=pl.String),
        subject_id="keeper",
    )
    places = rhythms.select(
        "value", "observed", "expected", subject_kind=pl.lit("provider"), subject_id="provider_id"
    )
    return nw.from_native(pl.concat([own, places]).lazy())


@remembered
def _measure(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    settled: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(),
            ~under_programme().fill_null(False),
            ~nw.col("care_type").fill_null("").is_in(NO_COUNTER_CARE),
        )
        .select(
            "settlement_id",
            "provider_id",
            "prescriber_id",
            "operator_id",
            "person_id",
            "settled_day",
            "settled_at",
        )
        .to_native()
    )
    timed = settled.with_columns(second=pl.col("settled_at").dt.epoch("s")).drop("settled_at")
    rounded = timed.select(
        (pl.col("second") % unit == 0).mean().alias(str(unit)) for unit in (_MINUTE, _ROUNDED)
    ).collect()
    if (rounded[str(_ROUNDED)][0] or 0.0) > _MOSTLY:
        return _Measured(
            pl.DataFrame(schema=_VISITS), pl.DataFrame(schema=_RHYTHMS | {"value": pl.Float64()})
        )
    jitter = float(thresholds.latest("jitter_seconds"))
    if (rounded[str(_MINUTE)][0] or 0.0) > _MOSTLY:
        jitter = _MINUTE
    clock = Clock(
        jitter=jitter,
        peak=float(thresholds.latest("peak_times")),
        least=max(float(thresholds.latest("least_seconds")), _TELLING * jitter),
        most=float(thresholds.latest("most_minutes")) * _MINUTE,
    )
    pairs = pl.concat([_gaps(timed, cause) for cause in _KEYS])
    return _rhythms(pairs, clock, thresholds)


def _gaps(timed: pl.LazyFrame, cause: str) -> pl.LazyFrame:
    """Visits of every unit of a kind with the gap before and after them on the same day, in seconds."""
    keys = _KEYS[cause]
    unit, day = pl.col(keys[-1]), [*keys, "settled_day"]
    of_units = timed.filter(unit.is_not_null()).sort(*day, "second", "settlement_id")
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in day).fill_null(False)
    other_person = ~same | (pl.col("person_id") != pl.col("person_id").shift(1))
    gap = pl.when(same).then(pl.col("second").diff())
    followed = same.shift(-1).fill_null(False)
    return (
        of_units.filter(other_person)
        .with_columns(gap=gap, followed=followed)
        .with_columns(next_gap=pl.when("followed").then(pl.col("gap").shift(-1)))
        .select(
            "settlement_id", "provider_id", "settled_day", "gap", "next_gap", cause=pl.lit(cause), keeper=unit
        )
    )


def _rhythms(visits: pl.LazyFrame, clock: Clock, thresholds: StatisticalThresholds) -> _Measured:
    """Rhythms of the units with enough equal pairs of gaps."""
    both = pl.all_horizontal(pl.col(name).is_between(clock.least, clock.most) for name in ("gap", "next_gap"))
    equal = (pl.col("gap") - pl.col("next_gap")).abs() <= clock.jitter + 0.01 * pl.col("gap")
    many = int(thresholds.latest("min_pairs"))
    visits = visits.collect().lazy()  # sorted once for the two passes
    units = visits.filter(both).group_by(_UNIT).agg(equal.sum().cast(pl.Int64).alias("equal")).collect()
    candidates = units.filter(pl.col("equal") >= many).select(_UNIT)
    of_candidates = visits.join(candidates.lazy(), on=_UNIT, how="semi").collect()
    rows = []
    pairs = of_candidates.filter(both).sort(*_UNIT, "settled_day", "settlement_id")
    for unit, of_unit in pairs.group_by(_UNIT, maintain_order=True):
        kept = rhythm(of_unit["gap"], of_unit["next_gap"], clock)
        if kept is None or kept.equal < many:
            continue
        days = of_unit.filter(equal, pl.col("gap").is_between(kept.low, kept.high))["settled_day"].n_unique()
        expected = kept.followed * kept.chance
        rows.append((*unit, kept.low, kept.high, kept.surprise, days, float(kept.equal), expected))
    kinds = _RHYTHMS | {name: of_candidates.schema[name] for name in _UNIT}
    rhythms = pl.DataFrame(rows, schema=kinds, orient="row").filter(
        pl.col("days") >= int(thresholds.latest("min_days"))
    )
    value = evidence_of(rhythms["surprise"], max(units.height, 1) * clock.looks)
    of_rhythms = of_candidates.join(rhythms.select(_UNIT), on=_UNIT, how="semi")
    return _Measured(of_rhythms, rhythms.with_columns(pl.Series("value", value, pl.Float64)))
