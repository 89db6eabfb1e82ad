"""Persons: which are scored, their peers' attributes, and their cost."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view

AGE_BANDS = ((18, "0-17"), (35, "18-34"), (50, "35-49"), (65, "50-64"), (80, "65-79"), (200, "80+"))
"""Age below which a band applies, in order."""


def known(column: str) -> nw.Expr:
    """A text column with ``unknown`` in place of null."""
    return nw.col(column).fill_null("unknown")


def age_band(birth_day: str, on_day: str) -> nw.Expr:
    """Band of the age in full years, taken as 365.25 days each; ``unknown`` without a plausible birth day."""
    years = (nw.col(on_day) - nw.col(birth_day)) * 4 // 1461
    band = nw.lit("unknown")
    for below, name in reversed(AGE_BANDS):
        band = nw.when(years < below).then(nw.lit(name)).otherwise(band)
    return nw.when(years >= 0).then(band).otherwise(nw.lit("unknown"))


def spend_of(base: Frame, paid: Frame, key: str) -> Frame:
    """Sums of ``pool`` and of ``account`` + ``aid`` over the rows of ``paid``; 0 where there are none."""
    sums = paid.group_by(key).agg(
        nw.col("pool").sum(), (nw.col("account") + nw.col("aid")).sum().alias("account")
    )
    return base.join(sums, on=key, how="left").with_columns(nw.col("pool", "account").fill_null(0))


@view(grain="person")
def person_category(enrolments: Frame, observed: Frame) -> Frame:
    """Category of a person's latest enrolment that began inside or before the observed period.

    Of two that began on the same day, the first in alphabetical order.
    """
    begun = enrolments.join(observed, how="cross").filter(nw.col("start_day") <= nw.col("last_day"))
    latest = begun.group_by("person_id").agg(nw.col("start_day").max().alias("latest_day"))
    return (
        begun.join(latest, on="person_id")
        .filter(nw.col("start_day") == nw.col("latest_day"))
        .group_by("person_id")
        .agg(nw.col("person_category").min())
    )


@view(grain="person")
def person_base(person_codes: Frame) -> Frame:
    """Persons who are scored: everyone with a settlement, reversed or not."""
    return person_codes.select("person_id")


@view(grain="person")
def person_attributes(person_base: Frame, persons: Frame, person_category: Frame, observed: Frame) -> Frame:
    """Attributes that a person shares with peers: category, age band on the last observed day, district."""
    return (
        person_base.join(persons.select("person_id", "birth_day", "region_code"), on="person_id", how="left")
        .join(person_category, on="person_id", how="left")
        .join(observed, how="cross")
        .select(
            "person_id",
            known("person_category"),
            age_band("birth_day", "last_day").alias("age_band"),
            known("region_code").alias("district"),
        )
    )


@view(grain="person")
def person_spend(coded_visits: Frame, person_codes: Frame) -> Frame:
    """Cost of a person, net, in fen: pool, and account (their own and relatives')."""
    return spend_of(person_codes, coded_visits, "person").select("person_id", "pool", "account")
