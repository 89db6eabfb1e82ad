"""Bills of a provider for which the pool paid more than it pays at nearly all other providers of its kind (D20).

Null: people with wrong bills fall on providers by their people whose bills could be wrong, at the rate of the peers,
spread like a gamma distribution. People are counted and not bills: a benefit of one person makes many bills. What is
right is measured, not known: the share that most providers of a cell use, and the deductible on which yearly sums
stand. Lawful rivals: a register that has another level, a deductible that a reversal opened again, a category that
changed (all of which peers have, too), a larger share for people whose costs of the year are beyond a line (as
other providers pay it, too), and small differences of rounding.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.segments import explained_by_segment
from detection.circumstances.paid_ratios import bills, with_practice
from detection.circumstances.skipped_deductibles import open_bills
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.calendar import date_of
from features.engine import collect
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.counts import peer_counts
from models.evidence.unit import evidence as in_unit

_PERCENT = 100
_PAID = ("settlement_id", "provider_id", "person_id", "cause", "wrong", "excess")


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The wrong bills of providers that have surprisingly many; at issue is what the pool paid too much for them."""
    compared = _compared(context, thresholds)
    cases = _by_provider(compared).filter(
        pl.col("wrong") >= int(thresholds.latest("least_people")),
        pl.col("excess") >= int(thresholds.latest("least_excess")) * FEN_PER_YUAN,
        pl.col("value") >= float(thresholds.latest("least_evidence")),
    )
    wrong = compared.filter("wrong").join(
        cases.select("provider_id", "cause", strength="value"), on=["provider_id", "cause"], how="inner"
    )
    return nw.from_native(wrong.lazy()).select(
        "settlement_id",
        "provider_id",
        "cause",
        "strength",
        subject_id=nw.col("provider_id"),
        member_id=nw.col("person_id"),
        pool=nw.col("excess"),
        account=nw.lit(0, dtype=nw.Int64),
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence about every provider with a wrong bill, enough for a case or not."""
    cases = _by_provider(_compared(context, thresholds)).filter(
        pl.col("excess") >= int(thresholds.latest("least_excess")) * FEN_PER_YUAN
    )
    return nw.from_native(cases.lazy()).select(
        "value", "expected", subject_kind=nw.lit("provider"), subject_id="provider_id", observed="wrong"
    )


@remembered
def _compared(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Bills that could be wrong by each cause: columns of ``_PAID``, ``excess`` in fen."""
    whole = bills(context)
    net: pl.LazyFrame = context.views["net_settlements"].select("settlement_id").to_native()
    first = date_of(
        int(collect(context.views["observed"])["first_day"].item() or 0)
    )  # null without a settlement
    slack = float(thresholds.latest("slack_percent")) * pl.col("base") / _PERCENT
    over = (pl.col("pool_paid") - pl.col("base") * pl.col("usual") / 1000).round().cast(pl.Int64)
    above = with_practice(whole.join(net, on="settlement_id", how="semi"), thresholds).with_columns(
        cause=pl.lit("ratio_above"), excess=over, wrong=over > slack + thresholds.latest("slack_fen")
    )
    lawful = explained_by_segment(above)["settlement_id"].implode()
    above = above.with_columns(wrong=pl.col("wrong") & ~pl.col("settlement_id").is_in(lawful))
    covered = pl.col("in_scope_amount") - pl.col("deductible_paid")
    share = pl.when(covered != 0).then(pl.col("pool_paid") / covered).otherwise(0.0)
    unpaid = ((pl.col("due") - pl.col("deductible_paid")) * share).round().cast(pl.Int64)
    skipped = open_bills(whole, net, first, thresholds).with_columns(
        cause=pl.lit("deductible_skipped"), excess=unpaid, wrong=pl.col("skipped")
    )
    return pl.concat([above.select(_PAID), skipped.select(_PAID)])


def _by_provider(compared: pl.DataFrame) -> pl.DataFrame:
    """By provider and cause: people with a ``wrong`` bill, those ``expected``, the ``excess``, and ``value``."""
    of_people = compared.group_by("provider_id", "cause", "person_id").agg(
        pl.col("wrong").any(), excess=pl.col("excess").filter("wrong").sum()
    )
    counted = (
        of_people.group_by("provider_id", "cause")
        .agg(pl.col("wrong").sum(), people=pl.len(), excess=pl.col("excess").sum())
        .sort("cause", "provider_id")
    )
    return pl.concat([_against_peers(part) for part in counted.partition_by("cause")] or [_none(counted)])


def _against_peers(counted: pl.DataFrame) -> pl.DataFrame:
    peers = peer_counts(counted["wrong"], counted["people"])
    value = in_unit(peers.surprise(counted["wrong"], counted["people"]), counted.height)
    return counted.with_columns(expected=peers.rate * pl.col("people"), value=pl.Series(value))


def _none(counted: pl.DataFrame) -> pl.DataFrame:
    return counted.with_columns(expected=pl.lit(0.0), value=pl.lit(0.0))
