"""References of the features: each is computed once more by plain loops over rows.

A reference is written from the feature's docstring, not from its expression, and has the feature's name. It is a
function in a ``*_reference.py`` next to this file with the decorator `reference`. It takes the rows of a data set and
returns the value by entity; an entity that is left out, or is None, has none.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from features.contract import TABLES
from features.tables import Tables

Row = Mapping[str, Any]
Values = dict[str, float | None]
Reference = Callable[["DataSet"], Values]
K = TypeVar("K", bound=Hashable)

_references: dict[str, Reference] = {}


def reference(function: Reference) -> Reference:
    """Mark the reference of the feature of the same name."""
    assert function.__name__ not in _references, function.__name__
    _references[function.__name__] = function
    return function


def references() -> dict[str, Reference]:
    """Every reference by the name of its feature."""
    for path in sorted(Path(__file__).parent.glob("*_reference.py")):
        importlib.import_module(f"reference.{path.stem}")
    return dict(_references)


def by(key: Callable[[Row], K], rows: Iterable[Row]) -> dict[K, list[Row]]:
    """Rows in groups."""
    groups: dict[K, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


class DataSet:
    """The rows of a data set, and the few derived lists that nearly every reference needs."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        frame = self._tables.frame(table).to_native().collect()
        assert set(TABLES[table].columns) <= set(frame.columns)
        return list(frame.iter_rows(named=True))

    @cached_property
    def settlements(self) -> list[Row]:
        return self.rows("settlements")

    @cached_property
    def made(self) -> list[Row]:
        """Settlements that are no reversals, gross."""
        return [row for row in self.settlements if not _reverses(row)]

    @cached_property
    def undone(self) -> list[Row]:
        """Reversal rows."""
        return [row for row in self.settlements if _reverses(row)]

    @cached_property
    def net(self) -> list[Row]:
        """Settlements net of reversals, without those reversed in full."""
        back = by(lambda row: row["reverses_settlement_id"], self.settlements)
        return [net for row in self.made if (net := _net(row, back.get(row["settlement_id"], [])))]

    @cached_property
    def visits(self) -> list[Row]:
        """One row per person, provider and day, with the net settlements of it."""
        groups = by(lambda row: (row["person_id"], row["provider_id"], row["settled_day"]), self.net)
        return [
            {"person_id": person, "provider_id": provider, "day": day, "settlements": settlements}
            for (person, provider, day), settlements in groups.items()
        ]

    @cached_property
    def first_day(self) -> int:
        return min(int(row["settled_day"]) for row in self.settlements)

    @cached_property
    def last_day(self) -> int:
        return max(int(row["settled_day"]) for row in self.settlements)

    @cached_property
    def enrolled_days(self) -> dict[str, int]:
        """Days of the observed period on which a person was enrolled, counted one by one.

        Nobody of whom an interval's status or end is unknown has any.
        """
        days: dict[str, set[int]] = defaultdict(set)
        unknown = {
            row["person_id"]
            for row in self.rows("enrolments")
            if row["status"] == "unknown" or row["end_unknown"]
        }
        for row in self.rows("enrolments"):
            if row["status"] not in ("suspended", "terminated"):
                end = self.last_day if row["end_day"] is None else row["end_day"]
                for day in range(self.first_day, self.last_day + 1):
                    if row["start_day"] <= day <= end:
                        days[row["person_id"]].add(day)
        return {person: len(enrolled) for person, enrolled in days.items() if person not in unknown}

    @cached_property
    def districts(self) -> dict[str, str | None]:
        """District of residence of every person of the persons table."""
        return {row["person_id"]: row["region_code"] for row in self.rows("persons")}


def _reverses(row: Row) -> bool:
    return row["reverses_settlement_id"] is not None or row["total_amount"] < 0


def _net(row: Row, reversals: list[Row]) -> Row | None:
    amounts = {
        name: sum(part[name] or 0 for part in [row, *reversals])
        for name in ("total_amount", "pool_paid", "account_paid", "mutual_aid_paid")
    }
    if reversals and amounts["total_amount"] <= 0:
        return None
    return {**row, **amounts}


def months(days: int) -> float:
    """Days as months of 365.25 / 12 days."""
    return days / (365.25 / 12)


def at_night(row: Row) -> bool:
    """Settled from 22:00 to 05:59."""
    hour = row["settled_minute"] // 60 % 24
    return bool(hour >= 22 or hour < 6)
