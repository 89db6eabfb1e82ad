"""Courses of treatment: a doctor's plan comes back at even distances, and a new drug is watched with an early test."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext

_EVEN = 0.2
"""Median deviation of the distances from their median, as a share of it.

Of irregular days it is about 0.6, and one group in fourteen is even by chance.
"""
_USES = 4
"""Uses that have a rhythm: fewer are even by chance."""
_GROUP = 3  # characters of a diagnosis that name its group
_LONG = 14
"""Days of supply of a drug that is taken for good."""


def even_rhythms(days: pl.DataFrame, of: list[str], day: str, least: int = _USES) -> pl.DataFrame:
    """Which groups come back at even distances.

    Args:
        days: ``of`` and ``day``, a day number; a day counts once.
        of: columns of a group.
        day: name of the day's column.
        least: different days of a group.

    Returns:
        ``of``, distance (median, days); sorted.
    """
    gaps = (
        days.select(*of, day)
        .unique()
        .sort(*of, day)
        .with_columns(gap=(pl.col(day) - pl.col(day).shift(1).over(of)).cast(pl.Float64))
    )
    middle = pl.col("gap").median()
    return (
        gaps.group_by(of)
        .agg(days=pl.len(), distance=middle, off=(pl.col("gap") - middle).abs().median())
        .filter(pl.col("days") >= least, pl.col("off") <= _EVEN * pl.col("distance"))
        .select(*of, "distance")
        .sort(of)
    )


def treated_by_one_doctor(lines: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Lines of an item that one doctor gave a person for one illness, again and again at even distances.

    Args:
        lines: with settlement_id, person_id, provider_id, item_code, service_day.
        context: the data; without prescribers or diagnoses nothing is a course.

    Returns:
        person_id, item_code; each once.
    """
    if not context.whole.has("settlements", "prescriber_id", "diagnosis_code"):
        return lines.select("person_id", "item_code").clear()
    bills: pl.LazyFrame = context.whole.settlements.select(
        "settlement_id", "prescriber_id", "diagnosis_code"
    ).to_native()
    own = lines.lazy().join(bills.rename({"prescriber_id": "doctor"}), on="settlement_id").collect()
    item = ["person_id", "item_code"]
    illness = pl.col("diagnosis_code").str.slice(0, _GROUP)
    single = (
        own.group_by(item)
        .agg(
            places=pl.col("provider_id").n_unique(),
            doctors=pl.col("doctor").n_unique(),
            illnesses=illness.n_unique(),
            unknown=(pl.col("doctor").is_null() | illness.is_null()).any(),
        )
        .filter(~pl.col("unknown"), pl.max_horizontal("places", "doctors", "illnesses") == 1)
    )
    return even_rhythms(own, item, "service_day").join(single, on=item, how="semi").select(item)


def planned_stays(stays: pl.DataFrame) -> pl.DataFrame:
    """Patients admitted at even distances who are at home for longer than in bed: a course in several stays.

    Args:
        stays: provider_id, person_id, kind, admitted_day, discharged_day.

    Returns:
        provider_id, person_id, kind; each once.
    """
    patient = ["provider_id", "person_id", "kind"]
    nights = (pl.col("discharged_day") - pl.col("admitted_day")).median()
    in_bed = stays.group_by(patient).agg(nights=nights)
    return (
        even_rhythms(stays, patient, "admitted_day", least=3)
        .join(in_bed, on=patient)
        .filter(pl.col("distance") > 2 * pl.col("nights"))
        .select(patient)
    )


def changed_therapies(repeated: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Tests on a day on which a drug that the person took for good at the last test gave way to a new one.

    Args:
        repeated: person_id, service_day, last_service_day.
        context: the data; without days of supply no therapy is known.

    Returns:
        person_id, service_day; each once.
    """
    nothing = repeated.select("person_id", "service_day").clear()
    if not context.whole.has("charge_lines", "days_supply"):
        return nothing
    people = repeated.select("person_id").unique().lazy()
    drugs: pl.LazyFrame = context.whole.charge_lines.select(
        "settlement_id", "item_code", "days_supply"
    ).to_native()
    bills: pl.LazyFrame = context.views["net_settlements"].to_native()
    taken = (
        bills.join(people, on="person_id", how="semi")
        .select("settlement_id", "person_id", day="service_day")
        .join(drugs.filter(pl.col("days_supply") >= _LONG), on="settlement_id")
        .with_columns(
            begun=pl.col("day").min().over("person_id", "item_code"),
            ended=pl.col("day").max().over("person_id", "item_code"),
        )
        .select("person_id", "day", "begun", "ended")
        .unique()
        .collect()
    )
    begins = taken.filter(pl.col("day") == pl.col("begun")).select("person_id", service_day="day").unique()
    given_up = (
        repeated.join(taken, left_on=["person_id", "last_service_day"], right_on=["person_id", "day"])
        .filter(pl.col("ended") < pl.col("service_day"))
        .select("person_id", "service_day")
        .unique()
    )
    return given_up.join(begins, on=["person_id", "service_day"], how="semi")
