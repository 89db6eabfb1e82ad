"""Totals of visits by person, provider, month and day on sorted arrays: sorted once, they stay in order."""

from __future__ import annotations

import polars as pl

from features.registry import kernel
from features.visits.groups import grouped
from features.visits.totals import person_day, person_provider, person_provider_month


@kernel(person_provider_month)
def person_provider_month_on_arrays(coded_visits: pl.LazyFrame) -> pl.LazyFrame:
    """`person_provider_month`, sorted by person, provider and month."""
    key = ("person", "provider", "month")
    visits = coded_visits.select(*key, "total").collect()
    each = grouped(*(visits[name] for name in key))
    return pl.LazyFrame(
        {name: each.first(visits[name]) for name in key}
        | {"visits": each.count(), "total": each.sum(visits["total"])}
    )


@kernel(person_provider)
def person_provider_on_arrays(person_provider_month: pl.LazyFrame) -> pl.LazyFrame:
    """`person_provider`, sorted by person and provider."""
    key = ("person", "provider")
    months = person_provider_month.select(*key, "visits", "total").collect()
    each = grouped(*(months[name] for name in key))
    return pl.LazyFrame(
        {name: each.first(months[name]) for name in key}
        | {name: each.sum(months[name]) for name in ("visits", "total")}
    )


@kernel(person_day)
def person_day_on_arrays(coded_visits: pl.LazyFrame) -> pl.LazyFrame:
    """`person_day`, sorted by person and day."""
    key = ("person", "day")
    visits = coded_visits.select(*key, bought=pl.col("purchases") > 0).collect()
    each = grouped(*(visits[name] for name in key))
    return pl.LazyFrame(
        {name: each.first(visits[name]) for name in key}
        | {"providers": each.count(), "pharmacies": each.sum(visits["bought"])}
    )
