"""How surprising it is that successive gaps between events are equal: a rhythm that people do not keep.

After a gap near the rhythm the next one is equal by chance as often as such gaps are followed by one that lies there:
the unit's own density, smoothed over a wide range of gaps and then raised, because appointments have a usual gap too.
The gap that most pairs agree on is searched for, which counts as so many looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.evidence.choices import binomial_surprise
from models.evidence.unit import Floats

_WIDE = 0.4
_RELATIVE = 0.01
_LEAST_SHARE = 0.2


@dataclass(frozen=True)
class Clock:
    """What counts as equal, and how even honest gaps are.

    Attributes:
        jitter: seconds by which equal gaps may differ, besides one percent of the gap.
        peak: how much more often than its wide surroundings an honest usual gap occurs.
        least, most: gaps in seconds that are looked at.
    """

    jitter: float
    peak: float
    least: float
    most: float

    def tolerance(self, gaps: npt.ArrayLike) -> Floats:
        """Seconds by which a gap may differ from each of these to be equal."""
        values: Floats = self.jitter + _RELATIVE * np.asarray(gaps, dtype=np.float64)
        return values

    @property
    def looks(self) -> float:
        """How many rhythms could be told apart."""
        steps = np.geomspace(self.least, self.most, 400)
        return float(np.sum(np.diff(steps) / (2 * self.tolerance(steps[:-1]))))


@dataclass(frozen=True)
class Rhythm:
    """The gap that most successive pairs of one unit agree on.

    Attributes:
        low, high: the gap's range, in seconds.
        equal: pairs whose gaps are both there and equal.
        followed: pairs whose first gap is there.
        chance: that the next gap is equal.
        surprise: ``-log10`` of the chance of so many.
    """

    low: float
    high: float
    equal: int
    followed: int
    chance: float
    surprise: float


def rhythm(first: npt.ArrayLike, second: npt.ArrayLike, clock: Clock) -> Rhythm | None:
    """The strongest rhythm of a unit; None where no two successive gaps are equal.

    Args:
        first: gaps in seconds, all of one unit.
        second: the gap that followed each of them on the same day.
        clock: what counts as equal.
    """
    before, after = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    equal = np.abs(before - after) <= clock.tolerance(before)
    if not equal.any():
        return None
    ordered = np.sort(before[equal])
    reach = ordered + 2 * clock.tolerance(ordered)
    counts = np.searchsorted(ordered, reach, side="right") - np.arange(len(ordered))
    at = int(np.argmax(counts))
    low, high = float(ordered[at]), float(reach[at])
    followed = int(((before >= low) & (before <= high)).sum())
    chance = _chance(before, after, (low + high) / 2, clock)
    surprise = float(binomial_surprise([counts[at]], [followed], [chance])[0])
    return Rhythm(low, high, int(counts[at]), followed, chance, surprise)


def _chance(before: Floats, after: Floats, near: float, clock: Clock) -> float:
    """Chance that a gap is equal to the one before, which is near this one, if gaps kept no rhythm.

    Short gaps follow short ones on crowded days, so the wide surroundings are those of gaps after such a gap. Where
    equal is as wide as they are, as with times in whole minutes, equal gaps say nothing.
    """
    tolerance = float(clock.tolerance([near])[0])
    low = min(near * float(np.exp(-_WIDE / 2)), near - tolerance)
    high = max(near * float(np.exp(_WIDE / 2)), near + tolerance)
    such = (before >= low) & (before <= high)
    stays = max(float(((after >= low) & (after <= high))[such].mean()), _LEAST_SHARE)
    narrow = (2 * tolerance + 1) / (high - low)
    return stays * min(narrow * clock.peak, 1.0)
