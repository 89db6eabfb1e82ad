"""Settlements and visits net of reversals, and the period that the data cover."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame, Schema, view
from features.settings import SETTINGS

MONEY = ("total_amount", "pool_paid", "account_paid", "mutual_aid_paid")
"""Amounts that are netted, in fen."""

AMOUNTS = dict(zip(("total", "pool", "account", "aid"), MONEY, strict=True))
"""Amounts of visits, and the columns that they are sums of."""

MOMENT = ("settled_day", "settled_minute", "settled_month")
OTHERS = ("prescriber_id", "mutual_aid_payer_id")
"""Other people who took part in a settlement; null for most."""
NAMED = ("settlement_id", "person_id", "provider_id", "service_day", "scheme", "care_type", "programme_code")
"""Further columns of `net_settlements`."""

NIGHT_FROM, NIGHT_UNTIL = SETTINGS.whole("night_from_hour"), SETTINGS.whole("night_until_hour")
"""First hour of the night, and the first hour after it."""
_MINUTES_PER_HOUR, _HOURS_PER_DAY = 60, 24

_SUMS = ("settlements", "purchases", "night", "total", "pool", "account", "aid")
_VISIT: Schema = {
    **dict.fromkeys(("person", "provider", "day", "month"), nw.Int32),
    "first_minute": nw.Int64,
    **dict.fromkeys(_SUMS, nw.Int64),
}


def count() -> nw.Expr:
    """Rows of a group, as Int64 (bare, it is unsigned: 2 - 5 would be 4294967293)."""
    return nw.len().cast(nw.Int64)


def is_reversal() -> nw.Expr:
    """Whether a row reverses an earlier settlement: it names one, or its total is negative."""
    return ~nw.col("reverses_settlement_id").is_null() | (nw.col("total_amount") < 0)


def under_programme() -> nw.Expr:
    """Scheduled special-disease care: outpatient, under a programme that sets day and hour (dialysis shifts)."""
    return (nw.col("care_type") == "special_outpatient") & ~nw.col("programme_code").is_null()


def at_night() -> nw.Expr:
    """Whether a settlement was made from `NIGHT_FROM` to before `NIGHT_UNTIL`; null at day precision."""
    hour = nw.col("settled_minute") // _MINUTES_PER_HOUR % _HOURS_PER_DAY
    return (hour >= NIGHT_FROM) | (hour < NIGHT_UNTIL)


def kinds_of_care() -> tuple[nw.Expr, nw.Expr]:
    """``purchase`` (at a pharmacy) and ``scheduled`` (see `under_programme`); false where not stated."""
    purchase = nw.col("care_type") == "pharmacy"
    return (
        purchase.fill_null(value=False).alias("purchase"),
        under_programme().fill_null(value=False).alias("scheduled"),
    )


@view(grain="settlement that still counts after reversals; amounts are net, in fen")
def net_settlements(settlements: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """Settlements without reversal rows and without those that are reversed in full.

    A settlement that is reversed in part keeps the rest of each amount. A reversal that names no settlement of the
    data is left out: it reverses an earlier one. ``person`` and ``provider`` are the codes of the ids
    (`features.visits.codes`).
    """
    net = _net(settlements, person_codes, provider_codes)
    return net.select(*NAMED, "person", "provider", *MOMENT, *OTHERS, *MONEY)


@view(grain="settlement that still counts after reversals, by code")
def coded_settlements(settlements: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """`net_settlements` without its ids, for features: small, and quick to scan.

    Further columns: purchase (at a pharmacy), scheduled (see `under_programme`).
    """
    net = _net(settlements, person_codes, provider_codes)
    return net.select("person", "provider", *MOMENT, *kinds_of_care(), *OTHERS, *MONEY)


def _net(settlements: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    coded = net_of_reversals(settlements).join(person_codes, on="person_id")
    return coded.join(provider_codes, on="provider_id")


def net_of_reversals(settlements: Frame, money: tuple[str, ...] = MONEY) -> Frame:
    """Settlements that still count after reversals, with their ids; each amount of ``money`` is net."""
    reversed_amounts = (
        settlements.filter(~nw.col("reverses_settlement_id").is_null())
        .group_by("reverses_settlement_id")
        .agg(*(nw.col(name).fill_null(0).sum().alias(f"{name}_undone") for name in money))
    )
    amounts = (
        (nw.col(name).fill_null(0) + nw.col(f"{name}_undone").fill_null(0)).alias(name) for name in money
    )
    return (
        settlements.filter(~is_reversal())
        .join(reversed_amounts, left_on="settlement_id", right_on="reverses_settlement_id", how="left")
        .with_columns(*amounts)
        .filter(nw.col("total_amount_undone").is_null() | (nw.col("total_amount") > 0))
    )


@view(grain="person, provider and day, by code", schema=_VISIT)
def coded_visits(coded_settlements: Frame) -> Frame:
    """One row for each day on which a person had settlements at a provider.

    Columns: person, provider (codes), day, month (year * 12 + month - 1), first_minute (null at day precision),
    settlements, purchases (those of care type pharmacy), night (those from `NIGHT_FROM` to before `NIGHT_UNTIL`),
    and in fen total, pool, account (the person's own), aid (a relative's account).
    """
    return (
        coded_settlements.with_columns(
            purchases=nw.col("purchase").cast(nw.Int64), night=at_night().cast(nw.Int64)
        )
        .group_by("person", "provider", nw.col("settled_day").alias("day"))
        .agg(
            nw.col("settled_month").max().alias("month"),
            nw.col("settled_minute").min().alias("first_minute"),
            count().alias("settlements"),
            nw.col("purchases").sum(),
            nw.col("night").sum(),
            *(nw.col(amount).sum().alias(name) for name, amount in AMOUNTS.items()),
        )
    )


@view(grain="person, provider and day", schema={**_VISIT, "person_id": nw.String, "provider_id": nw.String})
def visits(coded_visits: Frame, person_codes: Frame, provider_codes: Frame) -> Frame:
    """The visits with person_id and provider_id next to their codes; other columns as in `coded_visits`."""
    return coded_visits.join(person_codes, on="person").join(provider_codes, on="provider")


@view(grain="the data set: one row", schema={"first_day": nw.Int32, "last_day": nw.Int32})
def observed(settlements: Frame) -> Frame:
    """First and last settled day of the data: the period of exposure."""
    return settlements.select(
        nw.col("settled_day").min().alias("first_day"), nw.col("settled_day").max().alias("last_day")
    )
