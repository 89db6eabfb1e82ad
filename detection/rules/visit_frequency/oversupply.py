"""Days of supply of a drug, supply across providers, far beyond the days that have passed (D05, D04).

Null: packs a month, and days of supply for each day, have the peers' exponential tail, the first relative to the drug's
usual rate; the more surprising of the two counts, and both looks are paid for. Only uses that hold a multiple of their
days count, and only dear or watched drugs or a stock that no long prescription leaves. Exposure: long uses whose days
of supply are known. What the last purchase gave is for the days after it, so a stock that is used up first is none.
At a place that gives nearly everything the doctor sees what was given and may have raised the dose: there it takes a
larger multiple, and only days that its purchases state count. People with a heavy chronic illness are innocent as
long as their packs fit their days. What a special programme gives on the spot is no supply; what it gives for weeks is
taken at home, and counts. Days of supply that would not carry the usual user of a drug are not believed, and
a drug without known days is not assessed.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.medicines.drug_uses import DAYS_PER_MONTH, USE, long_uses, with_programmes
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.extremes import tail_surprise
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_MOST = 3.0  # evidence: beyond it the tail is a guess
_LOOKS = 2  # packs a month, and days of supply


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The person's purchases of each drug of which far too much is supply."""
    supply = _uses(context, thresholds).filter(
        pl.col("value") >= ALERT, pl.col("fen") >= int(thresholds.latest("min_yuan")) * FEN_PER_YUAN
    )
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        _purchases(context, thresholds)
        .join(supply.lazy().select(*USE, "value", "several"), on=USE, how="inner")
        .join(people, on="person", how="inner")
        .select(
            "settlement_id",
            "person_id",
            cause=pl.when("several").then(pl.lit("too_much")).otherwise(pl.lit("one_place")),
            subject_id="person_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with such a use; observed are days of supply for each day."""
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        _uses(context, thresholds)
        .lazy()
        .filter(pl.col("value") > 0)
        .join(people, on="person", how="inner")
        .select(
            "value",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed="supply",
            expected=pl.lit(1.0),
        )
    )


@remembered
def _uses(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Long uses that hold too much, dear, watched or a large stock: with value (evidence) and several (providers)."""
    uses = long_uses(_purchases(context, thresholds), least_days=int(thresholds.latest("min_days")))
    known = uses.filter(pl.col("supply") > 0)
    several = (pl.col("places") >= int(thresholds.latest("min_places"))) & (
        100 * pl.col("elsewhere") >= float(thresholds.latest("min_elsewhere"))
    )
    too_much = pl.col("supply") >= float(thresholds.latest("min_supply"))
    far_too_much = pl.col("stated") >= float(thresholds.latest("min_supply_one_place"))
    stocks = tail_surprise(np.log(known["supply"].to_numpy()))
    surprise = np.maximum(known["many"].to_numpy(), stocks)
    value = np.minimum(evidence_of(surprise, _LOOKS * known.height), _MOST)
    beyond_days = (pl.col("supply") - 1) * pl.col("months") * DAYS_PER_MONTH
    stocked = beyond_days >= float(thresholds.latest("min_stock"))
    percentile = float(thresholds.latest("dear_percentile")) / 100
    dear = uses["fen"].quantile(percentile, "linear") if uses.height else 0.0
    return known.with_columns(value=pl.Series(value), several=several).filter(
        too_much & (pl.col("several") | far_too_much),
        (pl.col("fen") >= dear) | pl.col("watched") | stocked,
    )


def _purchases(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.LazyFrame:
    return with_programmes(context, least_days=int(thresholds.latest("min_days_taken_home")))
