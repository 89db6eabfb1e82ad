"""Pairs of providers that serve the same people within days of each other, compared with the expected number.

Two busy neighbors share patients without any intent, because people use providers nearby, and some people are ill more
often. So people are put into strata by district and by the number of providers that they use, and each stratum has one
rate of its own:

    rate(s)        = close pairs in s / sum over all provider pairs of people(A, s) * people(B, s)
    expected(A, B) = sum over s of rate(s) * people(A, s) * people(B, s)

``people(A, s)`` are the people of stratum s seen at A; a close pair is a person and two providers at which that
person was seen within `CLOSE_DAYS`. Over all pairs of a stratum, expected and counted add up to the same.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, view
from features.settings import SETTINGS
from features.visits.people import known
from features.visits.settlements import count

CLOSE_DAYS = SETTINGS.whole("close_days")
"""Two visits of a person at most so many days apart are close."""

LEAST_SHARED = SETTINGS.whole("least_shared_people")
"""A pair of providers is assessed when at least so many people had close visits at both."""

MOST_SURPRISAL = SETTINGS.whole("most_surprisal")
"""Surprisal is cut off at one in 10 to this power: beyond, the model of chance is wrong rather than the pair odd."""

DEGREES = (2, 4, 8, 16)
"""Classes of the number of providers that a person uses: 1, 2-3, 4-7, 8-15, 16 and more."""

MILLION = 1_000_000
"""Expected people are kept in millionths, as integers, because sums of floats differ from run to run."""


@view(grain="person with a net visit, by code")
def person_strata(person_provider: Frame, person_codes: Frame, persons: Frame) -> Frame:
    """Stratum of a person: district, and the class of the number of providers used (0 to 4)."""
    used = person_provider.group_by("person").agg(count().alias("providers"))
    degree = nw.lit(0)
    for order, least in enumerate(DEGREES, 1):
        degree = nw.when(nw.col("providers") >= least).then(nw.lit(order)).otherwise(degree)
    homes = person_codes.join(persons.select("person_id", "region_code"), on="person_id", how="left")
    return used.join(homes, on="person").select(
        "person", known("region_code").alias("district"), degree.cast(nw.Int32).alias("degree")
    )


@view(grain="person and unordered pair of providers a < b, by code")
def close_pairs(coded_visits: Frame) -> Frame:
    """Persons seen at both providers of a pair within `CLOSE_DAYS`: person, a, b.

    Days are put into buckets one longer than `CLOSE_DAYS`, so that a close later visit lies in the same bucket
    or in the next.
    """
    width = CLOSE_DAYS + 1
    bucket = nw.col("day") // width
    visits = coded_visits.select("person", "provider", "day", bucket=bucket)
    later = coded_visits.select("person", other=nw.col("provider"), other_day=nw.col("day"), bucket=bucket)
    both = nw.concat(
        [later, later.with_columns(bucket=nw.col("bucket") - nw.lit(1).cast(nw.Int32))], how="vertical"
    )
    apart = nw.col("other_day") - nw.col("day")
    return (
        visits.join(both, on=["person", "bucket"])
        .filter((apart >= 0) & (apart <= CLOSE_DAYS) & (nw.col("provider") != nw.col("other")))
        .select(
            "person",
            a=nw.min_horizontal("provider", "other"),
            b=nw.max_horizontal("provider", "other"),
        )
        .unique()
    )


@view(grain="provider and stratum of people, by code")
def provider_strata(person_provider: Frame, person_strata: Frame) -> Frame:
    """People of each stratum seen at each provider: provider, district, degree, people."""
    return (
        person_provider.select("person", "provider")
        .join(person_strata, on="person")
        .group_by("provider", "district", "degree")
        .agg(count().alias("people"))
    )


@view(grain="stratum of people")
def stratum_rates(close_pairs: Frame, person_strata: Frame, provider_strata: Frame) -> Frame:
    """Close pairs of a stratum, and the products of people that they are spread over.

    Columns: district, degree, close, products.
    """
    stratum = ["district", "degree"]
    close = close_pairs.join(person_strata, on="person").group_by(stratum).agg(count().alias("close"))
    square = nw.col("people") * nw.col("people")
    products = (
        provider_strata.with_columns(square=square)
        .group_by(stratum)
        .agg(nw.col("people").sum(), nw.col("square").sum())
        .with_columns(products=(nw.col("people") * nw.col("people") - nw.col("square")) // 2)
    )
    return close.join(products.select(*stratum, "products"), on=stratum)


@view(grain="unordered pair of providers a < b, by code, with enough people in common")
def coded_pairs(close_pairs: Frame, provider_strata: Frame, stratum_rates: Frame) -> Frame:
    """People with close visits at both providers, and the expected number of them.

    Columns: a, b, shared, expected (millionths of a person), surprisal. The surprisal is the large-deviation
    bound of a Poisson count, at most -log10 P(X >= shared): (shared * ln(shared / expected) - shared + expected) /
    ln 10; 0 when no more than expected, and cut off at `MOST_SURPRISAL`.
    """
    pair = ["a", "b"]
    counted = close_pairs.group_by(pair).agg(count().alias("shared")).filter(nw.col("shared") >= LEAST_SHARED)
    rate = nw.col("close").cast(nw.Float64) * MILLION / nw.col("products")
    expected = (
        counted.select(*pair)
        .join(_people_at(provider_strata, "a"), on="a")
        .join(_people_at(provider_strata, "b"), on=["b", "district", "degree"])
        .join(stratum_rates, on=["district", "degree"])
        .with_columns(part=_rounded(rate * nw.col("people_a") * nw.col("people_b")))
        .group_by(pair)
        .agg(nw.col("part").sum().alias("expected"))
    )
    return counted.join(expected, on=pair).with_columns(surprisal=_surprisal())


@view(grain="unordered pair of providers, a before b by id, with enough people in common")
def provider_pairs(coded_pairs: Frame, provider_codes: Frame) -> Frame:
    """The pairs with their ids: provider_a, provider_b; other columns as in `coded_pairs`."""
    named = coded_pairs
    for side in ("a", "b"):
        names = provider_codes.select(
            nw.col("provider").alias(side), nw.col("provider_id").alias(f"provider_{side}")
        )
        named = named.join(names, on=side)
    return named.drop("a", "b")


def _people_at(provider_strata: Frame, side: str) -> Frame:
    return provider_strata.select(
        nw.col("provider").alias(side), "district", "degree", nw.col("people").alias(f"people_{side}")
    )


def _rounded(value: nw.Expr) -> nw.Expr:
    """Nearest integer, halves up: engines differ in how they round halves."""
    return (value + 0.5).floor().cast(nw.Int64)


def _surprisal() -> nw.Expr:
    shared = nw.col("shared") * MILLION
    more = shared > nw.col("expected")
    ratio = nw.when(more).then(shared / nw.col("expected")).otherwise(nw.lit(1.0))
    excess = nw.when(more).then((shared - nw.col("expected")) / MILLION).otherwise(nw.lit(0.0))
    surprisal = nw.col("shared") * ratio.log(10) - excess * _LOG10_E
    return nw.min_horizontal(surprisal, nw.lit(float(MOST_SURPRISAL)))


_LOG10_E = 0.4342944819032518
