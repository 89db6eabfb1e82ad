"""Benefit: how much of the cost does the pooled fund carry, for whom, and where not?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import ordinary_visits
from features.indicators.ground import Ground
from features.indicators.periods import YEAR, Period
from features.indicators.population import categories
from features.indicators.registry import Drawn, indicator
from features.registry import Frame

_VISIT = ("person", "provider", "person_category")


@indicator(record="settlement")
def effective_reimbursement(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the total cost of ordinary outpatient care, what the pooled fund paid; a row a settlement."""
    return of_visits(ordinary_visits(ground, period), nw.col("pool"), nw.col("total"))


@indicator(record="settlement")
def policy_scope_reimbursement(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of the cost that is eligible for benefit, what the pooled fund paid; a row a settlement."""
    return of_visits(ordinary_visits(ground, period), nw.col("pool"), nw.col("in_scope"))


@indicator(record="settlement")
def retired_active_gap(ground: Ground, period: Period, _: Drawn) -> Frame:
    """The pooled fund's share of the cost of retired people (side 0) less that of people in work (side 1)."""
    visits = ordinary_visits(ground, period).filter(
        nw.col("person_category").is_in(["retired", "active", "flexible"])
    )
    retired = nw.col("person_category") == "retired"
    return of_visits(
        visits,
        nw.col("pool"),
        nw.col("total"),
        nw.when(retired).then(nw.lit(0)).otherwise(nw.lit(1)).alias("side"),
    )


@indicator(record="settlement")
def zero_pay_visits(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of ordinary outpatient visits, those for which the pool paid nothing, by the reason; a row a settlement."""
    nothing = ~nw.col("reason").is_null()
    return of_visits(
        ordinary_visits(ground, period), nothing.cast(nw.Int64), nw.lit(1), nw.col("reason").alias("part")
    )


@indicator()
def near_cap(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of people for whom the pool paid, those whose pooled pay of a year came to ``near_cap`` of the cap.

    Years are calendar years that the period touches, each from its January up to the period's end.
    """
    in_years = nw.col("month").is_between(period.start // YEAR * YEAR, period.end)
    paid = ground["person_months"].filter(in_years)
    by_year = (
        paid.with_columns(year=nw.col("month") // YEAR)
        .group_by("person", "year")
        .agg(nw.col("pool").sum())
        .filter(nw.col("pool") > 0)
        .with_columns(month=nw.min_horizontal(nw.col("year") * YEAR + YEAR - 1, nw.lit(period.end)))
        .join(categories(ground, period), on="person", how="left")
        .join(
            ground["limits"].select(nw.col("month").cast(nw.Int32), "person_category", "cap"),
            on=["month", "person_category"],
            how="left",
        )
    )
    percent = round(100 * line["near_cap"])
    near = (nw.col("pool") * 100 >= nw.col("cap") * percent).fill_null(value=False)
    return (
        by_year.with_columns(numerator=near.cast(nw.Int64), denominator=nw.lit(1).cast(nw.Int64))
        .group_by("person")
        .agg(nw.col("numerator", "denominator").max())
    )


def of_visits(visits: Frame, numerator: nw.Expr, denominator: nw.Expr, *more: nw.Expr) -> Frame:
    """A list of settlements: whose, where, of which category, and the two integers."""
    return visits.select(
        *_VISIT,
        nw.col("settlement_id").alias("record"),
        numerator.alias("numerator"),
        denominator.cast(nw.Int64).alias("denominator"),
        *more,
    )
