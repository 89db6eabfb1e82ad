"""Hospital stays that indicators count, and what was charged in them."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.contract.vocabulary import EMPLOYEE, INPATIENT
from features.indicators.care import CODED_SETTLEMENT, coded
from features.registry import Frame, view
from features.visits.people import known
from features.visits.settlements import net_of_reversals


@view(
    grain="hospital stay of an employee",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={
        **CODED_SETTLEMENT,
        "person_category": nw.String,
        "days": nw.Int64,
    },
)
def hospital_stays(settlements: Frame, insured: Frame, institutions: Frame) -> Frame:
    """Hospital stays with their month of service, the category on the day, and length in days."""
    net = net_of_reversals(settlements)
    own = net.filter(nw.col("scheme") == EMPLOYEE, nw.col("care_type") == INPATIENT)
    days = nw.col("discharged_day") - nw.col("admitted_day")
    return (
        coded(own, insured, institutions)
        .filter(~days.is_null())
        .select(
            "settlement_id",
            "insured_code",
            "institution_code",
            nw.col("service_month").alias("month"),
            known("person_category"),
            days.cast(nw.Int64).alias("days"),
        )
    )


@view(
    grain="hospital stay and name of an item charged in it",
    persist=True,
    order=("settlement_id", "item_name"),
    schema={"settlement_id": nw.String, "item_name": nw.String},
)
def stay_items(charge_lines: Frame, hospital_stays: Frame) -> Frame:
    """Names of what was charged in stays, each once."""
    charged = charge_lines.select("settlement_id", "item_name")
    return charged.join(hospital_stays.select("settlement_id"), on="settlement_id", how="semi").unique()
