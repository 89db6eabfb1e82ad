"""Ids that say nothing: a number spread over its range by a fixed one-to-one rule.

So an id tells neither which household somebody belongs to nor whether a settlement was planted, and it does
not change when a scene is added.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from data_samples.period import Ints

_STREAM = 4 * 10**9
"""Ids set apart for each stream of settlements."""

_HALF = 10**6

_STEP = 618_033_988_751
"""Odd and not a multiple of five, so that multiples of it meet every number below a power of ten."""


def spread(prefix: str, number: Ints, digits: int) -> pl.Series:
    """Ids of `digits` (up to 12) digits behind a prefix, one for each number below 10 ** digits."""
    size = 10**digits
    step = _STEP % size
    # The product in two parts: the full one would not fit 64 bits.
    high, low = np.divmod(np.asarray(number, dtype=np.int64), _HALF)
    mixed = (high * step % size * _HALF + low * step) % size
    return prefix + pl.Series(mixed).cast(pl.String).str.zfill(digits)


def of_settlements(prefix: str, stream: Ints, number: Ints) -> pl.Series:
    """Ids of settlements, visits and prescriptions: twelve digits by stream and number."""
    return spread(prefix, stream.astype(np.int64) * _STREAM + number, 12)
