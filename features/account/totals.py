"""Totals of personal accounts: their ledger, and their purchases at pharmacies."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.money import FEN_PER_YUAN
from features.registry import Frame, view
from features.settings import SETTINGS
from features.visits.settlements import count

PAYMENTS = ("settlement", "mutual_aid")
"""Entries by which an account pays in settlements, for its owner or for others."""

EMPTY_FEN = SETTINGS.whole("empty_below_yuan") * FEN_PER_YUAN
"""An account with less is empty."""

ROUND_FEN = SETTINGS.whole("round_yuan") * FEN_PER_YUAN
"""A round amount is a whole multiple of it."""


def _sum(of: nw.Expr, where: nw.Expr, name: str) -> nw.Expr:
    return nw.when(where).then(of).otherwise(nw.lit(0)).cast(nw.Int64).sum().alias(name)


@view(grain="person with entries on a personal account")
def account_totals(account_entries: Frame) -> Frame:
    """Totals of the ledger of a person's account; money in fen.

    Columns: person_id, entries, balances (sum of the balances after each entry), credits (monthly credits, count),
    credited, debits (count), debited, payments (debits in settlements, count), emptied (those that left it empty),
    premiums and transfers (debits for insurance, and out to other accounts).
    """
    kind, out = nw.col("entry_kind"), 0 - nw.col("amount")
    credit, debit = kind == "monthly_credit", nw.col("amount") < 0
    payment = debit & kind.is_in(PAYMENTS)
    each = nw.lit(1)
    return account_entries.group_by(nw.col("account_id").alias("person_id")).agg(
        count().alias("entries"),
        nw.col("balance_after").sum().alias("balances"),
        _sum(each, credit, "credits"),
        _sum(nw.col("amount"), credit, "credited"),
        _sum(each, debit, "debits"),
        _sum(out, debit, "debited"),
        _sum(each, payment, "payments"),
        _sum(each, payment & (nw.col("balance_after") < EMPTY_FEN), "emptied"),
        _sum(out, debit & (kind == "premium"), "premiums"),
        _sum(out, debit & (kind == "transfer_out"), "transfers"),
    )


@view(grain="person whose own account paid at a pharmacy")
def account_purchases(coded_settlements: Frame, person_codes: Frame) -> Frame:
    """Purchases that a person's own account paid, in part or whole, after reversals.

    Columns: person_id, purchases (count), paid (fen), at_one_pharmacy (fen at the pharmacy with most), round (those of
    which the account paid whole tens of yuan), alone (those that it paid in full).
    """
    paid = nw.col("account_paid")
    by_provider = (
        coded_settlements.filter(nw.col("purchase"), paid > 0)
        .group_by("person", "provider")
        .agg(
            count().alias("purchases"),
            paid.sum().alias("paid"),
            (paid % ROUND_FEN == 0).cast(nw.Int64).sum().alias("round"),
            (paid == nw.col("total_amount")).cast(nw.Int64).sum().alias("alone"),
        )
    )
    return (
        by_provider.group_by("person")
        .agg(
            nw.col("purchases", "round", "alone").sum(),
            nw.col("paid").max().alias("at_one_pharmacy"),
            nw.col("paid").sum(),
        )
        .join(person_codes, on="person")
    )
