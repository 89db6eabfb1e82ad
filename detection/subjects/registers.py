"""What is on record of subjects besides settlements: who they are, ledgers, contributions, and people they meet."""

from __future__ import annotations

import polars as pl

from features.calendar import MONTHS_PER_YEAR
from features.engine import Views
from features.ids.codes import numbered


def everyone(kind: str, views: Views) -> pl.LazyFrame:
    """``id`` of the subjects of a kind that any register names; those of settlements come on top."""
    tables = views.tables
    registers = {
        "provider": [(tables.providers, "provider_id")],
        "person": [
            (tables.persons, "person_id"),
            (tables.enrolments, "person_id"),
            (tables.family_authorizations, "payer_id"),
            (tables.family_authorizations, "beneficiary_id"),
        ],
        "payer_account": [(tables.account_entries, "account_id"), (tables.family_authorizations, "payer_id")],
        "employer": [(tables.enrolments, "employer_id")],
    }
    ids = [frame.to_native().select(id=column) for frame, column in registers.get(kind, ())]
    kind_of_id = pl.String() if kind == "employer" else tables.id_type
    return pl.concat([pl.LazyFrame(schema={"id": kind_of_id}), *ids])


def ledger_months(views: Views) -> pl.LazyFrame:
    """Each account's ledger by month: id, month (index), credited, debited (both fen, at least 0) and ``balance``.

    The balance is that after the last entry of the month.
    """
    entries: pl.LazyFrame = views.tables.account_entries.to_native()
    amount = pl.col("amount")
    return (
        entries.filter(pl.col("account_id").is_not_null())
        .select(
            "account_id",
            "posted_at",
            "entry_id",
            "amount",
            "balance_after",
            code=numbered(entries, "account_id"),
            month=_month("posted_at"),
        )
        .sort("code", "month", "posted_at", "entry_id")
        .group_by("code", "month")
        .agg(
            id=pl.col("account_id").first(),
            credited=amount.clip(lower_bound=0).sum(),
            debited=-amount.clip(upper_bound=0).sum(),
            balance=pl.col("balance_after").last(),
        )
        .select("id", "month", "credited", "debited", "balance")
    )


def credit_kinds(views: Views) -> pl.LazyFrame:
    """What came into each account: id, ``entry_kind``, ``entries``, ``amount`` (fen), first_day and last_day."""
    entries: pl.LazyFrame = views.tables.account_entries.to_native()
    return (
        entries.filter(pl.col("amount") > 0, pl.col("account_id").is_not_null())
        .group_by(id="account_id", entry_kind=pl.col("entry_kind").fill_null("unknown"))
        .agg(
            entries=pl.len().cast(pl.Int64),
            amount=pl.col("amount").sum(),
            first_day=pl.col("posted_day").min(),
            last_day=pl.col("posted_day").max(),
        )
    )


def contribution_months(views: Views) -> pl.LazyFrame:
    """Contributions to personal accounts by employer and accrual month, in fen.

    Columns: id, month (index), people, base, own (the people's part), employer (its part). A person counts for each
    employer where an enrolment covers a day of the month.
    """
    contributions: pl.LazyFrame = views.tables.contributions.to_native()
    enrolments: pl.LazyFrame = views.tables.enrolments.to_native()
    month = pl.col("accrual_month_index")
    spells = enrolments.filter(pl.col("employer_id").is_not_null()).select(
        "person_id", id="employer_id", start=_month("start_date"), end=_month("end_date")
    )
    covered = (pl.col("start") <= month) & (pl.col("end").is_null() | (month <= pl.col("end")))
    return (
        contributions.join(spells, on="person_id", how="inner")
        .filter(covered)
        .unique(["id", "person_id", "accrual_month_index"])
        .group_by("id", month=month)
        .agg(
            people=pl.len().cast(pl.Int64),
            base=pl.col("contribution_base").sum(),
            own=pl.col("person_into_account").sum(),
            employer=pl.col("employer_into_account").sum(),
        )
    )


def employed_people(views: Views) -> pl.LazyFrame:
    """Who is enrolled at an employer: id, ``other`` (the person), first_day and ``last_day`` (null while open)."""
    enrolments: pl.LazyFrame = views.tables.enrolments.to_native()
    is_open = pl.col("end_day").is_null().any()
    return (
        enrolments.filter(pl.col("employer_id").is_not_null())
        .group_by(id="employer_id", other="person_id")
        .agg(
            start_day=pl.col("start_day").min(),
            end_day=pl.when(is_open).then(None).otherwise(pl.col("end_day").max()),
        )
    )


def companions(views: Views) -> pl.LazyFrame:
    """People met again and again: id, ``other``, ``days`` together and ``relation``, from either side.

    Empty where the time of settlements is not known to the minute.
    """
    pairs: pl.LazyFrame = views["repeated_pairs"].to_native()
    sides = (("person_a", "person_b"), ("person_b", "person_a"))
    return pl.concat([pairs.select("days", "relation", id=own, other=other) for own, other in sides])


def partners(views: Views) -> pl.LazyFrame:
    """Institutions with patients in common within days: id, ``other``, ``people`` and ``expected``, from either side.

    Expected are the people whom chance lets both have, a whole number of millionths.
    """
    pairs: pl.LazyFrame = views["provider_pairs"].to_native()
    sides = (("provider_a", "provider_b"), ("provider_b", "provider_a"))
    return pl.concat([pairs.select("expected", people="shared", id=own, other=other) for own, other in sides])


def _month(column: str) -> pl.Expr:
    moment = pl.col(column).dt
    return moment.year().cast(pl.Int32) * MONTHS_PER_YEAR + moment.month().cast(pl.Int32) - 1
