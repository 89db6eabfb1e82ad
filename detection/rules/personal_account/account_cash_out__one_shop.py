"""Many accounts drained soon after their credits at one place (D10).

Null: the share of accounts with such signs is the same at every place, but for what places differ by (gamma-Poisson);
one operator serves as many of them as of other customers (binomial). Exposure: the accounts that pay at the place.

Another way to be a case: many accounts pay round sums there, for different goods and at different prices, more than
at other places and than on bills that no account pays alone (`detection.circumstances.round_sums`).

Innocent rivals: a package or a fee has one price; a shop that rounds its bills rounds all of them; a shop where many
old people wait for the credit is like other shops of its kind, which the spread of rates allows for; drains of the
year's end happen once, and an account needs several months; clinics sell treatments.
What a place shows also counts for the accounts that show it, and for the operator who served most of them.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.cash_accounts import CashAccounts, cash_accounts
from detection.circumstances.cash_signs import CASE
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from models.evidence.unit import ALERT, LEAD, MOST

_ACCOUNT = 0.8
"""Share of its place's evidence that a marked account takes over."""


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases with signs, of the marked accounts of places with many; a row for each sign that they show."""
    cash = cash_accounts(context, thresholds)
    cases = cash.places.filter(pl.col("evidence") >= ALERT)
    marked = cash.accounts.filter("marked").join(
        cases.select("provider_id", "operator_id", "operator_evidence", strength="evidence"), on="provider_id"
    )
    signed = cash.signed_rows(marked.drop("amount"), CASE)
    served = signed.filter(
        pl.col("operator_id") == pl.col("operator_id_right"), pl.col("operator_evidence") >= LEAD
    )
    rows = pl.concat([signed, served.with_columns(cause=pl.lit("same_operator"))])
    return nw.from_native(
        rows.select(
            "settlement_id",
            "provider_id",
            "cause",
            "strength",
            subject_id="provider_id",
            member_id="owner_id",
        ).lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence on places, on the operators of marked accounts there, on those accounts, and on their people."""
    cash = cash_accounts(context, thresholds)
    places = cash.places.filter(pl.col("evidence") > 0)
    operators = places.filter(pl.col("operator_evidence") >= LEAD)
    counted = {"observed": pl.col("marked").cast(pl.Float64), "expected": pl.col("expected")}
    value = pl.min_horizontal("evidence", "operator_evidence")
    rows = [
        places.select(_kind("provider"), subject_id="provider_id", value="evidence", **counted),
        operators.select(_kind("operator"), pl.col("operator_id").alias("subject_id"), value.alias("value")),
        *cash.people(_accounts(cash, places)),
    ]
    return nw.from_native(pl.concat(rows, how="diagonal").lazy())


def _accounts(cash: CashAccounts, places: pl.DataFrame) -> pl.DataFrame:
    """Marked accounts with their own and their place's evidence (``value``)."""
    both = pl.col("drained") + pl.col("evidence") * _ACCOUNT
    marked = cash.accounts.filter("marked").join(places.select("provider_id", "evidence"), on="provider_id")
    return marked.select(*CASE, value=both.clip(0, MOST))


def _kind(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("subject_kind")
