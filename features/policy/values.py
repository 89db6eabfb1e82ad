"""Dated policy values of one area, and how they are asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from features.errors import PolicyError
from features.policy.categories import Number, Row, fen, matching, most_specific

Status = Literal["verified", "illustrative", "unknown"]
Value = int | float | str | bool | list[str] | None

_EPOCH = dt.date(1970, 1, 1)


class _Asked:
    """What can be asked of a value, by category, level or segment."""

    value: Value
    rows: tuple[Row, ...]
    source: str

    def row(self, **keys: Number | str) -> Row:
        """The row that holds for these keys: of those that agree with all of them, the one that names most.

        A key that a row leaves out matches everything; a value given as one number is one row without keys.

        Raises:
            PolicyError: the value is unknown, or no row holds for these keys.
        """
        row = most_specific(self.rows, keys)
        if row is None and not self.rows and isinstance(self.value, int | float):
            row = {"value": self.value}
        if row is None:
            asked = ", ".join(f"{key} = {value}" for key, value in keys.items())
            raise PolicyError(
                f"The policy has no number for {asked or 'this'}.",
                where=f"source: {self.source}",
                next_step="add a row for it, or ask whether the value is known first",
            )
        return row

    def of(self, **keys: Number | str) -> Number:
        """The number that holds for these keys (see `row`).

        Raises:
            PolicyError: there is none for them, or it is not a number.
        """
        value = self.row(**keys)["value"]
        if not isinstance(value, int | float):
            raise PolicyError(
                f"The policy value {value!r} is not a number.",
                where=f"source: {self.source}",
                next_step="write a number in the policy file",
            )
        return value

    def fen(self, **keys: Number | str) -> int:
        """An amount in yuan as exact fen (see `row`)."""
        return fen(self.of(**keys))

    def segments(self, **keys: Number | str) -> list[tuple[int, Number]]:
        """Where each segment of cost begins (fen), and the number in it, from the first yuan on (see `row`)."""
        found = matching(self.rows, keys, apart_from="segment_from")
        starts = sorted({0, *(one["segment_from"] for one in found if "segment_from" in one)}, key=float)
        return [(fen(start), self.of(segment_from=start, **keys)) for start in starts]


@dataclass(frozen=True)
class PolicyValue(_Asked):
    """What a rule of the fund says from a day until the next value.

    Attributes:
        start: first day in force.
        value: the value; None where nobody has read it (status ``unknown``), or where it is given as rows.
        unit: ``ratio``, ``yuan``, ``relation``, ``flag``, ...
        source: the document, or the seed statement, that says so.
        status: ``verified``, ``illustrative`` or ``unknown``.
        rows: the value by category, level or segment; each row is its keys and ``value``.
    """

    start: dt.date
    value: Value
    unit: str
    source: str
    status: Status
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Window(_Asked):
    """A policy value in days since 1970-01-01, for expressions over ``*_day`` columns.

    Attributes:
        start_day: first day in force.
        end_day: last day in force; None while no later value is known.
        value, status, source, rows: as in `PolicyValue`.
    """

    start_day: int
    end_day: int | None
    value: Value
    status: Status
    source: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Policy:
    """The policy of one area.

    Attributes:
        area: six digits, or "none".
        label: the area's name by language.
        parameters: dated values by name, in order of their dates.
        profile: the profile laid over what is known, for instance ``illustrative``; None without one.
        layers: by parameter, the layer that its values come from: ``area``, the profile's name, or ``overlay``.
        words: by parameter, what it says by language.
    """

    area: str
    label: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[PolicyValue, ...]] = field(default_factory=dict)
    profile: str | None = None
    layers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Whether the run was asked to do without any policy."""
        return self.area == "none"

    @property
    def overlaid(self) -> bool:
        """Whether a fund's own values lie over those of this package."""
        return "overlay" in self.layers.values()

    @property
    def digest(self) -> str:
        """Hash of everything that a run may ask of this policy."""
        held: dict[str, Any] = {
            name: [
                [one.start.isoformat(), one.value, one.rows, one.unit, one.source, one.status]
                for one in self.parameters[name]
            ]
            for name in self.names()
        }
        text = json.dumps([self.area, self.profile, held], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def cut_over(self) -> dt.date | None:
        """First day on which the pooled fund pays ordinary outpatient care; None where that is not known."""
        dated = self.parameters.get("outpatient_pooling.in_force", ())
        return next((one.start for one in dated if one.value is True), None)

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
            Window(start, end, one.value, one.status, one.source, one.rows)
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
