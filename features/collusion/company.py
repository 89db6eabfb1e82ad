"""Features of people and providers about repeated co-presence; the views are in `copresence`.

Families, colleagues, dialysis shifts and neighbors on market day meet again and again. The data can show no more than
"no recorded relation".
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.collusion.copresence import PARTNER_DAYS, WINDOW_MINUTES
from features.registry import feature

_SETTLED: dict[str, tuple[str, ...]] = {"settlements": ("person_id", "provider_id", "settled_at")}


@feature(
    entity="person",
    family="provider_collusion",
    unit="people",
    direction="high",
    needs=_SETTLED,
    minutes=True,
    view="person_company",
    en=f"{{value}} people were settled within {WINDOW_MINUTES} minutes of this person on {PARTNER_DAYS} days or more, "
    "with no recorded relation",
    zh=f"有 {{value}} 人在 {PARTNER_DAYS} 天及以上与此人在 {WINDOW_MINUTES} 分钟内同机构结算，且无登记关系",
)
def repeated_partners() -> nw.Expr:
    """People met closely in time on several days, without a recorded relation or common employer.

    See `features.collusion.copresence` for both bounds. Neighbors with the same habits and relatives without an
    authorization also meet.
    """
    return nw.col("partners")


@feature(
    entity="person",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs=_SETTLED,
    minutes=True,
    view="person_company",
    en="{value} of this person's days with a settlement were spent beside a repeated partner",
    zh="此人有结算的日子中，{value} 与多次同行者同时同地",
)
def accompanied_days_share() -> nw.Expr:
    """Share of the person's days with a settlement on which a repeated partner was settled next to them.

    An honest person scores high who goes with a friend or a neighbor.
    """
    return nw.col("days_together") / nw.col("days")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs=_SETTLED,
    minutes=True,
    view="provider_company",
    en="{value} of the people settled for here have a repeated partner here, with no recorded relation",
    zh="在此结算的人员中，{value} 在此有多次同时结算的同行者，且无登记关系",
)
def repeated_pairs_share() -> nw.Expr:
    """Share of a provider's people who meet a repeated partner here.

    Small places where people know each other score high.
    """
    return nw.col("accompanied") / nw.col("people")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs=_SETTLED,
    minutes=True,
    view="provider_company",
    en=f"on {{value}} of its days with settlements, repeated partners came within {WINDOW_MINUTES} minutes "
    "of each other",
    zh=f"有结算的日子中，{{value}} 出现多次同行者在 {WINDOW_MINUTES} 分钟内先后结算",
    not_used="long hours and sheer size raise it: in simulated cities (seeds 104-109, twins "
    "included) 62 of 72 listed providers were planted with it, 67 of 72 without",
)
def repeated_pairs_days_share() -> nw.Expr:
    """Share of a provider's days with settlements on which repeated partners met. Long opening hours raise it."""
    return nw.col("days_together") / nw.col("days_open")
