"""One prescriber's patients buying at one pharmacy, far more than anything lawful lets one expect (D33).

Null: patients choose like the neighbors of their home, or like the patients of the institution's other
prescribers, or by distance, at the share that one institution in ten exceeds. The most lenient counts. The unit is
the patient, the exposure the choices of all of the prescriber's patients. Innocent whatever the share is a pharmacy
next door, also if nearer ones take no money of the pooled fund; one with no nearer pharmacy in use; and one where many
of the patients are customers anyway; unless prescriptions were written after the sale. These add to a concentration and
are nothing alone. A second pharmacy most of whose patients the prescriber has at a stronger one too is explained by it.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.medicines.pharmacy_choices import customs, distances
from detection.circumstances.medicines.prescription_flows import (
    PAIR,
    expected_by_home,
    of_colleagues,
    pairs_of,
    prescribed_purchases,
)
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.counts import count_surprise, gamma_poisson_surprise, shape_above
from models.evidence.unit import ALERT, MOST
from models.evidence.unit import evidence as evidence_of

_TRIM = 0.01  # pairs are many, and the concentrated ones few
_FITTED_FROM = 2.0  # expected patients
_FEWEST_INSTITUTIONS = 10  # fewer have no share that one in ten exceeds


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The purchases of a prescriber's patients at a pharmacy where they concentrate, with the pair's evidence."""
    purchases, pairs = _assessed(context, thresholds)
    many = int(thresholds.latest("min_patients"))
    times = float(thresholds.latest("times_expected"))
    fen = int(thresholds.latest("min_yuan")) * FEN_PER_YUAN
    concentrated = pairs.filter(
        pl.col("value") >= ALERT,
        pl.col("patients") >= many,
        pl.col("patients") >= times * pl.col("expected"),
        pl.col("fen") >= fen,
    )
    rows = purchases.join(concentrated.select(*PAIR, "value"), on=PAIR, how="inner")
    named = rows.lazy().join(context.views["provider_codes"].to_native(), on="provider", how="inner")
    late = pl.when("late").then(pl.lit("written_after_sale")).otherwise(pl.lit("concentrated"))
    return nw.from_native(
        named.select(
            "settlement_id",
            "provider_id",
            "prescriber_id",
            cause=late,
            subject_id="provider_id",
            strength="value",
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of each concentrated pair: of its pharmacy, of the institution, and of the prescriber."""
    _, assessed = _assessed(context, thresholds)
    pairs = assessed.filter(pl.col("patients") >= int(thresholds.latest("min_patients")), pl.col("value") > 0)
    codes: pl.LazyFrame = context.views["provider_codes"].to_native()
    named = (
        pairs.lazy()
        .join(codes.select("provider", pharmacy="provider_id"), on="provider")
        .join(codes.select(institution="provider", seen_at="provider_id"), on="institution")
    )
    subjects = (("provider", "pharmacy"), ("provider", "seen_at"), ("prescriber", "prescriber_id"))
    return nw.from_native(
        pl.concat(
            named.select(
                "value",
                "expected",
                subject_kind=pl.lit(kind),
                subject_id=column,
                observed=pl.col("patients").cast(pl.Float64),
            )
            for kind, column in subjects
        )
    )


@remembered
def _assessed(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The purchases, and their pairs."""
    purchases = prescribed_purchases(context)
    return purchases, _without_followers(purchases, _pairs(purchases, context, thresholds))


def _without_followers(purchases: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs, without the evidence of those most of whose patients the prescriber has at a stronger one, too."""
    order = ["value", "patients", "fen", "provider"]
    strong = (
        pairs.filter(pl.col("value") > 0)
        .sort(order, descending=[True, True, True, False])
        .select(*PAIR, "patients")
        .with_row_index("place")
    )
    patients = purchases.join(strong, on=PAIR).select(*PAIR, "person", "place").unique()
    shared = (
        patients.join(patients, on=["prescriber_id", "person"])
        .filter(pl.col("place_right") < pl.col("place"))
        .group_by(PAIR)
        .agg(shared=pl.col("person").n_unique())
    )
    followers = strong.join(shared, on=PAIR).filter(2 * pl.col("shared") >= pl.col("patients"))
    marked = pairs.join(followers.select(*PAIR, follows=True), on=PAIR, how="left", maintain_order="left")
    value = pl.when("follows").then(0.0).otherwise("value")
    return marked.with_columns(value=value).drop("follows")


def _pairs(
    purchases: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """The pairs whose distance is known or does not matter, with expected (patients) and value (evidence)."""
    pairs = (
        pairs_of(purchases)
        .join(expected_by_home(purchases, context), on=PAIR)
        .join(of_colleagues(purchases), on=PAIR)
        .join(distances(purchases, context), on=["institution", "provider"], how="left")
        .sort(PAIR)
    )
    if pairs.is_empty():
        return pairs.with_columns(expected=pl.lit(0.0), value=pl.lit(0.0))
    written_late = _written_late(pairs, thresholds)
    lawful = pl.max_horizontal(
        _shares_by_distance(pairs, thresholds), _own_choice(pairs, purchases, context, thresholds)
    )
    near = pl.when(written_late).then(0.0).otherwise(lawful)
    compared = pl.col("others") >= int(thresholds.latest("min_others"))
    # One more patient of the colleagues than there was: few colleagues' patients say little.
    by_colleagues = (
        pl.when(compared).then((pl.col("others_here") + 1) / (pl.col("others") + 2)).otherwise(0.0)
    )
    shares = pl.max_horizontal(pl.col("by_home") / pl.col("all"), by_colleagues, near)
    stray = float(thresholds.latest("stray_percent")) / 100
    # Where distances are not known, any pharmacy may be next door.
    known = pairs.with_columns(expected=pl.col("all") * (shares + stray).clip(0, 1)).filter(
        pl.col("order").is_not_null() | written_late
    )
    return known.with_columns(value=_value(known, float(thresholds.latest("late_most"))))


def _shares_by_distance(pairs: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.Series:
    """The share that distance lets a pharmacy have: all of it next door, then the measured one, 0 far away."""
    of_institution = (
        pairs.filter(pl.col("order") < int(thresholds.latest("near_pharmacies")))
        .group_by("institution", "order")
        .agg(pl.col("patients").sum())
        .join(
            pairs.unique("prescriber_id").group_by("institution").agg(choices=pl.col("all").sum()),
            on="institution",
        )
        .filter(pl.col("choices") >= int(thresholds.latest("min_others")))
    )
    exceeded = float(thresholds.latest("near_percentile")) / 100
    rates = of_institution.group_by("order").agg(
        usual=pl.when(pl.len() >= _FEWEST_INSTITUTIONS).then(
            (pl.col("patients") / pl.col("choices")).quantile(exceeded, "linear")
        )
    )
    adjacent = pl.min_horizontal("order", "order_pooled") < int(thresholds.latest("adjacent_pharmacies"))
    near = adjacent | (pl.col("km") < float(thresholds.latest("adjacent_km")))
    share = pl.when(near).then(1.0).otherwise(pl.col("usual")).fill_null(0.0)
    return pairs.join(rates, on="order", how="left", maintain_order="left").select(share=share)["share"]


def _own_choice(
    pairs: pl.DataFrame, purchases: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.Series:
    """1 where the patients' other purchases explain the pair, else 0.

    Many of them are customers there anyway, or they use no pharmacy that is nearer to the institution.
    """
    many = pairs.filter(pl.col("patients") >= int(thresholds.latest("min_patients")))
    custom = customs(many.select(*PAIR, "institution", "km"), purchases, context)
    habit, nearer = (float(thresholds.latest(name)) / 100 for name in ("habit_percent", "nearer_percent"))
    explained = (pl.col("habit") >= habit) | (pl.col("nearer") <= nearer).fill_null(value=False)
    known = pairs.join(custom, on=PAIR, how="left", maintain_order="left")
    return known.select(own=explained.fill_null(value=False).cast(pl.Float64))["own"]


def _written_late(pairs: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.Series:
    """Whether so many prescriptions came after the sale that distance is no excuse; of all, a clock would be one."""
    surprise = count_surprise(pairs["late"].to_numpy(), pairs["rows"].to_numpy())
    beyond_chance = pl.Series(evidence_of(surprise, pairs.height)) >= ALERT
    return beyond_chance & (100 * pairs["late"] <= float(thresholds.latest("clock_percent")) * pairs["rows"])


def _value(pairs: pl.DataFrame, late_most: float) -> pl.Series:
    """Evidence of each pair: its concentration, and next to that how many prescriptions came after the sale."""
    seen, expected = pairs["patients"].to_numpy(), pairs["expected"].to_numpy()
    # A pair without patients is no row, so only those of which some are expected show how uneven pairs are.
    fit = expected >= _FITTED_FROM
    shape = max(shape_above(seen[fit], expected[fit], _TRIM), 1.0)
    concentration = gamma_poisson_surprise(seen, expected, shape)
    late = np.minimum(count_surprise(pairs["late"].to_numpy(), pairs["rows"].to_numpy()), late_most)
    both = np.minimum(concentration, 2 * MOST) + np.where(concentration > 1, late, 0.0)
    return pl.Series(evidence_of(both, pairs.height))
