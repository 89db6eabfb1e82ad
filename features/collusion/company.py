"""What is said of people and providers about repeated co-presence; the views are in `copresence`.

Families, colleagues, dialysis shifts and neighbours on market day meet again and again. "No recorded relation" is
all that the data can say.
"""

from __future__ import annotations

import narwhals as nw

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
    en="{value} people were settled within 30 minutes of this person on 3 days or more, with no recorded relation",
    zh="有{value}人在3天及以上与此人30分钟内同机构结算，且无登记关系",
)
def repeated_partners() -> nw.Expr:
    """People met within 30 minutes on three days or more, without a recorded relation or common employer.

    Neighbours with the same habits and relatives without an authorisation also meet.
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
    zh="此人有结算的日子中，{value}与多次同行者同时同地",
)
def accompanied_days_share() -> nw.Expr:
    """Share of the person's days with a settlement on which a repeated partner was settled beside them.

    An honest person scores high who goes with a friend or a neighbour.
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
    zh="在此结算的人员中，{value}在此有多次同时结算的同行者，且无登记关系",
)
def repeated_pairs_share() -> nw.Expr:
    """Share of a provider's people who meet a repeated partner here. Small places where all know each other do too."""
    return nw.col("accompanied") / nw.col("people")


@feature(
    entity="provider",
    family="provider_collusion",
    unit="share",
    direction="high",
    needs=_SETTLED,
    minutes=True,
    view="provider_company",
    en="on {value} of its days with settlements, repeated partners came within 30 minutes of each other",
    zh="有结算的日子中，{value}出现多次同行者30分钟内先后结算",
    not_used="long hours and sheer size raise it: in simulated cities (seeds 104-109, twins "
    "included) 62 of 72 listed providers were planted with it, 67 of 72 without",
)
def repeated_pairs_days_share() -> nw.Expr:
    """Share of a provider's days with settlements on which repeated partners met. Long opening hours raise it."""
    return nw.col("days_together") / nw.col("days_open")
