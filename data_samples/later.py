"""Visits that are settled days after the care: papers come late, or are brought to the agency."""

from __future__ import annotations

import numpy as np

from data_samples.drafts import Drafts, size
from data_samples.magnitudes import CARES, Magnitudes
from data_samples.period import DAY, NEVER, Ints

_LATE = [CARES.index(name) for name in ("outpatient", "emergency", "chronic_outpatient")]


def settle_some_later(rng: np.random.Generator, drafts: Drafts, sizes: Magnitudes) -> None:
    """Moves the care of some visits before their settlement; after some days it is settled by hand."""
    visits, count = sizes["visits"], size(drafts)
    chosen = np.isin(drafts.care, _LATE) & (drafts.reversed_at < 0)
    chosen &= rng.random(count) < visits["settled_later"]
    lag = 1 + (rng.random(count) ** 1.5 * visits["latest_days"]).astype(np.int64)
    day = drafts.at // DAY
    # Care of a day has one bill: none is moved onto another visit of the person to the provider.
    chosen &= ~np.isin(_visit(drafts, day - lag), _visit(drafts, day))
    rows = np.flatnonzero(chosen)
    drafts.served[rows] = day[rows] - lag[rows]
    prescribed = rows[drafts.prescribed[rows] >= 0]
    drafts.prescribed[prescribed] -= lag[prescribed] * DAY
    drafts.channel[rows] = lag[rows] >= visits["manual_from_days"]


def _visit(drafts: Drafts, day: Ints) -> Ints:
    """Person, provider and day as one number."""
    pair = drafts.person.astype(np.int64) * (1 + int(drafts.provider.max(initial=0))) + drafts.provider
    visit: Ints = pair * NEVER + day
    return visit
