"""Circles of payments: three or more accounts of which each pays for the next, and the last for the first.

A family's circle closes in its generations too: from a son up to his mother, on to her husband, and down to the son.
Null: circles are lawful, and a relation is recorded wrongly at the peers' rate. Exposure: the circles that close, which
say how many a fund of families has. Two who pay for each other are no circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import polars as pl

from models.evidence.choices import binomial_surprise
from models.evidence.kin import wrong_rate
from models.evidence.unit import evidence
from models.relations import KinLimits

_GENERATIONS = {"parent": 1, "child": -1, "grandparent": 2, "grandchild": -2, "spouse": 0, "sibling": 0}


@dataclass(frozen=True)
class Circle:
    """One circle of payments.

    Attributes:
        accounts: in the order of payment, the smallest id first.
        wrong: stated relations that must be wrong, at least: impossible ones, or one where generations do not close.
        closes: whether its generations add up to none.
        value: evidence.
    """

    accounts: tuple[str, ...]
    wrong: int
    closes: bool
    value: float = 0.0

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Who pays for whom."""
        return _pairs(self.accounts)


def payment_circles(ties: pl.DataFrame, limits: KinLimits, longest: int) -> list[Circle]:
    """All circles of payments, each once.

    Args:
        ties: from `models.relations.with_impossible`; pairs without a stated relation are no part of a circle.
        limits: see `KinLimits`.
        longest: most accounts of a circle, not counting those from which only one way goes on: such a circle is
            followed whatever its length, since that is no more work.
    """
    stated = ties.filter(pl.col("relation").is_in(list(_GENERATIONS))).sort("payer_id", "beneficiary_id")
    steps = {
        (payer, user): _Step(_GENERATIONS[relation], bool(impossible))
        for payer, user, relation, impossible in stated.select(
            "payer_id", "beneficiary_id", "relation", "impossible"
        ).iter_rows()
    }
    of_account = stated.group_by("payer_id").agg(
        pl.col("impossible").sum(), stated=pl.col("impossible").count()
    )
    rate = wrong_rate(of_account["impossible"], of_account["stated"], limits)
    circles = [_assessed(accounts, steps) for accounts in _circles(steps, longest)]
    lawful = sum(circle.wrong == 0 for circle in circles)
    wrong, lengths = [circle.wrong for circle in circles], [len(circle.accounts) for circle in circles]
    values = evidence(binomial_surprise(wrong, lengths, rate), lawful)
    return [replace(circle, value=float(value)) for circle, value in zip(circles, values, strict=True)]


@dataclass(frozen=True)
class _Step:
    """What one payment of a circle says: generations up, and whether its relation is impossible."""

    generations: int
    impossible: bool


def _assessed(accounts: tuple[str, ...], steps: Mapping[tuple[str, str], _Step]) -> Circle:
    taken = [steps[pair] for pair in _pairs(accounts)]
    closes = sum(step.generations for step in taken) == 0
    return Circle(accounts, max(sum(step.impossible for step in taken), int(not closes)), closes)


def _pairs(accounts: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(accounts, (*accounts[1:], accounts[0]), strict=True))


def _circles(pairs: Collection[tuple[str, str]], longest: int) -> list[tuple[str, ...]]:
    """Circles of at least three without couples, each beginning with its smallest id, sorted."""
    next_of = _on_circles({pair for pair in pairs if (pair[1], pair[0]) not in pairs})
    forks = {account for account, after in next_of.items() if len(after) > 1}
    circles = []
    waiting: list[tuple[str, ...]] = [(start,) for start in next_of]
    while waiting:
        path = waiting.pop()
        for account in next_of[path[-1]]:
            if account == path[0]:
                circles.append(path)
            elif account > path[0] and account not in path and _followed((*path, account), forks, longest):
                waiting.append((*path, account))
    return sorted(circles)


def _followed(path: tuple[str, ...], forks: Collection[str], longest: int) -> bool:
    """Whether a path is short enough, in all or at its forks."""
    return len(path) <= longest or sum(account in forks for account in path) < longest


def _on_circles(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Who pays for whom, of accounts that both pay and are paid for, until no other is left."""
    inside = pairs
    while True:
        both = {payer for payer, _ in inside} & {user for _, user in inside}
        rest = {pair for pair in inside if both.issuperset(pair)}
        if rest == inside:
            return {payer: sorted(user for other, user in rest if other == payer) for payer in sorted(both)}
        inside = rest
