"""Bursts of a person's visits: the busiest week and month, and days at several providers."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, feature, view
from features.settings import SETTINGS
from features.visits.exposure import LEAST_COUNT
from features.visits.settlements import count

WEEK, MONTH = SETTINGS.whole("busy_week_days"), SETTINGS.whole("busy_month_days")
"""Lengths of the rolling windows, in days."""

_VISIT = ("person_id", "provider_id", "settled_at")


def busiest(days: Frame, key: str, counted: str, length: int) -> Frame:
    """Largest sum of ``counted`` in any ``length`` consecutive days, as ``busiest_<length>``.

    A sweep line: each day's count is added, and subtracted again ``length`` days later; the running sum is the count
    of the window. Steps of one day are summed first, so that ties need no order.
    """
    step = nw.col(counted)
    steps = [
        days.select(key, (nw.col("day") + late).alias("day"), (step * sign).alias("step"))
        for late, sign in ((0, 1), (length, -1))
    ]
    return (
        nw.concat(steps, how="vertical")
        .group_by(key, "day")
        .agg(nw.col("step").sum())
        .with_columns(running=nw.col("step").cum_sum().over(key, order_by="day"))
        .group_by(key)
        .agg(nw.col("running").max().alias(f"busiest_{length}"))
    )


@view(grain="person with a net visit")
def person_bursts(person_day: Frame, person_codes: Frame) -> Frame:
    """Busiest week and month (visits), and days: with purchases, at several pharmacies, most providers."""
    key = "person"
    bursts = person_day.group_by(key).agg(
        count().alias("days"),
        (nw.col("pharmacies") > 0).cast(nw.Int64).sum().alias("purchase_days"),
        (nw.col("pharmacies") > 1).cast(nw.Int64).sum().alias("several_pharmacy_days"),
        nw.col("providers").max().alias("most_providers"),
    )
    for length in (WEEK, MONTH):
        bursts = bursts.join(busiest(person_day, key, "providers", length), on=key)
    return bursts.join(person_codes, on=key)


@view(grain="person with a prescriber")
def person_prescribers(coded_settlements: Frame, person_codes: Frame) -> Frame:
    """How many different prescribers a person had."""
    return (
        coded_settlements.filter(~nw.col("prescriber_id").is_null())
        .select("person", "prescriber_id")
        .unique()
        .group_by("person")
        .agg(count().alias("prescribers"))
        .join(person_codes, on="person")
    )


@feature(
    entity="person",
    family="visit_frequency",
    unit="visits",
    direction="high",
    needs={"settlements": _VISIT},
    view="person_bursts",
    en=f"{{value}} visits in the busiest {WEEK} days",
    zh=f"最密集的 {WEEK} 天内就诊购药 {{value}} 次",
)
def busiest_week_visits() -> nw.Expr:
    """Most visits of a person in any 7 consecutive days of the observed period.

    An honest person scores high in a week of infusions, or of tests before an operation.
    """
    return nw.col(f"busiest_{WEEK}")


@feature(
    entity="person",
    family="visit_frequency",
    unit="visits",
    direction="high",
    needs={"settlements": _VISIT},
    view="person_bursts",
    en=f"{{value}} visits in the busiest {MONTH} days",
    zh=f"最密集的 {MONTH} 天内就诊购药 {{value}} 次",
)
def busiest_month_visits() -> nw.Expr:
    """Most visits of a person in any 30 consecutive days of the observed period.

    An honest person scores high during dialysis, radiotherapy or rehabilitation.
    """
    return nw.col(f"busiest_{MONTH}")


@feature(
    entity="person",
    family="visit_frequency",
    unit="providers",
    direction="high",
    needs={"settlements": _VISIT},
    view="person_bursts",
    en="{value} different providers on one day",
    zh="同一天去过 {value} 家机构",
)
def most_providers_in_a_day() -> nw.Expr:
    """Most different providers at which a person had settlements on one day.

    An honest person scores high when sent from the clinic to the hospital, and on to a pharmacy.
    """
    return nw.col("most_providers")


@feature(
    entity="person",
    family="visit_frequency",
    unit="share",
    direction="high",
    needs={"settlements": (*_VISIT, "care_type")},
    view="person_bursts",
    en="{value} of the days with purchases were at two or more pharmacies",
    zh="购药日中有 {value} 在同一天去了两家及以上药店",
)
def several_pharmacies_share() -> nw.Expr:
    """Share of a person's days with pharmacy purchases on which there were two or more pharmacies.

    Not applicable below five such days. An honest person scores high when the first shop is out of stock.
    """
    enough = nw.col("purchase_days") >= LEAST_COUNT
    return nw.when(enough).then(nw.col("several_pharmacy_days") / nw.col("purchase_days"))


@feature(
    entity="person",
    family="visit_frequency",
    unit="prescribers",
    direction="high",
    needs={"settlements": ("person_id", "prescriber_id")},
    view="person_prescribers",
    en="prescriptions of {value} different doctors",
    zh="由 {value} 名不同医师开方",
)
def distinct_prescribers() -> nw.Expr:
    """Different doctors who prescribed for a person in the observed period.

    Not applicable to persons without a named prescriber. An honest person scores high at a large hospital,
    where another doctor sees the patient each time.
    """
    return nw.col("prescribers")
