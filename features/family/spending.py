"""Mutual aid of a personal account: how much, to how many people, and where."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.money import FEN_PER_YUAN
from features.registry import feature
from features.settings import SETTINGS
from features.visits.exposure import LEAST_COUNT, share

_AID = ("person_id", "provider_id", "settled_at", "mutual_aid_paid", "mutual_aid_payer_id")
LEAST_MONTHS = SETTINGS.whole("least_aid_months")
"""Months with aid that a burst is compared with, at least."""


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="people",
    direction="high",
    needs={"settlements": _AID},
    view="payer_aid",
    en="the account paid for {value} other people",
    zh="该账户为 {value} 名其他人支付",
)
def beneficiaries_per_payer() -> nw.Expr:
    """People for whom an account paid in the observed period, its owner not counted.

    Not applicable to accounts that paid for no other person. An honest account scores high in a large family.
    """
    return nw.col("beneficiaries")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="accounts",
    direction="high",
    needs={"settlements": _AID},
    view="payer_aid",
    en="{value} accounts paid for one of the people whom this account paid for",
    zh="该账户的使用人中，有一人由 {value} 个账户支付",
)
def payers_per_beneficiary() -> nw.Expr:
    """Most accounts that paid for any one of the people for whom this account paid.

    An honest account scores high when all the children pay for an ill parent.
    """
    return nw.col("most_payers")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="share",
    direction="high",
    needs={"settlements": (*_AID, "account_paid")},
    view="payer_shares",
    en="{value} of what the account paid was for others",
    zh="账户支出中 {value} 用于其他人",
)
def share_spent_by_others() -> nw.Expr:
    """Share of what an account paid in settlements that was for others than its owner.

    Not applicable below five settlements. An honest account scores high when the owner is healthy and pays
    for old parents.
    """
    return share("aid", "paid", of="counted")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="share",
    direction="high",
    needs={"settlements": _AID},
    view="payer_aid",
    en="{value} of what was paid for others went to one provider",
    zh="为他人支付的金额中 {value} 集中在同一家机构",
)
def share_at_one_provider() -> nw.Expr:
    """Share of an account's mutual aid that was spent at the provider with the most of it.

    Not applicable below five settlements with aid. An honest account scores high when the relative has one
    pharmacy nearby.
    """
    return share("at_one_provider", "aid", of="settlements")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="times its median month",
    direction="high",
    needs={"settlements": _AID},
    view="payer_months",
    en="the largest month of aid was {value} times the account's own median month",
    zh="共济支出最大的一个月是自身中位月的 {value} 倍",
    not_used="one large month is ordinary family life: it misled the model in simulated cities (seeds 101-105)",
)
def aid_burst() -> nw.Expr:
    """Mutual aid in an account's largest month over its own median month (of the months with aid).

    Not applicable below `LEAST_MONTHS` such months. An honest account scores high in the month of a relative's
    operation.
    """
    enough = nw.col("months") >= LEAST_MONTHS
    return nw.when(enough).then(nw.col("largest") / nw.col("median"))


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="districts",
    direction="high",
    needs={"settlements": _AID, "persons": ("region_code",)},
    view="payer_districts",
    en="the people paid for live in {value} different districts",
    zh="被支付的人居住在 {value} 个不同区县",
)
def beneficiary_districts() -> nw.Expr:
    """Districts in which the people live for whom an account paid, where known.

    An honest account scores high when children have moved away.
    """
    return nw.col("districts")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="yuan",
    direction="high",
    needs={"settlements": _AID},
    view="payer_aid",
    en="{value} yuan of aid per settlement",
    zh="每笔共济支付 {value} 元",
)
def aid_per_settlement() -> nw.Expr:
    """Mutual aid of an account per settlement, in yuan.

    Not applicable below five settlements with aid. An honest account scores high when it pays the own part of
    a hospital stay.
    """
    enough = nw.col("settlements") >= LEAST_COUNT
    return nw.when(enough).then(nw.col("aid") / (nw.col("settlements") * FEN_PER_YUAN))
