"""Which thresholds and policy values an alert rests on: those that decide the causes it fired for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from detection.alerts.explanation import UsedValue
from detection.detectors.cards import Card, Threshold
from features.policy import Policy, PolicyValue

_Kind = Literal["line", "policy"]
"""Stored kinds: ``line`` is a threshold of the card; the stored word stays."""


def values_used(
    card: Card, policy: Policy, days: Mapping[str | None, Sequence[dt.date]]
) -> tuple[UsedValue, ...]:
    """Every threshold of the card, and every policy value it depends on, that decided a case.

    A deterministic rule applies the values in force on the day of each event. A statistical detector assesses its
    whole period at once, by the latest thresholds (`Thresholds.latest`).

    Args:
        card: the detector's card.
        policy: the area's policy; a parameter that it does not have is left out.
        days: days of the events by the cause met; under None those of a detector without causes.

    Returns:
        Thresholds before policy, by name and date.
    """
    of_card: dict[str, set[dt.date]] = {}
    of_policy: dict[str, set[dt.date]] = {}
    for cause, met in days.items():
        for name in card.thresholds_of(cause):
            of_card.setdefault(name, set()).update(met)
        for name in (*card.policy_of(cause), *card.reads_of(cause)):
            of_policy.setdefault(name, set()).update(met)
    latest = card.certainty == "statistical"
    used: list[UsedValue] = []
    for name in sorted(of_card):
        dated = card.thresholds.values[name]
        used += [_used(name, "line", dated[-1])] if latest else _in_force(name, "line", dated, of_card[name])
    for name in sorted(of_policy):
        if name in policy.parameters:
            used += _in_force(name, "policy", policy.parameters[name], of_policy[name])
    return tuple(used)


def _in_force(
    name: str, kind: _Kind, dated: Sequence[Threshold | PolicyValue], days: set[dt.date]
) -> list[UsedValue]:
    ends = [*(value.start for value in dated[1:]), dt.date.max]
    return [
        _used(name, kind, value)
        for value, end in zip(dated, ends, strict=True)
        if any(value.start <= day < end for day in days)
    ]


def _used(name: str, kind: _Kind, value: Threshold | PolicyValue) -> UsedValue:
    content = list(value.rows) if isinstance(value, PolicyValue) and value.rows else value.value
    return UsedValue(name, kind, value.start, content, value.unit, value.source, value.status)


def all_verified(used: Iterable[UsedValue]) -> bool:
    """Whether something decides, and everything that does is verified; a threshold of zero decides too."""
    values = list(used)
    return bool(values) and all(value.status == "verified" for value in values)
