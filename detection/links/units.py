"""Amounts in another unit: the same money in two tables differs by the factor of yuan and fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from detection.links.limits import LIMITS
from detection.links.link import Break, Part
from features.calendar import date_of


@dataclass(frozen=True)
class AmountNames:
    """What readers call the two sides of an identity of money."""

    link: str
    left: str
    left_zh: str
    right: str
    right_zh: str


def other_unit(pairs: pl.DataFrame, names: AmountNames) -> Iterator[Break]:
    """The breaks of an identity of money: as a whole, else for the months, else for the providers that are off.

    Args:
        pairs: ``left`` and ``right``: fen of the same money, above zero; ``day``, ``month`` (index) and ``provider_id``
            (null where there is none).
        names: words for readers.
    """
    factor, slack = LIMITS.number("unit_factor"), 1 + LIMITS.number("unit_slack_percent") / 100
    left, right = pl.col("left"), pl.col("right")

    def is_times(amount: pl.Expr, other: pl.Expr) -> pl.Expr:
        return (amount * slack >= other * factor) & (amount <= other * (factor * slack))

    marked = pairs.filter((left > factor) | (right > factor)).with_columns(
        off=is_times(left, right) | is_times(right, left)
    )
    n, of = int(marked["off"].sum()), marked.height
    if _beyond(n, of):
        yield Break(names.link, _reason(names, n, of, "", ""))
        return
    for by, role in (("month", None), ("provider_id", "provider")):
        counted = (
            marked.drop_nulls(by)
            .group_by(by)
            .agg(
                n=pl.col("off").sum(),
                of=pl.len(),
                first=pl.col("day").min(),
                last=pl.col("day").max(),
            )
            .filter(
                pl.col("n") >= LIMITS.whole("unit_least"),
                pl.col("n") * 100 >= pl.col("of") * LIMITS.number("unit_percent"),
            )
            .sort(by)
        )
        if role is None:
            for _, n, of, first, last in counted.iter_rows():
                where = f", {date_of(first)} to {date_of(last)} ({{n}} rows)"
                where_zh = f"（{date_of(first)} 至 {date_of(last)}，{{n}} 行）"
                part = Part("person", None, first, last)
                yield Break(f"{names.link} {first}", _reason(names, n, of, where, where_zh), part)
        elif not counted.is_empty():
            ids = tuple(counted[by].to_list())
            where, where_zh = f" of {len(ids):,} providers ({{n}} rows)", f"（{len(ids):,} 家机构，{{n}} 行）"
            total = int(counted["n"].sum()), int(counted["of"].sum())
            yield Break(
                f"{names.link} providers", _reason(names, *total, where, where_zh), Part("provider", ids)
            )


def _beyond(n: int, of: int) -> bool:
    return n >= LIMITS.whole("unit_least") and n * 100 >= of * LIMITS.number("unit_percent")


def _reason(names: AmountNames, n: int, of: int, where: str, where_zh: str) -> tuple[str, str]:
    factor = LIMITS.whole("unit_factor")
    return (
        f"{names.left} and {names.right} differ by the factor {factor} in {n:,} of {of:,} amounts{where}: "
        "one of the two is in fen",
        f"{names.left_zh}与{names.right_zh}在 {of:,} 笔金额中有 {n:,} 笔相差 {factor} 倍{where_zh}：其中一方以分为单位",
    )
