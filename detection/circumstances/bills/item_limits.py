"""Items that the reference keeps to a sex or to ages, billed to somebody else.

What the innocent explain is left out: an item that many users of other providers have in spite of the reference, a
person all of whose limited items contradict the register, and what a pharmacy sold without money of the pooled fund,
which may be for a relative.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_lines

_DAYS_PER_YEAR = 365.2425
_USERS = 20
"""Users at other providers of whom a share says something about the reference."""
_SEVERAL = 2


def limited_lines(context: DetectorContext, thresholds: Thresholds) -> pl.LazyFrame:
    """Lines of items with a limit, of people whose sex or age is known.

    Columns: those of `detection.evidence.by_kind.standing_lines`; wrong_sex, wrong_age (null where it is not known or
    not limited), too_old (of those), for_a_relative (whether it may be), doubt_percent.

    Args:
        context: the data.
        thresholds: of the card; ``slack_years``, by which an age may miss a limit, where it has ages.
    """
    day = nw.col("service_day")
    dated = thresholds.values.keys() & {"slack_years", "doubt_percent"}
    items: pl.LazyFrame = context.whole.item_reference.select(
        "item_code", "sex_only", "age_min", "age_max"
    ).to_native()
    people: pl.LazyFrame = context.whole.persons.select("person_id", "sex", "birth_day").to_native()
    limited = items.filter(pl.any_horizontal(pl.exclude("item_code").is_not_null()))
    age = (pl.col("service_day") - pl.col("birth_day")) / _DAYS_PER_YEAR
    slack = pl.col("slack_years") if "slack_years" in dated else pl.lit(0.0)
    too_young, too_old = age < pl.col("age_min") - slack, age >= pl.col("age_max") + 1 + slack
    lines = nw.from_native(standing_lines(context)).with_columns(
        thresholds.expression(name, day).alias(name) for name in sorted(dated)
    )
    return (
        lines.to_native()
        .join(limited, on="item_code", how="inner")
        .join(people, on="person_id", how="inner")
        .with_columns(
            wrong_sex=pl.col("sex_only") != pl.col("sex"),
            wrong_age=pl.when(
                age.is_not_null() & pl.any_horizontal(pl.col("age_min", "age_max").is_not_null())
            ).then(too_young.fill_null(value=False) | too_old.fill_null(value=False)),
            too_old=too_old.fill_null(value=False),
            for_a_relative=(pl.col("care_type") == "pharmacy") & (pl.col("pool") == 0),
        )
        .drop("sex_only", "sex", "age_min", "age_max", "birth_day")
    )


def against_the_limit(lines: pl.LazyFrame, wrong: str) -> pl.DataFrame:
    """Lines against a limit that no innocent reason explains.

    Args:
        lines: of `limited_lines`.
        wrong: ``wrong_sex`` or ``wrong_age``.
    """
    known = lines.filter(pl.col(wrong).is_not_null()).collect()
    users = known.group_by("item_code", "provider_id", "person_id").agg(pl.col(wrong).any())
    of_item = users.group_by("item_code").agg(all=pl.len(), all_wrong=pl.col(wrong).sum())
    here = users.group_by("item_code", "provider_id").agg(own=pl.len(), own_wrong=pl.col(wrong).sum())
    others, others_wrong = pl.col("all") - pl.col("own"), pl.col("all_wrong") - pl.col("own_wrong")
    share = (
        here.join(of_item, on="item_code")
        .filter(others >= _USERS)
        .select("item_code", "provider_id", share=100 * others_wrong / others)
    )
    people = known.group_by("person_id").agg(
        pl.col(wrong).all().alias("always"), places=pl.col("provider_id").n_unique()
    )
    registered_wrongly = people.filter("always", pl.col("places") >= _SEVERAL)
    return (
        known.filter(pl.col(wrong), ~pl.col("for_a_relative"))
        .join(share, on=["item_code", "provider_id"], how="left")
        .filter(pl.col("share").is_null() | (pl.col("share") <= pl.col("doubt_percent")))
        .join(registered_wrongly, on="person_id", how="anti")
    )


def as_hits(lines: pl.DataFrame, cause: str) -> nw.LazyFrame[pl.LazyFrame]:
    """Hits of a rule about providers: one for each settlement, with the part of its money that is at issue."""
    return nw.from_native(
        lines.lazy()
        .group_by("settlement_id", "provider_id")
        .agg(pl.col("pool", "account").sum())
        .with_columns(subject_id="provider_id", cause=pl.lit(cause))
    )
