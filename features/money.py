"""Amounts of money: whole fen, and exact shares of them."""

from __future__ import annotations

from decimal import Decimal

import narwhals.stable.v2 as nw

FEN_PER_YUAN = 100
MILLIONTHS = 1_000_000
"""A ratio is kept as whole millionths, so that fen times a ratio stays exact."""


def to_fen(yuan: int | float | str | Decimal) -> int:
    """An amount in yuan as exact fen; parts of a fen are cut off."""
    return int(Decimal(str(yuan)) * FEN_PER_YUAN)


def to_yuan(fen: int) -> Decimal:
    """An amount in fen as exact yuan."""
    return Decimal(fen) / FEN_PER_YUAN


def share_of(amount: nw.Expr, millionths: nw.Expr) -> nw.Expr:
    """A share of an amount in fen, half a fen rounded up."""
    return (amount * millionths + MILLIONTHS // 2) // MILLIONTHS
