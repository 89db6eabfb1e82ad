"""Drugs that employees fetched, and how much of the last supply was left then."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.indicators.care import CODED_SETTLEMENT, CODES, care_of_employees, coded
from features.registry import Frame, view
from features.visits.medicines import QUANTITY_SCALE, drug_lines, without_care_on_the_spot
from features.visits.people import known

_USE = ("person_id", "drug")


@view(
    grain="settlement of an employee with drugs of which the days of supply are stated",
    persist=True,
    order=("month", "insured_code", "settlement_id"),
    schema={**CODED_SETTLEMENT, "person_category": nw.String, "days": nw.Int64, "surplus": nw.Int64},
)
def drug_supplies(
    settlements: Frame,
    charge_lines: Frame,
    item_reference: Frame,
    registered_contexts: Frame,
    insured: Frame,
    institutions: Frame,
) -> Frame:
    """Days of supply that were fetched, and ``surplus``: those for which the last supply, of another place, lasted.

    Compared are two purchases in a row of a drug by a person; the drug is its substance, or the item where that is not
    known. As in the detector of the same drug elsewhere (D04), stays, emergencies and special programmes are left out,
    where the hospital gives the drug, and what a registered long prescription covers. Days are whole, rounded down.
    """
    bought = without_care_on_the_spot(care_of_employees(settlements), registered_contexts)
    before = {"order_by": ("settled_day", "settlement_id")}
    purchases = _purchases(bought, charge_lines, item_reference).with_columns(
        nw.col(name).shift(1).over(*_USE, **before).alias(f"last_{name}")
        for name in ("provider_id", "settled_day", "supply")
    )
    left = (
        nw.col("last_supply")
        - (nw.col("settled_day") - nw.col("last_settled_day")).cast(nw.Int64) * QUANTITY_SCALE
    )
    elsewhere = (nw.col("provider_id") != nw.col("last_provider_id")) & (left > 0)
    surplus = nw.when(elsewhere).then(nw.min_horizontal(left, nw.col("supply"))).otherwise(nw.lit(0))
    days = (
        purchases.with_columns(surplus=surplus.fill_null(0))
        .group_by("settlement_id")
        .agg(
            (nw.col("supply").sum() // QUANTITY_SCALE).alias("days"),
            (nw.col("surplus").sum() // QUANTITY_SCALE).alias("surplus"),
        )
        .filter(nw.col("days") > 0)
    )
    return coded(
        bought.with_columns(known("person_category")).join(days, on="settlement_id"), insured, institutions
    ).select(
        *CODES,
        "person_category",
        *(nw.col(name).cast(nw.Int64) for name in ("days", "surplus")),
    )


def _purchases(bought: Frame, charge_lines: Frame, item_reference: Frame) -> Frame:
    """By settlement and drug: person_id, provider_id, settled_day, and the supply, in ten thousandths of a day."""
    about = bought.select("settlement_id", "person_id", "provider_id", "settled_day")
    return (
        drug_lines(charge_lines, item_reference)
        .filter(nw.col("days_supply") > 0)
        .join(about, on="settlement_id")
        .group_by("settlement_id", "person_id", "provider_id", "settled_day", "drug")
        .agg(nw.col("days_supply").sum().alias("supply"))
    )
