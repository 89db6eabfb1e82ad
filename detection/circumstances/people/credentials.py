"""Which credential people show at the places where they are treated, and how ill they are there.

A card that is handed over is shown wherever somebody else is treated on it, whatever its holder shows elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from detection.circumstances.bills.holder_profile import DIAGNOSIS_GROUP
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_bills
from features.contract.vocabulary import CHRONIC_OUTPATIENT, EMERGENCY, INPATIENT, OUTPATIENT
from models.evidence.choices import hypergeometric_surprise
from models.evidence.counts import peer_counts
from models.evidence.unit import Floats

SIGNS = ("emergencies", "illnesses", "credential")
_PHONE = "e_credential"
_CARE = [OUTPATIENT, EMERGENCY, CHRONIC_OUTPATIENT]
_AT = ["person_id", "provider_id"]
_AGES = [18 * 365.2425, 60 * 365.2425]  # days; people are compared with those of their age


@dataclass(frozen=True)
class Bounds:
    """What people and places need to be looked at.

    Attributes:
        days: of care of a person.
        places: at which a person was treated most often.
        phone: share of the settlements of a place at which a phone was shown, from 0 to 1.
        card: share of a person's settlements at those places at which a card was shown, from 0 to 1.
    """

    days: int
    places: int
    phone: float
    card: float


def shown_bills(context: DetectorContext) -> pl.LazyFrame:
    """Standing bills outside stays, with what was shown and whom it was about.

    Returns:
        settlement_id, person_id, provider_id, settled_day, care (whether a doctor treated), urgent, illness (group of
        the diagnosis; null where unknown), by_hand (a card was shown, and no phone; null where unknown).
    """
    known: pl.LazyFrame = context.whole.settlements.select(
        "settlement_id", "credential_type", "diagnosis_code"
    ).to_native()
    kind = pl.col("care_type")
    return (
        standing_bills(context)
        .filter(kind != INPATIENT)
        .join(known, on="settlement_id")
        .select(
            "settlement_id",
            *_AT,
            "settled_day",
            care=kind.is_in(_CARE),
            urgent=kind == EMERGENCY,
            illness=pl.col("diagnosis_code").str.slice(0, DIAGNOSIS_GROUP),
            by_hand=pl.col("credential_type") != _PHONE,
        )
    )


def main_places(bills: pl.LazyFrame, most: int) -> pl.LazyFrame:
    """The places at which each person was treated on most days: person_id, provider_id; so many at most."""
    return (
        bills.filter("care")
        .group_by(_AT)
        .agg(days=pl.col("settled_day").n_unique())
        .sort("person_id", "days", "provider_id", descending=[False, True, False])
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("provider_id").head(most))
        .explode("provider_id")
    )


def signs(bills: pl.LazyFrame, context: DetectorContext, bounds: Bounds) -> pl.DataFrame:
    """The surprises of everybody with care and credentials enough.

    Emergencies, and days with several illnesses, are compared with days of care of people of the age (gamma-Poisson);
    cards shown at the main places with what the same person showed elsewhere (hypergeometric).

    Args:
        bills: of `shown_bills`.
        context: whose register of persons is read.
        bounds: see there.

    Returns:
        person_id, days (of care), urgent and several (days), and a surprise for each of `SIGNS`; sorted.
    """
    register: pl.LazyFrame = context.whole.persons.select("person_id", "birth_day").to_native()
    lived = pl.col("last") - pl.col("birth_day")
    days = (
        bills.filter("care", pl.col("illness").is_not_null())
        .group_by("person_id", "settled_day")
        .agg(pl.col("urgent").any(), several=pl.col("illness").n_unique() > 1)
        .group_by("person_id")
        .agg(
            pl.col("urgent", "several").sum().cast(pl.Int64),
            days=pl.len().cast(pl.Int64),
            last=pl.col("settled_day").max(),
        )
        .join(register, on="person_id", how="left")
        .with_columns(age=sum((lived >= each).cast(pl.Int8) for each in _AGES))
        .drop("last", "birth_day")
        .collect()
        .sort("person_id")
    )
    people = days.join(_credentials(bills, bounds), on="person_id", maintain_order="left")
    surprises = {"emergencies": _by_age(days, "urgent"), "illnesses": _by_age(days, "several")}
    return people.join(
        days.select("person_id", **{name: pl.Series(each) for name, each in surprises.items()}),
        on="person_id",
        maintain_order="left",
    ).filter(pl.col("days") >= bounds.days)


def _by_age(days: pl.DataFrame, column: str) -> Floats:
    """Surprise of the days with something, among people of the age."""
    seen, exposure = days[column].to_numpy(), days["days"].to_numpy()
    age, result = days["age"].fill_null(-1).to_numpy(), np.zeros(days.height)
    for band in np.unique(age).tolist():
        own = age == band
        result[own] = peer_counts(seen[own], exposure[own]).surprise(seen[own], exposure[own])
    return result


def _credentials(bills: pl.LazyFrame, bounds: Bounds) -> pl.DataFrame:
    """Surprise of the cards that a person showed at the main places: person_id, credential."""
    known = bills.filter(pl.col("by_hand").is_not_null())
    phones = (
        known.group_by("provider_id")
        .agg(phone=(~pl.col("by_hand")).mean())
        .filter(pl.col("phone") >= bounds.phone)
        .select("provider_id")
    )
    main = main_places(bills, bounds.places).with_columns(main=pl.lit(value=True))
    there = pl.col("main").fill_null(value=False) & pl.col("care")
    counted = (
        known.join(phones, on="provider_id", how="semi")
        .join(main, on=_AT, how="left")
        .group_by("person_id")
        .agg(
            whole=pl.len().cast(pl.Int64),
            marked=pl.col("by_hand").sum().cast(pl.Int64),
            part=there.sum().cast(pl.Int64),
            seen=(there & pl.col("by_hand")).sum().cast(pl.Int64),
        )
        .collect()
    )
    sizes = (counted[name] for name in ("seen", "part", "marked", "whole"))
    always = pl.col("seen") >= bounds.card * pl.col("part")
    return counted.select(
        "person_id",
        credential=pl.when(always).then(pl.Series(hypergeometric_surprise(*sizes))).otherwise(0.0),
    )
