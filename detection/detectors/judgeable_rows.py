"""What bounds the rows that a detector can judge: known policy, drawn lines, and whose policy it is.

A limit holds for the whole card, or for one cause: the rows outside it are then not judged for that cause alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import narwhals as nw
import polars as pl

from detection.detectors.cards import Card
from detection.detectors.context import DetectorContext
from detection.detectors.subject_tables import Rows
from detection.language.policy import named_zh

_EPOCH = dt.date(1970, 1, 1)
_NO_AREA = ("", "000000")
"""Areas that say nothing: such a row is taken to be of the run's own area."""


@dataclass(frozen=True)
class Limit:
    """One bound.

    Attributes:
        name: what bounds; the same bound of two causes has one name.
        en, zh: what a reader is told of the rows outside; ``{n}`` stands for how many they are, ``{of}`` for ``of``
            or ``of_zh``.
        inside: over the rows held against it, true for those that it lets be judged.
        of, of_zh: the parameter it is about, by its key and in Chinese; bounds that say the same of several are told
            in one.
    """

    name: str
    en: str
    zh: str
    inside: nw.Expr
    of: str = ""
    of_zh: str = ""


def limits(
    card: Card,
    context: DetectorContext,
    rows: Rows,
    cause: str | None = None,
    *,
    areas: Iterable[Limit] | None = None,
) -> list[Limit]:
    """The bounds of a cause; of the whole card when None. Without a policy that it asks, no row is inside.

    Args:
        card: the detector's card.
        context: the whole data set.
        rows: what is held against the bounds.
        cause: one of the card's, or None.
        areas: `areas_of` the same rows, for whoever asks of several causes.
    """
    asked, day = card.policy_of(cause), nw.col(rows.day)
    found = [_of_policy(name, context, day) for name in asked]
    if card.kind != "model":  # its capacity is drawn for the run, whatever days it looks at
        found += _of_lines(card, card.thresholds_of(cause), day)
    if not asked:
        return found
    return [*found, *(areas_of(card, context, rows) if areas is None else areas)]


def inside(bounds: Iterable[Limit]) -> nw.Expr:
    """True for the rows within all of the bounds."""
    return reduce(lambda all_of, one: all_of & one.inside, bounds, nw.lit(True))


def _of_policy(name: str, context: DetectorContext, day: nw.Expr) -> Limit:
    named = (name, named_zh(context.policy, name))
    known = context.policy.is_known(name, day)
    if name not in context.policy.names():
        return Limit(f"policy {name}", "needs policy {of}", "缺少政策参数 {of}", known, *named)
    windows = context.policy.windows(name)
    values = context.policy.known_windows(name)
    if not values:
        return Limit(f"policy {name}", "policy not known: {of}", "政策参数尚未核实：{of}", known, *named)
    start = _EPOCH + dt.timedelta(days=values[0].start_day)
    later = [one for one in windows if one.start_day > values[0].start_day]
    en, zh = f"policy known from {start}", f"政策参数自 {start} 起有记载"
    if any(one.status == "unknown" for one in later):
        en, zh = f"{en}, with days without a value", f"{zh}，其后部分时段尚未核实"
    return Limit(f"policy {name}", f"{en}: {{of}}", f"{zh}：{{of}}", known, *named)


def _of_lines(card: Card, names: Iterable[str], day: nw.Expr) -> Iterator[Limit]:
    starts: dict[dt.date, list[str]] = {}
    for name in names:
        starts.setdefault(card.thresholds.values[name][0].start, []).append(name)
    for start, same in sorted(starts.items()):
        yield Limit(
            f"lines {', '.join(same)} {start}",
            f"{'line' if len(same) == 1 else 'lines'} {', '.join(same)} first drawn on {start}",
            f"监管阈值 {'、'.join(same)} 自 {start} 起设定",
            (start - _EPOCH).days <= day,
        )


def areas_of(card: Card, context: DetectorContext, rows: Rows) -> list[Limit]:
    """The bounds that areas set to whatever asks for policy; none where the card asks for none."""
    return list(_of_areas(card, context, rows)) if card.needs_policy else []


def _of_areas(card: Card, context: DetectorContext, rows: Rows) -> Iterator[Limit]:
    """An area's policy judges what was settled there, and of an account, by whoever is insured there."""
    if rows.provider and (elsewhere := _providers_elsewhere(context)):
        yield Limit(
            "area of the provider",
            "settled in another area: {n}",
            "在其他统筹地区结算：{n} 笔",
            ~_among(rows.provider, elsewhere),
        )
    of_accounts = card.subject == "payer_account" or not rows.provider
    if rows.account and of_accounts and (others := _insured_elsewhere(context)):
        yield Limit(
            "area of the account",
            "paid by accounts of another area: {n}" if rows.provider else "of accounts of another area: {n}",
            f"由其他统筹地区的账户{'支付' if rows.provider else '发生'}：{{n}} {rows.measure}",
            ~_among(rows.account, others),
        )


def _among(column: str, ids: list[str]) -> nw.Expr:
    return nw.col(column).fill_null("").is_in(ids)


def _providers_elsewhere(context: DetectorContext) -> list[str]:
    if not context.tables.has("providers", "pooling_area"):
        return []
    named: pl.LazyFrame = context.providers.select(key="provider_id", area="pooling_area").to_native()
    return _only_elsewhere(named, context.area)


def _insured_elsewhere(context: DetectorContext) -> list[str]:
    if not context.tables.has("enrolments", "pooling_area"):
        return []
    named: pl.LazyFrame = context.enrolments.select(key="person_id", area="pooling_area").to_native()
    return _only_elsewhere(named, context.area)


def _only_elsewhere(named: pl.LazyFrame, area: str) -> list[str]:
    """Ids all of whose rows name an area, none of them this one."""
    other = pl.col("area").is_not_null() & ~pl.col("area").is_in([*_NO_AREA, area])
    found = named.drop_nulls("key").group_by("key").agg(other.all()).filter("area").select("key")
    return found.collect()["key"].sort().to_list()
