"""A card on which another person lives next to its holder for months (D13).

Evidence are days of care with what people of the holder's sex and age do not have in this fund, again and again over
months, while the holder goes on with care that in turn does not go with those who have it.
Null: such days occur as often as with all the others, as uneven as people are; gamma-Poisson. Exposure: days of care.
Rivals: a wrong entry of sex or age leaves no life of its own to the holder; what a pharmacy sold without the pooled
fund may be for a relative; a rare illness is a single thing, not a second life.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.holder_profile import DAY, misfits, uses
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.of_counts import against_others
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.01)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills of the other life, of the persons whose days fit two people."""
    lives = _lives(context, thresholds)
    return nw.from_native(
        lives.days.filter("other")
        .join(lives.people.filter(pl.col("value") >= ALERT), on="person_id")
        .explode("bills")
        .lazy()
        .select(
            "person_id",
            settlement_id="bills",
            subject_id="person_id",
            strength="value",
            cause=pl.when("apart").then(pl.lit("at_other_places")).otherwise(pl.lit("at_the_same_places")),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of the persons whose days fit two people."""
    return nw.from_native(
        _lives(context, thresholds)
        .people.lazy()
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed=pl.col("observed").cast(pl.Float64),
        )
    )


@dataclass(frozen=True)
class _Lives:
    """People whose days fit two.

    Attributes:
        days: of care, of those who have any that does not fit them: see `_days`.
        people: person_id, apart (whether the other has places of its own), value, observed, expected (days).
    """

    days: pl.DataFrame
    people: pl.DataFrame


@remembered
def _lives(context: DetectorContext, thresholds: StatisticalThresholds) -> _Lives:
    used = uses(context)
    wrong = misfits(used, float(thresholds.latest("most_percent")) / 100)
    with_misfit = used.join(wrong.lazy(), on=["code", "cell"], how="semi").select(DAY).unique().collect()
    candidates = with_misfit.select("person_id").unique()
    days = _days(used.join(candidates.lazy(), on="person_id", how="semi").collect(), wrong)
    exposed = nw.from_native(used.select(DAY).unique().select("person_id"))
    seen = nw.from_native(with_misfit.lazy().select("person_id"))
    measured: pl.DataFrame = against_others(exposed, seen, ["person_id"], _PRIOR).to_native().collect()
    return _Lives(days, _two_lives(days, thresholds).join(measured, on="person_id"))


def _days(used: pl.DataFrame, wrong: pl.DataFrame) -> pl.DataFrame:
    """Days of care.

    Columns: `DAY`, other (has what does not fit the holder), usual (whom that fits), bills, places, codes (lists), own
    (has what does not go with those whom the person's other days fit, and fits the holder).
    """
    misfit = pl.col("usual").is_not_null()
    days = (
        used.join(wrong, on=["code", "cell"], how="left")
        .group_by(DAY)
        .agg(
            other=misfit.any(),
            usual=pl.col("usual").drop_nulls().sort().first(),
            bills=pl.col("settlement_id").filter(misfit).unique().sort(),
            places=pl.col("provider_id").unique().sort(),
            codes=pl.col("code").unique().sort(),
        )
        .sort(DAY)
    )
    whom = days.filter("other").group_by("person_id").agg(whom=pl.col("usual").mode().sort().first())
    own = (
        days.filter(~pl.col("other"))
        .join(whom, on="person_id")
        .explode("codes")
        .join(wrong, left_on=["codes", "whom"], right_on=["code", "cell"], how="semi")
        .select(DAY)
        .unique()
        .with_columns(own=pl.lit(value=True))
    )
    return days.join(own, on=DAY, how="left").with_columns(pl.col("own").fill_null(value=False)).sort(DAY)


def _two_lives(days: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Persons with enough days of both lives over a long time: person_id, apart (whether at places of their own)."""
    least, own_days = (int(thresholds.latest(name)) for name in ("min_other_days", "min_own_days"))
    span = int(thresholds.latest("min_span_days"))
    other, own = pl.col("other"), pl.col("own")
    day = pl.col("service_day")
    return (
        days.group_by("person_id")
        .agg(
            others=other.sum(),
            owns=own.sum(),
            span=day.filter(other).max() - day.filter(other).min(),
            between=(day.filter(own).min() < day.filter(other).max())
            & (day.filter(other).min() < day.filter(own).max()),
            there=pl.col("places").filter(other).list.explode().unique(),
            here=pl.col("places").filter(own).list.explode().unique(),
        )
        .filter(pl.col("others") >= least, pl.col("owns") >= own_days, pl.col("span") >= span, "between")
        .select("person_id", apart=pl.col("there").list.set_intersection("here").list.len() == 0)
        .sort("person_id")
    )
