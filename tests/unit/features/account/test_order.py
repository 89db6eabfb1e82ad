"""The order of entries of one time is not known: a balance is off only if it is off in every order."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from support.world import World

from features.account.ledger import with_previous_balance
from features.engine import collect


def off(entries: list[tuple[str, str, int, int]]) -> list[str]:
    """Ids of the entries whose balance does not go on: entries are (id, time, fen, balance)."""
    world = World()
    for name, at, amount, balance in entries:
        kind = "settlement" if amount < 0 else "monthly_credit"
        world.entry("li", at, kind, f"{amount / 100:.2f}", entry=name, balance_after=f"{balance / 100:.2f}")
    rows = collect(with_previous_balance(world.tables().account_entries))
    broken = rows.filter((pl.col("before") + pl.col("amount") != pl.col("balance_after")).fill_null(False))
    return sorted(broken["entry_id"])


ledgers = st.lists(st.tuples(st.integers(1, 6), st.integers(-500, 500)), min_size=2, max_size=12)


@given(ledgers, st.randoms(use_true_random=False))
def test_a_ledger_that_adds_up_does_so_by_the_day_and_under_any_numbers(
    acts: list[tuple[int, int]], chance: random.Random
) -> None:
    """Two sequences of numbers, or none that follows the order: entries of one day in any order of their ids."""
    balance, entries = 1_000, []
    names = [f"e{number:02}" for number in range(len(acts))]
    chance.shuffle(names)
    for name, (day, amount) in zip(names, sorted(acts, key=lambda act: act[0]), strict=True):
        balance += amount
        entries.append((name, f"2024-01-{day:02} 00:00", amount, balance))
    assert off(entries) == []


@given(ledgers, st.integers(1, 10_000), st.data())
def test_a_balance_that_jumps_between_days_is_off(
    acts: list[tuple[int, int]], jump: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(acts) - 1))
    balance, entries = 1_000_000, []
    for number, (_, amount) in enumerate(acts):
        balance += amount + (jump if number == at else 0)
        entries.append((f"e{number:02}", f"2024-01-{number + 1:02} 00:00", amount, balance))
    assert off(entries) == [f"e{at:02}"]


def test_entries_of_one_second_may_come_from_two_tables() -> None:
    same = "2024-01-10 09:00"
    assert (
        off([("9", "2024-01-01 09:00", 1_000, 1_000), ("8", same, -100, 1_100), ("1", same, 200, 1_200)])
        == []
    )
    assert off(
        [("9", "2024-01-01 09:00", 1_000, 1_000), ("8", same, -100, 1_150), ("1", same, 200, 1_200)]
    ) == ["8"]
