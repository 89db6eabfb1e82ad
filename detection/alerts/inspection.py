"""Where to inspect with a given number of days: alerts bundled by institution, the most to recover first.

An institution is worth what its alerts let one expect: certainty times money at issue or in question, each settlement
or record once in the whole plan, at the alert that is surest of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from detection.alerts.draft import Money
from detection.alerts.inspection_card import InspectionCard
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from models.evidence.unit import ALERT, MOST

PARTS = 1000
"""Expected money is counted in thousandths of a fen, so that its sums are exact in any order."""


@dataclass(frozen=True)
class Bundle:
    """The alerts of one institution.

    Attributes:
        institution, alerts: as the rows name them; the alerts sorted.
        rows: settlements and records, each once.
        money: by kind, within a kind each row once in the whole plan.
        expected_fen: certainty times money, each row once in the whole plan.
        days: inspection days that it needs.
        planned: whether it lies within the days given.
    """

    institution: Any
    alerts: tuple[Any, ...]
    rows: int
    money: Mapping[MoneyKind, Money]
    expected_fen: int
    days: int
    planned: bool


def expected() -> pl.Expr:
    """Thousandths of a fen that an inspection may recover for a row: all spending of a subject is nothing to recover.

    An alert has at least the evidence that makes it an alert. What is owed is as much worth finding as what was paid.
    """
    certainty = pl.col("evidence").fill_null(0.0).clip(ALERT, MOST) / MOST
    parts = ((pl.col("pool") + pl.col("account")).abs() * certainty * PARTS).round().cast(pl.Int64)
    return pl.when(pl.col("kind") == "context").then(0).otherwise(parts)


def plan(rows: pl.DataFrame, days: int, card: InspectionCard, day: dt.date) -> tuple[Bundle, ...]:
    """Bundles of all institutions in order, and which of them lie within the days.

    An institution that no longer fits is passed over for the next that does.

    Args:
        rows: settlements and records that the alerts cite: ``key`` (equal where it is the same), ``alert``,
            ``institution``, ``evidence`` of the alert (0 to 6, in the unit of `models.evidence.unit`), ``kind`` of
            money, ``pool`` and ``account`` (fen).
        days: inspection days that are there.
        card: how many days an institution takes.
        day: of the plan; decides the card's values.
    """
    surest = rows.with_columns(expected=expected()).sort(
        "expected", "institution", "alert", descending=[True, False, False]
    )
    once = surest.unique("key", keep="first", maintain_order=True)
    of_kind = surest.unique(["kind", "key"], keep="first", maintain_order=True)
    counted = (
        rows.group_by("institution")
        .agg(alerts=pl.col("alert").unique().sort(), rows=pl.col("key").n_unique())
        .join(once.group_by("institution").agg(pl.col("expected").sum()), on="institution", how="left")
        .join(of_kind.group_by("institution").agg(*_money()), on="institution", how="left")
    )
    bundles = [
        Bundle(
            row["institution"],
            tuple(row["alerts"]),
            row["rows"],
            {kind: Money(row[f"{kind} pool"] or 0, row[f"{kind} account"] or 0) for kind in MONEY_KINDS},
            round((row["expected"] or 0) / PARTS),
            card.days(len(row["alerts"]), row["rows"], day),
            planned=False,
        )
        for row in counted.iter_rows(named=True)
    ]
    bundles.sort(key=lambda bundle: (-bundle.expected_fen, bundle.institution))
    return _within(bundles, days)


def _money() -> list[pl.Expr]:
    """Sums of each kind of money and fund."""
    return [
        pl.col(fund).filter(pl.col("kind") == kind).sum().alias(f"{kind} {fund}")
        for kind in MONEY_KINDS
        for fund in ("pool", "account")
    ]


def _within(bundles: Sequence[Bundle], days: int) -> tuple[Bundle, ...]:
    left = days
    planned = []
    for bundle in bundles:
        fits = bundle.days <= left
        left -= bundle.days if fits else 0
        planned.append(replace(bundle, planned=fits))
    return tuple(planned)
