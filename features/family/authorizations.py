"""Authorizations of relatives: how many, how near, and how soon they are used."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, feature, view
from features.visits.settlements import count

NEAREST = ("spouse", "parent", "child")
"""The nearest relations; the law also allows siblings, grandparents and grandchildren."""

PAIR = ("payer_id", "beneficiary_id")
"""The owner of an account and a relative who may use it."""

_MINUTES = 24 * 60


def authorized_spans(family_authorizations: Frame) -> Frame:
    """Authorizations with their first and last minute, and when the pair's next one begins.

    A time known to the day lasts the whole day, and an end at midnight is the end of the day that it names.

    Returns:
        `PAIR`, relation, valid_from_day, valid_from_minute, valid_to_day, valid_to_minute, ``begin`` and ``end``
        (minutes; ``end`` null while open), ``next_day`` (null for a pair's last authorization).
    """
    first, last = nw.col("valid_from_day") * _MINUTES, (nw.col("valid_to_day") + 1) * _MINUTES - 1
    last = last.cast(nw.Int64)
    at_midnight = nw.col("valid_to_minute") % _MINUTES == 0
    following = nw.col("valid_from_day").shift(-1)
    return family_authorizations.select(
        *PAIR,
        "relation",
        "valid_from_day",
        "valid_from_minute",
        "valid_to_day",
        "valid_to_minute",
        begin=nw.coalesce(nw.col("valid_from_minute"), first.cast(nw.Int64)),
        end=nw.when(at_midnight).then(last).otherwise(nw.coalesce(nw.col("valid_to_minute"), last)),
        next_day=following.over(*PAIR, order_by=["valid_from_day", "valid_from_minute", "valid_to_day"]),
    )


@view(grain="payer account that authorized a relative")
def payer_authorizations(family_authorizations: Frame) -> Frame:
    """People whom an account authorized, and those of them under no nearest relation."""
    nearest = nw.col("relation").is_in(NEAREST).cast(nw.Int64).fill_null(0)
    people = (
        family_authorizations.select("payer_id", "beneficiary_id", nearest=nearest)
        .group_by("payer_id", "beneficiary_id")
        .agg(nw.col("nearest").max())
    )
    return people.group_by("payer_id").agg(
        count().alias("authorized"), (1 - nw.col("nearest")).sum().alias("farther")
    )


@view(grain="payer account with aid after an authorization")
def payer_delays(family_authorizations: Frame, aid_settlements: Frame) -> Frame:
    """Fewest days from the day on which a relative could first use the account to the first use after it."""
    pair = ["payer_id", "beneficiary_id"]
    first = family_authorizations.group_by(pair).agg(nw.col("valid_from_day").min().alias("since"))
    return (
        aid_settlements.select(*pair, "day")
        .join(first, on=pair)
        .with_columns(delay=nw.col("day") - nw.col("since"))
        .filter(nw.col("delay") >= 0)
        .group_by("payer_id")
        .agg(nw.col("delay").min())
    )


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="people",
    direction="high",
    needs={"family_authorizations": ("payer_id", "beneficiary_id", "relation")},
    view="payer_authorizations",
    en="{value} people are authorized to use the account",
    zh="账户授权 {value} 人使用",
)
def authorised_people() -> nw.Expr:
    """People whom an account's owner ever authorized.

    Not applicable to accounts without an authorization. An honest account scores high in a large family.
    """
    return nw.col("authorized")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="people",
    direction="high",
    needs={"family_authorizations": ("payer_id", "beneficiary_id", "relation")},
    view="payer_authorizations",
    en="{value} of the authorized are neither spouse, parent nor child",
    zh="被授权人中有 {value} 人不是配偶、父母或子女",
)
def farther_relatives() -> nw.Expr:
    """People whom an account's owner authorized under another relation than spouse, parent or child.

    An honest account scores high when grandparents raise grandchildren, or when the source leaves the
    relation unknown.
    """
    return nw.col("farther")


@feature(
    entity="payer_account",
    family="family_accounts",
    unit="days",
    direction="low",
    needs={
        "settlements": ("person_id", "settled_at", "mutual_aid_paid", "mutual_aid_payer_id"),
        "family_authorizations": ("payer_id", "beneficiary_id", "valid_from"),
    },
    view="payer_delays",
    en="first used {value} days after the authorization",
    zh="授权后 {value} 天首次使用",
)
def authorisation_to_spend_delay() -> nw.Expr:
    """Fewest days between a relative's first authorization and an account's first payment for them after it.

    Not applicable without such a payment. An honest account scores low whose owner authorizes a parent
    at the pharmacy's counter.
    """
    return nw.col("delay")
