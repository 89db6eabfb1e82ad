"""Places that several people share whose pooled care rose in the last weeks of the year."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.evidence.of_counts import against_others
from features.engine import collect
from models.evidence.others import Prior
from models.evidence.unit import LEAD, MOST

_CASE = ["person_id", "benefit_year"]
_SEVERAL = 2
_RARE = Prior(0.0001)


def rushing_places(late: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Places with two rushing customers or more, each compared with the share among all customers of these weeks."""
    customers = late.select("provider_id", *_CASE).unique()
    rushing = customers.join(cases, on=_CASE, how="semi")
    keys = ["provider_id", "benefit_year"]
    measured = against_others(nw.from_native(customers.lazy()), nw.from_native(rushing.lazy()), keys, _RARE)
    return collect(measured.filter(nw.col("observed") >= _SEVERAL)).sort(keys)


def meetings(late: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Places at which two rushing people or more were most of these weeks: the mean evidence of the two strongest.

    Each of them alone is as rare as the evidence says. That the place is the same for two of them is no chance.
    """
    strong = cases.filter(pl.col("value") >= LEAD)
    most = (
        late.join(strong, on=_CASE)
        .group_by(*_CASE, "provider_id")
        .agg(rows=pl.len(), value=pl.col("value").first())
        .filter(pl.col("rows") == pl.col("rows").max().over(_CASE))  # an id breaks no tie
    )
    return (
        most.group_by("provider_id", "benefit_year")
        .agg(
            observed=pl.len().cast(pl.Float64),
            expected=pl.lit(None, pl.Float64),
            value=pl.col("value").top_k(_SEVERAL).mean(),
        )
        .filter(pl.col("observed") >= _SEVERAL)
        .sort("provider_id", "benefit_year")
    )


def with_places(cases: pl.DataFrame, late: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The cases with half of the evidence of their most telling place added."""
    customers = late.select("provider_id", *_CASE).unique()
    of_place = customers.join(
        places.select("provider_id", "benefit_year", shared="value"), on=["provider_id", "benefit_year"]
    )
    added = of_place.group_by(_CASE).agg(pl.col("shared").max() / 2)
    value = (pl.col("value") + pl.col("shared").fill_null(0.0)).clip(upper_bound=MOST)
    return cases.join(added, on=_CASE, how="left").with_columns(value=value).drop("shared")
