"""Totals of visits by person, provider and month, which the features read."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame, view
from features.visits.settlements import count

COUNTS = ("visits", "settlements", "purchases", "night", "total", "account", "aid")
"""Counts of visits and settlements, and fen."""


def _sums() -> tuple[nw.Expr, ...]:
    return (count().alias("visits"), *(nw.col(name).sum() for name in COUNTS[1:]))


@view(grain="person and provider")
def person_provider(visits: Frame) -> Frame:
    """How often a person was at a provider: visits (days), settlements, total in fen, first_day, last_day."""
    return visits.group_by("person_id", "provider_id").agg(
        count().alias("visits"),
        nw.col("settlements").sum(),
        nw.col("total").sum(),
        nw.col("day").min().alias("first_day"),
        nw.col("day").max().alias("last_day"),
    )


@view(grain="person and month in which the person was settled for")
def person_month(visits: Frame) -> Frame:
    """A person's month: visits, providers (distinct), total in fen."""
    at_one = visits.group_by("person_id", "month", "provider_id").agg(
        count().alias("visits"), nw.col("total").sum()
    )
    return at_one.group_by("person_id", "month").agg(
        nw.col("visits").sum(), count().alias("providers"), nw.col("total").sum()
    )


@view(grain="provider and month in which the provider settled")
def provider_month(visits: Frame) -> Frame:
    """A provider's month: visits, patients (distinct), total in fen."""
    of_one = visits.group_by("provider_id", "month", "person_id").agg(
        count().alias("visits"), nw.col("total").sum()
    )
    return of_one.group_by("provider_id", "month").agg(
        nw.col("visits").sum(), count().alias("patients"), nw.col("total").sum()
    )


@view(grain="person and day on which the person was settled for")
def person_day(visits: Frame) -> Frame:
    """A person's day: providers (distinct) and, among them, pharmacies."""
    return visits.group_by("person_id", "day").agg(
        count().alias("providers"), (nw.col("purchases") > 0).cast(nw.Int64).sum().alias("pharmacies")
    )


@view(grain="provider and day on which the provider settled")
def provider_day(visits: Frame) -> Frame:
    """A provider's day: visits (people)."""
    return visits.group_by("provider_id", "day").agg(count().alias("visits"))


@view(grain="person")
def person_totals(
    visits: Frame,
    person_base: Frame,
    gross_counts: Frame,
    person_provider: Frame,
    person_month: Frame,
    person_exposure: Frame,
) -> Frame:
    """Everything that is summed over a person's visits, with the enrolled days beside it."""
    key = "person_id"
    gross = gross_counts.group_by(key).agg(nw.col("made").sum(), nw.col("undone").sum())
    main = person_provider.group_by(key).agg(nw.col("visits").max().alias("at_main_provider"))
    months = person_month.group_by(key).agg(
        count().alias("months"), nw.col("providers").sum().alias("provider_months")
    )
    return (
        person_base.join(visits.group_by(key).agg(*_sums()), on=key, how="left")
        .join(gross, on=key, how="left")
        .join(main, on=key, how="left")
        .join(months, on=key, how="left")
        .with_columns(nw.col(*COUNTS, "at_main_provider", "months", "provider_months").fill_null(0))
        .join(person_exposure, on=key, how="left")
    )


@view(grain="provider")
def provider_totals(
    visits: Frame, provider_base: Frame, gross_counts: Frame, person_provider: Frame, provider_month: Frame
) -> Frame:
    """Everything that is summed over a provider's visits."""
    key = "provider_id"
    gross = gross_counts.group_by(key).agg(nw.col("made").sum(), nw.col("undone").sum())
    patients = person_provider.group_by(key).agg(
        count().alias("patients"), (nw.col("visits") > 1).cast(nw.Int64).sum().alias("returning")
    )
    months = provider_month.group_by(key).agg(nw.col("patients").sum().alias("patient_months"))
    return (
        provider_base.join(visits.group_by(key).agg(*_sums()), on=key, how="left")
        .join(gross, on=key, how="left")
        .join(patients, on=key, how="left")
        .join(months, on=key, how="left")
        .with_columns(nw.col(*COUNTS, "patients", "returning", "patient_months").fill_null(0))
    )
