"""Several accounts emptied at one place within the same weeks (D10).

Null: an account's month of largest spending at a place goes beyond its other months as those of all accounts do
(exponential tail); such months in which most of the account went fall on the customers of all places alike, in any
weeks, but for weeks in which they are common everywhere (gamma-Poisson, `models.meetings.same_weeks`). Exposure:
accounts that bought goods at a place on several days, and the customers of each place.

Innocent rivals: who spends as much in other months is ill; one large purchase is what somebody saved for, and several
days are needed; at the year's end accounts are emptied everywhere; treatments are no goods. A family that falls ill at
once is the explanation that is left: it is on the card.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.account_purchases import account_purchases
from detection.circumstances.accounts.emptied import CASE, best_months
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.money import FEN_PER_YUAN
from features.registry import Frame
from models.evidence.unit import ALERT
from models.meetings.same_weeks import marked_together

_MARKED = 1.0
"""Surprise from which a month marks an account."""
_ACCOUNT, _BUYER, _OWNER = 0.8, 0.6, 0.2
"""Shares of a place's evidence for the accounts, for those who bought, and for the owners."""


@dataclass(frozen=True)
class _Emptied:
    """What was looked at.

    Attributes:
        rows: purchases of the emptied accounts in their months, of the places' weeks: with value and seen.
        places: from `models.meetings.same_weeks.marked_together`.
    """

    rows: pl.DataFrame
    places: pl.DataFrame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases by which the accounts were emptied, of places with several of them within the same weeks."""
    rows = _emptied(context, thresholds).rows
    enough = pl.col("amount").sum().over("provider_id") >= int(thresholds.latest("min_yuan")) * FEN_PER_YUAN
    several = pl.col("seen") >= int(thresholds.latest("min_accounts"))
    cases = rows.filter(pl.col("value") >= ALERT, several).filter(enough)
    return nw.from_native(
        cases.select(
            "settlement_id",
            "provider_id",
            cause=pl.lit("emptied"),
            strength="value",
            subject_id="provider_id",
            member_id="owner_id",
        ).lazy()
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence on the places with several such accounts, and a share on the accounts and their people."""
    emptied = _emptied(context, thresholds)
    several = pl.col("seen") >= int(thresholds.latest("min_accounts"))
    places = emptied.places.filter(pl.col("value") > 0, several)
    rows = emptied.rows.filter(pl.col("value") > 0, several)
    parts = [
        places.select(
            pl.lit("provider").alias("subject_kind"),
            "value",
            "expected",
            subject_id="provider_id",
            observed=pl.col("seen").cast(pl.Float64),
        ),
        _about(rows, "payer_account", "owner_id", _ACCOUNT),
        _about(rows, "person", "person_id", _BUYER),
        _about(rows, "person", "owner_id", _OWNER),
    ]
    return nw.from_native(pl.concat(parts, how="diagonal").lazy())


def _about(rows: pl.DataFrame, kind: str, key: str, share: float) -> pl.DataFrame:
    value = (pl.col("value").max() * share).round(6)
    people = rows.group_by(subject_id=key).agg(value=value).sort("subject_id")
    return people.select(pl.lit(kind).alias("subject_kind"), "subject_id", "value")


@remembered
def _emptied(context: DetectorContext, thresholds: StatisticalThresholds) -> _Emptied:
    limit = {name: int(thresholds.latest(name)) for name in thresholds.values}
    purchases = account_purchases(context).collect(engine="streaming")
    months = best_months(purchases, limit["month_days"], limit["min_days"])
    marks = months.filter(
        pl.col("surprise") >= _MARKED, 100 * pl.col("share") >= limit["emptied_percent"]
    ).with_columns(beyond=pl.col("surprise") - _MARKED)
    customers = (
        purchases.group_by("provider_id")
        .agg(customers=pl.col("owner_id").n_unique().cast(pl.Int64))
        .sort("provider_id")
    )
    first, last = purchases["day"].min(), purchases["day"].max()
    period = int(str(last)) - int(str(first)) + 1 if purchases.height else 1
    places = marked_together(
        marks.select("provider_id", "beyond", day="first"), customers, limit["same_days"], period
    )
    in_weeks = pl.col("first").is_between(
        pl.col("weeks"), pl.col("weeks") + limit["same_days"], closed="left"
    )
    of_weeks = marks.join(
        places.select("provider_id", "value", "seen", weeks="first"), on="provider_id"
    ).filter(in_weeks)
    rows = (
        purchases.join(of_weeks.select(*CASE, "first", "last", "value", "seen"), on=CASE)
        .filter(pl.col("day").is_between("first", "last"))
        .sort("provider_id", "owner_id", "settlement_id")
    )
    return _Emptied(rows, places)
