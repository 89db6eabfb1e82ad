"""Patients discharged by one hospital and admitted by another within days, for the same illness: who passes to whom.

Null: a patient of the illness is admitted elsewhere as often as those whom all other hospitals discharge, and then by
the hospital that people of the division otherwise go to. Pairs of hospitals are compared by both directions together.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from detection.circumstances.bills.courses import planned_stays
from detection.circumstances.bills.stays import stays
from detection.detectors.context import DetectorContext
from models.evidence.counts import gamma_poisson_surprise
from models.evidence.others import Prior
from models.evidence.unit import evidence

PAIR = ["hospital_a", "hospital_b"]
_PRIOR = Prior(rate=0.02, weight=20.0, most_even=2.0)
_PEOPLE = 5.0
"""Weight of the whole fund's choice of hospitals, in stays, where few people of a division were admitted."""


def discharges(context: DetectorContext, days: int) -> pl.DataFrame:
    """Discharges of known illness, with what followed.

    Left out are discharges too close to the end of the data, and patients who are admitted at even distances and are
    at home for longer than in bed, at whichever hospital: those are courses of treatment.

    Args:
        context: the data.
        days: after the discharge within which another admission counts.

    Returns:
        provider_id, person_id, kind, region, next_provider (null where nothing followed in time, or at the same
        hospital), next_bills, gap, moved (Boolean), and first (Boolean: not itself a stay that followed).
    """
    patient = ["person_id", "kind"]
    known = stays(context).filter(pl.col("kind") != "").sort(*patient, "admitted_day", "provider_id")
    anywhere = known.with_columns(provider_id=pl.lit(""))
    planned = planned_stays(anywhere).select(patient)
    following = pl.col("provider_id", "admitted_day", "bills").shift(-1).over(patient)
    observed: pl.DataFrame = context.views["observed"].to_native().collect()
    last = int(observed["last_day"][0] or 0)
    regions: pl.LazyFrame = context.whole.persons.select("person_id", region="region_code").to_native()
    elsewhere = (pl.col("next_provider_id") != pl.col("provider_id")) & pl.col("gap").is_between(0, days)
    return (
        known.join(planned, on=patient, how="anti", maintain_order="left")
        .with_columns(following.name.prefix("next_"))
        .with_columns(gap=pl.col("next_admitted_day") - pl.col("discharged_day"))
        .with_columns(moved=elsewhere.fill_null(value=False))
        .with_columns(first=~pl.col("moved").shift(1, fill_value=False).over(patient))
        .filter(pl.col("discharged_day") <= last - days)
        .join(regions.collect(), on="person_id", how="left", maintain_order="left")
        .with_columns(pl.col("region").fill_null(""), next_provider=pl.when("moved").then("next_provider_id"))
        .select(
            *("provider_id", "person_id", "kind", "region"),
            *("next_provider", "next_bills", "gap", "moved", "first"),
        )
    )


def partners(left: pl.DataFrame) -> pl.DataFrame:
    """Pairs of hospitals between which patients were passed: `PAIR` in order of id, and how surprising that is.

    Args:
        left: as `discharges` returns them.

    Returns:
        `PAIR`, moves, back (moves in the rarer direction), patients, expected, value (evidence); sorted.
    """
    directed = (
        left.filter("moved")
        .group_by("provider_id", "next_provider")
        .agg(moves=pl.len().cast(pl.Int64), people=pl.col("person_id").unique())
    )
    a, b = pl.col("provider_id"), pl.col("next_provider")
    pairs = (
        directed.with_columns(hospital_a=pl.min_horizontal(a, b), hospital_b=pl.max_horizontal(a, b))
        .group_by(PAIR)
        .agg(
            pl.col("moves").sum(),
            back=pl.when(pl.len() > 1).then(pl.col("moves").min()).otherwise(0),
            patients=pl.col("people").explode().n_unique().cast(pl.Int64),
        )
        .join(_expected(left), on=PAIR, how="left")
        .with_columns(pl.col("expected").fill_null(0.0))
        .sort(PAIR)
    )
    hospitals = left["provider_id"].n_unique()
    surprise = gamma_poisson_surprise(pairs["moves"], pairs["expected"], _PRIOR.most_even)
    exposed = max(hospitals * (hospitals - 1) // 2, 1)
    value = evidence(np.asarray(surprise), exposed)
    return pairs.with_columns(value=pl.Series(value, dtype=pl.Float64))


def _expected(left: pl.DataFrame) -> pl.DataFrame:
    """Moves that every pair lets one expect, both directions together: `PAIR`, expected."""
    exposure = pl.len().cast(pl.Int64)
    cells = left.group_by("provider_id", "kind").agg(own=exposure, own_moved=pl.col("moved").sum())
    kinds = left.group_by("kind").agg(all=exposure, all_moved=pl.col("moved").sum())
    usual = (pl.col("all_moved") - pl.col("own_moved") + _PRIOR.rate * _PRIOR.weight) / (
        pl.col("all") - pl.col("own") + _PRIOR.weight
    )
    rates = cells.join(kinds, on="kind").select("provider_id", "kind", rate=usual)
    of_region = (
        left.join(rates, on=["provider_id", "kind"])
        .group_by("provider_id", "region")
        .agg(leaving=pl.col("rate").sort().sum())
    )
    to = of_region.join(_choices(left), on="region").filter(pl.col("provider_id") != pl.col("hospital"))
    others = pl.col("share") / pl.col("share").sum().over("provider_id", "region")
    a, b = pl.col("provider_id"), pl.col("hospital")
    return (
        to.with_columns(expected=pl.col("leaving") * others)
        .group_by(hospital_a=pl.min_horizontal(a, b), hospital_b=pl.max_horizontal(a, b))
        .agg(pl.col("expected").sort().sum())
    )


def _choices(left: pl.DataFrame) -> pl.DataFrame:
    """Where people of a division are admitted first: region, hospital, share."""
    first = left.filter("first")
    whole = first.group_by(hospital="provider_id").agg(ever=pl.len() / max(first.height, 1))
    there = first.group_by("region", hospital="provider_id").agg(stays=pl.len())
    every = left.select("region").unique().join(whole, how="cross")
    known = every.join(there, on=["region", "hospital"], how="left").with_columns(
        pl.col("stays").fill_null(0)
    )
    total = pl.col("stays").sum().over("region")
    share = (pl.col("stays") + _PEOPLE * pl.col("ever")) / (total + _PEOPLE)
    return known.select("region", "hospital", share=share)
