"""Packs that one person bought and another shop sold again to others (D03).

Null: a person's packs are seen again as often as other people's packs are, from the same shops and in the whole
fund; whichever lets one expect more counts. So a shop whose codes are copied elsewhere accuses none of its customers.
Split packs and sales that were taken back are left out, and so is a second sale to the same person.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.medicines.trace_codes import TraceScans, trace_scans
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from models.evidence.counts import fitted_shape, gamma_poisson_surprise, usual_count
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The purchases of a person whose packs were sold again elsewhere, more often than chance explains."""
    scans = _scans(context, thresholds)
    cases = _buyers(scans).filter(
        pl.col("value") >= ALERT, pl.col("observed") >= int(thresholds.latest("min_packs"))
    )
    bought = scans.repeated.filter("first").join(scans.sold_on, on="trace_code", how="semi")
    return nw.from_native(
        bought.join(cases.select("person", "value"), on="person", how="inner")
        .lazy()
        .select(
            "settlement_id",
            "person_id",
            cause=pl.lit("sold_again_elsewhere"),
            subject_id="person_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person whose packs were sold again elsewhere."""
    codes: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        _buyers(_scans(context, thresholds))
        .lazy()
        .join(codes, on="person", how="inner")
        .select(
            "value",
            "expected",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed=pl.col("observed").cast(pl.Float64),
        )
    )


def _scans(context: DetectorContext, thresholds: StatisticalThresholds) -> TraceScans:
    return trace_scans(context, places=int(thresholds.latest("placeholder_places")))


def _buyers(scans: TraceScans) -> pl.DataFrame:
    """Persons with packs that were sold again: person, observed (packs), expected, value (evidence)."""
    firsts = scans.repeated.filter("first").join(scans.sold_on, on="trace_code", how="semi")
    again = firsts.group_by("person", "provider").agg(again=pl.len().cast(pl.Int64))
    packs = scans.sold.join(again, on=["person", "provider"], how="left").with_columns(
        pl.col("again").fill_null(0)
    )
    others = (pl.col("again").sum().over("provider") - pl.col("again")) / (
        pl.col("packs").sum().over("provider") - pl.col("packs")
    ).clip(1)
    people = (
        packs.with_columns(by_shop=others * pl.col("packs"))
        .group_by("person")
        .agg(pl.col("packs", "by_shop").sum(), observed=pl.col("again").sum())
        .sort("person")
    )
    seen, exposure = people["observed"].to_numpy(), people["packs"].to_numpy()
    usual = usual_count(seen, exposure)
    expected = np.maximum(usual, people["by_shop"].to_numpy())
    surprise = gamma_poisson_surprise(seen, expected, fitted_shape(seen, usual))
    return people.with_columns(
        expected=pl.Series(expected), value=pl.Series(evidence_of(surprise, people.height))
    ).filter(pl.col("observed") >= 1)
