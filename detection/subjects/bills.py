"""The settlements of each kind of subject, net of reversals, with the money that it paid or received."""

from __future__ import annotations

import polars as pl

from features.engine import Views

FUNDS = ("pool", "account", "mutual_aid")
"""Money of a settlement by the fund that paid it, in fen; an account's own page counts what it paid itself."""


def bills_of(kind: str, views: Views, *, by_operator: bool = False) -> pl.LazyFrame:
    """Settlements by subject.

    Args:
        kind: one of `detection.subjects.kinds.KINDS`.
        views: of the data set.
        by_operator: only settlements whose operator is on record, with ``operator_id``; so for operators themselves.

    Returns:
        ``id`` (never null), person_id, provider_id, prescriber_id, mutual_aid_payer_id, ``pharmacy`` (whether it is a
        purchase at one), day, month (index) and `FUNDS`; one row for each settlement and subject.
    """
    bills = _bills(views)
    if by_operator or kind == "operator":
        bills = _with_operators(bills, views)
    match kind:
        case "provider":
            return bills.with_columns(id="provider_id")
        case "person":
            return bills.with_columns(id="person_id")
        case "prescriber":
            return _known(bills.with_columns(id="prescriber_id"))
        case "operator":
            return bills.with_columns(id="operator_id")
        case "payer_account":
            return _of_accounts(bills)
        case "employer":
            return _of_employers(bills, views)
        case _:
            msg = f"no settlements are kept for subjects of kind {kind!r}"
            raise KeyError(msg)


def _bills(views: Views) -> pl.LazyFrame:
    native: pl.LazyFrame = views["net_settlements"].to_native()
    return native.select(
        "settlement_id",
        "person_id",
        "provider_id",
        "prescriber_id",
        "mutual_aid_payer_id",
        pharmacy=(pl.col("care_type") == "pharmacy").fill_null(value=False),
        day="settled_day",
        month="settled_month",
        pool="pool_paid",
        account="account_paid",
        mutual_aid="mutual_aid_paid",
    )


def _known(bills: pl.LazyFrame) -> pl.LazyFrame:
    return bills.filter(pl.col("id").is_not_null())


def _with_operators(bills: pl.LazyFrame, views: Views) -> pl.LazyFrame:
    settlements: pl.LazyFrame = views.tables.settlements.to_native()
    operators = settlements.filter(pl.col("operator_id").is_not_null()).select("settlement_id", "operator_id")
    return bills.join(operators, on="settlement_id", how="inner")


def _of_accounts(bills: pl.LazyFrame) -> pl.LazyFrame:
    """Payments of each personal account: for its owner, and for relatives; what a pool paid is not the account's."""
    nothing, payer = pl.lit(0, dtype=pl.Int64), pl.col("mutual_aid_payer_id")
    from_itself = payer == pl.col("person_id")
    own = bills.with_columns(
        id="person_id", pool=nothing, mutual_aid=pl.when(from_itself).then("mutual_aid").otherwise(nothing)
    )
    others = bills.filter(payer.is_not_null(), ~from_itself).with_columns(
        id=payer, pool=nothing, account=nothing
    )
    paid = (pl.col("account") != 0) | (pl.col("mutual_aid") != 0)
    return pl.concat([own.filter(paid), others.filter(paid)])


def _of_employers(bills: pl.LazyFrame, views: Views) -> pl.LazyFrame:
    """Settlements of people on days on which they were enrolled at an employer."""
    enrolments: pl.LazyFrame = views.tables.enrolments.to_native()
    spells = enrolments.filter(pl.col("employer_id").is_not_null()).select(
        "person_id", "start_day", "end_day", id="employer_id"
    )
    within = (pl.col("day") >= pl.col("start_day")) & (
        pl.col("end_day").is_null() | (pl.col("day") <= pl.col("end_day"))
    )
    return (
        bills.join(spells, on="person_id", how="inner")
        .filter(within)
        .drop("start_day", "end_day")
        .unique(["settlement_id", "id"])
    )
