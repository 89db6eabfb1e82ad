"""The settlements of each kind of subject, net of reversals, with the money that it paid or received."""

from __future__ import annotations

import polars as pl

from features.engine import Views
from features.ids.enumerated import enumeration

FUNDS = ("pool", "account", "mutual_aid")
"""Money of a settlement by the fund that paid it, in fen; an account's own page counts what it paid itself."""

_PEOPLE = ("person_id", "mutual_aid_payer_id")
_OTHERS = ("provider_id", "prescriber_id", "operator_id")


def coded_bills(views: Views) -> pl.LazyFrame:
    """All settlements net of reversals, in memory, with ids as codes: sums over them do not touch a text.

    Args:
        views: of the data set; ids that are texts become codes here.

    Returns:
        ``bill`` (its number), person_id, provider_id, prescriber_id, operator_id, mutual_aid_payer_id, ``pharmacy``
        (whether it is a purchase at one), day, month (index) and `FUNDS`. Ids that were texts are enumerations in the
        order of their texts, one for all people (`features.ids.enumerated`).
    """
    bills = _with_operators(_bills(views), views)
    if views.tables.ids is None:
        people = enumeration(bills, _PEOPLE)
        kinds = dict.fromkeys(_PEOPLE, people) | {name: enumeration(bills, (name,)) for name in _OTHERS}
        bills = bills.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items())
    return bills.collect(engine="streaming").with_row_index("bill").lazy()


def bills_of(kind: str, bills: pl.LazyFrame, views: Views) -> pl.LazyFrame:
    """Settlements by subject.

    Args:
        kind: one of `detection.subjects.kinds.KINDS`.
        bills: from `coded_bills`.
        views: of the data set.

    Returns:
        The bills with the subject as ``id`` (never null), one row for each settlement and subject.
    """
    match kind:
        case "provider" | "person" | "prescriber" | "operator":
            return bills.with_columns(id=f"{kind}_id").filter(pl.col("id").is_not_null())
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


def _with_operators(bills: pl.LazyFrame, views: Views) -> pl.LazyFrame:
    settlements: pl.LazyFrame = views.tables.settlements.to_native()
    operators = settlements.filter(pl.col("operator_id").is_not_null()).select("settlement_id", "operator_id")
    return bills.join(operators, on="settlement_id", how="left").drop("settlement_id")


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
    people = bills.collect_schema()["person_id"]
    employed = enrolments.filter(pl.col("employer_id").is_not_null())
    spells = employed.select(
        pl.col("person_id").cast(people, strict=False),
        "start_day",
        "end_day",
        id=pl.col("employer_id").cast(enumeration(employed, ("employer_id",))),
    )
    within = (pl.col("day") >= pl.col("start_day")) & (
        pl.col("end_day").is_null() | (pl.col("day") <= pl.col("end_day"))
    )
    return (
        bills.join(spells, on="person_id", how="inner")
        .filter(within)
        .drop("start_day", "end_day")
        .unique(["bill", "id"])
    )
