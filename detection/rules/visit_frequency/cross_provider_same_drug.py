"""The same drug fetched at another provider while most of the last supply is left (D04).

Null: a person's repeat purchases of a drug come early and elsewhere as often as those of all the others, as uneven as
people are; gamma-Poisson. Exposure: repeat purchases whose supply is known. Rivals: a part of the usual packs is a
partial fill, whose rest is lawfully fetched elsewhere; stays, emergencies and registered long prescriptions are left
out; a drug of which a pack does not say how long it lasts is not assessed.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.medicines.drug_uses import USE, days_of_a_pack, drug_purchases
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.of_counts import against_others
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_PRIOR = Prior(rate=0.02)
_PARTIAL = 0.5


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The early purchases elsewhere of the persons who make more of them than others."""
    repeats = _repeats(context, thresholds)
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    least = int(thresholds.latest("min_overlaps"))
    yuan = int(thresholds.latest("min_yuan"))
    persons: pl.LazyFrame = (
        _persons(repeats).filter(nw.col("value") >= ALERT, nw.col("observed") >= least).to_native()
    )
    return nw.from_native(
        repeats.lazy()
        .filter("early")
        .join(persons, on="person")
        .filter(pl.col("fen").sum().over("person") >= yuan * FEN_PER_YUAN)
        .join(people, on="person")
        .select(
            "settlement_id",
            "person_id",
            subject_id="person_id",
            strength="value",
            cause=pl.lit("elsewhere_early"),
        )
        .unique()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with an early purchase elsewhere."""
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    persons: pl.LazyFrame = _persons(_repeats(context, thresholds)).to_native()
    return nw.from_native(
        persons.join(people, on="person").select(
            "value",
            "expected",
            subject_kind=pl.lit("person"),
            subject_id="person_id",
            observed=pl.col("observed").cast(pl.Float64),
        )
    )


def _persons(repeats: pl.DataFrame) -> Frame:
    exposed = nw.from_native(repeats.lazy().select("person"))
    seen = nw.from_native(repeats.lazy().filter("early").select("person"))
    return against_others(exposed, seen, ["person"], _PRIOR)


@remembered
def _repeats(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Repeat purchases of known supply: settlement_id, person, fen, early (elsewhere, while most is left)."""
    left = float(thresholds.latest("left_percent")) / 100
    purchases = drug_purchases(context)
    several = purchases.group_by(USE).agg(usual=pl.col("packs").median(), n=pl.len()).filter(pl.col("n") > 1)
    supply = pl.coalesce("days", pl.col("packs") * pl.col("lasts"))
    # Sorted by use, so that the purchase before is the row before, if that is of the same use.
    same_use = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in USE)
    before = pl.when(same_use).then(pl.col("settled_day", "provider", "supply", "partial").shift(1))
    overlap = pl.col("last_supply") - (pl.col("settled_day") - pl.col("last_settled_day"))
    elsewhere = pl.col("provider") != pl.col("last_provider")
    return (
        purchases.join(several, on=USE)
        .join(days_of_a_pack(purchases), on="drug", how="left")
        .with_columns(supply=supply, partial=pl.col("packs") < _PARTIAL * pl.col("usual"))
        .filter(pl.col("supply").is_not_null())
        .sort(*USE, "settled_day", "settlement_id")
        .with_columns(before.name.prefix("last_"))
        .filter(pl.col("last_supply") > 0)
        .with_columns(early=elsewhere & (overlap >= left * pl.col("last_supply")) & ~pl.col("last_partial"))
        .select("settlement_id", "person", "fen", "early")
        .sort("person", "settlement_id")
        .collect()
    )
