"""Whether an indicator can be measured on these data, and over which periods; if not, what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detection.detectors.assessability import Assessability, missing_data
from detection.detectors.context import DetectorContext
from detection.indicators.card import IndicatorCard
from detection.indicators.catalogue import Indicator
from detection.language.policy import named_zh
from features.calendar import day_number, month_text
from features.indicators.periods import Period

Reason = tuple[str, str]
"""Why not, in English and in Chinese."""


def missing_for(
    card: IndicatorCard, context: DetectorContext, detectors: Mapping[str, Assessability]
) -> list[Reason]:
    """What the data lack for an indicator, over any period: tables, columns, policy, detectors."""
    return [
        *missing_data(card.needs, context),
        *(
            (f"needs policy {name}", f"缺少政策参数{named_zh(context.policy, name)}")
            for name in card.needs_policy
            if name not in context.policy.names()
        ),
        *_missing_detectors(card, detectors),
    ]


def missing_in(period: Period, indicator: Indicator, context: DetectorContext, first: int) -> list[Reason]:
    """What is lacking for one period: months of data before its end, policy values inside it, thresholds.

    Args:
        period: the period.
        indicator: the indicator.
        context: policy of the run.
        first: first month of the data.
    """
    reasons: list[Reason] = []
    months, end = indicator.declared.looks_back, month_text(period.end)
    if months and period.end - months + 1 < first:
        reasons.append((f"needs {months} months of data up to {end}", f"需要截至 {end} 的 {months} 个月数据"))
    for name in indicator.card.needs_policy:
        reasons += [] if _known(name, period, context) else [_unknown(name, period, context)]
    for name, dated in indicator.card.thresholds.values.items():
        start = dated[0].start
        if start > period.last_day:
            reasons.append(
                (f"threshold {name} is in force from {start}", f"监管阈值 {name} 自 {start} 起设定")
            )
    return reasons


def _missing_detectors(card: IndicatorCard, detectors: Mapping[str, Assessability]) -> Iterator[Reason]:
    for name in card.needs_detectors:
        detector = detectors.get(name)
        if detector is None:
            yield f"needs the detector {name}", f"缺少检测规则 {name}"
        elif detector.status == "not_assessable":
            yield f"detector {name}: {detector.reason_en}", f"检测规则 {name}：{detector.reason_zh}"


def _known(name: str, period: Period, context: DetectorContext) -> bool:
    """Whether a policy value is known on every day of a period."""
    first, last = day_number(period.first_day), day_number(period.last_day)
    inside = [
        window
        for window in context.policy.windows(name)
        if window.start_day <= last and (window.end_day is None or window.end_day >= first)
    ]
    return (
        bool(inside) and inside[0].start_day <= first and all(window.status != "unknown" for window in inside)
    )


def _unknown(name: str, period: Period, context: DetectorContext) -> Reason:
    start, end = month_text(period.start), month_text(period.end)
    return (
        f"needs policy {name} from {start} to {end}",
        f"缺少 {start} 至 {end} 的政策参数{named_zh(context.policy, name)}",
    )
