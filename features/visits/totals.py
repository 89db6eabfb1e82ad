"""Totals of visits by person, provider, day and month, which the features read.

Rows are keyed by code (``person``, ``provider``: see `features.visits.codes`); the last step adds the ids.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.visits.settlements import count

COUNTS = ("visits", "settlements", "purchases", "night", "total", "account", "aid")
"""Counts of visits and settlements, and fen."""


def _sums() -> tuple[nw.Expr, ...]:
    return (count().alias("visits"), *(nw.col(name).sum() for name in COUNTS[1:]))


@view(grain="person, provider and month, by code")
def person_provider_month(coded_visits: Frame) -> Frame:
    """A person's visits (days) and total in fen at a provider in a month."""
    return coded_visits.group_by("person", "provider", "month").agg(
        count().alias("visits"), nw.col("total").sum()
    )


@view(grain="person and provider, by code")
def person_provider(person_provider_month: Frame) -> Frame:
    """A person's visits (days) at a provider, and their total in fen."""
    return person_provider_month.group_by("person", "provider").agg(
        nw.col("visits").sum(), nw.col("total").sum()
    )


@view(grain="person and month in which the person was settled for, by code")
def person_month(person_provider_month: Frame) -> Frame:
    """A person's month: visits, providers (distinct), total in fen."""
    return person_provider_month.group_by("person", "month").agg(
        nw.col("visits").sum(), count().alias("providers"), nw.col("total").sum()
    )


@view(grain="provider and month in which the provider settled, by code")
def provider_month(person_provider_month: Frame) -> Frame:
    """A provider's month: visits, patients (distinct), total in fen."""
    return person_provider_month.group_by("provider", "month").agg(
        nw.col("visits").sum(), count().alias("patients"), nw.col("total").sum()
    )


@view(grain="person and day on which the person was settled for, by code")
def person_day(coded_visits: Frame) -> Frame:
    """A person's day: providers (distinct) and, among them, pharmacies."""
    return coded_visits.group_by("person", "day").agg(
        count().alias("providers"), (nw.col("purchases") > 0).cast(nw.Int64).sum().alias("pharmacies")
    )


@view(grain="provider and day on which the provider settled, by code")
def provider_day(coded_visits: Frame) -> Frame:
    """A provider's day: visits (people)."""
    return coded_visits.group_by("provider", "day").agg(count().alias("visits"))


@view(grain="person")
def person_totals(
    coded_visits: Frame,
    person_codes: Frame,
    person_gross: Frame,
    person_provider: Frame,
    person_provider_month: Frame,
    person_exposure: Frame,
) -> Frame:
    """All sums over a person's visits, with the enrolled days."""
    key = "person"
    main = person_provider.group_by(key).agg(nw.col("visits").max().alias("at_main_provider"))
    months = person_provider_month.group_by(key).agg(
        nw.col("month").n_unique().cast(nw.Int64).alias("months"), count().alias("provider_months")
    )
    return (
        person_codes.join(coded_visits.group_by(key).agg(*_sums()), on=key, how="left")
        .join(main, on=key, how="left")
        .join(months, on=key, how="left")
        .with_columns(nw.col(*COUNTS, "at_main_provider", "months", "provider_months").fill_null(0))
        .join(person_gross, on="person_id", how="left")
        .join(person_exposure, on="person_id", how="left")
    )


@view(grain="provider")
def provider_totals(
    coded_visits: Frame,
    provider_codes: Frame,
    provider_gross: Frame,
    person_provider: Frame,
    person_provider_month: Frame,
) -> Frame:
    """All sums over a provider's visits."""
    key = "provider"
    patients = person_provider.group_by(key).agg(
        count().alias("patients"), (nw.col("visits") > 1).cast(nw.Int64).sum().alias("returning")
    )
    months = person_provider_month.group_by(key).agg(count().alias("patient_months"))
    return (
        provider_codes.join(coded_visits.group_by(key).agg(*_sums()), on=key, how="left")
        .join(patients, on=key, how="left")
        .join(months, on=key, how="left")
        .with_columns(nw.col(*COUNTS, "patients", "returning", "patient_months").fill_null(0))
        .join(provider_gross, on="provider_id", how="left")
    )
