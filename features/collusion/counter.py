"""The counter of a provider: settlements in quick succession, and equal amounts."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.money import FEN_PER_YUAN
from features.registry import Frame, feature, view
from features.settings import SETTINGS
from features.visits.exposure import share
from features.visits.settlements import count

QUICK_MINUTES = SETTINGS.whole("quick_minutes")
"""A settlement so soon after the previous one at the same provider is in quick succession."""


@view(grain="provider with settlements known to the minute")
def provider_succession(coded_settlements: Frame, provider_codes: Frame) -> Frame:
    """A provider's settlements, and those within `QUICK_MINUTES` of the previous one.

    Settlements of one minute are counted together: all but the first are in quick succession, and the first is, when
    the previous minute with settlements is near enough. So ties need no order.
    """
    key = "provider"
    by_minute = (
        coded_settlements.filter(~nw.col("settled_minute").is_null())
        .group_by(key, "settled_minute")
        .agg(count().alias("settlements"))
    )
    gap = nw.col("settled_minute") - nw.col("settled_minute").shift(1).over(key, order_by="settled_minute")
    return (
        by_minute.with_columns(near=(gap <= QUICK_MINUTES).cast(nw.Int64).fill_null(0))
        .with_columns(quick=nw.col("settlements") - 1 + nw.col("near"))
        .group_by(key)
        .agg(nw.col("settlements").sum(), nw.col("quick").sum())
        .join(provider_codes, on=key)
    )


@view(grain="provider with settlements above zero")
def provider_amounts(coded_settlements: Frame, provider_codes: Frame) -> Frame:
    """A provider's settlements above zero, and those of its most frequent total in whole yuan."""
    return (
        coded_settlements.filter(nw.col("total_amount") > 0)
        .group_by("provider", (nw.col("total_amount") // FEN_PER_YUAN).alias("yuan"))
        .agg(count().alias("settlements"))
        .group_by("provider")
        .agg(nw.col("settlements").sum().alias("paid"), nw.col("settlements").max().alias("alike"))
        .join(provider_codes, on="provider")
    )


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    minutes=True,
    needs={"settlements": ("provider_id", "settled_at")},
    view="provider_succession",
    en=f"{{value}} of the settlements came within {QUICK_MINUTES} minutes of the one before",
    zh=f"{{value}} 的结算与前一笔相隔不超过 {QUICK_MINUTES} 分钟",
)
def quick_succession_share() -> nw.Expr:
    """Share of a provider's settlements made within `QUICK_MINUTES` of the previous settlement at the same provider.

    Not applicable below five settlements. An honest provider scores high with several counters, or with
    several settlements of one visit.
    """
    return share("quick", "settlements")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs={"settlements": ("provider_id", "total_amount")},
    view="provider_amounts",
    en="{value} of the settlements are of one and the same amount in whole yuan",
    zh="{value} 的结算金额（取整到元）完全相同",
    not_used="fixed prices and fees are ordinary: it misled the model in simulated cities (seeds 101-105)",
)
def same_amount_share() -> nw.Expr:
    """Share of a provider's settlements above zero whose total is its most frequent one, in whole yuan.

    Not applicable below five settlements. An honest provider scores high with one service at a fixed fee,
    such as dialysis or registration.
    """
    return share("alike", "paid")
