"""Row filters that limit what a detector can assess: known policy, thresholds in force, and the area of the policy.

A filter applies to the whole card, or to one cause: the rows that it removes are then not assessed for that cause.
Filters with the same message are reported together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import Card
from detection.detectors.context import DetectorContext
from detection.detectors.subject_tables import SubjectTable
from detection.language.policy import named_zh
from detection.links.catalogue import breaks_of
from features.calendar import date_of, day_number
from features.contract.vocabulary import UNKNOWN_AREAS


@dataclass(frozen=True)
class RowFilter:
    """One filter.

    Attributes:
        name: what filters; the same filter of two causes has one name.
        en, zh: the reason that a reader is given; ``{n}`` stands for the number of rows removed, ``{of}`` for ``of``
            or ``of_zh``.
        passes: true for the rows that can be assessed.
        of, of_zh: the policy parameter that it is about, by its key and in Chinese.
    """

    name: str
    en: str
    zh: str
    passes: nw.Expr
    of: str = ""
    of_zh: str = ""


def row_filters(
    card: Card,
    context: DetectorContext,
    table: SubjectTable,
    cause: str | None = None,
    *,
    areas: Iterable[RowFilter] | None = None,
) -> list[RowFilter]:
    """The filters of a cause; of the whole card when None. No row passes without a policy that the cause needs.

    Args:
        card: the detector's card.
        context: the whole data set.
        table: the rows to filter.
        cause: one of the card's, or None.
        areas: `area_filters` of the same rows, where they are known already.
    """
    parameters, day = card.policy_of(cause), nw.col(table.day)
    filters = [_of_policy(name, context, day) for name in parameters]
    filters += _of_links(card, context, table, cause)
    if card.kind != "model":  # the capacity of a model's list is set for the run, not for days
        filters += _of_thresholds(card, card.thresholds_of(cause), day)
    if not parameters:
        return filters
    return [*filters, *(area_filters(card, context, table) if areas is None else areas)]


def passing(filters: Iterable[RowFilter]) -> nw.Expr:
    """True for the rows that pass all of the filters."""
    return reduce(lambda all_of, each: all_of & each.passes, filters, nw.lit(True))


def _of_policy(name: str, context: DetectorContext, day: nw.Expr) -> RowFilter:
    none, named = nw.lit(False), (name, named_zh(context.policy, name))
    if name not in context.policy.names():
        return RowFilter(f"policy {name}", "needs policy {of}", "缺少政策参数 {of}", none, *named)
    windows, known = context.policy.windows(name), context.policy.known_windows(name)
    if not known:
        return RowFilter(f"policy {name}", "policy not known: {of}", "政策参数尚未核实：{of}", none, *named)
    start = date_of(known[0].start_day)
    later = [window for window in windows if window.start_day > known[0].start_day]
    en, zh = f"policy known from {start}", f"政策参数自 {start} 起有记载"
    if not all(window.known for window in later):
        en, zh = f"{en}, with days without a value", f"{zh}，其后部分时段尚未核实"
    passes = context.policy.is_known(name, day)
    return RowFilter(f"policy {name}", f"{en}: {{of}}", f"{zh}：{{of}}", passes, *named)


def _of_links(
    card: Card, context: DetectorContext, table: SubjectTable, cause: str | None
) -> Iterator[RowFilter]:
    """The rows that a broken link leaves without an answer; a link that is broken as a whole is not one of rows."""
    for name in card.links_of(cause):
        for each in breaks_of(name, context.views):
            if each.part is not None:
                column = table.column_of(each.part.role)
                yield RowFilter(each.name, *each.reason, ~each.part.holds(column, table.day))


def _of_thresholds(card: Card, names: Iterable[str], day: nw.Expr) -> Iterator[RowFilter]:
    by_start: dict[int, list[str]] = {}
    for name in names:
        by_start.setdefault(day_number(card.thresholds.values[name][0].start), []).append(name)
    for start, same in sorted(by_start.items()):
        yield RowFilter(
            f"thresholds {', '.join(same)} {start}",
            f"{'threshold' if len(same) == 1 else 'thresholds'} {', '.join(same)} first set on {date_of(start)}",
            f"监管阈值 {'、'.join(same)} 自 {date_of(start)} 起设定",
            start <= day,
        )


def area_filters(card: Card, context: DetectorContext, table: SubjectTable) -> list[RowFilter]:
    """The filters by area of a card that needs policy; none where it needs none.

    An area's policy applies to what was settled there, and to the accounts of people insured there.
    """
    return list(_of_areas(card, context, table)) if card.needs_policy else []


def areas_elsewhere(context: DetectorContext) -> tuple[list[str], list[str]]:
    """Ids of the providers, and of the insured, of other areas alone; sorted. `area_filters` are made of them."""
    return _providers_elsewhere(context), _insured_elsewhere(context)


def _of_areas(card: Card, context: DetectorContext, table: SubjectTable) -> Iterator[RowFilter]:
    if table.provider and (providers := _providers_elsewhere(context)):
        yield RowFilter(
            "area of the provider",
            "settled in another area: {n}",
            "在其他统筹地区结算：{n} 笔",
            ~_among(table.provider, providers),
        )
    about_accounts = card.subject == "payer_account" or not table.provider
    if table.account and about_accounts and (owners := _insured_elsewhere(context)):
        yield RowFilter(
            "area of the account",
            "paid by accounts of another area: {n}" if table.provider else "of accounts of another area: {n}",
            f"由其他统筹地区的账户{'支付' if table.provider else '发生'}：{{n}} {table.measure}",
            ~_among(table.account, owners),
        )


def _among(column: str, ids: list[str]) -> nw.Expr:
    return nw.col(column).is_in(ids).fill_null(False)


def _providers_elsewhere(context: DetectorContext) -> list[str]:
    if not context.whole.has("providers", "pooling_area"):
        return []
    areas: pl.LazyFrame = context.whole.providers.select(key="provider_id", area="pooling_area").to_native()
    return _only_elsewhere(areas, context.area)


def _insured_elsewhere(context: DetectorContext) -> list[str]:
    if not context.whole.has("enrolments", "pooling_area"):
        return []
    areas: pl.LazyFrame = context.whole.enrolments.select(key="person_id", area="pooling_area").to_native()
    return _only_elsewhere(areas, context.area)


def _only_elsewhere(areas: pl.LazyFrame, area: str) -> list[str]:
    """Ids all of whose rows name an area, none of them this one."""
    other = pl.col("area").is_not_null() & ~pl.col("area").is_in([*UNKNOWN_AREAS, area])
    elsewhere = areas.drop_nulls("key").group_by("key").agg(other.all()).filter("area").select("key")
    return elsewhere.collect()["key"].sort().to_list()
