"""Visits and their totals as runs of sorted rows: one sort serves every group that begins with the person."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.registry import kernel
from features.visits.groups import Groups, grouped
from features.visits.settlements import AMOUNTS, at_night, coded_visits
from features.visits.totals import person_day, person_month, person_provider, person_provider_month


@kernel(coded_visits)
def visits_in_order(coded_settlements: pl.LazyFrame) -> pl.LazyFrame:
    """`coded_visits`, in the order of person, day and provider.

    Args:
        coded_settlements: settlements by code; where they are in this order, no row is moved.
    """
    timed: pl.LazyFrame = nw.from_native(coded_settlements).with_columns(night=at_night()).to_native()
    made = timed.select(
        "person",
        "provider",
        pl.col("settled_day").alias("day"),
        pl.col("settled_month").alias("month"),
        pl.col("settled_minute").alias("first_minute"),
        pl.col("purchase").alias("purchases"),
        pl.col("night").fill_null(value=False),
        *(pl.col(amount).alias(name) for name, amount in AMOUNTS.items()),
    ).collect()
    each = grouped(made["person"], made["day"], made["provider"])
    return pl.LazyFrame(
        _key(each, made, "person", "provider", "day")
        | {"month": each.first(made["month"]), "first_minute": each.min(made["first_minute"])}
        | {"settlements": each.count()}
        | {name: each.sum(made[name]) for name in ("purchases", "night", *AMOUNTS)}
    )


@kernel(person_day)
def days_of_people(coded_visits: pl.LazyFrame) -> pl.LazyFrame:
    """`person_day`.

    Args:
        coded_visits: person, day, purchases and more.
    """
    visits = coded_visits.select("person", "day", pl.col("purchases") > 0).collect()
    each = grouped(visits["person"], visits["day"])
    return pl.LazyFrame(
        _key(each, visits, "person", "day")
        | {"providers": each.count(), "pharmacies": each.sum(visits["purchases"])}
    )


@kernel(person_provider_month)
def months_at_providers(coded_visits: pl.LazyFrame) -> pl.LazyFrame:
    """`person_provider_month`, in the order of its columns.

    Args:
        coded_visits: person, provider, month, total and more.
    """
    visits = coded_visits.select("person", "provider", "month", "total").collect()
    each = grouped(visits["person"], visits["provider"], visits["month"])
    return pl.LazyFrame(
        _key(each, visits, "person", "provider", "month")
        | {"visits": each.count(), "total": each.sum(visits["total"])}
    )


@kernel(person_provider)
def people_at_providers(person_provider_month: pl.LazyFrame) -> pl.LazyFrame:
    """`person_provider`.

    Args:
        person_provider_month: person, provider, visits, total.
    """
    months = person_provider_month.collect()
    each = grouped(months["person"], months["provider"])
    return pl.LazyFrame(
        _key(each, months, "person", "provider")
        | {"visits": each.sum(months["visits"]), "total": each.sum(months["total"])}
    )


@kernel(person_month)
def months_of_people(person_provider_month: pl.LazyFrame) -> pl.LazyFrame:
    """`person_month`.

    Args:
        person_provider_month: person, month, visits, total and more.
    """
    months = person_provider_month.collect()
    each = grouped(months["person"], months["month"])
    return pl.LazyFrame(
        _key(each, months, "person", "month")
        | {
            "visits": each.sum(months["visits"]),
            "providers": each.count(),
            "total": each.sum(months["total"]),
        }
    )


def _key(each: Groups, rows: pl.DataFrame, *names: str) -> dict[str, pl.Series]:
    return {name: each.first(rows[name]) for name in names}
