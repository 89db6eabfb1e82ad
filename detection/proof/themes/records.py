"""Records of ledgers: entries with their balances, premiums, and credits against what was due."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.proof.evidence import EvidenceRows
from features.account.ledger import with_previous_balance

_WITH_DUE = (
    "wrong_rate_over", "wrong_rate_under", "duplicate_month", "lump_credit", "missing_month", "not_due",
    "not_due_after_death", "retired_not_uniform", "retired_changed", "retired_missing_month",
)  # fmt: skip
"""Causes whose money at issue is the credit less what was due of one person."""


def entry(evidence: EvidenceRows) -> pl.DataFrame:
    """The entry: its kind, the balance before it, its amount, and the balance expected and recorded after it."""
    return _entries(evidence).select(
        "row",
        "entry_kind",
        balance_before="before",
        movement="amount",
        balance_expected=pl.col("before") + pl.col("amount"),
        balance_recorded="balance_after",
    )


def premium(evidence: EvidenceRows) -> pl.DataFrame:
    """The product that a premium was paid for, and whom it insures: the owner where nobody is named."""
    return (
        _entries(evidence)
        .filter(pl.col("entry_kind") == "premium")
        .select("row", "premium_kind", insured_person=pl.coalesce("beneficiary_id", "account_id"))
    )


def credit(evidence: EvidenceRows) -> pl.DataFrame:
    """The month that a credit is for, the base, what was credited for it in all, and what was due.

    What was due is the credit less the money at issue.
    """
    month = (
        pl.concat([_entry_months(evidence), _contribution_months(evidence)], how="diagonal")
        .with_columns(pl.col("contribution_base").cast(pl.Int64))
        .unique("row", keep="first", maintain_order=True)
    )
    view: pl.LazyFrame = evidence.context.views["monthly_credits"].to_native()
    posted = evidence.matching(view.select("person_id", "month", "credited"), month, "person_id")
    due = pl.col("credit_posted").fill_null(0) - pl.col("account")
    return (
        evidence.rows.join(month.drop("person_id"), on="row", how="left")
        .join(posted, on=["person_id", "month"], how="left")
        .rename({"credited": "credit_posted"})
        .select(
            "row",
            "accrual_month",
            "contribution_base",
            "credit_posted",
            credit_due=pl.when(pl.col("cause").is_in(_WITH_DUE)).then(due),
        )
    )


def _entries(evidence: EvidenceRows) -> pl.DataFrame:
    """Evidence rows that are entries, with the columns of the entry and ``before``."""
    named = evidence.rows.filter(pl.col("record_table") == "account_entries").select(
        "row", entry_id="record_id"
    )
    entries = evidence.table("account_entries")
    accounts = evidence.matching(entries.select("account_id", "entry_id"), named, "entry_id")
    whole = evidence.matching(entries, accounts, "account_id")
    chained: pl.LazyFrame = with_previous_balance(nw.from_native(whole.lazy())).to_native()
    return named.join(chained.collect(), on="entry_id")


def _entry_months(evidence: EvidenceRows) -> pl.DataFrame:
    credits_of = _entries(evidence).filter(pl.col("accrual_month").is_not_null())
    return credits_of.select(
        "row", "accrual_month", person_id="account_id", month=pl.col("accrual_month_index").cast(pl.Int32)
    )


def _contribution_months(evidence: EvidenceRows) -> pl.DataFrame:
    """Contributions are named by person and month."""
    person = pl.col("record_id").str.replace(r"/[^/]*$", "")
    named = evidence.rows.filter(pl.col("record_table") == "contributions").select(
        "row", "record_id", person_id=person
    )
    paid = evidence.table("contributions").select(
        "person_id",
        "accrual_month",
        "contribution_base",
        month=pl.col("accrual_month_index").cast(pl.Int32),
    )
    of_people = evidence.matching(paid, named, "person_id").with_columns(
        record_id=pl.concat_str("person_id", "accrual_month", separator="/")
    )
    return named.drop("person_id").join(of_people, on="record_id").drop("record_id")
