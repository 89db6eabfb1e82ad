"""Where to inspect with a given number of days: alerts bundled by institution, the most to recover first.

An institution is worth what its alerts let one expect: certainty times money at issue or in question, each settlement
or record once in the whole plan, at the alert that is surest of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from detection.alerts.draft import Money
from detection.alerts.inspection_card import InspectionCard
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from models.evidence.unit import ALERT, MOST


@dataclass(frozen=True)
class Item:
    """A settlement or record that an alert cites.

    Attributes:
        key: names it within the fund.
        alert_id, institution: of the alert.
        evidence: of the alert, 0 to 6, in the unit of `models.evidence.unit`.
        kind: what the money is.
        pool, account: fen; below zero is owed, and as much worth finding.
    """

    key: str
    alert_id: str
    institution: str
    evidence: float
    kind: MoneyKind
    pool: int
    account: int

    @property
    def certainty(self) -> float:
        """0 to 1: an alert has at least the evidence that makes it an alert."""
        return min(max(self.evidence, ALERT), MOST) / MOST

    @property
    def expected_fen(self) -> float:
        """Fen that an inspection may recover: all spending of a subject is nothing to recover."""
        return 0.0 if self.kind == "context" else abs(self.pool + self.account) * self.certainty


@dataclass(frozen=True)
class Bundle:
    """The alerts of one institution.

    Attributes:
        alerts: ids, sorted.
        rows: settlements and records, each once.
        money: by kind, within a kind each row once in the whole plan.
        expected_fen: certainty times money at issue or in question, each row once in the whole plan.
        days: inspection days that it needs.
        planned: whether it lies within the days given.
    """

    institution: str
    alerts: tuple[str, ...]
    rows: int
    money: Mapping[MoneyKind, Money]
    expected_fen: int
    days: int
    planned: bool


def plan(items: Iterable[Item], days: int, card: InspectionCard, day: dt.date) -> tuple[Bundle, ...]:
    """Bundles of all institutions in order, and which of them lie within the days.

    An institution that no longer fits is passed over for the next that does.

    Args:
        items: what the alerts cite.
        days: inspection days that are there.
        card: how many days an institution takes.
        day: of the plan; decides the card's values.
    """
    every = list(items)
    expected: dict[str, float] = defaultdict(float)
    for item in _surest(every, lambda item: item.key):
        expected[item.institution] += item.expected_fen
    counted: dict[str, list[Item]] = defaultdict(list)
    for item in _surest(every, lambda item: (item.kind, item.key)):
        counted[item.institution].append(item)
    alerts: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, set[str]] = defaultdict(set)
    for item in every:
        alerts[item.institution].add(item.alert_id)
        rows[item.institution].add(item.key)
    bundles = [
        Bundle(
            name,
            tuple(sorted(alerts[name])),
            len(rows[name]),
            _money(counted[name]),
            round(expected[name]),
            card.days(len(alerts[name]), len(rows[name]), day),
            planned=False,
        )
        for name in alerts
    ]
    bundles.sort(key=lambda bundle: (-bundle.expected_fen, bundle.institution))
    return _within(bundles, days)


def _surest(items: Sequence[Item], key: Callable[[Item], Hashable]) -> Iterable[Item]:
    """Of the items with one key that which is surest of most money."""
    best: dict[Hashable, Item] = {}
    for item in sorted(items, key=lambda item: (-item.expected_fen, item.institution, item.alert_id)):
        best.setdefault(key(item), item)
    return best.values()


def _money(items: Sequence[Item]) -> dict[MoneyKind, Money]:
    return {
        kind: Money(
            sum(item.pool for item in items if item.kind == kind),
            sum(item.account for item in items if item.kind == kind),
        )
        for kind in MONEY_KINDS
    }


def _within(bundles: Sequence[Bundle], days: int) -> tuple[Bundle, ...]:
    left = days
    planned = []
    for bundle in bundles:
        fits = bundle.days <= left
        left -= bundle.days if fits else 0
        planned.append(replace(bundle, planned=fits))
    return tuple(planned)
