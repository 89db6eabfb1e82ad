"""What pooled care of some weeks cost each person, against the person's own habit, in all weeks of the data.

A year is cut into stretches of equal length, backwards from its last day. A person's own medicine is what the person
buys in other weeks, too, before or after: it counts less, because a patient needs it again.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.detectors.context import DetectorContext
from models.evidence.other_weeks import weeks_surprise

STRETCH = ["person_id", "benefit_year", "stretch"]
_YEAR = 365


def _own(weeks: pl.Expr) -> pl.Expr:
    """Whether the person buys the goods in other weeks, too; `weeks` says which a purchase belongs to."""
    return pl.col("goods").is_not_null() & (weeks.n_unique().over("person_id", "goods") > 1)


def with_goods(context: DetectorContext, care: pl.DataFrame) -> pl.DataFrame:
    """Care with its dearest item (``goods``); null without lines.

    Args:
        context: whose charge lines are read.
        care: with settlement_id.
    """
    lines: pl.LazyFrame = context.whole.charge_lines.select(
        "settlement_id", "item_code", "amount"
    ).to_native()
    dearest = (
        lines.join(care.lazy().select("settlement_id"), on="settlement_id", how="semi")
        .group_by("settlement_id")
        .agg(goods=pl.col("item_code").sort_by("amount", "item_code").last())
    )
    return care.join(dearest.collect(engine="streaming"), on="settlement_id", how="left")


def without_own(cases: pl.DataFrame, care: pl.DataFrame, own_percent: int) -> pl.DataFrame:
    """The cases with less evidence as far as their last weeks went for own medicine.

    Args:
        cases: person_id, benefit_year and value.
        care: those two, pool, goods, day and late (whether in the last weeks).
        own_percent: share of the evidence taken off where all was own medicine.
    """
    key = ["person_id", "benefit_year"]
    weeks = pl.when("late").then("benefit_year")  # all other time is the same weeks
    late = care.with_columns(own=_own(weeks)).filter("late").group_by(key)
    share = late.agg(own=pl.col("pool").filter("own").sum() / pl.col("pool").sum())
    kept = 1 - pl.col("own").fill_null(0.0) * own_percent / 100
    return cases.join(share, on=key, how="left").with_columns(value=pl.col("value") * kept).drop("own")


@dataclass(frozen=True)
class Stretches:
    """How care is cut and counted.

    Attributes:
        lengths: of stretches, in days; each is looked at, and the most surprising counts.
        least_purchases: settlements from which a stretch is looked at: a few large bills are an illness.
        own_percent: share of the money for own medicine that does not count.
    """

    lengths: tuple[int, ...]
    least_purchases: int
    own_percent: int


def dear_last_weeks(
    care: pl.DataFrame, years: list[int], observed: tuple[int, int], cut: Stretches
) -> pl.DataFrame:
    """How surprising the last stretch of each of the years is among all the other stretches of everybody.

    Args:
        care: person_id, day, benefit_year, pool (fen) and goods.
        years: whose last stretch is looked at.
        observed: first and last day.
        cut: how it is cut.

    Returns:
        Columns person_id, benefit_year, days (with care) and surprise; sorted.
    """
    each = [_last_of(care, years, observed, length, cut) for length in cut.lengths]
    return (
        pl.concat(each)
        .group_by("person_id", "benefit_year")
        .agg(pl.all().max())
        .sort("person_id", "benefit_year")
    )


def _last_of(
    care: pl.DataFrame, years: list[int], observed: tuple[int, int], length: int, cut: Stretches
) -> pl.DataFrame:
    """As `dear_last_weeks`, of stretches of one length."""
    weeks = _stretches(care, observed, length, cut.own_percent)
    is_last = (pl.col("stretch") == 0) & pl.col("benefit_year").is_in(years)
    often = weeks.filter(pl.col("purchases") >= cut.least_purchases)
    seen, others = often.filter(is_last), often.filter(~is_last)
    exposed = (
        weeks.filter(~is_last).select("benefit_year", "stretch").n_unique() * care["person_id"].n_unique()
    )
    surprise = weeks_surprise(seen["measure"], others["measure"], exposed)
    return seen.select("person_id", "benefit_year", "days", surprise=pl.Series(surprise, dtype=pl.Float64))


def _stretches(care: pl.DataFrame, observed: tuple[int, int], length: int, own_percent: int) -> pl.DataFrame:
    """A row for each person and stretch with care that lies within the observed days, sorted.

    Returns:
        `STRETCH` (0 is the last of the year), purchases, days, and measure: money over what the habit lets one
        expect, times the root of the purchases. The habit is the person's care of all other time and, as of one more
        such time, everybody's; where more people than usual had care in the stretch, it is as much larger.
    """
    first, last = observed
    span = last - first + 1
    year_end = pl.date(pl.col("benefit_year"), 12, 31).cast(pl.Int32).cast(pl.Int64)
    own = _own(pl.struct("benefit_year", "stretch"))
    dated = care.with_columns(stretch=(year_end - pl.col("day")) // length, until=year_end).with_columns(
        counted=pl.col("pool") * (100 - pl.when(own).then(own_percent).otherwise(0))
    )
    begin = pl.col("until") - (pl.col("stretch") + 1) * length + 1
    inside = (begin >= first) & (begin + length - 1 <= last) & (pl.col("stretch") < _YEAR // length)
    whole = care.group_by("person_id").agg(whole=pl.col("pool").sum())
    usual = float(whole["whole"].sum() or 0) / max(whole.height, 1) / span
    parts = (
        dated.filter(inside)
        .group_by(STRETCH)
        .agg(
            pl.col("pool", "counted").sum(),
            purchases=pl.len().cast(pl.Int64),
            days=pl.col("day").n_unique().cast(pl.Int64),
        )
        .join(whole, on="person_id")
        .with_columns(people=pl.len().over("benefit_year", "stretch").cast(pl.Int64))
    )
    seasons = parts.select("benefit_year", "stretch", "people").unique()
    season = (pl.col("people") * seasons.height / max(int(seasons["people"].sum()), 1)).clip(1.0)
    habit = ((pl.col("whole") - pl.col("pool")) / max(span - length, 1) + usual) * length * season
    measure = (pl.col("counted") / 100 / habit * pl.col("purchases").sqrt()).round(9)
    return parts.select(*STRETCH, "purchases", "days", measure=measure).sort(STRETCH)
