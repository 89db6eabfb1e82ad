"""Care as indicators read it: ordinary outpatient visits of employees, net of reversals, by month of service."""

from __future__ import annotations

import narwhals as nw

from features.indicators.ground import Ground, Source, relation
from features.indicators.periods import Period
from features.registry import Frame
from features.visits.people import known
from features.visits.settlements import net_of_reversals

ORDINARY = ("outpatient", "emergency", "pharmacy")
"""Care types that the pooled fund prices as ordinary outpatient care; chronic and special care are other benefits."""

MONEY = (
    "total_amount",
    "in_scope_amount",
    "fully_self_paid",
    "over_limit_self_paid",
    "deductible_paid",
    "pool_paid",
    "account_paid",
    "mutual_aid_paid",
)


@relation(order=("month", "person", "settlement_id"), reads=("people", "institutions"))
def visits(source: Source, ground: Ground) -> Frame:
    """Ordinary outpatient settlements of employees: settlement_id, person, provider, month, category, and fen.

    ``total``, ``in_scope``, ``self_paid`` (outside the catalogue or above a ceiling), ``pool``.
    """
    own = (nw.col("scheme") == "employee") & nw.col("care_type").is_in(ORDINARY)
    return coded(net_of_reversals(source.tables.settlements, MONEY).filter(own), ground).select(
        "settlement_id",
        "person",
        "provider",
        nw.col("service_month").alias("month"),
        known("person_category"),
        "care_type",
        nw.col("total_amount").alias("total"),
        nw.col("in_scope_amount").alias("in_scope"),
        (nw.col("fully_self_paid") + nw.col("over_limit_self_paid")).alias("self_paid"),
        nw.col("pool_paid").alias("pool"),
    )


@relation(order=("month", "person", "settlement_id"), reads=("people", "institutions"))
def spending(source: Source, ground: Ground) -> Frame:
    """What personal accounts paid for care: settlement_id, person (the account's owner), provider, month, care_type.

    And in fen ``own`` (for an employee's own care) or ``aid`` (for a relative, insured as an employee or not).
    """
    net = net_of_reversals(source.tables.settlements, MONEY)
    own = net.filter(nw.col("scheme") == "employee", nw.col("account_paid") > 0).with_columns(
        owner=nw.col("person_id"), own=nw.col("account_paid"), aid=nw.lit(0).cast(nw.Int64)
    )
    relative = ~nw.col("mutual_aid_payer_id").is_null() & (nw.col("mutual_aid_paid") > 0)
    aid = net.filter(relative).with_columns(
        owner=nw.col("mutual_aid_payer_id"), own=nw.lit(0).cast(nw.Int64), aid=nw.col("mutual_aid_paid")
    )
    paid = [one.select(*_SPENDING, person_id="owner") for one in (own, aid)]
    return coded(nw.concat(paid, how="vertical"), ground).select(
        "settlement_id",
        "person",
        "provider",
        nw.col("service_month").alias("month"),
        "care_type",
        "own",
        "aid",
    )


_SPENDING = ("settlement_id", "provider_id", "service_month", "care_type", "own", "aid")


def coded(frame: Frame, ground: Ground) -> Frame:
    """A frame with person_id and provider_id, and their codes ``person`` and ``provider``."""
    return frame.join(ground["people"].select("person", "person_id"), on="person_id").join(
        ground["institutions"].select("provider", "provider_id"), on="provider_id"
    )


def within(ground: Ground, name: str, period: Period) -> Frame:
    """The rows of a relation whose ``month`` lies in a period."""
    return ground[name].filter(nw.col("month").is_between(period.start, period.end))
