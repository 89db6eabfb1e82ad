"""Days on which a table of intervals ends or begins for many at once: it is behind, cut, or not renewed.

Null: intervals begin and end one by one, so that on one day few of those in force do. What ends for many on one day is
an act on the table. Innocent rivals are a closed employer or a terminated chain, which the limits leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from detection.links.keys import KeyNames
from detection.links.limits import LIMITS
from detection.links.link import Break, Part
from features.calendar import date_of


@dataclass(frozen=True)
class Span:
    """First and last day of the claims, in days since 1970-01-01."""

    first: int
    last: int


def gaps_of(intervals: pl.DataFrame) -> pl.DataFrame:
    """The days on which each key has no interval: key, ended (last day before; null at the start), begun (null: open).

    Args:
        intervals: key, start_day, end_day (null while open); several may overlap.
    """
    far = pl.lit(2**30, dtype=pl.Int32)
    ordered = intervals.drop_nulls(["key", "start_day"]).with_columns(until=pl.coalesce("end_day", far))
    ordered = ordered.sort("key", "start_day", "until").with_columns(
        until=pl.col("until").cum_max().over("key"),
    )
    following = pl.col("start_day").shift(-1).over("key")
    after = (
        ordered.with_columns(begun=following)
        .filter(pl.col("until") < far)
        .filter(pl.col("begun").is_null() | (pl.col("begun") > pl.col("until") + 1))
        .select("key", ended="until", begun="begun")
    )
    before = ordered.group_by("key").agg(begun=pl.col("start_day").min())
    before = before.select("key", pl.lit(None, dtype=pl.Int32).alias("ended"), "begun")
    return pl.concat([after.cast({"ended": pl.Int32}), before]).sort("key", "ended", "begun")


def mass_gaps(
    gaps: pl.DataFrame, keys: int, names: KeyNames, span: Span, *, stops: bool = False
) -> Iterator[Break]:
    """Breaks of a table of intervals: the gaps that begin, or end, for many keys on one day of the claims.

    Args:
        gaps: as `gaps_of` gives them, of the keys that have claims.
        keys: how many keys with claims have a row.
        names: words for readers.
        span: of the claims.
        stops: whether the table states stops, and not what is in force.
    """
    counted_as = "provider" if names.role == "provider" else "person"
    least = LIMITS.whole(f"{counted_as}_day_least")
    percent = LIMITS.number(f"{counted_as}_day_percent")
    for bound, inside in (
        ("ended", pl.col("ended").is_between(span.first - 1, span.last - 1)),
        ("begun", pl.col("begun").is_between(span.first + 1, span.last)),
    ):
        counted = (
            gaps.filter(inside)
            .group_by(bound)
            .agg(n=pl.col("key").n_unique(), ids=pl.col("key").unique().sort())
            .sort(bound)
        )
        for day, n, ids in counted.iter_rows():
            if n >= least and n * 100 >= keys * percent:
                everybody = n * 100 >= keys * LIMITS.number("all_percent")
                yield _break(bound, day, (n, keys), None if everybody else tuple(ids), names, gaps, stops)


def _break(
    bound: str,
    day: int,
    counts: tuple[int, int],
    ids: tuple[str, ...] | None,
    names: KeyNames,
    gaps: pl.DataFrame,
    stops: bool,
) -> Break:
    same = gaps.filter(pl.col(bound) == day)
    if bound == "ended":
        open_end = same["begun"].null_count() > 0
        last = None if open_end else int(same.select(pl.col("begun").max()).item()) - 1
        part = Part(names.role, ids, day + 1, last)
    else:
        open_start = same["ended"].null_count() > 0
        first = None if open_start else int(same.select(pl.col("ended").min()).item()) + 1
        part = Part(names.role, ids, first, day - 1)
    n, of = counts
    shown = date_of(day)
    verb, verb_zh = ("end", "止于") if bound == "ended" else ("begin", "始于")
    if stops:
        verb, verb_zh = ("are stopped after", "停止于次日：") if bound == "ended" else ("resume", "恢复于")
    en = f"{names.table}: {n:,} of {of:,} {names.en} {verb} on {shown}, {'after' if bound == 'ended' else 'before'}"
    zh = f"{names.table_zh}：{of:,} {names.zh}中有 {n:,} {verb_zh} {shown}，其{'后' if bound == 'ended' else '前'}"
    return Break(
        f"{names.link} {bound} {day}",
        (f"{en} which {{n}} rows lie: a fault of the table", f"{zh}有 {{n}} 行：属该表问题"),
        part,
    )
