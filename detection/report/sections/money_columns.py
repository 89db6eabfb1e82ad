"""Columns of money by kind and fund: headed in yuan, so that cells have no sign of the currency."""

from __future__ import annotations

from detection.alerts.draft import Money
from detection.detectors.cards import MoneyKind
from detection.report.words import Words
from detection.store.queries.totals import Totals

KINDS: tuple[MoneyKind, ...] = ("at_issue", "in_question")
"""Kinds that a report adds up: all spending of a subject that is merely unusual is in no total."""
FUNDS = ("pool", "account")


def money_headings(words: Words) -> tuple[str, ...]:
    """``At issue: pool (CN¥)`` and so on, in the order of `money_cells`."""
    return tuple(money_heading(words, kind, fund) for kind in KINDS for fund in FUNDS)


def money_heading(words: Words, kind: MoneyKind, fund: str) -> str:
    """One of `money_headings`."""
    return words(
        "report.column.money", kind=words.code("money_kind_short", kind), fund=words(f"report.fund.{fund}")
    )


def money_fen(totals: Totals) -> tuple[int, ...]:
    """Fen of each kind and fund."""
    return tuple(fen for kind in KINDS for fen in _funds(totals.of(kind)))


def money_cells(totals: Totals, words: Words) -> tuple[str, ...]:
    """Yuan of each kind and fund."""
    return tuple(words.figures.yuan(fen) for fen in money_fen(totals))


def less(totals: Totals) -> Totals:
    """The same money below zero."""
    return Totals(0, *(Money(-money.pool, -money.account) for money in map(totals.of, KINDS)))


def _funds(money: Money) -> tuple[int, int]:
    return money.pool, money.account
