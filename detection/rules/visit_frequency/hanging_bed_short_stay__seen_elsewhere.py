"""Stays of patients who are seen elsewhere in the middle of them, again and again at one hospital (D25).

Null: as many people with care elsewhere during a stay as stays of the same length at all the other hospitals let one
expect; gamma-Poisson with the peers' spread. Exposure: stays of some days. Rivals: a relative's errand or a card lent
out happens to patients of any hospital, and is expected; what an agent bought, what the ward ordered and care at the
hospital itself do not count. Evidence is the bill of the stay: what was settled elsewhere is then ordinary care.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.stays import stays
from detection.circumstances.in_hospital.care_in_stays import STAY, care_in_stays
from detection.circumstances.in_hospital.empty_beds import EmptyBeds, empty_beds
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers
from features.registry import Frame
from models.evidence.unit import ALERT


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Bills of the stays with care elsewhere, at hospitals with more of them than others."""
    cases = _measured(context, thresholds).in_question(ALERT)
    bills = (
        stays(context)
        .rename({"provider_id": "hospital_id", "admitted_day": "from_day", "discharged_day": "to_day"})
        .select(*STAY, "bills")
    )
    return nw.from_native(
        cases.join(bills, on=STAY)
        .explode("bills")
        .lazy()
        .select(
            settlement_id="bills",
            provider_id="hospital_id",
            subject_id="hospital_id",
            strength="value",
            cause=pl.lit("seen_elsewhere"),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every hospital with such a stay."""
    return nw.from_native(about_providers(_measured(context, thresholds).hospitals))


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> EmptyBeds:
    inside: pl.LazyFrame = care_in_stays(context, thresholds).to_native().lazy()
    return empty_beds(context, inside)
