"""How far a detector can look: which of the settlements it can judge, and why not the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import narwhals as nw
import polars as pl

from detection.cards import Card
from detection.facts import Facts

_EPOCH = dt.date(1970, 1, 1)
_DAY = nw.col("service_day")


@dataclass(frozen=True)
class Assessability:
    """What a reader is told about a detector that could not look at everything.

    Attributes:
        status: ``available``, ``partial`` (a part of the rows) or ``not_assessable``.
        reason_en, reason_zh: why; empty when available.
        rows_judged, rows_total: settlements that it could judge, and settlements of the period.
    """

    status: Literal["available", "partial", "not_assessable"]
    reason_en: str
    reason_zh: str
    rows_judged: int
    rows_total: int


def assess(
    card: Card, facts: Facts, period: tuple[dt.date, dt.date] | None = None
) -> tuple[Assessability, nw.Expr]:
    """How far a detector can look, and the settlements that it may be asked about.

    Args:
        card: the detector's card.
        facts: the whole data set.
        period: first and last service day; everything when None.

    Returns:
        The answer for the reader, and an expression over settlements that is true for rows to judge.
    """
    asked = _within(period)
    causes = list(_lacking_for_causes(card, facts))
    lacking = [*_lacking(card.needs, facts), *_lacking_minutes(card, facts), *_lacking_policy(card, facts)]
    if causes and len(causes) == len(card.causes):
        lacking += causes
    limits = [] if lacking else [*_policy_limits(card, facts), *_line_limits(card)]
    judged = reduce(lambda rows, limit: rows & limit[2], limits, asked)
    total, able, *kept = _count(facts, [asked, judged, *(asked & known for _, _, known in limits)])
    if lacking:
        return _answer("not_assessable", lacking, 0, total), judged
    said = [(en, zh) for (en, zh, _), rows in zip(limits, kept, strict=True) if rows < total]
    if said:
        said.append(
            (f"{able:,} of {total:,} settlements can be judged", f"{total:,} 笔结算中可判断 {able:,} 笔")
        )
    said += causes
    if not said:
        return Assessability("available", "", "", total, total), judged
    return _answer("partial" if able or not total else "not_assessable", said, able, total), judged


def _answer(
    status: Literal["partial", "not_assessable"], said: list[tuple[str, str]], able: int, total: int
) -> Assessability:
    return Assessability(
        status, "; ".join(en for en, _ in said), "；".join(zh for _, zh in said), able, total
    )


def _lacking(needs: Mapping[str, Sequence[str]], facts: Facts) -> Iterator[tuple[str, str]]:
    for table, columns in needs.items():
        if not facts.tables.has(table):
            yield f"needs {table}", f"缺少数据表 {table}"
            continue
        for column in columns:
            if not facts.tables.has(table, column):
                yield f"needs {table}.{column}", f"缺少字段 {table}.{column}"


def _lacking_minutes(card: Card, facts: Facts) -> Iterator[tuple[str, str]]:
    for time in card.needs_minutes:
        table, _, column = time.partition(".")
        if facts.tables.has(table, column) and not facts.tables.precise(table, column):
            yield f"needs {time} to the minute", f"需要精确到分钟的 {time}"


def _lacking_for_causes(card: Card, facts: Facts) -> Iterator[tuple[str, str]]:
    """A cause may need more than the rest of its card: without it, the other causes are still judged."""
    for name, cause in card.causes.items():
        lacking = list(_lacking(card.raw["cause"][name].get("needs", {}), facts))
        if lacking:
            en, zh = ", ".join(one for one, _ in lacking), "、".join(one for _, one in lacking)
            yield f"without “{cause.en}”: {en}", f"无法判断“{cause.zh}”：{zh}"


def _lacking_policy(card: Card, facts: Facts) -> Iterator[tuple[str, str]]:
    for name in card.needs_policy:
        if name not in facts.policy.names():
            yield f"needs policy {name}", f"缺少政策参数 {name}"


def _policy_limits(card: Card, facts: Facts) -> Iterator[tuple[str, str, nw.Expr]]:
    for name in card.needs_policy:
        start = facts.policy.known_from(name)
        known = nw.lit(False)
        for window in facts.policy.windows(name):
            if window.status != "unknown":
                until = nw.lit(True) if window.end_day is None else window.end_day >= _DAY
                known = known | ((window.start_day <= _DAY) & until)
        yield (
            f"policy {name} is written down from {start}, without what is still unknown",
            f"政策参数 {name} 自 {start} 起有记载，尚未核实的时段除外",
            known,
        )


def _line_limits(card: Card) -> Iterator[tuple[str, str, nw.Expr]]:
    """Lines are drawn for days of care; a model's capacity is drawn for the run, whatever days it looks at."""
    if card.kind == "model":
        return
    starts: dict[dt.date, list[str]] = {}
    for name, drawn in card.lines.values.items():
        starts.setdefault(drawn[0].start, []).append(name)
    for start, names in sorted(starts.items()):
        yield (
            f"{'line' if len(names) == 1 else 'lines'} {', '.join(names)} first drawn on {start}",
            f"监管阈值 {'、'.join(names)} 自 {start} 起设定",
            (start - _EPOCH).days <= _DAY,
        )


def _within(period: tuple[dt.date, dt.date] | None) -> nw.Expr:
    if period is None:
        return _DAY == _DAY
    first, last = ((day - _EPOCH).days for day in period)
    return _DAY.is_between(first, last)


def _count(facts: Facts, conditions: list[nw.Expr]) -> list[int]:
    """Settlements that meet each of the conditions, in one pass."""
    counted: pl.LazyFrame = facts.settlements.select(
        one.cast(nw.Int64).sum().alias(str(number)) for number, one in enumerate(conditions)
    ).to_native()
    return [int(number or 0) for number in counted.collect().row(0)]
