"""Lists of participation: pooled care, authorizations, former chronic patients."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.indicators.lists import counted_people, indicator
from detection.indicators.thresholds import ThresholdValues
from features.calendar import MONTHS_PER_YEAR
from features.indicators.accounts import authorizing_owners
from features.indicators.care import within
from features.indicators.ledger import balances
from features.indicators.periods import Period
from features.indicators.population import entitled_months
from features.registry import Frame, Relations


@indicator()
def pooled_participation(views: Relations, period: Period, thresholds: ThresholdValues) -> Frame:
    """Of people entitled for at least ``entitled_months``, those for whom the pool paid ordinary outpatient care.

    Entitlement is counted over the period, or over the year up to its end where the period is shorter.
    """
    since = min(period.start, period.end - MONTHS_PER_YEAR + 1)
    least = thresholds.integer("entitled_months")
    entitled = entitled_months(views, since, period.end).filter(nw.col("months") >= least)
    paid = within(views, "outpatient_months", period).filter(nw.col("paid") > 0)
    return counted_people(
        entitled.select("insured_code", "person_category"), paid.select("insured_code").unique()
    )


@indicator(name="authorised_holders")
def authorized_holders(views: Relations, period: Period, _: ThresholdValues) -> Frame:
    """Of owners of an account with a balance at the period's end, those with an authorization in force that day."""
    holders = balances(views, period.end).filter(nw.col("balance") > 0).select("insured_code")
    return counted_people(holders, authorizing_owners(views, period, at_the_end=True))


@indicator()
def former_chronic_unseen(views: Relations, period: Period, thresholds: ThresholdValues) -> Frame:
    """Of people who had a chronic programme before it stopped, those without any care for ``unseen_months``.

    Only those who are entitled in the last month of the period; the programme stopped that long ago at least.
    """
    months = thresholds.integer("unseen_months")
    stopped = views["former_chronic_patients"].filter(nw.col("stopped") <= period.end - months + 1)
    entitled = entitled_months(views, period.end, period.end).select("insured_code", "person_category")
    cared_for = (
        views["attended_months"]
        .filter(nw.col("month").is_between(period.end - months + 1, period.end))
        .select("insured_code")
        .unique()
    )
    patients = entitled.join(stopped.select("insured_code"), on="insured_code", how="semi")
    return counted_people(patients, cared_for).with_columns(numerator=1 - nw.col("numerator"))
