"""What share of each bill the pooled fund paid, next to the share that most providers of its kind use.

The practice of a cell (scheme, category, kind of care, kind and level of the provider, year) is the share
that most of its providers use most often, one voice each: a large provider does not decide what is usual.
"""

from __future__ import annotations

import polars as pl

from detection.circumstances.people.category_of_today import is_of_today
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.contract.vocabulary import ORDINARY_CARE, RETIRED, UNKNOWN
from features.money import FEN_PER_YUAN

GROUP = ["scheme", "person_category", "year"]
_CELL = [*GROUP, "care_type", "provider_kind", "level"]
_UNSPLIT = 1000
"""Shares are compared in thousandths."""


def bills(context: DetectorContext) -> pl.LazyFrame:
    """Ordinary outpatient bills with a cost in scope, as settled, reversals among them.

    Columns of settlements, ``year`` of the service, and provider_kind and level.
    """
    settlements: pl.LazyFrame = context.assessable.settlements.to_native()
    providers: pl.LazyFrame = context.whole.providers.select(
        "provider_id", "provider_kind", "level"
    ).to_native()
    known = [pl.col(name).fill_null(UNKNOWN) != UNKNOWN for name in ("person_category", "scheme")]
    if is_of_today(context, "settlements"):  # who is retired today may have been paid as at work
        known.append(pl.col("person_category") != RETIRED)
    return (
        settlements.filter(pl.col("care_type").is_in(ORDINARY_CARE), pl.col("in_scope_amount") != 0, *known)
        .select(
            "settlement_id",
            "person_id",
            "provider_id",
            "scheme",
            "person_category",
            "care_type",
            "in_scope_amount",
            "deductible_paid",
            "pool_paid",
            "settled_at",
            year=pl.col("service_day").cast(pl.Date).dt.year(),
        )
        .join(providers, on="provider_id", how="inner")
    )


def with_practice(priced: pl.LazyFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Bills that the pool paid, with ``usual`` (thousandths), the share that is practice in their cell.

    Bills of cells without a practice are left out: too few providers, or half of them pay other shares, too.

    Args:
        priced: rows of `bills` that stand after reversals.
        thresholds: least_base, least_voices, practice_percent.

    Returns:
        With ``base`` (fen: what the share is of) and ``share`` (thousandths) too.
    """
    least = int(thresholds.latest("least_base")) * FEN_PER_YUAN
    paid = (
        priced.with_columns(base=pl.col("in_scope_amount") - pl.col("deductible_paid").fill_null(0))
        .filter(pl.col("base") >= least, pl.col("pool_paid") > 0)
        .filter(pl.col("level").fill_null(UNKNOWN) != UNKNOWN)
        .with_columns(share=(pl.col("pool_paid") * _UNSPLIT / pl.col("base")).round().cast(pl.Int64))
        .collect(engine="streaming")
    )
    usual = _practice(paid, thresholds)
    compared = paid.join(usual, on=_CELL, how="inner")
    return compared.join(
        _of_another_level(compared, usual, thresholds), on=[*_CELL, "provider_id"], how="anti"
    )


def _practice(paid: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """The usual share of each cell that has one."""
    voices = (
        paid.group_by(*_CELL, "provider_id", "share")
        .agg(bills=pl.len())
        .sort("bills", "share", descending=[True, False])
        .unique([*_CELL, "provider_id"], keep="first", maintain_order=True)
    )
    usual = (
        voices.group_by(*_CELL, "share")
        .agg(voices=pl.len(), bills=pl.col("bills").sum())
        .sort("voices", "bills", "share", descending=[True, True, False])
        .unique(_CELL, keep="first", maintain_order=True)
        .filter(pl.col("voices") >= int(thresholds.latest("least_voices")))
        .select(*_CELL, usual="share")
    )
    agreeing = paid.join(usual, on=_CELL, how="inner").group_by(*_CELL, "usual", "provider_id")
    median = agreeing.agg(percent=_percent("usual")).group_by(*_CELL, "usual").agg(pl.col("percent").median())
    return median.filter(pl.col("percent") >= float(thresholds.latest("practice_percent"))).drop("percent")


def _of_another_level(
    compared: pl.DataFrame, usual: pl.DataFrame, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """Providers nearly all of whose bills have the practice of one other level: the register lags behind, or ahead."""
    same = [name for name in _CELL if name != "level"]
    other = usual.select(*same, other_level="level", other="usual")
    return (
        compared.join(other, on=same, how="inner")
        .filter(pl.col("level") != pl.col("other_level"), pl.col("usual") != pl.col("other"))
        .group_by(*_CELL, "provider_id", "other_level")
        .agg(percent=_percent("other"))
        .filter(pl.col("percent") >= float(thresholds.latest("level_percent")))
        .select(*_CELL, "provider_id")
        .unique()
    )


def _percent(usual: str) -> pl.Expr:
    """Percent of the bills with a share, but for the rounding of a bill."""
    return 100 * ((pl.col("share") - pl.col(usual)).abs() <= 1).mean()
