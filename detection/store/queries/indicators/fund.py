"""The pooled fund's outgo: by month, its growth by factor, and the institutions that moved most.

Everything is read from the values and lists of indicators, so that each figure opens the list behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detection.indicators.catalogue import Indicator
from detection.indicators.decomposition import Growth, Outgo, decomposed
from detection.indicators.disclosure import Value
from detection.store.queries.indicators.comparison import before, difference, of_peers
from detection.store.queries.indicators.files import Files, Point, indicator_named, open_files
from detection.store.queries.indicators.lists import key_of, label_of
from detection.store.queries.reader import Reader
from features.indicators.periods import Period, year_to

OUTGO = "pool_cost_per_visit"
"""The indicator whose numerator is what the pooled fund paid."""
Cells = Mapping[str, Value]
"""Values by institution."""


@dataclass(frozen=True)
class PoolFlow:
    """What is known of the pooled fund's money.

    Attributes:
        months: the outgo's indicator by month, oldest first: its numerator is the outgo.
        now, then: the months of the last year of the data, and the same months of the year before.
        outgo_now, outgo_then: what was paid in these; None where it may not be shown or the data do not go back.
        growth: from the one to the other by factor.
    """

    months: tuple[Point, ...]
    now: Point
    then: Point | None
    outgo_now: Outgo | None
    outgo_then: Outgo | None
    growth: Growth | None


@dataclass(frozen=True)
class Mover:
    """An institution whose figure moved.

    Attributes:
        key: the institution in addresses.
        label: its name.
        now, then: its value in both periods; both may be shown.
        change: by how much it moved: of the outgo in fen, else of the value.
        peers: how the others of its kind and level moved; None where that may not be shown, or is not compared.
    """

    key: str
    label: str
    now: Value
    then: Value
    change: Fraction
    peers: Fraction | None = None

    @property
    def apart(self) -> Fraction:
        """The change less that of the peers."""
        return self.change - (self.peers or 0)


@dataclass(frozen=True)
class Movers:
    """The institutions that moved most.

    Attributes:
        now, against: keys of the two periods; ``against`` is empty where the data do not go back.
        most: those that moved most, the largest first.
        count: how many could be compared.
        withheld: how many rest on too few people in either period.
    """

    now: str
    against: str
    most: tuple[Mover, ...] = ()
    count: int = 0
    withheld: int = 0


def pool_flow(reader: Reader) -> PoolFlow:
    """The outgo by month, and its growth since the same months of the year before.

    Raises:
        StoreError: no run yet, or a run without indicators.
    """
    files, indicator = open_files(reader), indicator_named(OUTGO)
    period = year_to(files.about.last, files.about.first)
    earlier = before(files, period)
    now, then = files.point(indicator, period), files.point(indicator, earlier) if earlier else None
    last, first = _outgo(now), _outgo(then)
    growth = decomposed(first, last) if first and last else None
    months = tuple(files.point(indicator, month) for month in files.periods if month.kind == "month")
    return PoolFlow(months, now, then, last, first, growth)


def movers(reader: Reader, name: str, *, most: int = 5) -> Movers:
    """The institutions that moved most since the same months of the year before: of the outgo by fen, else by value.

    Where the card compares with peers, values count by how they moved apart from those of their kind and level.

    Raises:
        UsageError: there is no such indicator.
    """
    files, indicator = open_files(reader), indicator_named(name)
    period = year_to(files.about.last, files.about.first)
    earlier = before(files, period)
    if earlier is None or files.point(indicator, period).value is None:
        return Movers(period.key, "")
    now, then = (files.cells(indicator, each, "provider_id") for each in (period, earlier))
    moved: list[Mover] = []
    changes = _peer_changes(files, indicator, (period, now), (earlier, then)) if name != OUTGO else {}
    for cell in now.keys() & then.keys():
        change = _change(name, now[cell], then[cell])
        if change is not None and (name == OUTGO or cell in changes):
            key, label = key_of(reader, "provider_id", cell), label_of(reader, "provider_id", cell)
            moved.append(Mover(key, label, now[cell], then[cell], change, changes.get(cell)))
    moved.sort(key=lambda mover: (-abs(mover.apart), mover.key))
    return Movers(period.key, earlier.key, tuple(moved[:most]), len(moved), len(now) - len(moved))


def _peer_changes(
    files: Files, indicator: Indicator, now: tuple[Period, Cells], then: tuple[Period, Cells]
) -> dict[str, Fraction]:
    """By institution, how the others of its kind and level moved; without those whose peers may not be shown."""
    values, values_then = (of_peers(files, indicator, *each) for each in (now, then))
    changes = {cell: difference(value, values_then.get(cell)) for cell, value in values.items()}
    return {cell: change for cell, change in changes.items() if change is not None}


def _change(name: str, value: Value, old: Value) -> Fraction | None:
    if name != OUTGO:
        return difference(value, old)
    if value.numerator is None or old.numerator is None:
        return None
    return Fraction(value.numerator - old.numerator)


def _outgo(point: Point | None) -> Outgo | None:
    value = point.value if point else None
    if value is None or value.numerator is None or not value.denominator or value.units is None:
        return None
    return Outgo(value.numerator, value.denominator, value.units)
