"""How one settlement was repriced, step by step, in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from features.benefit.tariff import UNLIMITED
from features.calendar import date_of
from features.figures import grouped_yuan, percent
from features.policy import Policy

PricedRow = Mapping[str, Any]
"""One row of `features.benefit.recalculated`, by column."""

_RATIO_DIGITS = 4
"""Decimals of a ratio in per cent: ratios are whole millionths."""


@dataclass(frozen=True)
class Step:
    """One step of a price.

    Attributes:
        name: key of the step.
        fen: its amount.
        en, zh: its label.
    """

    name: str
    fen: int
    en: str
    zh: str


def steps(row: PricedRow, policy: Policy) -> list[Step]:
    """The steps from the cost in scope to the payment due from the fund, and the recorded payment.

    Args:
        row: one row of `recalculated`.
        policy: the policy that it was priced by.
    """
    return [*_deductible(row), *_pool(row, policy), *_second(row), *_recorded(row)]


def _deductible(row: PricedRow) -> Iterator[Step]:
    yield Step("in_scope", row["in_scope"], "Cost in scope", "符合范围费用")
    if row["annual_deductible"]:
        yield Step("annual_deductible", row["annual_deductible"], "Deductible of the year", "年度起付标准")
        yield Step(
            "deductible_before", row["deductible_before"], "Of it on record before", "其中此前已记录起付"
        )
    if row["visit_deductible"]:
        yield Step("visit_deductible", row["visit_deductible"], "Deductible of a visit", "单次起付标准")
    yield Step("deductible", row["expected_deductible"], "Deductible due", "本次应付起付金额")
    yield Step(
        "eligible",
        row["eligible"],
        "Eligible: in scope less the deductible",
        "可报销费用（范围内费用减起付）",
    )


def _pool(row: PricedRow, policy: Policy) -> Iterator[Step]:
    segments = policy.at("benefit.ratio", date_of(row["service_day"])).segments(
        person_category=row["person_category"], level=row["level"]
    )
    ends = [start for start, _ in segments[1:]] + [UNLIMITED]
    before, after = row["eligible_before"], row["eligible_before"] + row["eligible"]
    for number, ((start, part), end) in enumerate(zip(segments, ends, strict=True)):
        begin = start if number else min(before, 0)
        within = max(min(after, end), begin) - max(min(before, end), begin)
        if within:
            en, zh = _span(start, end)
            ratio = percent(part, _RATIO_DIGITS)
            yield Step(f"segment_{number + 1}", within, f"{en}, paid at {ratio}", f"{zh}，支付比例 {ratio}")
    yield Step("uncapped", row["uncapped"], "Due before the cap", "限额前应付")
    yield Step(
        "cap_left",
        max(row["cap"] - row["pool_before"], 0),
        "Left of the year's cap",
        "年度限额余额",
    )
    yield Step("pool", row["expected_pool"], "Due from the pooled fund", "统筹基金应付")


def _span(start: int, end: int) -> tuple[str, str]:
    """A segment of the year's eligible cost, in both languages."""
    above, to = _yuan(start), _yuan(end)
    if end == UNLIMITED and not start:
        return "Of it", "其中"
    if end == UNLIMITED:
        return f"Of it above {above} yuan in the year", f"其中年度累计 {above} 元以上部分"
    if not start:
        return f"Of it up to {to} yuan in the year", f"其中年度累计 {to} 元以内部分"
    return f"Of it from {above} to {to} yuan in the year", f"其中年度累计 {above} 至 {to} 元部分"


def _yuan(fen: int) -> str:
    """The end of a segment, which is mostly whole yuan: ``4,000``."""
    return grouped_yuan(fen).removesuffix(".00")


def _second(row: PricedRow) -> Iterator[Step]:
    if not row["layer_cap"]:
        return
    yield Step("uncovered", row["uncovered"], "Eligible cost above the cap", "超出限额的可报销费用")
    yield Step(
        "layer_left",
        max(row["layer_cap"] - row["second_before"], 0),
        "Left of the second layer",
        "第二层限额余额",
    )
    yield Step("second", row["expected_second"], "Due from the second layer", "第二层应付")


def _recorded(row: PricedRow) -> Iterator[Step]:
    yield Step("deductible_paid", row["deductible_paid"] or 0, "Deductible on record", "已记录起付金额")
    yield Step("pool_paid", row["pool_paid"] or 0, "Pooled fund on record", "统筹基金已付")
    if row["layer_cap"]:
        yield Step("other_fund_paid", row["other_fund_paid"] or 0, "Second layer on record", "第二层已付")
    difference = (row["pool_paid"] or 0) - row["expected_pool"]
    yield Step(
        "difference",
        difference,
        "Pooled fund paid too much (negative: too little)",
        "统筹基金多付（负数为少付）",
    )
