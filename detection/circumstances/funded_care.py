"""Care that a fund paid for, and the day on which it began, by which entitlement is checked."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.benefit import nothing_else_pays
from features.contract.vocabulary import ACCOUNT_COLUMNS
from features.engine import materialize
from features.registry import Frame

_FUNDS = ("pool_paid", "other_fund_paid", *ACCOUNT_COLUMNS)


def paid() -> nw.Expr:
    """Whether a fund or a personal account paid."""
    return nw.sum_horizontal(*_FUNDS) > 0


def paid_by_the_benefit(context: DetectorContext) -> nw.Expr:
    """Whether the benefit paid: the pooled fund, or other funds where the fund says that only its named layers pay.

    Another fund, such as a civil servants' subsidy, pays by rules of its own.
    """
    other = (nw.col("other_fund_paid").fill_null(0) > 0) & nothing_else_pays(context.policy)
    return (nw.col("pool_paid") > 0) | other


def began() -> nw.Expr:
    """The day of admission of an inpatient stay, else the day of service."""
    stay = (nw.col("care_type") == "inpatient") & (nw.col("admitted_day") < nw.col("service_day"))
    return nw.when(stay).then(nw.col("admitted_day")).otherwise(nw.col("service_day"))


def billed_later(context: DetectorContext) -> nw.Expr:
    """Whether care may be older than its day of service says: data that state no day of service have that of the bill.

    A purchase is settled at the counter, and a stay has its days.
    """
    unknown = not context.whole.has("settlements", "service_date")
    at_once = nw.col("care_type").is_in(["pharmacy", "inpatient"]).fill_null(value=False)
    return nw.lit(unknown) & ~at_once


def standing(rows: Frame, context: DetectorContext) -> Frame:
    """The settlements that stand after reversals, computed at once; for some thousand settlements."""
    some = materialize(rows)
    net = context.views["net_settlements"].select("settlement_id")
    kept = net.join(some.select("settlement_id"), on="settlement_id", how="semi")
    return materialize(some.join(kept, on="settlement_id", how="semi"))


def funded_care(context: DetectorContext) -> Frame:
    """Settlements that stand after reversals and in which a fund or a personal account paid.

    Columns of settlements, and ``began_day``: the day of admission of an inpatient stay (who is entitled on
    admission stays so until discharge), else the day of service.
    """
    return (
        context.assessable.settlements.filter(paid())
        .join(context.views["net_settlements"].select("settlement_id"), on="settlement_id", how="semi")
        .with_columns(began_day=began())
    )
