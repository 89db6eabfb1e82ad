"""Participation: do those whom the reform is for take part in it?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground
from features.indicators.periods import YEAR, Period
from features.indicators.population import entitled_months
from features.indicators.registry import Drawn, indicator
from features.registry import Frame


@indicator()
def pooled_participation(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of people entitled for at least ``entitled_months``, those for whom the pool paid ordinary outpatient care.

    Entitlement is counted over the period, or over the year up to its end where the period is shorter.
    """
    since = min(period.start, period.end - YEAR + 1)
    asked = entitled_months(ground, since, period.end).filter(nw.col("months") >= line["entitled_months"])
    paid = within(ground, "visits", period).filter(nw.col("pool") > 0).select("person").unique()
    return flagged(asked.select("person", "person_category"), paid)


def flagged(people: Frame, those: Frame) -> Frame:
    """A row of each of the people: denominator 1, and numerator 1 for those who are among the others."""
    return people.join(
        those.with_columns(numerator=nw.lit(1).cast(nw.Int64)), on="person", how="left"
    ).with_columns(nw.col("numerator").fill_null(0), denominator=nw.lit(1).cast(nw.Int64))
