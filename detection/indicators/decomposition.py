"""The growth of what a fund pays, shared out to its three factors: people, visits of each, cost of a visit.

Each factor gets its Shapley value: what its change adds, averaged over all orders in which the three could have
changed. The shares add up to the growth exactly, whatever the order, and no rest is left. It is the complete
decomposition of J. W. Sun, "Changes in energy consumption and energy intensity: a complete decomposition model",
Energy Economics 20 (1998), and the Shapley decomposition of A. F. Shorrocks, Journal of Economic Inequality 11 (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Outgo:
    """What a fund paid over some months.

    Attributes:
        fen: paid.
        visits: settlements paid for.
        people: for whom it paid.
    """

    fen: int
    visits: int
    people: int

    @property
    def factors(self) -> tuple[Fraction, Fraction, Fraction]:
        """People, visits of each, fen of each visit; their product is ``fen``. Nothing paid has no visits."""
        visits = Fraction(self.visits, self.people) if self.people else Fraction(0)
        return Fraction(self.people), visits, Fraction(self.fen, self.visits) if self.visits else Fraction(0)


@dataclass(frozen=True)
class Growth:
    """Fen of growth by factor; together the growth, to the fen."""

    people: int
    visits: int
    cost: int


def decomposed(then: Outgo, now: Outgo) -> Growth:
    """The growth from one outgo to another, by factor."""
    first, last = then.factors, now.factors
    shares = [_shapley(factor, first, last) for factor in range(len(first))]
    return Growth(*_whole_fen(shares, now.fen - then.fen))


def _shapley(factor: int, then: tuple[Fraction, ...], now: tuple[Fraction, ...]) -> Fraction:
    """What the change of one factor adds, averaged over the orders in which it and the two others change."""
    left, right = (other for other in range(len(then)) if other != factor)
    neither, both = then[left] * then[right], now[left] * now[right]
    either = now[left] * then[right] + then[left] * now[right]
    return (now[factor] - then[factor]) * (neither / 3 + either / 6 + both / 3)


def _whole_fen(shares: list[Fraction], total: int) -> list[int]:
    """Shares in whole fen that add up: what is left goes to those that lost most by rounding down."""
    floors = [share.numerator // share.denominator for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda index: (floors[index] - shares[index], index))
    for index in by_rest[: total - sum(floors)]:
        floors[index] += 1
    return floors
