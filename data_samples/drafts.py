"""Settlements before they are priced: one array per field, one row per settlement.

What a draft says is who, where, when and what for; the pooled fund's share, the account's share and the
balances follow for all drafts together in `pricing.py` and `ledger.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

import numpy as np
import numpy.typing as npt

from data_samples.period import DAY

Column = npt.NDArray[Any]
"""Values of one field, one per draft."""

OWN, RELATIVE, CASH = 0, 1, 2
"""Purses: what pays the part that the pooled fund does not."""


@dataclass
class Drafts:
    """Drafts as columns of the same length.

    Times are seconds since 1970-01-01 in local time, days are days since then, money is fen. People and providers
    are row numbers. Each field is annotated with its dtype and its default.
    """

    person: Annotated[Column, "i4", 0]
    provider: Annotated[Column, "i4", 0]
    at: Annotated[Column, "i8", 0]  # seconds since 1970-01-01, local
    care: Annotated[Column, "i1", 0]
    total: Annotated[Column, "i8", 0]  # fen
    outside: Annotated[Column, "i8", 0]  # fully self-paid
    ceiling: Annotated[Column, "i8", 0]  # over the payment ceiling
    copay: Annotated[Column, "i8", 0]  # first-step co-pay
    purse: Annotated[Column, "i1", CASH]
    payer: Annotated[Column, "i4", -1]  # the relative whose account pays
    must: Annotated[Column, "?", False]  # the account covers it: its opening balance is raised if need be
    doctor: Annotated[Column, "i2", -1]  # number within `desk`
    desk: Annotated[Column, "i4", -1]  # provider where the doctor works (-1: here)
    counter: Annotated[Column, "i1", 0]
    channel: Annotated[Column, "i1", 0]  # 0: online, 1: manual
    scheme: Annotated[Column, "i1", -1]  # 0: employee, 1: resident, -1: that of the category
    category: Annotated[Column, "i1", -1]  # -1: that of the person on the day of service
    item: Annotated[Column, "i2", 0]
    lines: Annotated[Column, "i1", 1]
    packs: Annotated[Column, "i2", 1]
    supply: Annotated[Column, "i2", -1]  # days of supply, -1: not given
    diagnosis: Annotated[Column, "i2", -1]
    programme: Annotated[Column, "i1", -1]
    admitted: Annotated[Column, "i4", -1]  # day of admission
    served: Annotated[Column, "i4", -1]  # day of the care when it was settled later, -1: settled on the day
    credential: Annotated[Column, "i1", 0]
    prescribed: Annotated[Column, "i8", -1]  # seconds, -1: not given
    reversed_at: Annotated[Column, "i8", -1]  # seconds, -1: stands
    stream: Annotated[Column, "i2", 0]  # 0: background, otherwise the scene
    number: Annotated[Column, "i8", 0]  # of the settlement within its stream


_FIELDS: dict[str, tuple[str, int | bool]] = {
    name: hint.__metadata__ for name, hint in get_type_hints(Drafts, include_extras=True).items()
}


def blank(count: int, **given: Any) -> Drafts:
    """`count` drafts with the given fields (arrays or single values), others at their defaults."""
    columns = {name: np.empty(count, dtype=kind) for name, (kind, _) in _FIELDS.items()}
    for name, (_, default) in _FIELDS.items():
        columns[name][:] = given.pop(name, default)
    if given:
        raise TypeError(f"not a field of a draft: {', '.join(sorted(given))}")
    return Drafts(**columns)


def service_day(drafts: Drafts) -> npt.NDArray[Any]:
    """Day of the care: mostly that of the settlement."""
    return np.where(drafts.served < 0, drafts.at // DAY, drafts.served)


def size(drafts: Drafts) -> int:
    """How many drafts there are."""
    return len(drafts.person)


def take(drafts: Drafts, chosen: npt.NDArray[Any]) -> Drafts:
    """The chosen drafts (row numbers or a mask)."""
    return Drafts(**{name: getattr(drafts, name)[chosen] for name in _FIELDS})


def join(parts: Iterable[Drafts]) -> Drafts:
    """All drafts of the parts, one part after the other."""
    every = list(parts)
    return Drafts(**{name: np.concatenate([getattr(part, name) for part in every]) for name in _FIELDS})
