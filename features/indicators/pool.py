"""What the pooled fund pays for employees."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.contract.vocabulary import EMPLOYEE
from features.indicators.care import CODED_SETTLEMENT, MONEY, coded
from features.registry import Frame, view
from features.visits.people import known
from features.visits.settlements import net_of_reversals


@view(
    grain="settlement of an employee that the pooled fund paid for",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={**CODED_SETTLEMENT, "person_category": nw.String, "care_type": nw.String, "pool": nw.Int64},
)
def pool_payments(settlements: Frame, insured: Frame, institutions: Frame) -> Frame:
    """What the pooled fund paid for care of employees, of every kind, net of reversals: ``pool`` in fen."""
    net = net_of_reversals(settlements, MONEY)
    paid = net.filter(nw.col("scheme") == EMPLOYEE, nw.col("pool_paid") > 0)
    return coded(
        paid.with_columns(known("person_category"), known("care_type")), insured, institutions
    ).select(
        "settlement_id",
        "insured_code",
        "institution_code",
        nw.col("service_month").alias("month"),
        "person_category",
        "care_type",
        nw.col("pool_paid").alias("pool"),
    )
