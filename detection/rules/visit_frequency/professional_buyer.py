"""One person buying dear drugs in amounts and at places that users of the drug do not need (D06).

Null: packs a month have the peers' exponential tail, among all long uses of drugs and relative to the drug's usual
rate; visits away from the usual place are as many as those of peers, beta-binomial. The two are independent for an
innocent user, and both have to speak. Exposure: long uses, so that a bulk order or a month of treatment says nothing.
Innocent is who needs what was bought: packs that fit their days of supply are left out, and so are stays, special
programmes and long prescriptions. Of one place alone, whatever the amount, a doctor there decides. A little more than
usual is no excess, however even the other users are.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.medicines.drug_uses import USE, drug_purchases, long_uses
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.holders import about_holders
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.peer_habits import peer_surprise
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_MOST = 5.0  # of each of the two surprises
_SPEAKS = 1.0


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The person's purchases of the drugs that stand out."""
    drugs, assessed = _assessed(context, thresholds)
    buyers = assessed.filter(
        pl.col("value") >= ALERT,
        pl.col("places") >= int(thresholds.latest("min_places")),
        pl.col("fen") >= int(thresholds.latest("min_yuan")) * FEN_PER_YUAN,
    )
    bought = drugs.join(buyers.select("person", "value"), on="person", how="inner")
    people: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        drug_purchases(context)
        .drop("watched")
        .join(bought.lazy(), on=USE, how="inner")
        .join(people, on="person", how="inner")
        .select(
            "settlement_id",
            "person_id",
            cause=pl.when("watched").then(pl.lit("watched_drug")).otherwise(pl.lit("dear_drug")),
            subject_id="person_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with such a use; observed and expected are packs of the drug that stands out most."""
    _, buyers = _assessed(context, thresholds)
    return nw.from_native(about_holders(buyers, context))


@remembered
def _assessed(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The drugs of those who have uses that stand out (`USE`, watched), and who they are."""
    purchases = drug_purchases(context)
    long = long_uses(purchases, least_days=int(thresholds.latest("min_days")))
    uses = _uses(long, thresholds)
    buyers = _buyers(purchases.join(long.lazy(), on=USE, how="semi"), uses)
    drugs = _drugs(purchases, uses, long)
    spent = drugs.group_by("person").agg(pl.col("fen").sum())
    return drugs.select(*USE, "watched"), buyers.join(spent, on="person", how="left", maintain_order="left")


def _drugs(purchases: pl.LazyFrame, uses: pl.DataFrame, long: pl.DataFrame) -> pl.DataFrame:
    """What the buyers bought: uses that stand out, and other watched drugs from several places: `USE`, watched, fen.

    Who buys to sell on takes turns between drugs: what is at issue is all of them, and not the use that proves it.
    A long use of another drug that does not stand out may be needed.
    """
    strong = uses.filter(pl.col("many") >= _SPEAKS).select(*USE, "watched", "fen")
    others = (
        purchases.filter("watched")
        .join(strong.lazy().select("person").unique(), on="person", how="semi")
        .join(long.lazy(), on=USE, how="anti")
        .group_by(USE)
        .agg(pl.col("watched").any(), pl.col("fen").sum(), places=pl.col("provider").n_unique())
        .filter(pl.col("places") > 1)
        .drop("places")
        .collect()
    )
    return pl.concat([strong, others]).sort(USE)


def _uses(uses: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Dear or watched long uses that no supply explains, with all (uses looked at)."""
    dear = pl.col("fen") >= pl.col("fen").quantile(
        float(thresholds.latest("dear_percentile")) / 100, "linear"
    )
    needed = (pl.col("supply") <= float(thresholds.latest("most_supply"))).fill_null(value=False)
    several = pl.col("places") > 1
    more = pl.col("packs") >= float(thresholds.latest("least_packs")) * pl.col("expected")
    return uses.with_columns(all=several.sum()).filter((dear | pl.col("watched")) & ~needed & several & more)


def _buyers(purchases: pl.LazyFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """Persons with such uses: person, places, packs, expected (of the drug that stands out), value (evidence)."""
    visits = (
        purchases.group_by("person", "provider")
        .agg(visits=pl.col("settled_day").n_unique().cast(pl.Int64))
        .group_by("person")
        .agg(
            places=pl.len().cast(pl.Int64),
            visits=pl.col("visits").sum(),
            elsewhere=pl.col("visits").sum() - pl.col("visits").max(),
        )
        .sort("person")
        .collect()
    )
    elsewhere, choices = visits["elsewhere"].to_numpy(), visits["visits"].to_numpy()
    wide = peer_surprise(elsewhere, choices)
    people = (
        uses.sort("person", "many", descending=[False, True])
        .group_by("person", maintain_order=True)
        .agg(pl.col("many", "packs", "expected", "all").first())
        .join(visits.with_columns(wide=pl.Series(wide)), on="person", how="inner", maintain_order="left")
    )
    if people.is_empty():
        return people.with_columns(value=pl.lit(0.0))
    many, wide = people["many"].to_numpy(), people["wide"].to_numpy()
    both = np.where(np.minimum(many, wide) >= _SPEAKS, np.minimum(many, _MOST) + np.minimum(wide, _MOST), 0.0)
    return people.with_columns(value=pl.Series(evidence_of(both, people["all"][0])))
