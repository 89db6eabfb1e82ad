"""Where an account's money went: the largest flows one by one, all others as one, and nothing lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """Money from the account for one person at one place, in fen, net of what was paid back."""

    person: str
    place: str
    payments: int
    amount: int


@dataclass(frozen=True)
class Flows:
    """All flows of an account, the largest first: those that are drawn one by one, and the others."""

    largest: tuple[Flow, ...]
    others: tuple[Flow, ...]

    @property
    def total(self) -> int:
        """All money of the account, in fen."""
        return sum(flow.amount for flow in (*self.largest, *self.others))

    @property
    def total_of_others(self) -> int:
        """Money of the others, in fen."""
        return sum(flow.amount for flow in self.others)


def flows_of(payments: Iterable[tuple[str, str, int]], *, most: int) -> Flows:
    """Payments by person and place.

    Args:
        payments: person, place and amount in fen; below zero where money came back.
        most: flows that stand by themselves. A single further flow stands by itself too, and is not named "others".

    Returns:
        Flows whose total is that of the payments; what came to nothing or less is among the others.
    """
    amounts: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for person, place, amount in payments:
        amounts[person, place].append(amount)
    flows = sorted(
        (Flow(*pair, payments=len(each), amount=sum(each)) for pair, each in amounts.items()),
        key=lambda flow: (-flow.amount, flow.person, flow.place),
    )
    positive = sum(flow.amount > 0 for flow in flows)
    shown = len(flows) if positive == len(flows) == most + 1 else min(positive, most)
    return Flows(tuple(flows[:shown]), tuple(flows[shown:]))
