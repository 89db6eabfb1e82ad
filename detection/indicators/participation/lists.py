"""Lists of participation: pooled care, authorizations, former chronic patients."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from detection.indicators.lists import counted_people, periodic
from detection.indicators.thresholds import ThresholdValues
from features.calendar import MONTHS_PER_YEAR
from features.indicators.accounts import authorizing_owners
from features.indicators.care import within
from features.indicators.ledger import balances
from features.indicators.periods import Period, months_of, spans
from features.indicators.population import entitled_months
from features.registry import Frame, Relations


@periodic()
def pooled_participation(views: Relations, periods: Sequence[Period], thresholds: ThresholdValues) -> Frame:
    """Of people entitled for at least ``entitled_months``, those for whom the pool paid ordinary outpatient care.

    Entitlement is counted over the period, or over the year up to its end where the period is shorter.
    """
    months = spans(periods, lambda period: min(period.start, period.end - MONTHS_PER_YEAR + 1))
    least = thresholds.integer("entitled_months")
    entitled = entitled_months(views, months).filter(nw.col("months") >= least)
    paid = within(views, "outpatient_months", periods).filter(nw.col("paid") > 0)
    return counted_people(
        entitled.select("period", "insured_code", "person_category"),
        paid.select("period", "insured_code").unique(),
    )


@periodic(name="authorised_holders")
def authorized_holders(views: Relations, periods: Sequence[Period], _: ThresholdValues) -> Frame:
    """Of owners of an account with a balance at the period's end, those with an authorization in force that day."""
    holders = balances(views, periods).filter(nw.col("balance") > 0).select("period", "insured_code")
    return counted_people(holders, authorizing_owners(views, periods, at_the_end=True))


@periodic()
def former_chronic_unseen(views: Relations, periods: Sequence[Period], thresholds: ThresholdValues) -> Frame:
    """Of people who had a chronic programme before it stopped, those without any care for ``unseen_months``.

    Only those who are entitled in the last month of the period; the programme stopped that long ago at least.
    """
    months = thresholds.integer("unseen_months")
    last = spans(periods, lambda period: period.end)
    entitled = entitled_months(views, last).select("period", "insured_code", "person_category")
    stopped = (
        views["former_chronic_patients"]
        .join(last, how="cross")
        .filter(nw.col("stopped") <= nw.col("end") - months + 1)
        .select("period", "insured_code")
    )
    unseen = months_of(periods, lambda period: period.end - months + 1)
    cared_for = views["attended_months"].join(unseen, on="month").select("period", "insured_code").unique()
    patients = entitled.join(stopped, on=["period", "insured_code"], how="semi")
    return counted_people(patients, cared_for).with_columns(numerator=1 - nw.col("numerator"))
