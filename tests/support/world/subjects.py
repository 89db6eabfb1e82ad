"""Whom a world is about: a person, a provider and a settlement, with what else may be stated of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from support.world.cells import Day, Moment, Row

if TYPE_CHECKING:
    from support.world.builder import World

_AMOUNTS = ("_amount", "_paid", "_borne")


@dataclass(frozen=True)
class Person:
    """A person of a world."""

    world: World
    name: str

    def enrolled(self, **cells: Any) -> Self:
        """An interval of enrolment."""
        self.world.enrolment(self.name, **cells)
        return self

    def contributed(self, month: str, **cells: Any) -> Self:
        """The contribution of a month such as ``2024-03``."""
        self.world.add("contributions", person=self.name, accrual_month=month, **cells)
        return self


@dataclass(frozen=True)
class Provider:
    """A provider of a world."""

    world: World
    name: str

    def status(self, status: str, since: Day, until: Day, **cells: Any) -> Self:
        """A status of the agreement between two days."""
        entry = {"provider": self.name, "status": status, "from": since, "to": until}
        self.world.add("provider_status", **entry, **cells)
        return self


@dataclass(frozen=True)
class Settlement:
    """A settlement of a world."""

    world: World
    row: Row

    def reversed(self, at: Moment, *, part: int = 1, **cells: Any) -> Self:
        """A row that takes back the whole of every amount, or its half (2), third (3) and so on."""
        row = {
            name: -(value // part) if value and name.endswith(_AMOUNTS) else value
            for name, value in self.row.items()
        }
        del row["settled_at"]
        of, person, provider = (row.pop(f"{name}_id") for name in ("settlement", "person", "provider"))
        self.world.settlement(person, provider, at, **row | {"reverses_settlement_id": of} | cells)
        return self

    def charged(self, **cells: Any) -> Self:
        """A charge line."""
        self.world.add("charge_lines", settlement=self.row["settlement_id"], **cells)
        return self
