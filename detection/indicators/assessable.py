"""Whether an indicator can be measured on these data, and over which periods; if not, what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detection.detectors.assessability import Assessability, lacking_data
from detection.detectors.context import DetectorContext
from detection.indicators.card import IndicatorCard
from detection.language.policy import named_zh
from features.indicators.periods import Period, day_number, first_day, month_text
from features.indicators.registry import Indicator

Reason = tuple[str, str]
"""Why not, in English and in Chinese."""


def lacking(
    card: IndicatorCard, context: DetectorContext, detectors: Mapping[str, Assessability]
) -> list[Reason]:
    """What the data lack for an indicator, over any period: tables, columns, policy, detectors."""
    return [
        *lacking_data(card.needs, context),
        *(
            (f"needs policy {name}", f"缺少政策参数{named_zh(context.policy, name)}")
            for name in card.needs_policy
            if name not in context.policy.names()
        ),
        *_lacking_detectors(card, detectors),
    ]


def lacking_in(
    period: Period, card: IndicatorCard, one: Indicator, context: DetectorContext, first: int
) -> list[Reason]:
    """What is lacking for one period: months of data before its end, policy values inside it, drawn lines."""
    found: list[Reason] = []
    if one.looks_back and period.end - one.looks_back + 1 < first:
        found.append(
            (
                f"needs {one.looks_back} months of data up to {month_text(period.end)}",
                f"需要截至 {month_text(period.end)} 的 {one.looks_back} 个月数据",
            )
        )
    for name in card.needs_policy:
        found += [] if _known(name, period, context) else [_unknown(name, period, context)]
    for name, drawn in card.thresholds.values.items():
        if drawn[0].start > period.last_day:
            found.append(
                (
                    f"line {name} is first drawn on {drawn[0].start}",
                    f"监管阈值 {name} 自 {drawn[0].start} 起设定",
                )
            )
    return found


def _lacking_detectors(card: IndicatorCard, detectors: Mapping[str, Assessability]) -> Iterator[Reason]:
    for name in card.needs_detectors:
        found = detectors.get(name)
        if found is None:
            yield f"needs the detector {name}", f"缺少检测规则 {name}"
        elif found.status == "not_assessable":
            yield f"detector {name}: {found.reason_en}", f"检测规则 {name}：{found.reason_zh}"


def _known(name: str, period: Period, context: DetectorContext) -> bool:
    """Whether a policy value is known on every day of a period."""
    first, last = day_number(first_day(period.start)), day_number(period.last_day)
    inside = [
        one
        for one in context.policy.windows(name)
        if one.start_day <= last and (one.end_day is None or one.end_day >= first)
    ]
    return bool(inside) and inside[0].start_day <= first and all(one.status != "unknown" for one in inside)


def _unknown(name: str, period: Period, context: DetectorContext) -> Reason:
    start, end = month_text(period.start), month_text(period.end)
    return (
        f"needs policy {name} from {start} to {end}",
        f"缺少 {start} 至 {end} 的政策参数{named_zh(context.policy, name)}",
    )
