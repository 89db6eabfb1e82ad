"""Which lines and policy values an alert rests on: those that decided the causes it fired for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from detection.detectors.cards import Card, Threshold
from features.policy import Policy, PolicyValue

_EPOCH = dt.date(1970, 1, 1)


def day_of(days: int) -> dt.date:
    """The calendar day of a ``*_day`` column's value."""
    return _EPOCH + dt.timedelta(days=days)


def values_used(
    card: Card, policy: Policy, days: Mapping[str | None, Sequence[dt.date]]
) -> dict[str, list[dict[str, Any]]]:
    """Every value of the card's lines and of the policy it asks that decided a case.

    A rule is deterministic by the values in force on the day of each event. A statistical detector judges its whole
    period at once, by the lines drawn last, whatever days it looks at (`Lines.latest`).

    Args:
        card: the detector's card.
        policy: the area's policy; a parameter that it does not have is left out.
        days: days of the events by the cause met; under None those of a detector without causes.

    Returns:
        By name, lines before policy, ``[{kind, from, value, unit, source, status}]`` in order of their dates.
    """
    lines: dict[str, set[dt.date]] = {}
    asked: dict[str, set[dt.date]] = {}
    for cause, met in days.items():
        for name in card.thresholds_of(cause):
            lines.setdefault(name, set()).update(met)
        for name in (*card.policy_of(cause), *card.reads_of(cause)):
            asked.setdefault(name, set()).update(met)
    latest = card.certainty == "statistical"
    drawn = {name: card.thresholds.values[name] for name in sorted(lines)}
    return {
        name: [_shown("line", dated[-1])] if latest else _in_force("line", dated, lines[name])
        for name, dated in drawn.items()
    } | {
        name: _in_force("policy", policy.parameters[name], asked[name])
        for name in sorted(asked)
        if name in policy.parameters
    }


def _in_force(
    kind: str, dated: Sequence[Threshold | PolicyValue], days: set[dt.date]
) -> list[dict[str, Any]]:
    ends = [*(one.start for one in dated[1:]), dt.date.max]
    return [
        _shown(kind, one)
        for one, end in zip(dated, ends, strict=True)
        if any(one.start <= day < end for day in days)
    ]


def _shown(kind: str, one: Threshold | PolicyValue) -> dict[str, Any]:
    return {
        "kind": kind,
        "from": one.start.isoformat(),
        "value": list(one.rows) if isinstance(one, PolicyValue) and one.rows else one.value,
        "unit": one.unit,
        "source": one.source,
        "status": one.status,
    }


def all_verified(used: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether something decides, and everything that does is verified; a line at zero is a line too."""
    values = [one for dated in used.values() for one in dated]
    return bool(values) and all(one["status"] == "verified" for one in values)
