"""Yuan become fen without loss, and shares of fen are rounded once."""

from __future__ import annotations

from decimal import Decimal

import narwhals.stable.v2 as nw
import polars as pl

from features.money import MILLIONTHS, share_of, to_fen, to_yuan


def test_yuan_become_exact_fen() -> None:
    assert [to_fen(yuan) for yuan in (0, 1, 0.29, "19.99", Decimal("1.005"))] == [0, 100, 29, 1999, 100]


def test_fen_become_exact_yuan() -> None:
    assert to_yuan(1999) == Decimal("19.99")


def test_half_a_fen_is_rounded_up() -> None:
    frame = nw.from_native(pl.DataFrame({"amount": [1, 1, 3], "ratio": [500_000, 499_999, MILLIONTHS]}))
    shares = frame.select(share=share_of(nw.col("amount"), nw.col("ratio")))["share"]
    assert shares.to_list() == [1, 0, 3]
