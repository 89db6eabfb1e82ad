"""Credits that the account had, although their entry is not in the data."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.account.ledger import with_previous_balance
from features.calendar import first_day
from features.contract.vocabulary import ALWAYS_ALLOWED
from features.engine import materialize
from features.registry import Frame

_MISSING = ("missing_month", "retired_missing_month")
_ENTRY = ["account_id", "entry_id", "posted_at", "posted_day", "entry_kind", "amount", "balance_after"]


def without_lost_entries(suspects: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Without missing credits that the ledger shows although their entry was lost, or its kind not recorded.

    The balance rose by about the credit before a later entry, or does not add up until then, or an entry of no kind has
    the amount. A ledger that begins after a single month, or has no later entry, cannot show it: it is left out, too.

    Args:
        suspects: ``person_id, month, cause, money``: fen, what is owed below zero.
        context: the whole data.
        thresholds: ``tolerance_fen``, ``lost_days`` in which the entry or the next one has to follow, and
            ``lost_factor``, by which its amount may differ from what is due.
    """
    missing = nw.col("cause").is_in(_MISSING)
    months = (
        suspects.filter(missing)
        .select("person_id", "month", "money")
        .unique()
        .with_columns(missed=nw.len().over("person_id"))
    )
    compared = materialize(_entries_since(months, context))
    day, due = first_day(nw.col("month")), 0 - nw.col("money")
    posted, factor = nw.col("posted_day"), thresholds.expression("lost_factor", day)
    credit_sized = nw.any_horizontal(
        *((nw.col(each) * factor >= due) & (nw.col(each) <= due * factor) for each in ("rise", "no_kind")),
        ignore_nulls=True,
    )
    until_later = posted <= nw.col("posted_day").min().over("person_id", "month", "later")
    broken = (nw.col("rise").abs() > thresholds.expression("tolerance_fen", day)) & (
        ~nw.col("later") | until_later
    )
    near = posted <= day + thresholds.expression("lost_days", day)
    evident = (
        compared.with_columns(lost=(near & credit_sized) | broken)
        .group_by("person_id", "month")
        .agg(nw.col("lost").any(), nw.col("later").any(), nw.col("known").all())
        .filter(nw.col("later"), nw.col("known"), ~nw.col("lost"))
        .select("person_id", "month", kept=nw.lit(True))
    )
    kept = suspects.join(evident, on=["person_id", "month"], how="left")
    return kept.filter(~missing | ~nw.col("kept").is_null()).drop("kept")


def _entries_since(months: Frame, context: DetectorContext) -> Frame:
    """The entries of each person from the month on.

    ``rise``: of the balance, without an entry; ``no_kind``: amount of an entry of no kind; ``later``: after most people
    had their credit; ``known``: whether the ledger of the account began by then, or the person misses
    several months, which one lost entry does not explain.
    """
    accounts = months.select(account_id="person_id").unique()
    theirs = context.whole.account_entries.join(accounts, on="account_id", how="semi").select(_ENTRY)
    entries = with_previous_balance(materialize(theirs))  # a join gives rows in any order
    amount, day = nw.col("amount"), first_day(nw.col("month"))
    no_kind = nw.when(nw.col("entry_kind").is_in(ALWAYS_ALLOWED)).then(amount).otherwise(nw.lit(0))
    usual = context.views["monthly_credits"].group_by("month").agg(usual=nw.col("posted_day").median())
    began = entries.group_by("account_id").agg(began=nw.col("posted_day").min())
    return (
        months.join(usual, on="month", how="inner")
        .join(entries.with_columns(person_id=nw.col("account_id")), on="person_id", how="inner")
        .join(began, on="account_id", how="inner")
        .filter(nw.col("posted_day") >= day)
        .with_columns(
            no_kind=no_kind,
            rise=(nw.col("balance_after") - nw.col("before") - amount).fill_null(0),
            later=nw.col("posted_day") > nw.col("usual"),
            known=(nw.col("began") < first_day(nw.col("month") + 1)) | (nw.col("missed") > 1),
        )
    )
