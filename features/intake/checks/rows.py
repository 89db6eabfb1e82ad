"""Checks of single rows: accounting identities and impossible values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from features.contract.vocabulary import COST_COLUMNS, PAYER_COLUMNS
from features.intake.tolerances import Tolerances

BROKEN_COST = "broken_cost_identity"
BROKEN_FUNDING = "broken_funding_identity"
BROKEN_MUTUAL_AID = "broken_mutual_aid_identity"
ENDS_BEFORE_START = "ends_before_start"
OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True)
class RowCheck:
    """One check of the rows of a table.

    Attributes:
        table: the table.
        column: the column that is flagged.
        needs: columns that the check requires; without them it is skipped.
        flag: name of the flag.
        breaks: expression that is true for a flagged row, and null for a row that is not checked.
    """

    table: str
    column: str
    needs: tuple[str, ...]
    flag: str
    breaks: Callable[[Tolerances], pl.Expr]


def _parts_differ(parts: tuple[str, ...]) -> Callable[[Tolerances], pl.Expr]:
    def breaks(allowed: Tolerances) -> pl.Expr:
        # A null part makes the sum null, so an incomplete row is not checked.
        total = pl.sum_horizontal(parts, ignore_nulls=False)
        return (pl.col("total_amount") - total).abs() > allowed.identity

    return breaks


def _payer_does_not_fit(_: Tolerances) -> pl.Expr:
    paid = pl.col("mutual_aid_paid").fill_null(0) != 0
    return paid != pl.col("mutual_aid_payer_id").is_not_null()


def _interval(table: str, start: str, end: str) -> RowCheck:
    def breaks(_: Tolerances) -> pl.Expr:
        return pl.col(end) < pl.col(start)

    return RowCheck(table, end, (start, end), ENDS_BEFORE_START, breaks)


def _outside(table: str, column: str, least: int, most: int) -> RowCheck:
    def breaks(_: Tolerances) -> pl.Expr:
        return ~pl.col(column).is_between(least, most)

    return RowCheck(table, column, (column,), OUT_OF_RANGE, breaks)


ROW_CHECKS: tuple[RowCheck, ...] = (
    RowCheck(
        "settlements",
        "total_amount",
        ("total_amount", *COST_COLUMNS),
        BROKEN_COST,
        _parts_differ(COST_COLUMNS),
    ),
    RowCheck(
        "settlements",
        "total_amount",
        ("total_amount", *PAYER_COLUMNS),
        BROKEN_FUNDING,
        _parts_differ(PAYER_COLUMNS),
    ),
    RowCheck(
        "settlements",
        "mutual_aid_paid",
        ("mutual_aid_paid", "mutual_aid_payer_id"),
        BROKEN_MUTUAL_AID,
        _payer_does_not_fit,
    ),
    _interval("settlements", "admitted_on", "discharged_on"),
    _interval("persons", "birth_date", "death_date"),
    _interval("enrolments", "start_date", "end_date"),
    _interval("providers", "agreement_start", "agreement_end"),
    _outside("providers", "latitude", -90, 90),
    _outside("providers", "longitude", -180, 180),
    _interval("family_authorizations", "valid_from", "valid_to"),
    _interval("provider_status", "from", "to"),
    _interval("programme_registrations", "from", "to"),
    _interval("registered_contexts", "from", "to"),
    _interval("item_reference", "age_min", "age_max"),
    _outside("item_reference", "age_min", 0, 150),
)
"""Every check of single rows. Latitudes, longitudes and ages have their natural bounds."""
