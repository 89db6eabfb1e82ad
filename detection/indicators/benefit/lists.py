"""Lists of benefit: shares of the cost that the pool paid, visits without pooled pay, people near the cap."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.lists import monthly, periodic, settlement_rows
from detection.indicators.thresholds import ThresholdValues
from features.calendar import MONTHS_PER_YEAR
from features.indicators.care import ordinary_visits
from features.indicators.periods import Period, months_of, spans
from features.indicators.population import categories
from features.registry import Frame, Relations


@monthly(record="settlement")
def effective_reimbursement(views: Relations, _: ThresholdValues) -> Frame:
    """Of the total cost of ordinary outpatient care, what the pooled fund paid; a row a settlement."""
    return settlement_rows(ordinary_visits(views), nw.col("pool"), nw.col("total"))


@monthly(record="settlement")
def policy_scope_reimbursement(views: Relations, _: ThresholdValues) -> Frame:
    """Of the cost that is eligible for benefit, what the pooled fund paid; a row a settlement."""
    return settlement_rows(ordinary_visits(views), nw.col("pool"), nw.col("in_scope"))


@monthly(record="settlement")
def retired_active_gap(views: Relations, _: ThresholdValues) -> Frame:
    """The pooled fund's share of the cost of retired people (side 0) less that of people in work (side 1)."""
    visits = ordinary_visits(views).filter(nw.col("person_category").is_in(["retired", "active", "flexible"]))
    retired = nw.col("person_category") == "retired"
    return settlement_rows(
        visits,
        nw.col("pool"),
        nw.col("total"),
        nw.when(retired).then(nw.lit(0)).otherwise(nw.lit(1)).alias("side"),
    )


@monthly(record="settlement")
def zero_pay_visits(views: Relations, _: ThresholdValues) -> Frame:
    """Of ordinary outpatient visits, those for which the pool paid nothing, by the reason; a row a settlement."""
    nothing = ~nw.col("reason").is_null()
    return settlement_rows(
        ordinary_visits(views), nothing.cast(nw.Int64), nw.lit(1), nw.col("reason").alias("part")
    )


@periodic()
def near_cap(views: Relations, periods: Sequence[Period], thresholds: ThresholdValues) -> Frame:
    """Of people for whom the pool paid, those whose pooled pay of a year came to ``near_cap`` of the cap.

    Years are calendar years that the period touches, each from its January up to the period's end.
    """
    in_years = months_of(periods, lambda period: period.start // MONTHS_PER_YEAR * MONTHS_PER_YEAR)
    by_year = (
        views["outpatient_months"]
        .join(in_years, on="month")
        .with_columns(year=nw.col("month") // MONTHS_PER_YEAR)
        .group_by("period", "insured_code", "year")
        .agg(nw.col("pool").sum())
        .filter(nw.col("pool") > 0)
        .join(spans(periods), on="period")
        .with_columns(month=nw.min_horizontal(nw.col("year") * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1, "end"))
        .join(categories(views, periods), on=["period", "insured_code"], how="left")
        .join(
            views["benefit_limits"].select(nw.col("month").cast(nw.Int32), "person_category", "cap"),
            on=["month", "person_category"],
            how="left",
        )
    )
    percent = round(100 * thresholds.number("near_cap"))
    near = (nw.col("pool") * 100 >= nw.col("cap") * percent).fill_null(value=False)
    return (
        by_year.with_columns(numerator=near.cast(nw.Int64), denominator=nw.lit(1).cast(nw.Int64))
        .group_by("period", "insured_code")
        .agg(nw.col("numerator", "denominator").max())
    )
