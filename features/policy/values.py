"""Dated policy values, and how one is looked up by category, level or segment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from features import intervals
from features.dated import Status, TomlValue
from features.errors import PolicyError
from features.message import Message
from features.money import to_fen
from features.policy.categories import Number, Row, matching, most_specific

Value = TomlValue | None


class _Lookup:
    """The lookups that a value offers by category, level or segment."""

    value: Value
    rows: tuple[Row, ...]
    source: str

    def row(self, **keys: Number | str) -> Row:
        """The row in force for these keys: of the rows that match them, the one that names most keys.

        A key that a row leaves out matches everything; a value given as one number is one row without keys.

        Raises:
            PolicyError: the value is unknown, or no row is in force for these keys.
        """
        row = most_specific(self.rows, keys)
        if row is None and not self.rows and isinstance(self.value, int | float):
            row = {"value": self.value}
        if row is None:
            wanted = ", ".join(f"{key} = {value}" for key, value in keys.items())
            raise PolicyError(
                "The policy has no number for {wanted}.",
                where=Message("source: {source}", source=self.source),
                next_step="add a row for it, or ask whether the value is known first",
                wanted=wanted or Message("this"),
            )
        return row

    def number(self, **keys: Number | str) -> Number:
        """The number in force for these keys (see `row`).

        Raises:
            PolicyError: there is none for them, or it is not a number.
        """
        value = self.row(**keys)["value"]
        if not isinstance(value, int | float):
            raise PolicyError(
                "The policy value {value!r} is not a number.",
                where=Message("source: {source}", source=self.source),
                next_step="write a number in the policy file",
                value=value,
            )
        return value

    def fen(self, **keys: Number | str) -> int:
        """An amount in yuan as exact fen (see `row`)."""
        return to_fen(self.number(**keys))

    def segments(self, **keys: Number | str) -> list[tuple[int, Number]]:
        """Where each segment of cost begins (fen), and the number in it, from the first yuan on (see `row`)."""
        rows = matching(self.rows, keys, apart_from="segment_from")
        starts = sorted({0, *(row["segment_from"] for row in rows if "segment_from" in row)}, key=float)
        return [(to_fen(start), self.number(segment_from=start, **keys)) for start in starts]


@dataclass(frozen=True)
class PolicyValue(_Lookup):
    """The value of a fund's rule from a day until the next value.

    Attributes:
        start: first day in force.
        value: the value; None while it is unverified (status ``unknown``), or where it is given as rows.
        unit: ``ratio``, ``yuan``, ``relation``, ``flag``, ...
        source: the document, or the seed statement, that states it.
        status: ``verified``, ``illustrative`` or ``unknown``.
        rows: the value by category, level or segment; each row is its keys and ``value``.
    """

    start: dt.date
    value: Value
    unit: str
    source: str
    status: Status
    rows: tuple[Row, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the value is given; one of status ``unknown`` is not."""
        return self.status != "unknown"


@dataclass(frozen=True)
class Window(_Lookup):
    """A policy value with its first and last day as day numbers (`features.calendar`).

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

    @property
    def known(self) -> bool:
        """Whether the value is given; one of status ``unknown`` is not."""
        return self.status != "unknown"

    def holds(self, day: nw.Expr) -> nw.Expr:
        """Whether the value is in force on a day."""
        return intervals.holds(self.start_day, self.end_day, day)
