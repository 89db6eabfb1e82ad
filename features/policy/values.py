"""Dated policy values of one area, and how they are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from features.errors import PolicyError

Status = Literal["verified", "illustrative", "unknown"]
Value = int | float | str | bool | list[str] | None

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class PolicyValue:
    """What a rule of the fund says from a day until the next value.

    Attributes:
        start: first day in force.
        value: the value; None where nobody has read it (status ``unknown``).
        unit: ``ratio``, ``yuan``, ``relation``, ``flag``, ...
        source: the document, or the seed statement, that says so.
        status: ``verified``, ``illustrative`` or ``unknown``.
    """

    start: dt.date
    value: Value
    unit: str
    source: str
    status: Status


@dataclass(frozen=True)
class Window:
    """A policy value in days since 1970-01-01, for expressions over ``*_day`` columns.

    Attributes:
        start_day: first day in force.
        end_day: last day in force; None while no later value is known.
        value, status, source: as in `PolicyValue`.
    """

    start_day: int
    end_day: int | None
    value: Value
    status: Status
    source: str


@dataclass(frozen=True)
class Policy:
    """The policy of one area.

    Attributes:
        area: six digits, or "none".
        label: the area's name by language.
        parameters: dated values by name, in order of their dates.
    """

    area: str
    label: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[PolicyValue, ...]] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Whether the run was asked to do without any policy."""
        return self.area == "none"

    def names(self) -> list[str]:
        """Names of all parameters, sorted."""
        return sorted(self.parameters)

    def at(self, name: str, day: dt.date) -> PolicyValue:
        """The value in force on the day of a claim.

        Raises:
            PolicyError: no such parameter, or asked before its first date.
        """
        known = self._dated(name)
        for one in reversed(known):
            if one.start <= day:
                return one
        raise PolicyError(
            f"Policy parameter {name!r} is asked for {day}, but is first known from {known[0].start}.",
            where=f"area {self.area}",
            next_step="add the earlier value with its source, or leave that period out",
        )

    def windows(self, name: str) -> list[Window]:
        """All values in order, each until the day before the next.

        Raises:
            PolicyError: no such parameter.
        """
        known = self._dated(name)
        starts = [(one.start - _EPOCH).days for one in known]
        ends = [*(start - 1 for start in starts[1:]), None]
        return [
            Window(start, end, one.value, one.status, one.source)
            for one, start, end in zip(known, starts, ends, strict=True)
        ]

    def known_from(self, name: str) -> dt.date:
        """First day that a value is written down for.

        Raises:
            PolicyError: no such parameter.
        """
        return self._dated(name)[0].start

    def _dated(self, name: str) -> tuple[PolicyValue, ...]:
        if name not in self.parameters:
            raise PolicyError(
                f"The policy has no parameter named {name!r}.",
                where=f"area {self.area}",
                next_step="known: " + (", ".join(self.names()) or "none"),
            )
        return self.parameters[name]
