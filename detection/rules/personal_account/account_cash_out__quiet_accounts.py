"""Accounts of people who hardly ever come pay small sums at one place, at even intervals and by one hand (D10).

No row, day or person is remarkable; the customers of the place are. Null: places differ in how many quiet customers
they have (gamma-Poisson); these come when they need something, at any hour, and meet any operator (binomial). Exposure:
the customers of a place with several days there (`models.evidence.quiet_places`). The number and two of the other
signs must agree.

Innocent rivals: a chronic patient's own medicine, and residents who come together, are no quiet customers; a small
shop with one operator and a shop that is open all night are compared with their own other customers.
Accounts and people here may be those harmed: they take over little.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from detection.circumstances.quiet_accounts import CUSTOMER, customers, small_purchases
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.quiet_places import AGREES, SIGNS, joined_surprise, quiet_places
from models.evidence.unit import ALERT
from models.evidence.unit import evidence as evidence_of

_ACCOUNT, _PERSON = 0.5, 0.15
"""Shares of a place's evidence for the accounts that paid, and for their owners."""


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases of the quiet customers of places that are cases; a row for each sign that the place shows."""
    purchases, places = _assessed(context, thresholds)
    enough = pl.col("amount").sum().over("provider_id") >= int(thresholds.latest("min_amount")) * FEN_PER_YUAN
    rows = purchases.join(places.filter(pl.col("evidence") >= ALERT), on="provider_id").filter(enough)
    by_cause = [rows.with_columns(cause=pl.lit("quiet_customers"))]
    by_cause += [rows.filter(pl.col(sign) >= AGREES).with_columns(cause=pl.lit(sign)) for sign in SIGNS]
    return nw.from_native(
        pl.concat(by_cause)
        .select("settlement_id", "provider_id", "cause", strength="evidence", subject_id="provider_id")
        .lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence on places, on the operator where it is one, and a share on accounts and their owners."""
    purchases, assessed = _assessed(context, thresholds)
    places = assessed.filter(pl.col("evidence") > 0)
    people = (
        purchases.select(CUSTOMER).unique().join(places.select("provider_id", "evidence"), on="provider_id")
    )
    counted = {"observed": pl.col("quiet").cast(pl.Float64), "expected": pl.col("expected")}
    one_hand = places.filter(pl.col("one_operator") >= AGREES)
    value = pl.col("evidence")
    parts = [
        places.select(_kind("provider"), subject_id="provider_id", value=value, **counted),
        one_hand.select(_kind("operator"), subject_id="operator_id", value=value),
        people.select(_kind("payer_account"), subject_id="person_id", value=value * _ACCOUNT),
        people.select(_kind("person"), subject_id="person_id", value=value * _PERSON),
    ]
    return nw.from_native(pl.concat(parts, how="diagonal").lazy())


def _kind(kind: str) -> pl.Expr:
    return pl.lit(kind).alias("subject_kind")


@remembered
def _assessed(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Purchases of quiet customers, and the places with enough of them with their ``evidence``.

    Where one operator is a sign, only customers whom nobody else served are shown.
    """
    purchases = small_purchases(context).collect(engine="streaming")
    everyone = customers(purchases, context, thresholds)
    quiet = everyone.filter("quiet").select(*CUSTOMER, hand="operator_id")
    others = purchases.drop_nulls("operator_id").join(quiet, on=CUSTOMER, how="anti")
    served = others.group_by("provider_id", "operator_id").agg(rows=pl.len().cast(pl.Int64))
    period = purchases["day"].n_unique()
    places = quiet_places(everyone, served, period, int(thresholds.latest("min_customers")))
    number, signs = places["number"].to_numpy(), [places[sign].to_numpy() for sign in SIGNS]
    agree = np.sum([sign >= AGREES for sign in signs], axis=0) >= 2
    looks = max(everyone["provider_id"].n_unique(), 1)
    value = evidence_of(joined_surprise([number, *signs]), looks)
    one_hand = (pl.col("one_operator") < AGREES) | (pl.col("hand") == pl.col("operator_id"))
    of_hand = quiet.join(places, on="provider_id").filter(one_hand).select(CUSTOMER)
    return purchases.join(of_hand, on=CUSTOMER), places.with_columns(
        evidence=pl.Series(np.where(agree & (number >= AGREES), value, 0.0), dtype=pl.Float64)
    )
