"""The policy of one area: its values on a date, and as Narwhals expressions over days.

A value that is not in force yet, that the area does not have, or whose status is ``unknown`` is *not known*:
it is null in an expression, and None for a date.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from itertools import product

import narwhals.stable.v2 as nw
from narwhals.stable.v2.dtypes import DType

from features.calendar import day_number
from features.errors import PolicyError
from features.message import Message
from features.money import FEN_PER_YUAN
from features.policy.categories import KEYS
from features.policy.parameters import PARAMETERS
from features.policy.values import PolicyValue, Window

_DTYPES: Mapping[str, DType] = {"flag": nw.Boolean(), "yuan": nw.Float64(), "ratio": nw.Float64()}


@dataclass(frozen=True)
class Policy:
    """The policy of one area.

    Attributes:
        area: six digits, or "none".
        label: the area's name by language.
        parameters: dated values by name, in order of their dates.
        profile: the profile whose values replace the area's, for instance ``illustrative``; None without one.
        layers: by parameter, the layer that its values come from: ``area``, the profile's name, or ``overlay``.
        words: by parameter, what it states, by language.
    """

    area: str
    label: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[PolicyValue, ...]] = field(default_factory=dict)
    profile: str | None = None
    layers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Whether the run was requested without any policy."""
        return self.area == "none"

    @property
    def overlaid(self) -> bool:
        """Whether a fund's own values replace some of those in this package."""
        return "overlay" in self.layers.values()

    @property
    def digest(self) -> str:
        """Hash of every value that a run may use."""
        values = {
            name: [
                [value.start.isoformat(), value.value, value.rows, value.unit, value.source, value.status]
                for value in self.parameters[name]
            ]
            for name in self.names()
        }
        text = json.dumps([self.area, self.profile, values], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def cut_over(self) -> dt.date | None:
        """First day on which the pooled fund pays ordinary outpatient care; None where that is not known."""
        dated = self.parameters.get("outpatient_pooling.in_force", ())
        return next((value.start for value in dated if value.value is True), None)

    def names(self) -> list[str]:
        """Names of all parameters, sorted."""
        return sorted(self.parameters)

    def at(self, name: str, day: dt.date) -> PolicyValue:
        """The value in force on the day of a claim.

        Raises:
            PolicyError: no such parameter, or the day is before its first date.
        """
        dated = self._dated(name)
        for value in reversed(dated):
            if value.start <= day:
                return value
        raise PolicyError(
            "Policy parameter {name!r} is needed for {day}, but is first known from {start}.",
            where=Message("area {area}", area=self.area),
            next_step="add the earlier value with its source, or leave that period out",
            name=name,
            day=day,
            start=dated[0].start,
        )

    def known(self, name: str, day: dt.date) -> PolicyValue | None:
        """The value in force on a date; None where it is not known."""
        dated = [value for value in self.parameters.get(name, ()) if value.start <= day]
        return dated[-1] if dated and dated[-1].known else None

    def windows(self, name: str) -> list[Window]:
        """All values in order, each until the day before the next.

        Raises:
            PolicyError: no such parameter.
        """
        dated = self._dated(name)
        starts = [day_number(value.start) for value in dated]
        ends = [*(start - 1 for start in starts[1:]), None]
        return [
            Window(start, end, value.value, value.status, value.source, value.rows)
            for value, start, end in zip(dated, starts, ends, strict=True)
        ]

    def known_windows(self, name: str) -> list[Window]:
        """The windows of known values; none where the area has no such parameter."""
        return [window for window in self.windows(name) if window.known] if name in self.parameters else []

    def is_known(self, name: str, day: nw.Expr) -> nw.Expr:
        """Whether a parameter is known on a day; never null for a known day."""
        return reduce(
            lambda known, window: known | window.holds(day), self.known_windows(name), nw.lit(False)
        )

    def expression(self, name: str, day: nw.Expr) -> nw.Expr:
        """A parameter of one flag, word or number on a day; null where it is not known.

        Numbers are Float64; `scaled` and `fen` are exact.
        """
        dtype = _DTYPES.get(PARAMETERS[name].unit, nw.String()) if name in PARAMETERS else None
        values = [
            (window, nw.lit(window.value, dtype=dtype))
            for window in self.known_windows(name)
            if not isinstance(window.value, list)
        ]
        return self._by_window(values, day, dtype)

    def scaled(self, name: str, day: nw.Expr, scale: int) -> nw.Expr:
        """A parameter's one number times a scale, as exact Int64; null where it is not known."""
        numbers = [
            (window, nw.lit(int(Decimal(str(window.value)) * scale), dtype=nw.Int64()))
            for window in self.known_windows(name)
        ]
        return self._by_window(numbers, day, nw.Int64())

    def fen(self, name: str, day: nw.Expr, **keys: nw.Expr) -> nw.Expr:
        """An amount in fen by category or level, as exact Int64; null where it is not known for these keys.

        Args:
            name: the parameter.
            day: the day.
            keys: the category or level of each row, for instance ``person_category=nw.col("person_category")``.
        """
        if not keys:
            return self.scaled(name, day, FEN_PER_YUAN)
        amounts = [(window, _amount(window, keys)) for window in self.known_windows(name)]
        return self._by_window(amounts, day, nw.Int64())

    def holds(self, name: str, value: object, day: nw.Expr) -> nw.Expr:
        """Whether a parameter is known to have this value on a day; false where it is not known."""
        windows = [window for window in self.known_windows(name) if window.value == value]
        return reduce(lambda holds, window: holds | window.holds(day), windows, nw.lit(False))

    def listed(self, name: str, code: nw.Expr, day: nw.Expr) -> nw.Expr:
        """Whether a parameter lists a code on a day; null where the list is not known."""
        lists = [
            (window, code.is_in(window.value if isinstance(window.value, list) else []))
            for window in self.known_windows(name)
        ]
        return self._by_window(lists, day, nw.Boolean())

    @staticmethod
    def _by_window(values: list[tuple[Window, nw.Expr]], day: nw.Expr, dtype: DType | None) -> nw.Expr:
        result: nw.Expr = nw.lit(None, dtype=dtype)
        for window, value in values:
            result = nw.when(window.holds(day)).then(value).otherwise(result)
        return result

    def _dated(self, name: str) -> tuple[PolicyValue, ...]:
        if name not in self.parameters:
            raise PolicyError(
                "The policy has no parameter named {name!r}.",
                where=Message("area {area}", area=self.area),
                next_step="known: {names}",
                name=name,
                names=self.names() or [Message("none")],
            )
        return self.parameters[name]


def _amount(window: Window, keys: Mapping[str, nw.Expr]) -> nw.Expr:
    """Fen by key; null where the window has no row for the keys."""
    amount: nw.Expr = nw.lit(None, dtype=nw.Int64())
    for words in product(*(KEYS[key] or () for key in keys)):
        names = dict(zip(keys, words, strict=True))
        try:
            fen = window.fen(**names)
        except PolicyError:
            continue
        here = reduce(lambda all_of, name: all_of & (keys[name] == names[name]), names, nw.lit(True))
        amount = nw.when(here).then(nw.lit(fen, dtype=nw.Int64())).otherwise(amount)
    return amount
