"""Assessability: which rows a detector can assess, and why not the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Literal

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.assessable_rows import RowFilter, area_filters, passing, row_filters
from detection.detectors.cards import Card, Cause
from detection.detectors.context import DetectorContext
from detection.detectors.subject_tables import SUBJECT_TABLES, SubjectTable
from detection.language.policy import named_zh
from detection.links.catalogue import breaks_of, usable_rows
from detection.links.link import LinkName
from features.calendar import day_number

Period = tuple[dt.date, dt.date]
"""First and last day."""
Reason = tuple[str, str]
"""A reason in English and Chinese."""


@dataclass(frozen=True)
class Assessability:
    """Whether a detector could assess everything, and why not.

    Attributes:
        status: ``available``, ``partial`` (a part of the rows) or ``not_assessable``.
        reason_en, reason_zh: why; empty when available.
        rows_judged, rows_total: rows of its subject table (mostly settlements) that it could assess, and all rows of
            the period.
    """

    status: Literal["available", "partial", "not_assessable"]
    reason_en: str
    reason_zh: str
    rows_judged: int
    rows_total: int


def assess(
    card: Card, context: DetectorContext, period: Period | None = None
) -> tuple[Assessability, nw.Expr]:
    """Which rows of its subject table a detector can assess.

    Args:
        card: the detector's card.
        context: the whole data set.
        period: first and last day; everything when None.

    Returns:
        The answer for readers, and an expression over the subject table that is true for rows to assess.
    """
    table = SUBJECT_TABLES[card.subject_table]
    in_period, count = _within(period, table), partial(_count, context, card.subject_table)
    missing = {name: list(missing_for_cause(card, name, context)) for name in card.causes}
    if of_card := list(_missing_for_card(card, missing, context)):
        return _answer("not_assessable", list(dict.fromkeys(of_card)), 0, count([in_period])[0]), in_period
    possible: list[str | None] = [name for name in card.causes_with("violation") if not missing[name]]
    areas = area_filters(card, context, table)
    filters = {name: row_filters(card, context, table, name, areas=areas) for name in possible or [None]}
    by_cause = [in_period & passing(of_cause) for of_cause in filters.values()]
    assessable = reduce(lambda either, other: either | other, by_cause)
    distinct = {each.name: each for of_cause in filters.values() for each in of_cause}
    total, rows, *counts = count(
        [in_period, assessable, *by_cause, *(in_period & each.passes for each in distinct.values())]
    )
    reasons = list(_filtered(distinct.values(), counts[len(by_cause) :], (rows, total), table))
    by_count: dict[int, list[Cause]] = {}
    for name, passed in zip(filters, counts, strict=False):
        if passed < rows and name:
            by_count.setdefault(passed, []).append(card.causes[name])
    reasons += [_limited(causes, passed, total, table) for passed, causes in by_count.items()]
    reasons += _without(card, missing)
    if not reasons:
        return Assessability("available", "", "", total, total), assessable
    status: Literal["partial", "not_assessable"] = "partial" if rows or not total else "not_assessable"
    return _answer(status, reasons, rows, total), assessable


def with_reasons(assessability: Assessability, reasons: Sequence[Reason]) -> Assessability:
    """Further reasons why a part could not be assessed; unchanged where there are none."""
    if not reasons:
        return assessability
    en, zh = zip(*reasons, strict=True)
    return replace(
        assessability,
        status="partial",
        reason_en="; ".join(filter(None, [assessability.reason_en, *en])),
        reason_zh="；".join(filter(None, [assessability.reason_zh, *zh])),
    )


def with_fewer_rows(
    assessability: Assessability, rows: int, reasons: Sequence[Reason], table: SubjectTable
) -> Assessability:
    """Rows that turned out to be not assessable, with the reasons; the sentence that counts the others follows.

    Args:
        assessability: without them.
        rows: how many they are.
        reasons: why.
        table: that they are rows of.
    """
    total = assessability.rows_total
    left = max(assessability.rows_judged - rows, 0)
    en, zh = _counted(assessability.rows_judged, total, table)
    before = replace(
        assessability,
        reason_en=_without_sentence(assessability.reason_en, en, "; "),
        reason_zh=_without_sentence(assessability.reason_zh, zh, "；"),
    )
    counted = [_counted(left, total, table)] if left < total else []
    return replace(with_reasons(before, [*reasons, *counted]), rows_judged=left)


def _without_sentence(text: str, sentence: str, separator: str) -> str:
    return separator.join(each for each in text.split(separator) if each != sentence)


def missing_data(needs: Mapping[str, Sequence[str]], context: DetectorContext) -> Iterator[Reason]:
    """The needed tables and columns that the data do not have."""
    for table, columns in needs.items():
        if not context.whole.has(table):
            yield f"needs {table}", f"缺少数据表 {table}"
            continue
        if columns and table != "settlements" and not usable_rows(table, context.views):
            yield f"{table} has no usable row", f"数据表 {table} 没有可用记录"
            continue
        for column in columns:
            if not context.whole.has(table, column):
                yield f"needs {table}.{column}", f"缺少字段 {table}.{column}"


def missing_for_cause(card: Card, name: str, context: DetectorContext) -> Iterator[Reason]:
    """What a cause needs beyond the rest of its card, and is missing: the other causes are still assessed."""
    yield from missing_data(card.causes[name].needs, context)
    yield from _missing_minutes(card.causes[name].needs_minutes, context)
    yield from _missing_policy(card.causes[name].needs_policy, context)
    yield from _broken(card.causes[name].rests_on, context)


def _missing_for_card(
    card: Card, causes: Mapping[str, Sequence[Reason]], context: DetectorContext
) -> Iterator[Reason]:
    """What the whole card needs, or else what every cause of it needs, and is missing: nothing can be assessed."""
    yield from missing_data(card.needs, context)
    yield from _missing_minutes(card.needs_minutes, context)
    yield from _missing_policy(card.policy_of(None), context)
    yield from _broken(card.rests_on, context)
    violations = card.causes_with("violation")
    if violations and all(causes[name] for name in violations):
        yield from dict.fromkeys(reason for name in violations for reason in causes[name])


def _broken(links: Sequence[LinkName], context: DetectorContext) -> Iterator[Reason]:
    """The links that are broken as a whole."""
    for name in links:
        yield from (each.reason for each in breaks_of(name, context.views) if each.part is None)


def _missing_minutes(times: Sequence[str], context: DetectorContext) -> Iterator[Reason]:
    for time in times:
        table, _, column = time.partition(".")
        if context.whole.has(table, column) and not context.whole.precise(table, column):
            yield f"needs {time} to the minute", f"需要精确到分钟的 {time}"


def _missing_policy(names: Sequence[str], context: DetectorContext) -> Iterator[Reason]:
    for name in names:
        if name not in context.policy.names():
            yield f"needs policy {name}", f"缺少政策参数{named_zh(context.policy, name)}"


def _filtered(
    filters: Iterable[RowFilter], counts: Sequence[int], assessed: tuple[int, int], table: SubjectTable
) -> Iterator[Reason]:
    """The rows that filters remove, and how many of all are left."""
    rows, total = assessed
    alike: dict[tuple[str, str, int], list[Reason]] = {}
    for each, passed in zip(filters, counts, strict=True):
        if passed < total:
            alike.setdefault((each.en, each.zh, passed), []).append((each.of, each.of_zh))
    for (en, zh, passed), of in alike.items():
        n = f"{total - passed:,}"
        names, names_zh = zip(*of, strict=True)
        yield en.format(n=n, of=", ".join(names)), zh.format(n=n, of="、".join(names_zh))
    if rows < total:
        yield _counted(rows, total, table)


def _counted(rows: int, total: int, table: SubjectTable) -> Reason:
    """How many of all rows can be assessed: the only sentence that states it."""
    return (
        f"{rows:,} of {total:,} {table.en} can be assessed",
        f"{table.counted_zh(f'{total:,}')}中可判断 {rows:,} {table.measure}",
    )


def _limited(causes: Sequence[Cause], passed: int, total: int, table: SubjectTable) -> Reason:
    names = ", ".join(f"“{cause.en}”" for cause in causes)
    names_zh = "、".join(f"“{cause.zh}”" for cause in causes)
    return (
        f"{names} can be assessed for {passed:,} of {total:,} {table.en}",
        f"{names_zh}：{table.counted_zh(f'{total:,}')}中可判断 {passed:,} {table.measure}",
    )


def _without(card: Card, missing: Mapping[str, Sequence[Reason]]) -> Iterator[Reason]:
    """The causes that cannot be assessed at all; those that lack the same together."""
    alike: dict[tuple[Reason, ...], list[Cause]] = {}
    for name, of_cause in missing.items():
        if of_cause:
            alike.setdefault(tuple(dict.fromkeys(of_cause)), []).append(card.causes[name])
    for reasons, causes in alike.items():
        en, zh = ", ".join(text for text, _ in reasons), "、".join(text for _, text in reasons)
        names = ", ".join(f"“{cause.en}”" for cause in causes)
        names_zh = "、".join(f"“{cause.zh}”" for cause in causes)
        yield f"without {names}: {en}", f"无法判断{names_zh}：{zh}"


def _answer(
    status: Literal["partial", "not_assessable"], reasons: list[Reason], assessed: int, total: int
) -> Assessability:
    en, zh = "; ".join(text for text, _ in reasons), "；".join(text for _, text in reasons)
    return Assessability(status, en, zh, assessed, total)


def _within(period: Period | None, table: SubjectTable) -> nw.Expr:
    day = nw.col(table.day)
    if period is None:
        return day == day
    first, last = (day_number(date) for date in period)
    return day.is_between(first, last)


def _count(context: DetectorContext, table: str, conditions: list[nw.Expr]) -> list[int]:
    """Rows of a table that meet each of the conditions, in one pass."""
    counts: pl.LazyFrame = (
        context.whole.frame(table)
        .select(each.cast(nw.Int64).sum().alias(str(number)) for number, each in enumerate(conditions))
        .to_native()
    )
    return [int(count or 0) for count in counts.collect().row(0)]
