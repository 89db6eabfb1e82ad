"""Accounts that look turned into cash, each alone and together with the others at its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from detection.circumstances.account_purchases import account_purchases
from detection.circumstances.cash_signs import CASE, CHOSEN_SUMS, SIGNS, counted_signs, with_signs
from detection.circumstances.company import HOUR, in_company
from detection.circumstances.round_sums import round_places, with_chosen_sums
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from models.evidence.cash import account_surprise, operator_surprise, place_surprise
from models.evidence.unit import LEAD, evidence

_THRESHOLDS = (
    *("soon_days", "fit_permille", "round_yuan", "left_percent", "least_drained", "burst_days"),
    "min_accounts",
)
"""On the cards of accounts and of places alike, which therefore share what is computed."""
_HABITUAL = 3
"""Purchases from which an account at a place has habits: the accounts that were looked at."""

_WAYS = 2
"""Ways in which a place is looked at: drained accounts, and round sums."""
_TOGETHER = 2
"""Visits within an hour of the same other marked account that are no accident."""
_BUYER, _OWNER = 0.75, 0.25
"""Shares of an account's evidence for those who bought with it, and for its owner."""


@dataclass(frozen=True)
class CashAccounts:
    """What purchases of goods from accounts say.

    Attributes:
        purchases: from `detection.circumstances.cash_signs.with_signs`.
        accounts: `CASE`, amount (fen), alone (evidence without regard to the place), marked (counts for the place),
            drained (evidence of drained months), sorted.
        places: provider_id, customers (accounts), marked (of them), expected, evidence, and operator_id with
            operator_evidence: who served most of their purchases; null where unknown. Sorted.
    """

    purchases: pl.DataFrame
    accounts: pl.DataFrame
    places: pl.DataFrame

    def signed_rows(self, cases: pl.DataFrame, on: list[str]) -> pl.DataFrame:
        """The purchases of some cases, a row for each sign that they show (``cause``)."""
        rows = self.purchases.join(cases, on=on)
        return pl.concat([rows.filter(sign).with_columns(cause=pl.lit(sign)) for sign in SIGNS])

    def people(self, accounts: pl.DataFrame) -> list[pl.DataFrame]:
        """Evidence of accounts (`CASE`, ``value``) as rows of subjects: accounts, who bought with signs, and owners.

        Owners who do not buy themselves may not know what is bought: they take over less.
        """
        signs = pl.any_horizontal(*CHOSEN_SUMS, "drained")
        buyers = self.purchases.filter(signs).select(*CASE, "person_id").unique().join(accounts, on=CASE)
        person, value = pl.lit("person").alias("subject_kind"), pl.col("value")
        return [
            accounts.select(pl.lit("payer_account").alias("subject_kind"), "value", subject_id="owner_id"),
            accounts.select(person, value * _OWNER, subject_id="owner_id"),
            buyers.select(person, value * _BUYER, subject_id="person_id"),
        ]


def cash_accounts(context: DetectorContext, thresholds: StatisticalThresholds) -> CashAccounts:
    """Look at every account and place; the cards of both share the result.

    Args:
        context: all data; purchases are those of its assessable settlements.
        thresholds: those that `detection.circumstances.cash_signs.with_signs` names, and min_accounts: fewer marked
            accounts of a place are no evidence.
    """
    return _cash_accounts(context, thresholds.only(*_THRESHOLDS))


@remembered
def _cash_accounts(context: DetectorContext, thresholds: StatisticalThresholds) -> CashAccounts:
    signed = with_signs(account_purchases(context).collect(engine="streaming"), thresholds)
    purchases = with_chosen_sums(signed)
    counts = counted_signs(purchases)
    surprise = account_surprise(counts)
    habitual = counts.filter(pl.col("purchases") >= _HABITUAL).height
    drains = counts.filter(pl.col("drained_months") > 0).height
    accounts = counts.select(*CASE, "amount").with_columns(
        alone=pl.Series(evidence(surprise.alone, habitual)),
        marked=pl.Series(surprise.marked),
        by_sums=pl.Series(surprise.by_sums),
        drained=pl.Series(evidence(surprise.drained, drains)),
    )
    accounts = _without_residents(accounts, purchases)
    fewest = int(thresholds.latest("min_accounts"))
    places = _places(purchases, accounts, fewest)
    by_rounds = round_places(purchases, context, int(thresholds.latest("round_yuan")))
    accounts, places = _with_round_sums(purchases, accounts, places, by_rounds, fewest)
    return CashAccounts(purchases, accounts, places)


def _with_round_sums(
    purchases: pl.DataFrame,
    accounts: pl.DataFrame,
    places: pl.DataFrame,
    by_rounds: pl.DataFrame,
    fewest: int,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The accounts and places, those with round sums at places that have many of them as evident as drained ones."""
    enough = by_rounds.filter(pl.col("round_owners") >= fewest)
    known = enough.select(
        "provider_id",
        "round_owners",
        rounds=pl.Series(evidence(enough["by_rounds"], _WAYS * places.height), dtype=pl.Float64),
    )
    of_place = places.join(known, on="provider_id", how="left")
    stronger = pl.max_horizontal("evidence", pl.col("rounds").fill_null(0.0))
    number = pl.when(pl.col("rounds") > pl.col("evidence")).then("round_owners").otherwise("marked")
    at_places = known.filter(pl.col("rounds") >= LEAD).select("provider_id")
    paid_round = purchases.filter("chosen_round").select(CASE).unique().join(at_places, on="provider_id")
    marked = accounts.join(paid_round.with_columns(paid_round=True), on=CASE, how="left").with_columns(
        marked=pl.col("marked") | pl.col("paid_round").fill_null(value=False)
    )
    return (
        marked.drop("paid_round").sort(CASE),
        of_place.with_columns(evidence=stronger, marked=number.cast(pl.Int64))
        .drop("rounds", "round_owners")
        .sort("provider_id"),
    )


def _without_residents(accounts: pl.DataFrame, purchases: pl.DataFrame) -> pl.DataFrame:
    """The accounts; those that come with the same other one are marked for their sums only.

    A home fetches the medicine of its residents on one day of each month, often just after their credit.
    """
    others = accounts.filter(pl.col("marked") & ~pl.col("by_sums")).select(CASE)
    visits = purchases.select(*CASE, "day", "minute").join(others, on=CASE).sort("day", "minute")
    residents = in_company(visits, "owner_id", _TOGETHER, within=HOUR).with_columns(resident=True)
    with_residents = accounts.join(residents, on=CASE, how="left")
    kept = pl.col("marked") & pl.col("resident").is_null()
    return with_residents.with_columns(marked=kept).drop("resident", "by_sums").sort(CASE)


def _places(purchases: pl.DataFrame, accounts: pl.DataFrame, fewest: int) -> pl.DataFrame:
    places = (
        accounts.group_by("provider_id")
        .agg(customers=pl.len().cast(pl.Int64), marked=pl.col("marked").cast(pl.Int64).sum())
        .join(_operators(purchases, accounts), on="provider_id", how="left")
        .sort("provider_id")
    )
    expected, by_count = place_surprise(places["marked"].to_numpy(), places["customers"].to_numpy())
    served = operator_surprise(*(places[name].fill_null(0).to_numpy() for name in ("served", "met", "usual")))
    together = np.where(places["marked"].to_numpy() >= fewest, by_count + served, 0.0)
    return places.with_columns(
        expected=pl.Series(expected),
        evidence=pl.Series(evidence(together, places.height)),
        operator_evidence=pl.Series(evidence(served, 1)),
    ).drop("served", "met", "usual")


def _operators(purchases: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """The operator who met most marked accounts of each place, and the share of the other accounts that meet the same.

    Columns: provider_id, operator_id, met (marked accounts), served (of them mostly by the operator), usual.
    """
    mine = (
        purchases.filter(pl.col("operator_id").is_not_null())
        .group_by(*CASE, "operator_id")
        .agg(n=pl.len())
        .sort(*CASE, "n", "operator_id", descending=[False, False, True, False])
        .unique(CASE, keep="first", maintain_order=True)
        .join(accounts.select(*CASE, "marked"), on=CASE)
    )
    of_marked, of_others = pl.col("marked"), ~pl.col("marked")
    both = mine.group_by("provider_id", "operator_id").agg(
        served=of_marked.cast(pl.Int64).sum(), others=of_others.cast(pl.Int64).sum()
    )
    over = both.with_columns(
        met=pl.col("served").sum().over("provider_id"),
        usual=(pl.col("others") + 0.5) / (pl.col("others").sum().over("provider_id") + 1),
    ).filter(pl.col("met") > 0)
    return (
        over.sort("served", "operator_id", descending=[True, False])
        .unique("provider_id", keep="first", maintain_order=True)
        .drop("others")
    )
