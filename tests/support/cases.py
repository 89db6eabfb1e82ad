"""What a case of a card sets: tables drawn as text, and values of the policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from support.world import World

from features.contract import TABLES
from features.policy import Policy, PolicyValue
from features.tables import Tables

_ALWAYS = dt.date(1970, 1, 1)


def tables_of(case: Mapping[str, Any]) -> Tables:
    """Tables of the contract from the text tables of a case; its other entries are left alone."""
    texts = {name: text for name, text in case.items() if name in TABLES}
    return World.from_rows(**texts).tables(day_precision=case.get("day_precision", ()))


def policy_of(case: Mapping[str, Any], policy: Policy) -> Policy:
    """The policy of a case's area with the values that the case sets throughout: ``policy = {"a.b" = 0.02}``.

    A value ``"unknown"`` is unverified; a list of tables is rows.
    """
    unverified = PolicyValue(_ALWAYS, None, "", "not read", "unknown")
    stated = {
        name: (unverified if value == "unknown" else _as_stated(value),)
        for name, value in case.get("policy", {}).items()
    }
    return replace(policy, parameters={**policy.parameters, **stated})


def _as_stated(value: Any) -> PolicyValue:
    rows = tuple(value) if isinstance(value, list) and isinstance(value[0], Mapping) else ()
    return PolicyValue(_ALWAYS, None if rows else value, "as the case says", "the case", "illustrative", rows)
