"""Medicines that people fetch and take at home: the bills that may have them, and the lines that are them."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.contract.vocabulary import EMERGENCY, INPATIENT, SPECIAL_OUTPATIENT
from features.registered import covered
from features.registry import Frame

QUANTITY_SCALE = 10_000
"""Quantities and days of supply are stored in ten thousandths."""


def without_care_on_the_spot(settlements: Frame, registered_contexts: Frame) -> Frame:
    """Settlements without those where the hospital orders and gives the drug, and without long prescriptions.

    Left out are stays, emergencies and special programmes, and what a registered long prescription covers.
    """
    fetched = settlements.filter(~nw.col("care_type").is_in([INPATIENT, EMERGENCY, SPECIAL_OUTPATIENT]))
    return _not_foreseen(fetched, registered_contexts)


def under_programmes(settlements: Frame, registered_contexts: Frame) -> Frame:
    """Settlements of special programmes, without what a registered long prescription covers."""
    return _not_foreseen(settlements.filter(nw.col("care_type") == SPECIAL_OUTPATIENT), registered_contexts)


def _not_foreseen(settlements: Frame, registered_contexts: Frame) -> Frame:
    long = registered_contexts.filter(nw.col("kind") == "long_prescription")
    foreseen = covered(settlements, long, day="settled_day").select("settlement_id")
    return settlements.join(foreseen, on="settlement_id", how="anti")


def drug_lines(charge_lines: Frame, item_reference: Frame) -> Frame:
    """Lines of drugs, with the item's ``watch_list`` and ``drug``: its substance, or the item where that is unknown."""
    items = item_reference.select("item_code", "substance", "watch_list")
    return (
        charge_lines.filter(nw.col("item_kind") == "drug", nw.col("quantity") > 0)
        .select("settlement_id", "item_code", "quantity", "amount", "days_supply")
        .join(items, on="item_code", how="left")
        .with_columns(drug=nw.coalesce("substance", "item_code"))
    )
