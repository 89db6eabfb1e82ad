"""Random policies of ordinary outpatient care, of every shape that a policy may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from support.random_worlds.draw import Draw

from features.policy import Policy, PolicyValue

LEVELS = ("primary", "secondary", "tertiary")


def random_policy(start: dt.date, seed: int, **fixed: Any) -> Policy:
    """A policy of random shape, but for what is fixed; some values change half a year after its start."""
    draw = Draw(seed)
    later = dt.date(start.year + 1, 3, 15)
    values = {
        "deductible_mode": draw.choice(["annual", "per_visit", "none"]),
        "pharmacy_level": draw.choice(LEVELS),
        "ungraded_level": draw.choice(LEVELS),
        "pharmacy_needs_prescription": draw.chance(0.5),
        "first_year": draw.choice(["full", "prorated"]),
        "rounding": draw.choice(["down", "half_up"]),
        "annual_cap": draw.choice([500, 1234.56]),
        "second_layer": draw.choice([False, [{"ratio": 0.5, "cap": 300}]]),
    }
    began = PolicyValue(start, True, "flag", "drawn", "verified")
    parameters: dict[str, tuple[PolicyValue, ...]] = {"outpatient_pooling.in_force": (began,)}
    for name, value in values.items():
        parameters[f"benefit.{name}"] = (_dated(start, value),)
    for name, most in (("deductible", 200), ("ratio", 1)):
        changes = (start, later) if draw.chance(0.5) else (start,)
        parameters[f"benefit.{name}"] = tuple(_dated(day, _rows(draw, name, most)) for day in changes)
    parameters |= {f"benefit.{name}": (_dated(start, value),) for name, value in fixed.items()}
    return Policy("320600", {}, parameters)


def _dated(start: dt.date, value: Any) -> PolicyValue:
    if isinstance(value, list):
        return PolicyValue(start, None, "", "drawn", "illustrative", tuple(value))
    return PolicyValue(start, value, "", "drawn", "illustrative")


def _rows(draw: Draw, name: str, most: int) -> list[Mapping[str, Any]]:
    """Values by level and segment, other ones for the retired."""
    segments = [0, 300, 900.5] if name == "ratio" and draw.chance(0.6) else [0]

    def number() -> float:
        return round(draw.random() * most, 4 if name == "ratio" else 2)

    rows: list[Mapping[str, Any]] = [
        {"level": level, "value": number()} | ({"segment_from": start} if len(segments) > 1 else {})
        for level in LEVELS
        for start in segments
    ]
    return [*rows, *({**item, "person_category": "retired", "value": number()} for item in rows)]
