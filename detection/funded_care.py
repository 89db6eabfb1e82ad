"""Care that a fund paid for, and the day on which it began: what entitlement is held against."""

from __future__ import annotations

import narwhals as nw

from detection.facts import Facts
from features.registry import Frame

_FUNDS = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid")


def funded_care(facts: Facts) -> Frame:
    """Settlements that stand after reversals and in which a fund or a personal account paid.

    Columns of settlements, and ``began_day``: the day of admission of an inpatient stay (who is entitled on
    admission stays so until discharge), else the day of service.
    """
    stay = (nw.col("care_type") == "inpatient") & (nw.col("admitted_day") < nw.col("service_day"))
    began = nw.when(stay).then(nw.col("admitted_day")).otherwise(nw.col("service_day"))
    return (
        facts.settlements.filter(nw.sum_horizontal(*_FUNDS) > 0)
        .join(facts.views["net_settlements"].select("settlement_id"), on="settlement_id", how="semi")
        .with_columns(began_day=began)
    )
