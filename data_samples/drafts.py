"""Settlements before they are priced: one array per field, one row per settlement.

What a draft says is who, where, when and what for; the pooled fund's share, the account's share and the
balances follow for all drafts together in `pricing.py` and `ledger.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.period import DAY

Drafts = dict[str, npt.NDArray[Any]]

OWN, RELATIVE, CASH = 0, 1, 2
"""Purses: what pays the part that the pooled fund does not."""

FIELDS: Mapping[str, tuple[str, int]] = {
    "person": ("i4", 0),
    "provider": ("i4", 0),
    "at": ("i8", 0),  # seconds since 1970-01-01, local
    "care": ("i1", 0),
    "total": ("i8", 0),  # fen
    "outside": ("i8", 0),  # fully self-paid
    "ceiling": ("i8", 0),  # over the payment ceiling
    "copay": ("i8", 0),  # first-step co-pay
    "purse": ("i1", CASH),
    "payer": ("i4", -1),  # the relative whose account pays
    "must": ("?", False),  # the account covers it: its opening balance is raised if need be
    "doctor": ("i2", -1),  # number within `desk`
    "desk": ("i4", -1),  # provider where the doctor works (-1: here)
    "counter": ("i1", 0),
    "channel": ("i1", 0),  # 0: online, 1: manual
    "scheme": ("i1", -1),  # 0: employee, 1: resident, -1: that of the category
    "category": ("i1", -1),  # -1: that of the person on the day of service
    "item": ("i2", 0),
    "lines": ("i1", 1),
    "packs": ("i2", 1),
    "supply": ("i2", -1),  # days of supply, -1: not given
    "diagnosis": ("i2", -1),
    "programme": ("i1", -1),
    "admitted": ("i4", -1),  # day of admission
    "served": ("i4", -1),  # day of the care when it was settled later, -1: settled on the day
    "credential": ("i1", 0),
    "prescribed": ("i8", -1),  # seconds, -1: not given
    "reversed_at": ("i8", -1),  # seconds, -1: stands
    "stream": ("i2", 0),  # 0: background, otherwise the scene
    "number": ("i8", 0),  # of the settlement within its stream
}
"""Fields of a draft with dtype and default."""


def blank(count: int, **given: Any) -> Drafts:
    """`count` drafts with the given fields (arrays or single values), others at their defaults."""
    drafts: Drafts = {}
    for name, (kind, default) in FIELDS.items():
        drafts[name] = np.empty(count, dtype=kind)
        drafts[name][:] = given.pop(name, default)
    if given:
        raise TypeError(f"not a field of a draft: {', '.join(sorted(given))}")
    return drafts


def service_day(drafts: Drafts) -> npt.NDArray[Any]:
    """Day of the care: mostly that of the settlement."""
    return np.where(drafts["served"] < 0, drafts["at"] // DAY, drafts["served"])


def size(drafts: Drafts) -> int:
    """How many drafts there are."""
    return len(drafts["person"])


def take(drafts: Drafts, chosen: npt.NDArray[Any]) -> Drafts:
    """The chosen drafts (row numbers or a mask)."""
    return {name: values[chosen] for name, values in drafts.items()}


def join(parts: Iterable[Drafts]) -> Drafts:
    """All drafts of the parts, one part after the other."""
    every = list(parts)
    return {name: np.concatenate([part[name] for part in every]) for name in FIELDS}
