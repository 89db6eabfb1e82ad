"""Which lines and policy values an alert rests on: those in force while its events happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from detection.cards import Card, LineValue
from features.policy import Policy, PolicyValue

_EPOCH = dt.date(1970, 1, 1)


def day_of(days: int) -> dt.date:
    """The calendar day of a ``*_day`` column's value."""
    return _EPOCH + dt.timedelta(days=days)


def values_used(card: Card, policy: Policy, first: dt.date, last: dt.date) -> dict[str, Any]:
    """Every value of the card's lines and of the policy it asks, in force between two days.

    Args:
        card: the detector's card.
        policy: the area's policy; a parameter that it does not have is left out.
        first: first day of the events.
        last: last day of the events.

    Returns:
        By name, ``[{kind, from, value, unit, source, status}]`` in order of their dates.
    """
    asked = {name: policy.parameters[name] for name in card.needs_policy if name in policy.parameters}
    lines = {
        # A model's capacity is that of the run, not of the days it looked at.
        name: _in_force("line", dated[-1:], dated[-1].start, dated[-1].start)
        if card.kind == "model"
        else _in_force("line", dated, first, last)
        for name, dated in sorted(card.lines.values.items())
    }
    return lines | {name: _in_force("policy", dated, first, last) for name, dated in sorted(asked.items())}


def _in_force(
    kind: str, dated: Sequence[LineValue | PolicyValue], first: dt.date, last: dt.date
) -> list[dict[str, Any]]:
    ends = [*(one.start for one in dated[1:]), dt.date.max]
    return [
        {
            "kind": kind,
            "from": one.start.isoformat(),
            "value": one.value,
            "unit": one.unit,
            "source": one.source,
            "status": one.status,
        }
        for one, end in zip(dated, ends, strict=True)
        if one.start <= last and end > first
    ]


def all_verified(used: Mapping[str, Any]) -> bool:
    """Whether everything that decides is verified.

    A line at zero (no grace, no tolerance) decides nothing beside the law, whoever drew it; nothing used is
    nothing in doubt.
    """
    return all(
        one["status"] == "verified" or (one["kind"] == "line" and one["value"] == 0)
        for values in used.values()
        for one in values
    )
