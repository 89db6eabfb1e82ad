"""Bills that repeat an earlier bill of the day soon after it: the same content, by the same prescriber or another."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import bills_with_lines, standing_lines
from features.contract.vocabulary import INPATIENT

_MINUTES = 60
_USES = 4
"""Copies that have a rhythm: fewer are even by chance."""
_EVEN = 0.1
"""Median deviation of the waits from their median, as a share of it; of waits of any length it is about a half."""
_SAME_DAY = ["person", "provider", "service_day"]
_CONTENT = [*_SAME_DAY, "care_type", "content"]
_COPY = [*_CONTENT, "prescriber_id"]
_KIND = ["provider_id", "care_type"]


@dataclass(frozen=True)
class Copies:
    """Bills outside stays that stand whole, and those that repeat another.

    Attributes:
        cells: provider_id, kind (care type), exposure (bills), seen (those that repeat another).
        bills: settlement_id, provider_id, pool and account (fen) of the bills that repeat another; sorted.
    """

    cells: pl.DataFrame
    bills: pl.DataFrame


@dataclass(frozen=True)
class BothCopies:
    """Bills that repeat another of the same prescriber, and of another.

    Attributes:
        own: of the same prescriber.
        of_pairs: of another prescriber, of the two prescribers alone whose bills are alike most often at the provider.
            A patient whom several doctors see on a day is seen by doctors of many kinds.
        in_parts: settlement_id of bills that repeat another always after the same time, an hour or more, as in a test
            before and after a load; they are no copies.
    """

    own: Copies
    of_pairs: Copies
    in_parts: pl.DataFrame


def copied_bills(context: DetectorContext, hours: int) -> BothCopies:
    """Look for bills that repeat another.

    Only bills of a person, a provider and a day that has several are compared line by line.

    Args:
        context: the data set.
        hours: at most so long after the earlier bill; where minutes are not known nothing is a copy.
    """
    outside = bills_with_lines(context).filter(pl.col("care_type") != INPATIENT)
    counted = outside.group_by("provider_id", kind="care_type").agg(exposure=pl.len().cast(pl.Int64))
    several = outside.filter(pl.len().over(_SAME_DAY) > 1)
    bills, compared = pl.collect_all([counted, several])
    compared = _with_content(compared, context).sort("settled_minute", "settlement_id")
    most = hours * _MINUTES
    own = compared.with_columns(since=_since(_COPY)).filter(pl.col("since") <= most)
    of_pairs = _of_one_pair(compared, most)
    in_parts = pl.concat([_in_parts(own), _in_parts(of_pairs)]).unique().sort("settlement_id")
    return BothCopies(
        own=_copies(bills, own.join(in_parts, on="settlement_id", how="anti")),
        of_pairs=_copies(bills, of_pairs.join(in_parts, on="settlement_id", how="anti")),
        in_parts=in_parts,
    )


def _copies(bills: pl.DataFrame, again: pl.DataFrame) -> Copies:
    """The numbers of all bills, and those of them that repeat another."""
    seen = again.group_by("provider_id", kind="care_type").agg(seen=pl.len().cast(pl.Int64))
    cells = bills.join(seen, on=["provider_id", "kind"], how="left")
    return Copies(
        cells.with_columns(pl.col("seen").fill_null(0)),
        again.select("settlement_id", "provider_id", "pool", "account").sort("settlement_id"),
    )


def _with_content(bills: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Bills with ``content``, their lines as a text, and the ``pool`` and ``account`` of the lines."""
    line = pl.concat_str("item_code", "quantity", "amount", separator="/")
    content = (
        standing_lines(context, bills.lazy())
        .group_by("settlement_id")
        .agg(pl.col("pool", "account").sum(), content=line.sort().str.join("|"))
        .collect()
    )
    return bills.join(content, on="settlement_id")


def _since(of: list[str]) -> pl.Expr:
    """Minutes since the last bill of a group, of bills in the order of time."""
    return (pl.col("settled_minute") - pl.col("settled_minute").shift(1)).over(of)


def _in_parts(again: pl.DataFrame) -> pl.DataFrame:
    """The settlements among copies that always come after the same time, an hour or more.

    Args:
        again: settlement_id, provider_id, content, since (minutes after the earlier bill).
    """
    of = ["provider_id", "content"]
    wait = pl.col("since").median()
    even = (
        again.group_by(of)
        .agg(times=pl.len(), wait=wait, off=(pl.col("since") - wait).abs().median())
        .filter(pl.col("times") >= _USES, pl.col("wait") >= _MINUTES, pl.col("off") <= _EVEN * pl.col("wait"))
    )
    return again.join(even, on=of, how="semi").select("settlement_id")


def _of_one_pair(bills: pl.DataFrame, most: int) -> pl.DataFrame:
    """Of bills in the order of time, those that repeat one of another prescriber, of the most frequent pair."""
    other = pl.col("prescriber_id").shift(1).over(_CONTENT)
    pair = [pl.min_horizontal("prescriber_id", "other"), pl.max_horizontal("prescriber_id", "other")]
    again = (
        bills.with_columns(other=other, since=_since(_CONTENT))
        .filter(pl.col("since") <= most, pl.col("other") != pl.col("prescriber_id"))
        .with_columns(first=pair[0], second=pair[1])
    )
    of_pair = again.group_by(*_KIND, "first", "second").agg(times=pl.len())
    ranked = of_pair.sort(*_KIND, "times", "first", "second", descending=[False, False, True, False, False])
    frequent = ranked.unique(_KIND, keep="first", maintain_order=True)
    return again.join(frequent, on=[*_KIND, "first", "second"], how="semi")
