"""Signs of purchases, and how often an account shows them."""

from __future__ import annotations

from typing import Any

import polars as pl

from detection.circumstances.cash_signs import counted_signs, with_signs
from detection.detectors.catalogue import catalogue

THRESHOLDS = catalogue()["account_cash_out"].card.statistical_thresholds
SCHEMA: dict[str, pl.DataType] = {
    "settlement_id": pl.String(),
    "owner_id": pl.String(),
    "provider_id": pl.String(),
    "day": pl.Int32(),
    "month": pl.Int32(),
    "amount": pl.Int64(),
    "price": pl.Int64(),
    "chosen": pl.Boolean(),
    "left": pl.Int64(),
    "goods": pl.String(),
    "durable": pl.Boolean(),
    "credited_day": pl.Int32(),
    "credited": pl.Int64(),
}


def signed(*purchases: dict[str, Any]) -> pl.DataFrame:
    """Purchases of one account, one a month, ten days after a credit of 100 yuan, with 500 yuan left."""
    rows = [
        {
            "settlement_id": f"s{number}",
            "owner_id": "li",
            "provider_id": "v",
            "day": 30 * number + 10,
            "month": number,
            "price": 43_21 + number,
            "chosen": True,
            "left": 500_00,
            "goods": f"i{number}",
            "durable": False,
            "credited_day": 30 * number,
            "credited": 100_00,
            **purchase,
        }
        for number, purchase in enumerate(purchases)
    ]
    rows = [{"amount": row["price"], **row} for row in rows]
    return with_signs(pl.DataFrame(rows, schema=SCHEMA), THRESHOLDS)


def shown(*purchases: dict[str, Any]) -> list[list[str]]:
    signs = ("round", "alike", "fits_credit", "after_credit", "burst", "drained")
    return [[sign for sign in signs if row[sign]] for row in signed(*purchases).iter_rows(named=True)]


def counts(*purchases: dict[str, Any]) -> dict[str, Any]:
    return counted_signs(signed(*purchases)).row(0, named=True)


def test_an_ordinary_purchase_shows_nothing() -> None:
    assert shown({}, {}) == [[], []]


def test_each_sign() -> None:
    assert shown({"price": 50_00}) == [["round"]]
    assert shown({"price": 43_21}, {"price": 43_21}) == [["alike"], ["alike"]]
    assert shown({"day": 3}) == [["after_credit"]]
    assert shown({"day": 4}) == [[]]
    assert shown({}, {"day": 12, "credited_day": 0}) == [[], ["burst"]]
    assert shown({"left": 10_80}) == [["drained"]]
    assert shown({"left": 10_90}) == [[]]


def test_a_device_that_was_saved_for_is_neither_round_nor_drained() -> None:
    wheelchair = {"price": 2_680_00, "left": 0, "durable": True}
    assert shown(wheelchair) == [[]]
    assert shown(wheelchair, {**wheelchair, "goods": "i0"}) == [["round", "drained"], ["round", "drained"]]
    assert shown({**wheelchair, "price": 300_00}) == [["round", "drained"]]
    assert shown({**wheelchair, "durable": False}) == [["round", "drained"]]


def test_parts_of_a_credit_fit_it_together() -> None:
    half = {"day": 2, "credited_day": 0, "price": 50_01}
    assert shown(half, {**half, "price": 49_98}) == [
        ["fits_credit", "after_credit"],
        ["fits_credit", "after_credit", "burst"],
    ]


def test_what_was_left_before_cash_is_no_chosen_sum() -> None:
    rest = {"price": 180_00, "amount": 100_00, "chosen": False, "day": 2, "left": 0}
    assert shown(rest) == [["after_credit", "drained"]]


def test_the_same_goods_at_one_price_are_one_sum() -> None:
    medicine = {"price": 90_00, "goods": "i1"}
    assert (counts(*[medicine] * 5)["sums"], counts(*[medicine] * 5)["round"]) == (1, 1)
    assert counts(*[medicine] * 5)["alike"] == 0
    assert counts({**medicine, "goods": "i2"}, {**medicine, "goods": "i3"}, medicine)["alike"] == 2


def test_without_lines_equal_sums_are_one_price() -> None:
    purchase = {"price": 90_00, "goods": None}
    assert (counts(purchase, purchase)["sums"], counts(purchase, purchase)["alike"]) == (1, 0)


def test_an_unknown_balance_is_neither_drained_nor_exposed() -> None:
    unknown = counts({"left": None}, {"left": None})
    assert (unknown["drained_months"], unknown["expected"]) == (0, 0.0)
    assert counts({"left": 0}, {})["drained_months"] == 1
    assert counts({"left": 0}, {})["expected"] > 0


def test_without_a_ledger_nothing_is_timed() -> None:
    untimed = {"credited_day": None, "credited": None}
    assert (counts(untimed)["timed"], counts(untimed)["credits"]) == (0, 0)
    assert (counts({})["timed"], counts({})["soon"]) == (1, 0)
