"""How far a detector can look: which of the rows it can judge, and why not the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Literal

import narwhals as nw
import polars as pl

from detection.detectors.cards import Card, Cause
from detection.detectors.context import DetectorContext
from detection.detectors.judgeable_rows import Limit, areas_of, inside, limits
from detection.detectors.subject_tables import JUDGED, Rows
from detection.language.policy import named_zh

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Assessability:
    """What a reader is told about a detector that could not look at everything.

    Attributes:
        status: ``available``, ``partial`` (a part of the rows) or ``not_assessable``.
        reason_en, reason_zh: why; empty when available.
        rows_judged, rows_total: rows of the table that it judges (mostly settlements) that it could judge, and all
            of the period.
    """

    status: Literal["available", "partial", "not_assessable"]
    reason_en: str
    reason_zh: str
    rows_judged: int
    rows_total: int


def assess(
    card: Card, context: DetectorContext, period: tuple[dt.date, dt.date] | None = None
) -> tuple[Assessability, nw.Expr]:
    """How far a detector can look, and the settlements that it may be asked about.

    Args:
        card: the detector's card.
        context: the whole data set.
        period: first and last day; everything when None.

    Returns:
        The answer for the reader, and an expression over the judged table that is true for rows to judge.
    """
    rows_of = JUDGED[card.judged]
    asked, count = _within(period, rows_of), partial(_count, context, card.judged)
    causes = {name: list(lacking_for_cause(card, name, context)) for name in card.causes}
    lacking = list(_lacking_at_all(card, causes, context))
    if lacking:
        return _answer("not_assessable", lacking, 0, count([asked])[0]), asked
    able: list[str | None] = [name for name in _violations(card) if not causes[name]]
    areas = areas_of(card, context, rows_of)
    own = {name: limits(card, context, rows_of, name, areas=areas) for name in able or [None]}
    each = [asked & inside(bounds) for bounds in own.values()]
    judged = reduce(lambda some, one: some | one, each)
    bounds = {one.name: one for own_bounds in own.values() for one in own_bounds}
    total, rows, *counted = count([asked, judged, *each, *(asked & one.inside for one in bounds.values())])
    said = list(_outside(bounds.values(), counted[len(each) :], (rows, total), rows_of))
    said += [
        _kept(card.causes[name], kept, total, rows_of)
        for name, kept in zip(own, counted, strict=False)
        if kept < rows and name
    ]
    said += [_without(card.causes[name], one) for name, one in causes.items() if one]
    if not said:
        return Assessability("available", "", "", total, total), judged
    return _answer("partial" if rows or not total else "not_assessable", said, rows, total), judged


def _outside(
    bounds: Iterable[Limit], counted: Sequence[int], judged: tuple[int, int], rows_of: Rows
) -> Iterator[tuple[str, str]]:
    """What bounds leave out, and how many rows are left of all."""
    rows, total = judged
    alike: dict[tuple[str, str, int], list[tuple[str, str]]] = {}
    for one, kept in zip(bounds, counted, strict=True):
        if kept < total:
            alike.setdefault((one.en, one.zh, kept), []).append((one.of, one.of_zh))
    for (en, zh, kept), of in alike.items():
        n = f"{total - kept:,}"
        names, names_zh = zip(*of, strict=True)
        yield en.format(n=n, of=", ".join(names)), zh.format(n=n, of="、".join(names_zh))
    if rows < total:
        yield (
            f"{rows:,} of {total:,} {rows_of.en} can be judged",
            f"{rows_of.counted_zh(f'{total:,}')}中可判断 {rows:,} {rows_of.measure}",
        )


def _violations(card: Card) -> list[str]:
    """Causes that are judged here."""
    return [name for name, cause in card.causes.items() if cause.judgement == "violation"]


def _kept(cause: Cause, kept: int, total: int, rows_of: Rows) -> tuple[str, str]:
    return (
        f"“{cause.en}” can be judged for {kept:,} of {total:,} {rows_of.en}",
        f"“{cause.zh}”：{rows_of.counted_zh(f'{total:,}')}中可判断 {kept:,} {rows_of.measure}",
    )


def _without(cause: Cause, lacking: Sequence[tuple[str, str]]) -> tuple[str, str]:
    en, zh = ", ".join(one for one, _ in lacking), "、".join(one for _, one in lacking)
    return f"without “{cause.en}”: {en}", f"无法判断“{cause.zh}”：{zh}"


def _answer(
    status: Literal["partial", "not_assessable"], said: list[tuple[str, str]], able: int, total: int
) -> Assessability:
    return Assessability(
        status, "; ".join(en for en, _ in said), "；".join(zh for _, zh in said), able, total
    )


def lacking_data(needs: Mapping[str, Sequence[str]], context: DetectorContext) -> Iterator[tuple[str, str]]:
    """What of some tables and columns the data do not have, in English and Chinese."""
    for table, columns in needs.items():
        if not context.tables.has(table):
            yield f"needs {table}", f"缺少数据表 {table}"
            continue
        for column in columns:
            if not context.tables.has(table, column):
                yield f"needs {table}.{column}", f"缺少字段 {table}.{column}"


def _lacking_minutes(card: Card, context: DetectorContext) -> Iterator[tuple[str, str]]:
    for time in card.needs_minutes:
        table, _, column = time.partition(".")
        if context.tables.has(table, column) and not context.tables.precise(table, column):
            yield f"needs {time} to the minute", f"需要精确到分钟的 {time}"


def _lacking_at_all(
    card: Card, causes: Mapping[str, Sequence[tuple[str, str]]], context: DetectorContext
) -> Iterator[tuple[str, str]]:
    """Without which nothing can be judged: what the whole card needs, or else what every cause of it lacks."""
    yield from lacking_data(card.needs, context)
    yield from _lacking_minutes(card, context)
    yield from _lacking_policy(card.policy_of(None), context)
    violations = _violations(card)
    if violations and all(causes[name] for name in violations):
        yield from dict.fromkeys(one for name in violations for one in causes[name])


def lacking_for_cause(card: Card, name: str, context: DetectorContext) -> Iterator[tuple[str, str]]:
    """A cause may need more than the rest of its card: without it, the other causes are still judged."""
    yield from lacking_data(card.raw.get("cause", {}).get(name, {}).get("needs", {}), context)
    yield from _lacking_policy(card.causes[name].needs_policy, context)


def _lacking_policy(names: Sequence[str], context: DetectorContext) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in context.policy.names():
            yield f"needs policy {name}", f"缺少政策参数{named_zh(context.policy, name)}"


def _within(period: tuple[dt.date, dt.date] | None, rows_of: Rows) -> nw.Expr:
    day = nw.col(rows_of.day)
    if period is None:
        return day == day
    first, last = ((one - _EPOCH).days for one in period)
    return day.is_between(first, last)


def _count(context: DetectorContext, table: str, conditions: list[nw.Expr]) -> list[int]:
    """Rows of a table that meet each of the conditions, in one pass."""
    counted: pl.LazyFrame = (
        context.tables.frame(table)
        .select(one.cast(nw.Int64).sum().alias(str(number)) for number, one in enumerate(conditions))
        .to_native()
    )
    return [int(number or 0) for number in counted.collect().row(0)]
