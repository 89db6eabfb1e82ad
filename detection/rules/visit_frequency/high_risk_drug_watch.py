"""Drugs that are often sold on, together far beyond what one person needs, at whatever places (D39, with D05 and D06).

Null: packs against those that users of the same drugs take in the time have the exponential tail that the packs of
all long uses have. Exposure: persons with several days of such purchases. Beyond the null, the days of supply have to
be a multiple of the days that passed, each of the drugs taken all the time.
Innocent are chronic patients whose packs fit their days, whatever the number of drugs and places, so that a move to
another provider says nothing; stays, emergencies, special programmes and long prescriptions, where a hospital orders;
purchases that a registered agent makes for others; packs that are sold in parts, which count as the part; and a stock
that the last purchase makes. Where days of supply are not known nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.medicines.drug_uses import drug_purchases, long_uses, usual_rates
from detection.circumstances.medicines.resold_drugs import holdings, not_by_agents, resold_drugs
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.holders import about_holders
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.extremes import tail_surprise
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_MOST = 3.0  # evidence: beyond it the tail is a guess


@dataclass(frozen=True)
class _Measured:
    """Purchases of drugs that are often sold on, with watched (on the item reference's list), and who holds them.

    Attributes:
        purchases: columns of `drug_purchases`.
        people: columns of `holdings` and value (evidence), of those whose supply is beyond need.
    """

    purchases: pl.LazyFrame
    people: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The person's purchases of drugs that are often sold on."""
    measured = _measured(context, thresholds)
    holders = measured.people.filter(
        pl.col("value") >= ALERT, pl.col("fen") >= int(thresholds.latest("min_yuan")) * FEN_PER_YUAN
    )
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        measured.purchases.join(holders.lazy().select("person", "value"), on="person", how="inner")
        .join(people, on="person", how="inner")
        .select(
            "settlement_id",
            "person_id",
            cause=pl.when("watched").then(pl.lit("watch_list")).otherwise(pl.lit("often_resold")),
            subject_id="person_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person beyond need; observed and expected are packs of all these drugs."""
    return nw.from_native(about_holders(_measured(context, thresholds).people, context))


@remembered
def _measured(context: DetectorContext, thresholds: StatisticalThresholds) -> _Measured:
    purchases = drug_purchases(context)
    least_days = int(thresholds.latest("min_days"))
    uses = long_uses(purchases, least_days=least_days)
    listed = resold_drugs(context, thresholds.latest("often_resold")).collect()
    bought = not_by_agents(purchases.drop("watched").join(listed.lazy(), on="drug", how="inner"), context)
    people = holdings(bought, usual_rates(uses, listed["drug"]), least_days=least_days)
    if uses.is_empty():  # nobody is there to say what is usual
        people = people.clear()
    many = np.log(people["packs"].to_numpy() / people["expected"].to_numpy())
    peers = np.log(uses["packs"].to_numpy() / uses["expected"].to_numpy())
    value = np.minimum(evidence_of(tail_surprise(many, peers), people.height), _MOST)
    several = (pl.col("places") >= int(thresholds.latest("min_places"))) & (
        100 * pl.col("elsewhere") >= float(thresholds.latest("min_elsewhere"))
    )
    too_much = pl.col("supply") >= float(thresholds.latest("min_supply"))
    far_too_much = pl.col("stated") >= float(thresholds.latest("min_supply_one_place"))
    beyond = people.with_columns(value=pl.Series(value)).filter(too_much, several | far_too_much)
    return _Measured(bought, beyond)
