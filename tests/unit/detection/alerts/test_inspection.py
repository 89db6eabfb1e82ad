"""Inspection plan: the surest money first, each settlement once, within the days."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from detection.alerts.inspection import Bundle, plan
from detection.alerts.inspection_card import inspection_card
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from features.errors import CardError

DAY = dt.date(2024, 7, 1)
CARD = inspection_card()
Item = tuple[str, str, str, float, MoneyKind, int, int]


def item(
    key: str,
    alert: str,
    institution: str,
    evidence: float = 6.0,
    pool: int = 100_00,
    kind: MoneyKind = "at_issue",
) -> Item:
    return key, alert, institution, evidence, kind, pool, 0


def planned(items: list[Item], days: int) -> tuple[Bundle, ...]:
    columns = ["key", "alert", "institution", "evidence", "kind", "pool", "account"]
    types = dict(zip(columns, (*[pl.String] * 3, pl.Float64, pl.String, pl.Int64, pl.Int64), strict=True))
    return plan(pl.DataFrame(items, types, orient="row"), days, CARD, DAY)


def test_certainty_times_money_is_the_order() -> None:
    items = [
        item("s1", "a1", "doubtful", evidence=2.0, pool=300_00),
        item("s2", "a2", "certain", evidence=6.0, pool=200_00),
        item("s3", "a3", "small", evidence=6.0, pool=10_00),
    ]
    bundles = planned(items, 100)
    assert [bundle.institution for bundle in bundles] == ["certain", "doubtful", "small"]
    assert [bundle.expected_fen for bundle in bundles] == [200_00, 100_00, 10_00]


def test_a_settlement_of_several_alerts_counts_once_where_it_is_surest() -> None:
    items = [
        item("s1", "a1", "shop", evidence=2.0),
        item("s1", "a2", "shop", evidence=4.0),
        item("s1", "a3", "clinic", evidence=3.0),
    ]
    shop, clinic = planned(items, 100)
    assert (shop.institution, shop.alerts, shop.rows, shop.money["at_issue"].pool) == (
        "shop",
        ("a1", "a2"),
        1,
        100_00,
    )
    assert shop.expected_fen == round(100_00 * 4 / 6)
    assert (clinic.institution, clinic.alerts, clinic.expected_fen) == ("clinic", ("a3",), 0)
    assert clinic.money["at_issue"].pool == 0


def test_a_settlement_counts_once_in_each_kind_of_money_and_is_expected_once() -> None:
    items = [
        item("s1", "a1", "shop", evidence=6.0),
        item("s1", "a2", "shop", evidence=3.0, kind="in_question"),
        item("s1", "a3", "shop", evidence=2.0, kind="in_question"),
    ]
    [shop] = planned(items, 100)
    assert [shop.money[kind].pool for kind in MONEY_KINDS] == [100_00, 100_00, 0]
    assert shop.expected_fen == 100_00


def test_all_spending_of_a_subject_is_nothing_to_recover() -> None:
    items = [
        item("s1", "a1", "unusual", pool=9_000_00, kind="context"),
        item("s2", "a2", "shop", pool=10_00),
    ]
    shop, unusual = planned(items, 100)
    assert (shop.institution, unusual.institution) == ("shop", "unusual")
    assert (unusual.money["context"].pool, unusual.expected_fen) == (9_000_00, 0)


def test_what_is_owed_is_worth_as_much_as_what_was_paid_too_much() -> None:
    [bundle] = planned([item("e1", "a1", "shop", pool=-50_00)], 100)
    assert (bundle.money["at_issue"].pool, bundle.expected_fen) == (-50_00, 50_00)


def test_the_days_are_cut_and_a_smaller_institution_fills_what_is_left() -> None:
    large = [item(f"l{number}", "a1", "large", pool=100_00) for number in range(1600)]
    small = [item("s1", "a2", "small", pool=50_00)]
    bundles = planned([*large, *small], 2)
    assert [(bundle.institution, bundle.planned) for bundle in bundles] == [("large", False), ("small", True)]
    assert sum(bundle.days for bundle in bundles if bundle.planned) <= 2


def test_days_follow_the_card() -> None:
    assert CARD.days(1, 1, DAY) == 2  # a visit, half a day for the alert, and the rows
    assert CARD.days(1, 800, DAY) == 4
    assert CARD.days(50, 100_000, DAY) == 10
    with pytest.raises(CardError, match="no number 'hours'"):
        CARD.numbers.number("hours", DAY)


def test_the_order_of_the_rows_does_not_matter() -> None:
    items = [item(f"s{n % 7}", f"a{n % 5}", f"p{n % 3}", evidence=n % 6, pool=n * 100) for n in range(60)]
    assert planned(items, 5) == planned(items[::-1], 5)


def test_nothing_at_issue_is_an_empty_plan() -> None:
    assert planned([], 5) == ()
