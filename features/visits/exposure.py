"""Exposure: the days on which a person was enrolled while the data were observed.

Rates divide by it, so that a short enrolment or an incomplete last month counts with its days only.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.contract.vocabulary import INACTIVE_STATUSES, UNKNOWN
from features.registry import Frame, view
from features.settings import SETTINGS

LEAST_DAYS = SETTINGS.whole("least_enrolled_days")
"""Enrolled days below which a rate is not applicable."""

LEAST_COUNT = SETTINGS.whole("least_count")
"""A share or an average of fewer things is not applicable."""


def per_month(amount: str) -> nw.Expr:
    """A column per enrolled month (365.25 / 12 days); null below `LEAST_DAYS`."""
    rate = nw.col(amount) * 1461 / (nw.col("enrolled_days") * 48)
    return nw.when(nw.col("enrolled_days") >= LEAST_DAYS).then(rate)


def share(part: str, whole: str, *, of: str | None = None, least: int = LEAST_COUNT) -> nw.Expr:
    """``part / whole``; null where fewer than ``least`` things are counted, or the denominator is 0.

    Args:
        part: column of the numerator.
        whole: column of the denominator.
        of: column that counts the things; the denominator itself when None.
        least: fewest things that a share is taken of.
    """
    counted = nw.col(of or whole) >= least
    return nw.when(counted & (nw.col(whole) > 0)).then(nw.col(part) / nw.col(whole))


@view(grain="person")
def person_exposure(enrolments: Frame, observed: Frame) -> Frame:
    """Days inside the observed period on which a person was enrolled in any scheme; each day once.

    Intervals that are suspended or terminated do not count. Overlaps are merged by a sweep line: +1 on
    the first day, -1 after the last; the days on which the running sum is positive are enrolled.
    A person with an interval whose end or status is unknown has no row: how many days those are is not known.
    """
    unknown = nw.col("end_unknown").fill_null(value=False) | (nw.col("status") == UNKNOWN).fill_null(
        value=False
    )
    clipped = (
        enrolments.join(enrolments.filter(unknown).select("person_id"), on="person_id", how="anti")
        .filter(~nw.col("status").is_in(INACTIVE_STATUSES))
        .join(observed, how="cross")
        .select(
            "person_id",
            start=nw.max_horizontal("start_day", "first_day"),
            end=nw.min_horizontal("end_day", "last_day") + 1,
        )
        .filter(nw.col("end") > nw.col("start"))
    )
    steps = [
        clipped.select("person_id", nw.col(edge).alias("day"), nw.lit(step).cast(nw.Int64).alias("step"))
        for edge, step in (("start", 1), ("end", -1))
    ]
    return (
        nw.concat(steps, how="vertical")
        .group_by("person_id", "day")
        .agg(nw.col("step").sum())
        .with_columns(
            running=nw.col("step").cum_sum().over("person_id", order_by="day"),
            until=nw.col("day").shift(-1).over("person_id", order_by="day"),
        )
        .filter(nw.col("running") > 0)
        .group_by("person_id")
        .agg((nw.col("until") - nw.col("day")).cast(nw.Int64).sum().alias("enrolled_days"))
    )
