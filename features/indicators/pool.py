"""What the pooled fund pays for employees."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.indicators.care import CODED_SETTLEMENT, CODES, care_of_employees, coded
from features.registry import Frame, view
from features.visits.people import known


@view(
    grain="settlement of an employee that the pooled fund paid for",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={**CODED_SETTLEMENT, "person_category": nw.String, "care_type": nw.String, "pool": nw.Int64},
)
def pool_payments(settlements: Frame, insured: Frame, institutions: Frame) -> Frame:
    """What the pooled fund paid for care of employees, of every kind, net of reversals: ``pool`` in fen."""
    paid = care_of_employees(settlements, nw.col("pool_paid") > 0)
    return coded(
        paid.with_columns(known("person_category"), known("care_type")), insured, institutions
    ).select(
        *CODES,
        "person_category",
        "care_type",
        nw.col("pool_paid").alias("pool"),
    )
