"""A place whose outpatient bills are dear for whatever illness, unlike all its peers (D37).

Null: patients of an illness have a dear bill as often as at all the other places of the kind and level; gamma-Poisson
with the peers' spread. The unit is the patient. Exposure: patients of a known illness, at places with peers enough.
Rivals: a specialty makes a few illnesses dear, so the illnesses that stand out most are left out; a mix of illnesses
that cost more is expected to; a patient with dear bills again and again is under a treatment; pharmacies sell what
others prescribe, and are left out, as are stays and programmes.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.bills.dear_patients import (
    outpatient_bills,
    patients_with_dear_bills,
    without_specialties,
)
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import CELL, about_providers, by_kind
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.05, weight=50.0, most_even=10.0)
_BASIS_POINTS = 10_000


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The dear bills of the places with more patients who have one; at issue is what lies beyond the usual."""
    bills = _bills(context, thresholds)
    least = int(thresholds.latest("min_patients"))
    cases = _places(bills, thresholds).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    part = (pl.col("beyond") * _BASIS_POINTS).round().cast(pl.Int64)
    return nw.from_native(
        bills.filter(pl.col("beyond") > 0)
        .join(cases, on="provider_id")
        .lazy()
        .select(
            "settlement_id",
            "provider_id",
            subject_id="provider_id",
            strength="value",
            cause=pl.lit("dear_bills"),
            pool=pl.col("pool") * part // _BASIS_POINTS,
            account=pl.col("account") * part // _BASIS_POINTS,
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every place with peers; observed and expected are patients with a dear bill."""
    return nw.from_native(about_providers(_places(_bills(context, thresholds), thresholds)))


@remembered
def _bills(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    return outpatient_bills(context, float(thresholds.latest("dear_percent")))


def _places(bills: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Places with peers enough: columns of `by_kind`. Each kind and level of places counts as a look."""
    cells = without_specialties(patients_with_dear_bills(bills), int(thresholds.latest("specialties")))
    enough = pl.col("provider_id").n_unique().over("peers") >= int(thresholds.latest("min_peers"))
    counted = cells.filter(enough).select(*CELL, "peers", "exposure", "seen")
    parts = [by_kind(part, _PRIOR) for _, part in counted.group_by("peers", maintain_order=True)]
    looks = float(np.log10(max(len(parts), 1)))
    places = pl.concat([by_kind(counted.clear(), _PRIOR), *parts])
    return places.with_columns(value=(pl.col("value") - looks).clip(lower_bound=0.0).round(6))
