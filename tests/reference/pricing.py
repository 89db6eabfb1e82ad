"""What ordinary outpatient care is due, one settlement at a time in yuan, as a clerk would price it with a calculator.

The steps are those of `docs/system.md` ("Recalculation"). Where the terms come from is the caller's affair:
`reference.clerk` takes them from a policy, `reference.simulated_benefits` from the settings of the simulator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")
UNLIMITED = Decimal(10**12)
Due = tuple[Decimal, Decimal, Decimal]
"""Deductible, payment of the pool and of the second layer."""


@dataclass
class Record:
    """What stands on record of a person and year."""

    in_scope: Decimal = Decimal(0)
    deductible: Decimal = Decimal(0)
    pool: Decimal = Decimal(0)
    second: Decimal = Decimal(0)
    readable: bool = True

    @property
    def eligible(self) -> Decimal:
        """The year's cost above deductibles."""
        return self.in_scope - self.deductible

    def add(self, in_scope: Decimal, deductible: Decimal, pool: Decimal, second: Decimal) -> None:
        """Put a settlement or a reversal on record, as it was paid."""
        self.in_scope += in_scope
        self.deductible += deductible
        self.pool += pool
        self.second += second


@dataclass(frozen=True)
class Terms:
    """Terms of one settlement: amounts of a whole year, and how many of its months count."""

    annual_deductible: Decimal | None
    visit_deductible: Decimal
    segments: Sequence[tuple[Decimal, Decimal]]
    """Where each segment of the year's eligible cost begins, from 0 on, and the share that the pool pays in it."""
    cap: Decimal
    layer: tuple[Decimal, Decimal] | None
    """Share and yearly cap of the second layer."""
    months: int = 12
    rounding: str = ROUND_DOWN

    def of_the_year(self, amount: Decimal) -> Decimal:
        """The part of a yearly amount that the months are worth."""
        return down(amount * self.months / 12)

    def cents(self, amount: Decimal) -> Decimal:
        return amount.quantize(CENT, self.rounding)


def due(terms: Terms, in_scope: Decimal, record: Record) -> Due:
    """What a settlement is due after what stands on record."""
    left = Decimal(0)
    if terms.annual_deductible is not None:
        whole = terms.of_the_year(terms.annual_deductible)
        left = min(
            max(whole - record.deductible, Decimal(0)), whole
        )  # a refund may leave less than 0 on record
    deductible = min(in_scope, left + terms.visit_deductible)
    eligible = in_scope - deductible
    uncapped = terms.cents(_by_segments(terms.segments, record.eligible, eligible))
    pool = min(uncapped, max(terms.of_the_year(terms.cap) - record.pool, Decimal(0)))
    second = Decimal(0)
    if terms.layer is not None and uncapped:
        share, cap = terms.layer
        uncovered = down(eligible * (uncapped - pool) / uncapped)
        second = min(terms.cents(uncovered * share), max(terms.of_the_year(cap) - record.second, Decimal(0)))
    return deductible, pool, second


def _by_segments(segments: Sequence[tuple[Decimal, Decimal]], before: Decimal, eligible: Decimal) -> Decimal:
    """A cent at a time would be the most obvious; every segment in turn is quick enough to test with.

    Where refunds leave less than 0 on record, cost below 0 belongs to the first segment.
    """
    starts = [min(before, Decimal(0)), *(start for start, _ in segments[1:])]
    paid = Decimal(0)
    for (_, share), start, end in zip(segments, starts, [*starts[1:], UNLIMITED], strict=True):
        paid += max(min(before + eligible, end) - max(before, start), Decimal(0)) * share
    return paid


def down(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_DOWN)


def in_fen(prices: Sequence[Decimal]) -> list[int]:
    return [int(price * 100) for price in prices]
