"""A personal account turned into cash at one place (D10).

Null: a purchase costs what its goods cost, at any time; drains follow from what the account holds. Exposure:
distinct sums, timed visits, gaps and months of one account at one place. The habits of all accounts are fitted
(`models.evidence.cash`).
A case needs a sum that looks chosen (round, the same for other goods, just the credit) and a moment that does.

Innocent rivals: waiting for the credit (a moment alone); a drug's round price (the same goods count once); the rest of
an account before cash (no chosen sum); treatments (only goods count). Accounts of a place that has many such are
one case of that place: `account_cash_out__one_shop`.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.cash_accounts import CashAccounts, cash_accounts
from detection.circumstances.cash_signs import CASE, CHOSEN_SUMS
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.unit import ALERT


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases with signs, of accounts that are cases by themselves; a row for each sign that they show."""
    cash = cash_accounts(context, thresholds)
    crowded = cash.places.filter(pl.col("evidence") >= ALERT)  # cases themselves, which show these accounts
    cases = _cases(cash, thresholds).join(crowded, on="provider_id", how="anti")
    rows = cash.signed_rows(cases.select(*CASE, strength="alone"), CASE)
    return nw.from_native(
        rows.select("settlement_id", *CASE, "cause", "strength", subject_id="owner_id").lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence on every account with signs that agree, on those who bought with them, and a little on its owner."""
    cash = cash_accounts(context, thresholds)
    signed = cash.accounts.filter(pl.col("alone") > 0).select(*CASE, value="alone")
    return nw.from_native(pl.concat(cash.people(signed)).lazy())


def _cases(cash: CashAccounts, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Accounts with evidence for an alert, and with sums and money enough to be looked at."""
    chosen = cash.purchases.filter(pl.any_horizontal(*CHOSEN_SUMS)).group_by(CASE).agg(sums=pl.len())
    return cash.accounts.join(chosen, on=CASE).filter(
        pl.col("alone") >= ALERT,
        pl.col("sums") >= int(thresholds.latest("min_sums")),
        pl.col("amount") >= int(thresholds.latest("min_amount")) * FEN_PER_YUAN,
    )
